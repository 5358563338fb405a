"""Opening houses, sites and organisations, making a place confidential, and saying who may act where."""

from collections.abc import Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from network import registry
from network.confidential import forget_former_name, wrong_in_organisation, wrong_in_site
from network.devices import shut_out
from network.enums import Role
from network.models import Device, House, Membership, OpeningHours, Organisation, Region, Site
from web.errors import Refused

Hours = Iterable[Mapping[str, Any]]  # weekday, opens, closes


@transaction.atomic
def open_house(*, name: str) -> House:
    """Open a house, with all that the other apps give to a new one. Raises Refused where the name is taken."""
    if House.objects.filter(name=name).exists():
        raise Refused(_("A house of this name exists already."), field="name")
    house = House.objects.create(name=name)
    for prepare in registry.house_opened:
        prepare(house)
    return house


@transaction.atomic
def open_site(*, house: House, actor: User, hours: Hours = (), **details: Any) -> Site:
    """Open a site of `house`, with the places where its goods will lie; the very same one again changes nothing.

    `details` are the fields of a Site. Raises Refused, with the field, where a confidential place would say too much.
    """
    same = Site.objects.filter(house=house, **details).first()
    if same:
        return same
    site = Site(house=house)
    _change(site, details, wrong_in_site, actor)
    _write_hours(site, hours)
    for prepare in registry.site_opened:
        prepare(site)
    return site


@transaction.atomic
def change_site(
    *, site: Site, actor: User, hours: Hours | None = None, known: Collection[int] = (), **details: Any
) -> Site:
    """Change what is said of a site, and its opening hours unless `hours` is None. Raises Refused like `open_site`.

    Closing it shuts the tablets out that are at work there: raises DevicesAtWork for one that is not among the `known`.
    """
    Site.objects.select_for_update(no_key=True, of=("self",)).get(pk=site.pk)
    _change(site, details, wrong_in_site, actor)
    if not site.is_active:
        shut_out(chosen=Device.objects.filter(site=site), known=known, actor=actor)
    if hours is not None:
        _write_hours(site, hours)
    return site


@transaction.atomic
def add_organisation(*, house: House, actor: User, **details: Any) -> Organisation:
    """Add an organisation around `house`; the very same one again is answered and changes nothing.

    Raises Refused, with the field, where a confidential place says too much.
    """
    details = _with_region(details)
    same = Organisation.objects.filter(house=house, **details).first()
    if same:
        return same
    organisation = Organisation(house=house)
    _change(organisation, details, wrong_in_organisation, actor)
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, actor: User, **details: Any) -> Organisation:
    """Change what is said of an organisation. Raises Refused as `add_organisation` does."""
    _change(organisation, _with_region(details), wrong_in_organisation, actor)
    return organisation


@transaction.atomic
def make_organisation_confidential(
    *, organisation: Organisation, name: str, region: Region, relay: Site, actor: User, relay_email: str = ""
) -> None:
    """Turn an organisation into a pseudonym, a region, a relay point and a relay mailbox, and forget all the rest.

    Its former name goes from the administration's log too. Raises Refused where the pseudonym is the name itself.
    """
    former = organisation.name
    _refuse_name_as_pseudonym(former, name)
    forgotten = {"kind": "", "address": "", "city": "", "department": None, "contact_email": "", "siren": ""}
    kept = {"name": name, "region": region, "relay": relay, "relay_email": relay_email, "is_confidential": True}
    _change(organisation, {**forgotten, **kept}, wrong_in_organisation, actor)
    forget_former_name(organisation, former)


@transaction.atomic
def make_site_confidential(*, site: Site, name: str, relay: Site, actor: User) -> None:
    """Turn a site into a pseudonym and a relay point, and forget all the rest. Raises Refused as the one above.

    Raises Refused besides while it is the relay point of others: its address would be the way to them.
    """
    former = site.name
    _refuse_relay(site)
    _refuse_name_as_pseudonym(former, name)
    forgotten = {"kind": "", "address": "", "city": "", "department": None, "are_hours_public": False}
    _change(site, {**forgotten, "name": name, "relay": relay, "is_confidential": True}, wrong_in_site, actor)
    forget_former_name(site, former)


