"""A point leaves a drive, a drive ends, a site closes: one is told which tablets work there; then they stop at once."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.admin.sites import site as administration
from django.utils import timezone

from donations.drives import edit_drive
from donations.models import Drive, DropOff
from donations.tablets.operations import invite_tablet
from donations.tablets.receiving import take_in
from network.devices import DevicesAtWork, open_with
from network.enums import DeviceState
from network.models import Device
from network.operations import change_site
from tests import cast
from tests.donations.test_tablet_api import an_entry, send, the_tablet

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def point():
    return cast.a_point()


@pytest.fixture
def tablet(point):
    return cast.a_tablet(point)[0]


def invited(point, **asked):
    return invite_tablet(drive=cast.a_drive(), site=point, name="Bleue", actor=cast.a_coordinator(), **asked)


def said(drive: Drive, **other) -> dict:
    fields = ("name", "name_en", "starts_on", "ends_on", "public_text", "public_text_en")
    return {**{name: getattr(drive, name) for name in fields}, "sites": list(drive.sites.all()), **other}


def edited(known=(), **other) -> Drive:
    drive = cast.a_drive()
    return edit_drive(drive=drive, actor=cast.a_coordinator(), known=known, **said(drive, **other))


def states() -> list[str]:
    return list(Device.objects.order_by("pk").values_list("state", flat=True))


def test_a_point_is_not_taken_out_unseen_while_tablets_work_there(tablet):
    with pytest.raises(DevicesAtWork, match="Tablette du comptoir") as refused:
        edited(sites=[])
    assert [device.pk for device in refused.value.devices] == [tablet.pk]
    assert (states(), cast.a_drive().sites.count()) == (["active"], 1)


def test_who_knows_of_them_takes_the_point_out_and_shuts_each_out_as_it_stands(point, tablet):
    elsewhere, invitation = cast.a_tablet(cast.a_point("Mairie"))[0], invited(point)[0]
    opened, code = invited(point)
    open_with(code=code, software="Chrome")
    edited(sites=[elsewhere.device.site], known=[tablet.pk, invitation.pk, opened.pk])
    assert states() == [DeviceState.REVOKED, DeviceState.ACTIVE, DeviceState.WITHDRAWN, DeviceState.REFUSED]
    assert Device.objects.get(pk=tablet.pk).history.first().history_user is not None


def test_one_that_was_let_in_meanwhile_is_told_of_too(point, tablet):
    other = cast.a_tablet(point)[0]
    with pytest.raises(DevicesAtWork) as refused:
        edited(sites=[], known=[tablet.pk])
    assert [device.pk for device in refused.value.devices] == [tablet.pk, other.pk]


def test_what_it_had_not_sent_stays_on_it_and_is_told_that_it_is_revoked(point):
    tablet, secret = cast.a_tablet(point)
    edited(sites=[], known=[tablet.pk])
    answer = send(the_tablet(secret), an_entry())
    assert (answer.status_code, answer.json()["state"]) == (403, "revoked")
    assert not DropOff.objects.exists()


def test_a_drive_that_ends_today_or_before_ends_its_tablets_once_they_are_known(tablet):
    over = timezone.localdate() - timedelta(days=1)
    with pytest.raises(DevicesAtWork):
        edited(ends_on=over)
    edited(ends_on=over, known=[tablet.pk])
    tablet.device.refresh_from_db()
    assert (tablet.device.state, tablet.state) == (DeviceState.ACTIVE, "ended")
    entries = [an_entry(at=(timezone.now() - timedelta(hours=1)).isoformat())]
    assert [receipt.result for receipt in take_in(entries, tablet=tablet, sent_at=timezone.now())] == ["recorded"]


def test_a_phone_ends_with_its_drive_and_a_tablet_of_a_former_point_does_not_begin_again(point):
    phone = invited(point, kind="own", until=timezone.now() + timedelta(hours=2))[0]
    former = cast.a_tablet(cast.a_point("Mairie"))[0]
    edited(sites=[point], known=[former.pk])
    edited(ends_on=timezone.localdate() - timedelta(days=1), known=[phone.pk])
    edited(ends_on=timezone.localdate() + timedelta(days=9))
    ends = dict(Device.objects.values_list("pk", "ends_at"))
    assert ends[phone.pk] < timezone.now()
    assert states()[-1] == DeviceState.REVOKED


def test_a_point_whose_tablets_have_ended_leaves_without_a_word(tablet):
    with time_machine.travel(timezone.now() + timedelta(days=30)):
        edited(sites=[])
    assert (states(), cast.a_drive().sites.count()) == (["active"], 0)


def test_closing_a_site_shuts_out_what_works_there_once_it_is_known(point, tablet):
    with pytest.raises(DevicesAtWork):
        change_site(site=point, actor=cast.a_coordinator(), is_active=False)
    change_site(site=point, actor=cast.a_coordinator(), is_active=False, known=[tablet.pk])
    assert states() == [DeviceState.REVOKED]


def test_the_page_of_a_drive_names_the_tablets_and_sent_again_it_shuts_them_out(signed_in, tablet):
    client, drive = signed_in(cast.a_coordinator()), cast.a_drive()
    address, form = f"{drive.get_absolute_url()}edit/", {**said(drive), "sites": []}
    page = client.post(address, form)
    assert "A tablet or a telephone works there" in page.content.decode()
    assert "Change the drive and shut them out" in page.content.decode()
    known = page.context["form"]["known"].value()
    assert known == str(tablet.pk)
    assert "was changed" in client.post(address, {**form, "known": known}, follow=True).content.decode()
    assert (states(), drive.sites.count()) == (["revoked"], 0)


def test_the_page_of_a_site_names_the_tablets_and_sent_again_it_closes(signed_in, point, tablet):
    client, address = signed_in(cast.a_coordinator()), f"{point.get_absolute_url()}edit/"
    form = {"name": point.name, "kind": point.kind, "address": point.address, "city": point.city}
    form |= {"hours-TOTAL_FORMS": 0, "hours-INITIAL_FORMS": 0}
    page = client.post(address, form)
    assert "Save the changes and shut them out" in page.content.decode()
    page = client.post(address, {**form, "known": page.context["form"]["known"].value()}, follow=True)
    point.refresh_from_db()
    assert (point.is_active, states()) == (False, ["revoked"])


def test_the_administration_leaves_to_the_pages_what_shuts_tablets_out(signed_in, rf, tablet):
    drives = administration._registry[Drive]
    assert {"starts_on", "ends_on", "sites"} <= set(drives.get_readonly_fields(rf.get("/"), cast.a_drive()))
    assert "sites" not in drives.get_readonly_fields(rf.get("/"))
    site = tablet.device.site
    page = signed_in(cast.an_admin()).post(
        f"/admin/network/site/{site.pk}/change/",
        {"name": site.name, "kind": site.kind, "address": site.address, "city": site.city}
        | {"opening_hours-TOTAL_FORMS": 0, "opening_hours-INITIAL_FORMS": 0},
    )
    assert "Close it on its page" in page.content.decode()
    assert states() == ["active"]


@pytest.mark.parametrize(
    ("others", "words", "then"),
    [
        (0, "a tablet or a phone works there", "it sends nothing more"),
        (1, "tablets or phones work there", "they send nothing more"),
    ],
)
def test_one_is_told_of_as_one_and_several_as_several(signed_in, point, tablet, others, words, then):
    for _other in range(others):
        invited(point)
    with pytest.raises(DevicesAtWork, match=f"Nothing was changed yet: {words}, "):
        edited(sites=[])
    drive = cast.a_drive()
    page = signed_in(cast.a_coordinator()).post(f"{drive.get_absolute_url()}edit/", {**said(drive), "sites": []})
    assert f"Nothing is changed yet. If you go on, {then}" in page.content.decode()
