"""Inviting a tablet to a drive's point, and what is known of it."""

import secrets
from collections.abc import Collection
from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.containers.operations import allot_codes
from donations.enums import TabletKind, TabletState
from donations.models import Drive, Tablet
from network import devices
from network.models import Device, Site
from stock.codes import CODES, numbered_code
from stock.models import Place
from web.errors import Refused

LONGEST_SHIFT = timedelta(hours=16)
CONTACT_EVERY = timedelta(minutes=1)


def invite_tablet(
    *,
    drive: Drive,
    site: Site,
    name: str,
    actor: User,
    kind: TabletKind = TabletKind.SHARED,
    until: datetime | None = None,
    place: Place | None = None,
    key: str | None = None,
) -> tuple[Tablet, str]:
    """Invite a tablet to log drop-offs at `site` for `drive`; answer it with the code that opens the invitation once.

    A shared tablet may until the drive ends, a volunteer's own phone for one shift, until `until`. The same `key` again
    is the same invitation. Raises Refused for a site that is not the drive's, a drive that is over, a shift without an
    end or of more than 16 hours.
    """
    if drive.house_id != site.house_id:
        raise _not_a_point(site)
    if drive.is_over:
        raise Refused(_("%(drive)s is over. Choose a drive that is not.") % {"drive": drive}, field="drive")
    if place and (place.site_id != site.pk or not place.is_internal):
        raise Refused(_("Choose a place of this point."), field="place")
    ends_at = _end_of(drive) if kind == TabletKind.SHARED else _end_of_shift(until, drive)
    said = {"drive": drive, "kind": kind, "place": place, "key": key}
    try:
        tablet = _of_key(key, site) or _invite(said, site=site, name=name, ends_at=ends_at, actor=actor)
    except IntegrityError:  # the same form, at the same moment
        first = _of_key(key, site)
        if first is None:
            raise
        tablet = first
    return tablet, invitation_code(tablet)


def invitation_code(tablet: Tablet) -> str:
    """The code that opens the invitation of `tablet`; empty once it was opened, withdrawn, or is past its ten minutes.

    It is kept nowhere. It is worked out from the tablet's random key and the server's own, each time that a
    coordinator looks at it.
    """
    code = _code_from(tablet.export_key)
    is_open = tablet.state == TabletState.INVITED and tablet.device.code_digest == devices.digest_of(code)
    return code if is_open else ""


@transaction.atomic
def confirm_tablet(*, tablet: Tablet, actor: User) -> Tablet:
    """Let in a tablet that was opened, with the codes that it will give to containers; again changes nothing."""
    tablet.device = devices.confirm(device=tablet.device, actor=actor)
    allot_codes(tablet.device)
    return tablet


def follow_drive(*, drive: Drive, actor: User) -> None:
    """Let the shared tablets of the points of `drive` log until its last day, which was changed; a phone no longer."""
    there = Device.objects.filter(tablet__drive=drive, site__in=drive.sites.all())
    shared, own = (there.filter(tablet__kind=kind) for kind in (TabletKind.SHARED, TabletKind.OWN))
    devices.let_until(chosen=shared, ends_at=_end_of(drive), actor=actor)
    devices.let_until(chosen=own.filter(ends_at__gt=_end_of(drive)), ends_at=_end_of(drive), actor=actor)


def shut_out_of_drive(*, drive: Drive, known: Collection[int], actor: User) -> None:
    """Shut out what is at work for `drive` at what is no point of it any more. Raises DevicesAtWork for one unknown.

    Of a drive that is over by now all its tablets are to be known: their time is over with it.
    """
    working = Device.objects.filter(tablet__drive=drive)
    if drive.is_over:
        devices.check_known(chosen=working, known=known)
    devices.shut_out(chosen=working.exclude(site__in=drive.sites.all()), known=known, actor=actor)


def lock_drive(drive: Drive) -> Drive:
    """As it is now, until the transaction ends: who changes its points, or invites a tablet to one, waits."""
    return Drive.objects.select_for_update(no_key=True, of=("self",)).get(pk=drive.pk)


def _not_a_point(site: Site) -> Refused:
    return Refused(_("%(site)s is not a point of this drive.") % {"site": site}, field="site")


def note_contact(tablet: Tablet, *, waiting: int, refused: int, version: str) -> None:
    """Keep what a tablet tells of itself, once a minute at most while it tells the same."""
    device, now = tablet.device, timezone.now()
    told = (waiting, refused, version[:16])
    if told != (tablet.waiting, tablet.refused, tablet.version):
        tablet.waiting, tablet.refused, tablet.version = told
        Tablet.objects.filter(pk=tablet.pk).update(waiting=waiting, refused=refused, version=version[:16])
    elif device.seen_at and now - device.seen_at < CONTACT_EVERY:
        return
    device.seen_at = now
    type(device).objects.filter(pk=device.pk).update(seen_at=now)


@transaction.atomic
def _invite(said: dict, *, site: Site, name: str, ends_at: datetime, actor: User) -> Tablet:
    export_key = secrets.token_bytes(32)
    if not lock_drive(said["drive"]).sites.filter(pk=site.pk).exists():
        raise _not_a_point(site)
    device = devices.invite(site=site, name=name, ends_at=ends_at, code=_code_from(export_key), actor=actor)
    return Tablet.objects.create(device=device, export_key=export_key, **said)


def _of_key(key: str | None, site: Site) -> Tablet | None:
    """The tablet that a form of this house invited under `key`."""
    if key is None:
        return None
    return Tablet.objects.select_related("device__site").filter(key=key, device__house=site.house_id).first()


def _code_from(export_key: bytes | memoryview) -> str:
    number = salted_hmac("donations.tablets invitation", bytes(export_key), algorithm="sha256").digest()
    return numbered_code(int.from_bytes(number) % CODES)


def _end_of(drive: Drive) -> datetime:
    """The midnight after the drive's last day."""
    return timezone.make_aware(datetime.combine(drive.ends_on + timedelta(days=1), time()))


def _end_of_shift(until: datetime | None, drive: Drive) -> datetime:
    if until is None or until - timezone.now() > LONGEST_SHIFT:
        raise Refused(_("Say when the shift ends, within 16 hours."), field="until")
    return min(until, _end_of(drive))
