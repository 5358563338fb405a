"""Letting a tablet or a phone in: invited by a code, opened with it, confirmed by a person, revoked by one.

The code is good once and for ten minutes; it gives a secret, which the device keeps and sends back. Both are kept as
digests alone. Nothing is let in before a coordinator has seen on the device the number that its page shows as well.
"""

import hashlib
import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from network.enums import DeviceState
from network.models import Device, Organisation, Site
from network.querysets import DeviceQuerySet
from web.errors import Refused
from web.imports.people import looks_like_a_person

INVITATION = timedelta(minutes=10)
LONGEST = timedelta(days=366)
REMEMBERED = timedelta(days=60)  # after the end of one, for which it is still known what it was
SECRET_BYTES = 32
SHUT_OUT = {
    DeviceState.INVITED: DeviceState.WITHDRAWN,
    DeviceState.OPENED: DeviceState.REFUSED,
    DeviceState.ACTIVE: DeviceState.REVOKED,
}


class WrongCode(Refused):
    """No invitation has this code, or no more: it was used, or its ten minutes are over."""


class DevicesAtWork(Refused):
    """Tablets or phones would be shut out that who asks does not know of: `devices`."""

    def __init__(self, devices: Sequence[Device]) -> None:
        names = ", ".join(f"{device} ({device.site})" for device in devices)
        said = ngettext(
            "Nothing was changed yet: a tablet or a phone works there, %(devices)s.",
            "Nothing was changed yet: tablets or phones work there, %(devices)s.",
            len(devices),
        )
        super().__init__(said % {"devices": names})
        self.devices = devices


def digest_of(text: str) -> str:
    """SHA-256 of a code or a secret, which are random and long enough not to need a slow one."""
    return hashlib.sha256(text.encode()).hexdigest()


def invite(*, site: Site, name: str, ends_at: datetime, code: str, actor: User) -> Device:
    """Make an invitation that `code` opens within ten minutes, to act at `site` until `ends_at`.

    Raises Refused for a confidential or closed site, a name that is a person's, and an end that is past or beyond a
    year.
    """
    if site.is_confidential or not site.is_active:
        raise Refused(_("Choose a collection point that is in use."), field="site")
    if looks_like_a_person(name):
        raise Refused(_("Name the tablet by its place or its colour, never by a person."), field="name")
    now = timezone.now()
    if not now < ends_at <= now + LONGEST:
        raise Refused(_("Choose an end that is still to come, within a year."), field="ends_at")
    device = Device(
        house_id=site.house_id,
        site=site,
        name=name,
        ends_at=ends_at,
        code_digest=digest_of(code),
        code_ends_at=now + INVITATION,
        invited_by=actor,
    )
    with transaction.atomic():
        # nobody closes the site meanwhile, or somebody just has
        if not Site.objects.select_for_update(no_key=True, of=("self",)).get(pk=site.pk).is_active:
            raise Refused(_("Choose a collection point that is in use."), field="site")
        return _save(device, actor)


def invited_at(device: Device) -> datetime:
    """When `device` was invited: nothing was done on it before."""
    return device.code_ends_at - INVITATION


@transaction.atomic
def open_with(*, code: str, software: str) -> tuple[Device, str]:
    """Use an invitation: answer its device, which now waits to be confirmed, and the secret that it will hold.

    Raises WrongCode, the same for a code that never was, was used, or is past its ten minutes.
    """
    device = Device.objects.select_for_update().filter(code_digest=digest_of(code)).first()
    if device is None or device.state != DeviceState.INVITED or device.code_ends_at <= timezone.now():
        raise WrongCode(_("This code is not good, or no longer. Ask the coordinator for a new one."), field="code")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    device.state, device.code_digest, device.secret_digest = DeviceState.OPENED, "", digest_of(secret)
    device.check_number = f"{secrets.randbelow(900) + 100}"
    device.software, device.seen_at = software[:60], timezone.now()
    return _save(device, None), secret


def confirm(*, device: Device, actor: User) -> Device:
    """Let in a device that was opened; again changes nothing. Raises Refused for one that cannot be let in any more."""
    return _decide(device, actor, DeviceState.ACTIVE, {DeviceState.OPENED}, "confirmed_by")


