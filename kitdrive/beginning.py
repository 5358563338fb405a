"""What a new house does first, each step shown at home until it is done."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kits.models import AssemblySession, Pack, Target
from network.acting import Acting
from network.enums import Role
from network.models import House, Membership, Organisation


@dataclass(frozen=True)
class FirstStep:
    sentence: str | Promise
    label: str | Promise
    url: str
    icon: str


def first_steps(acting: Acting) -> list[FirstStep]:
    """The steps that this person may take and that nobody has taken yet; none any more once kits were packed."""
    house = acting.house
    if not house or not acting.has_role(Role.COORDINATOR, Role.ADMIN) or Pack.objects.filter(house=house).exists():
        return []
    steps = list(_to_administer(house)) if acting.has_role(Role.ADMIN) else []
    return steps + (list(_to_coordinate(house)) if acting.has_role(Role.COORDINATOR) else [])


def _to_administer(house: House) -> Iterator[FirstStep]:
    if Membership.objects.filter(house=house).values("user").distinct().count() < 2:
        yield FirstStep(
            _("Nobody runs a drive alone. Open an account for each person, with the role that they have."),
            _("Open accounts"),
            reverse("admin:accounts_user_add"),
            "person-plus",
        )


def _to_coordinate(house: House) -> Iterator[FirstStep]:
    if not Organisation.objects.of_house(house).exists():
        yield FirstStep(
            _("Articles, organisations and kit lists that you have in a table come in at once."),
            _("Bring in a file"),
            reverse("import_list"),
            "file-earmark-arrow-up",
        )
    if not Target.objects.filter(drive__house=house).exists():
        yield FirstStep(
            _("Say how many kits you aim at: home then shows how far you are, and what is missing."),
            _("Set targets"),
            reverse("kits:target_list"),
            "bullseye",
        )
    if not AssemblySession.objects.of_house(house).exists():
        yield FirstStep(
            _("Kits are made together, in a session: it says when, where, and how many the stock allows."),
            _("Plan a session"),
            reverse("kits:session_create"),
            "calendar-plus",
        )
