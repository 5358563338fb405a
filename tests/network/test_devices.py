"""Letting a tablet or a phone in: by a code that is good once, and by somebody who saw it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from network.devices import (
    WrongCode,
    confirm,
    erase_past_invitations,
    forget_what_devices_said,
    holder_of,
    invite,
    open_with,
    refuse,
    revoke,
    withdraw,
)
from network.enums import DeviceState
from network.models import Device
from network.operations import make_site_confidential
from tests import cast
from web.errors import Refused

pytestmark = pytest.mark.django_db


def invited(code: str = "34678934", **asked) -> Device:
    asked = {"site": cast.a_site(), "name": "Tablette verte", "ends_at": timezone.now() + timedelta(days=3), **asked}
    return invite(code=code, actor=cast.a_coordinator(), **asked)


def test_a_code_opens_its_invitation_once():
    device, secret = (invited(), open_with(code="34678934", software="Chrome"))[1]
    assert (device.state, holder_of(secret)) == (DeviceState.OPENED, device)
    with pytest.raises(WrongCode, match="not good"):
        open_with(code="34678934", software="Chrome")


def test_a_code_is_good_for_ten_minutes():
    invited()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)), pytest.raises(WrongCode):
        open_with(code="34678934", software="Chrome")


def test_neither_the_code_nor_the_secret_is_kept():
    invited()
    _device, secret = open_with(code="34678934", software="Chrome")
    assert not [row for row in Device.objects.values() if secret in row.values() or "34678934" in row.values()]


def test_what_was_opened_acts_once_it_is_confirmed_and_until_it_is_revoked():
    invited()
    device, _secret = open_with(code="34678934", software="Chrome")
    assert not device.may_act
    device = confirm(device=device, actor=cast.a_coordinator())
    assert device.may_act
    assert not revoke(device=device, actor=cast.a_coordinator()).may_act


def test_what_was_refused_cannot_be_confirmed():
    invited()
    device = refuse(device=open_with(code="34678934", software="Chrome")[0], actor=cast.a_coordinator())
    with pytest.raises(Refused, match="refused"):
        confirm(device=device, actor=cast.a_coordinator())


def test_an_invitation_that_was_withdrawn_opens_nothing():
    withdraw(device=invited(), actor=cast.a_coordinator())
    with pytest.raises(WrongCode):
        open_with(code="34678934", software="Chrome")


def test_a_device_acts_until_its_end():
    invited(ends_at=timezone.now() + timedelta(hours=2))
    device = confirm(device=open_with(code="34678934", software="Chrome")[0], actor=cast.a_coordinator())
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert not device.may_act


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [({"name": "Mme Durand"}, "never by a person"), ({"ends_at": timezone.now() - timedelta(days=1)}, "still to come")],
    ids=["a person's name", "an end that is past"],
)
def test_what_cannot_be_invited(asked, sentence):
    with pytest.raises(Refused, match=sentence):
        invited(**asked)


def test_a_site_that_becomes_confidential_shuts_its_devices_out_and_their_names_are_forgotten():
    invited()
    device = confirm(device=open_with(code="34678934", software="Chrome")[0], actor=cast.a_coordinator())
    relay = cast.a_site("Relais")
    make_site_confidential(site=device.site, name="Iris", relay=relay, actor=cast.a_coordinator())
    device.refresh_from_db()
    assert (device.state, device.name) == (DeviceState.REVOKED, "")
    assert not Device.history.exclude(name="").exists()


def test_invitations_that_nobody_opened_are_erased():
    invited()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert erase_past_invitations() == 1
    assert not Device.history.exists()


def test_what_a_device_said_of_itself_is_forgotten_sixty_days_after_its_end_and_its_secret_still_shuts_it_out():
    invited()
    device, secret = open_with(code="34678934", software="Chrome, Android")
    confirm(device=device, actor=cast.a_coordinator())
    for days, forgotten in ((62, 0), (64, 1), (64, 0)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            assert forget_what_devices_said() == forgotten
    device.refresh_from_db()
    assert (device.software, device.check_number, device.seen_at) == ("", "", None)
    assert holder_of(secret) == device


def test_what_a_revoked_device_said_is_forgotten_sixty_days_after_it_was_shut_out():
    invited(ends_at=timezone.now() + timedelta(days=300))
    device, _secret = open_with(code="34678934", software="Chrome, Android")
    revoke(device=confirm(device=device, actor=cast.a_coordinator()), actor=cast.a_coordinator())
    with time_machine.travel(timezone.now() + timedelta(days=61)):
        assert forget_what_devices_said() == 1
