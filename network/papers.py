"""The rights with which a paper is made: those of that moment, not those of when it was asked for. And what is left of
long work that may name a place which hides from now on.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from accounts.models import User
from network.acting import Acting, choose
from network.enums import Role
from network.models import Membership, Organisation, Site
from web.jobs.kinds import NotYours
from web.jobs.models import Job
from web.jobs.operations import erase

Row = TypeVar("Row", bound=Model)


def acting_now(user: User, house: int, *roles: Role) -> Acting:
    """`user` acting for that house, with one of `roles`. Raises NotYours."""
    acting = choose(user, Membership.objects.of_user(user), house)
    if not user.is_active or acting.house is None or acting.house.pk != house or not acting.has_role(*roles):
        raise NotYours
    return acting


def kept_to(acting: Acting) -> dict[str, list[int]]:
    """What a list of long work remembers of who asked for it: the sites that they were kept to, if they were."""
    return {} if acting.site_ids is None else {"sites": sorted(acting.site_ids)}


def still_seen(acting: Acting, about: Mapping[str, Any]) -> list[int] | None:
    """The sites of `kept_to` that the list `about` holds, or None where it holds the whole house.

    Raises NotYours where `acting` is kept to others by now: it was made of what they may not see any more.
    """
    sites: list[int] | None = about.get("sites")
    if acting.site_ids is not None and (sites is None or not acting.site_ids.issuperset(sites)):
        raise NotYours
    return sites


def theirs(visible: "QuerySet[Row]", pk: int) -> Row:
    """The row of this id among what they may see. Raises NotYours."""
    row = visible.filter(pk=pk).first()
    if row is None:
        raise NotYours
    return row


def erase_jobs_that_may_name(place: Site | Organisation, former: str) -> None:
    """Erase every job of the house of `place`: a slip, a list or the file of an import may say where it is, whether it
    is made or waits. Who asked for one asks again.
    """
    del former
    for job in Job.objects.select_for_update().filter(arguments__house=place.house_id):
        erase(job)
