"""Drives: to open one, and to change its days, its sites and its text for the public."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.models import Drive
from donations.tablets.operations import follow_drive, lock_drive, shut_out_of_drive
from network.models import House, Organisation, Site
from stock.ledger import KeyConflict
from web.errors import Refused

LONGEST = timedelta(days=366)  # a longer one is a slip of the hand


def open_drive(
    *,
    house: House,
    name: str,
    starts_on: date,
    ends_on: date,
    actor: User,
    key: str,
    sites: Iterable[Site] = (),
    name_en: str = "",
    public_text: str = "",
    public_text_en: str = "",
) -> Drive:
    """Open a drive from one day to another at `sites`; the same `key` again is the same drive.

    Raises Refused for a name that is taken, a last day before the first, more than a year, a site of another house.
    """
    fields = {
        "name": name,
        "name_en": name_en,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "public_text": public_text,
        "public_text_en": public_text_en,
    }
    first = Drive.objects.filter(key=key).first()
    return _the_same(first, fields) if first else _write(Drive(house=house, key=key), fields, list(sites), actor)


@transaction.atomic
def edit_drive(
    *, drive: Drive, actor: User, sites: Iterable[Site], known: Collection[int] = (), **fields: Any
) -> Drive:
    """Set what is said of a drive: the fields of `open_drive`, all of them. What it received stays as it is.

    The shared tablets of its points may log until its last day, whenever that is now. Those of a point that is taken
    out are shut out: raises DevicesAtWork for one, or for one whose time is over by this, that is not `known`.
    """
    before = lock_drive(drive).ends_on
    changed = _write(drive, fields, list(sites), actor)
    shut_out_of_drive(drive=changed, known=known, actor=actor)
    if changed.ends_on != before:
        follow_drive(drive=changed, actor=actor)
    return changed


def leave_drives(place: Site | Organisation, former: str) -> None:
    """Take a site that became confidential out of every drive: what is said of a drive to the public is not of it."""
    del former
    if isinstance(place, Site):
        Drive.sites.through.objects.filter(site=place).delete()


def _write(drive: Drive, fields: dict[str, Any], sites: list[Site], actor: User) -> Drive:
    _check(drive.house_id, sites, **fields)
    for name, value in fields.items():
        setattr(drive, name, value)
    drive._history_user = actor  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            drive.save()
            drive.sites.set(sites)
    except IntegrityError:
        first = Drive.objects.filter(key=drive.key, house=drive.house_id).first() if drive.key else None
        if first and first.pk != drive.pk:
            return _the_same(first, fields)
        raise Refused(_("A drive of this name exists already."), field="name") from None
    return drive


def _check(house_id: int, sites: list[Site], *, starts_on: date, ends_on: date, **_texts: str) -> None:
    if ends_on < starts_on:
        raise Refused(_("The last day comes after the first."), field="ends_on")
    if ends_on - starts_on > LONGEST:
        raise Refused(_("A drive lasts a year at most. Check the year."), field="ends_on")
    for site in sites:
        if site.house_id != house_id:
            raise Refused(_("%(site)s is not a site of this house.") % {"site": site}, field="sites")


def _the_same(drive: Drive, fields: dict[str, Any]) -> Drive:
    if any(getattr(drive, name) != value for name, value in fields.items()):
        raise KeyConflict(
            _("This form was already recorded with other content. Nothing was changed: edit the drive instead.")
        )
    return drive