def grant(
    *,
    user: User,
    role: Role,
    house: House | None,
    actor: User,
    site: Site | None = None,
    organisation: Organisation | None = None,
) -> Membership:
    """Give `user` a role. Only an administrator of the same house may; of a house that has none yet, anybody.

    Raises Refused where the actor may not, or the role and its scope do not go together.
    """
    refuse_unless_administrator(actor, house)
    if any(scope is not None and scope.house_id != getattr(house, "pk", None) for scope in (site, organisation)):
        raise Refused(_("Choose a site or an organisation of your own house."))
    membership = Membership(user=user, role=role, house=house, site=site, organisation=organisation)
    _save(membership, actor)
    return membership


def join_network(*, user: User) -> Membership:
    """Let `user` see the totals of every house. No administrator of a house may: the command line alone calls this."""
    membership = Membership(user=user, role=Role.NETWORK)
    _save(membership, None)
    return membership


def end_membership(*, membership: Membership, actor: User) -> None:
    """Let a role end yesterday. Raises Refused where the house would be left without an administrator."""
    refuse_unless_administrator(actor, membership.house)
    refuse_last_administrator(membership)
    membership.ends_on = timezone.localdate() - timedelta(days=1)
    membership._history_user = actor  # type: ignore[attr-defined]
    membership.save(update_fields=["ends_on"])


@transaction.atomic
def end_all_memberships(*, user: User, actor: User) -> None:
    """End every role of `user` as `end_membership` does, and forget the administration's log of them."""
    memberships = list(user.memberships.select_related("house"))
    for membership in memberships:
        end_membership(membership=membership, actor=actor)
    kind = ContentType.objects.get_for_model(Membership)
    LogEntry.objects.filter(
        content_type=kind, object_id__in=[str(membership.pk) for membership in memberships]
    ).delete()


def refuse_last_administrator(membership: Membership) -> None:
    """Raise Refused where the house would have no administrator without `membership`."""
    others = Membership.objects.in_force().filter(house=membership.house, role=Role.ADMIN).exclude(pk=membership.pk)
    if membership.role == Role.ADMIN and not others.filter(user__is_active=True).exists():
        raise Refused(_("This is the last administrator of the house. Name another one first."))


def refuse_unless_administrator(actor: User, house: House | None) -> None:
    """Raise Refused unless `actor` administers `house`, or it has no administrator yet."""
    administrators = Membership.objects.in_force().filter(house=house, role=Role.ADMIN)
    if house is None or (administrators.exists() and not administrators.filter(user=actor).exists()):
        raise Refused(_("You can give roles of your own house only."))


def _with_region(details: dict[str, Any]) -> dict[str, Any]:
    """Of an open organisation the region is the one of its department."""
    department = details.get("department")
    return {**details, "region": department.region} if department else details


def _change(place: Site | Organisation, details: Mapping[str, Any], wrong: Any, actor: User) -> None:
    for name, value in details.items():
        setattr(place, name, value)
    said = {field.name: getattr(place, field.name) for field in place._meta.concrete_fields}
    for name, sentence in wrong(said).items():
        raise Refused(sentence, field=name)
    taken = type(place).objects.filter(house=place.house, name=place.name).exclude(pk=place.pk)
    if taken.exists():
        raise Refused(_("“%(name)s” exists already: choose another name.") % {"name": place.name}, field="name")
    _save(place, actor)


def _save(row: models.Model, actor: User | None) -> None:
    row._history_user = actor  # type: ignore[attr-defined]
    try:
        row.validate_constraints()
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    except IntegrityError as error:  # somebody else did the same at this moment
        raise Refused(_("This was recorded by somebody else at the same moment. Look at the list.")) from error


def _write_hours(site: Site, hours: Hours) -> None:
    site.opening_hours.all().delete()
    OpeningHours.objects.bulk_create(OpeningHours(site=site, **opening) for opening in hours)


def _refuse_relay(site: Site) -> None:
    relayed = [*site.relayed_organisations.filter(is_active=True), *Site.objects.filter(relay=site, is_active=True)]
    if relayed:
        raise Refused(
            _("This site is the relay point of %(places)s. Choose another one for them first.")
            % {"places": ", ".join(str(place) for place in relayed)}
        )


def _refuse_name_as_pseudonym(name: str, pseudonym: str) -> None:
    if name.casefold() in pseudonym.casefold():
        raise Refused(_("Choose a pseudonym that does not hold the name itself."), field="name")
