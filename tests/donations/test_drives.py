from datetime import timedelta

import pytest
from django.utils import timezone

from donations.drives import edit_drive, open_drive
from donations.enums import TabletKind, TabletState
from donations.models import Drive, Tablet
from network.models import Device
from stock.ledger import KeyConflict
from tests.cast import a_coordinator, a_key, a_site, a_tablet, the_house
from web.errors import Refused

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def opened(**asked) -> Drive:
    fields = {"name": "Collecte de printemps", "starts_on": TODAY(), "ends_on": TODAY() + timedelta(days=10)}
    return open_drive(**{"house": the_house(), "actor": a_coordinator(), "key": a_key(), **fields, **asked})


def edited(drive: Drive, **asked) -> Drive:
    fields = {name: getattr(drive, name) for name in ("name", "name_en", "starts_on", "ends_on", "public_text")}
    fields |= {"sites": list(drive.sites.all()), "known": Device.objects.values_list("pk", flat=True)}
    return edit_drive(**{"drive": drive, "actor": a_coordinator(), "public_text_en": "", **fields, **asked})


def test_a_drive_is_opened_at_its_sites():
    drive = opened(sites=[a_site("Mairie"), a_site("Pharmacie")], public_text="Apportez du savon.")
    assert drive.is_running
    assert {site.name for site in drive.sites.all()} == {"Mairie", "Pharmacie"}


def test_the_shared_tablets_of_a_drive_log_until_its_new_last_day():
    drive = opened(sites=[a_site("Mairie")])
    a_tablet(drive=drive)
    a_tablet(drive=drive)
    ends_on = TODAY() - timedelta(days=1)
    edited(drive, starts_on=ends_on, ends_on=ends_on)
    assert {tablet.state for tablet in Tablet.objects.select_related("device")} == {TabletState.ENDED}
    edited(drive, ends_on=TODAY() + timedelta(days=30))
    assert {tablet.state for tablet in Tablet.objects.select_related("device")} == {TabletState.ACTIVE}
    assert {timezone.localdate(device.ends_at) for device in Device.objects.all()} == {TODAY() + timedelta(days=31)}


def test_a_phone_of_one_shift_does_not_log_longer_because_the_drive_does():
    drive, until = opened(), timezone.now() + timedelta(hours=3)
    a_tablet(drive=drive, kind=TabletKind.OWN, until=until)
    edited(drive, ends_on=TODAY() + timedelta(days=30))
    assert Tablet.objects.get().device.ends_at == until


def test_an_edit_is_kept_in_its_history_with_who_made_it():
    drive, coordinator = opened(sites=[a_site("Mairie")]), a_coordinator()
    edited(drive, name="Collecte de mai", actor=coordinator, sites=[])
    assert not drive.sites.exists()
    assert [row.name for row in drive.history.all()] == ["Collecte de mai", "Collecte de printemps"]
    assert drive.history.first().history_user == coordinator


def test_the_last_day_comes_after_the_first():
    for days in (-1, 367):
        with pytest.raises(Refused) as refused:
            opened(ends_on=TODAY() + timedelta(days=days))
        assert refused.value.field == "ends_on"
    assert opened(ends_on=TODAY()).is_running


def test_two_drives_of_a_house_have_two_names():
    opened()
    with pytest.raises(Refused, match="exists already") as refused:
        opened()
    assert refused.value.field == "name"
    other = opened(name="Collecte de mai")
    with pytest.raises(Refused, match="exists already"):
        edited(other, name="Collecte de printemps")
    assert opened(house=the_house("Maison des Saules")).name == "Collecte de printemps"


def test_a_site_of_another_house_is_refused():
    with pytest.raises(Refused, match="Ailleurs is not a site of this house"):
        opened(sites=[a_site("Ailleurs", house=the_house("Maison des Saules"))])


def test_the_same_form_twice_is_one_drive():
    key = a_key()
    assert opened(key=key) == opened(key=key)
    with pytest.raises(KeyConflict):
        opened(key=key, name="Autre collecte")
    assert Drive.objects.count() == 1