def refuse(*, device: Device, actor: User) -> Device:
    """Turn a device away that was opened by whoever should not have been; again changes nothing."""
    return _decide(device, actor, DeviceState.REFUSED, {DeviceState.OPENED}, "revoked_by")


def withdraw(*, device: Device, actor: User) -> Device:
    """Take back an invitation that nobody opened; again changes nothing."""
    return _decide(device, actor, DeviceState.WITHDRAWN, {DeviceState.INVITED}, "revoked_by")


def revoke(*, device: Device, actor: User) -> Device:
    """Shut out a device for good; again changes nothing. What it has not sent stays on it."""
    return _decide(device, actor, DeviceState.REVOKED, {DeviceState.ACTIVE}, "revoked_by")


def check_known(*, chosen: DeviceQuerySet, known: Collection[int]) -> list[Device]:
    """Lock those of the chosen devices that are at work, and answer them. Raises DevicesAtWork for one not `known`."""
    working = list(chosen.at_work().select_for_update(of=("self",)).select_related("site").order_by("pk"))
    if not {device.pk for device in working} <= set(known):
        raise DevicesAtWork(working)
    return working


@transaction.atomic
def shut_out(*, chosen: DeviceQuerySet, known: Collection[int], actor: User) -> list[Device]:
    """Shut out for good those of the chosen devices that are at work, and answer them; again changes nothing.

    Raises DevicesAtWork where there is one among them that is not `known`, by its id, to who asks.
    """
    working = check_known(chosen=chosen, known=known)
    for device in working:
        device.state, device.code_digest, device.revoked_by = SHUT_OUT[DeviceState(device.state)], "", actor
        _save(device, actor)
    return working


@transaction.atomic
def let_until(*, chosen: DeviceQuerySet, ends_at: datetime, actor: User) -> None:
    """Let the chosen devices act until another moment; those that were shut out, or never let in, stay so."""
    for device in chosen.exclude(state__in=SHUT_OUT.values()).select_for_update().order_by("pk"):
        device.ends_at = ends_at
        _save(device, actor)


def holder_of(secret: str) -> Device | None:
    """The device that holds `secret`, whatever its state."""
    return Device.objects.select_related("house", "site").filter(secret_digest=digest_of(secret)).first()


def shut_out_of(place: Site | Organisation, former: str) -> None:
    """Revoke what acts at a site that became confidential, and forget names that may be the site's."""
    del former
    if not isinstance(place, Site):
        return
    devices = Device.objects.filter(site=place)
    devices.filter(state=DeviceState.INVITED).update(state=DeviceState.WITHDRAWN, code_digest="", name="")
    devices.filter(state__in=[DeviceState.ACTIVE, DeviceState.OPENED]).update(state=DeviceState.REVOKED)
    devices.filter(ends_at__gt=(now := timezone.now())).update(ends_at=now)
    devices.update(name="")
    Device.history.filter(site=place).update(name="")


def erase_past_invitations() -> int:
    """Erase the invitations that nobody opened in time."""
    ids = list(Device.objects.past_their_invitation().values_list("pk", flat=True))
    Device.objects.filter(pk__in=ids).delete()
    Device.history.filter(id__in=ids).delete()  # the last line of it says that it was erased
    return len(ids)


def forget_what_devices_said() -> int:
    """Forget what those that ended, or were shut out, 60 days ago said of themselves, and when they were heard."""
    nothing = {"software": "", "check_number": "", "seen_at": None}
    past = Device.objects.filter(ends_at__lt=timezone.now() - REMEMBERED)
    return past.exclude(**nothing).update(**nothing)


@transaction.atomic
def _decide(device: Device, actor: User, state: DeviceState, before: set[DeviceState], who: str) -> Device:
    device = Device.objects.select_for_update().get(pk=device.pk)
    if device.state == state:
        return device
    if device.state not in before:
        raise Refused(
            _("%(device)s: %(state)s. Nothing was changed.") % {"device": device, "state": device.get_state_display()}
        )
    device.state = state
    if state == DeviceState.WITHDRAWN:
        device.code_digest = ""
    setattr(device, who, actor)
    return _save(device, actor)


def _save(device: Device, actor: User | None) -> Device:
    if device.state in SHUT_OUT.values():  # from now on, not from the end that was planned, it is forgotten
        device.ends_at = min(device.ends_at, timezone.now())
    device._history_user = actor  # type: ignore[attr-defined]
    device.save()
    return device
