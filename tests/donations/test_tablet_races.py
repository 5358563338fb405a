"""Tablets at the same moment: a code lets one in, a decision is taken once, an entry is one row."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from accounts.models import User
from donations.containers.operations import codes_of
from donations.drives import edit_drive
from donations.models import Container, Drive, DropOff, Tablet
from donations.tablets.operations import confirm_tablet, invite_tablet
from donations.tablets.receiving import take_in
from network.devices import open_with, refuse
from network.enums import DeviceState
from network.models import Device, Site
from network.operations import change_site
from stock.models import Operation
from tests import cast

pytestmark = pytest.mark.race


def let_in(code: str) -> int:
    device, _secret = open_with(code=code, software="Chrome, Android")
    return device.pk


def decide(tablet: int, actor: int, says: str) -> str:
    found, who = Tablet.objects.select_related("device").get(pk=tablet), User.objects.get(pk=actor)
    if says == "confirm":
        confirm_tablet(tablet=found, actor=who)
    else:
        refuse(device=found.device, actor=who)
    return says


def send(tablet: int, entries: list[dict]) -> list[str]:
    related = ("device__house", "device__site__house", "drive__house", "place")
    found = Tablet.objects.select_related(*related).get(pk=tablet)
    return [receipt.result for receipt in take_in(entries, tablet=found, sent_at=datetime.now(UTC))]


def bags(count: int) -> list[dict]:
    at = datetime.now(UTC).isoformat()
    return [
        {"id": str(uuid4()), "kind": "drop_off", "at": at, "what": "bag", "quantity": number + 1}
        for number in range(count)
    ]


def an_invitation() -> tuple[Tablet, str]:
    return invite_tablet(drive=cast.a_drive(), site=cast.a_point(), name="Bleue", actor=cast.a_coordinator())


def test_one_code_that_four_open_at_one_moment_lets_one_in(race):
    tablet, code = an_invitation()
    answers = race(*[(let_in, {"code": code}) for _time in range(4)])
    assert sorted(answers, key=str) == [tablet.pk, "WrongCode", "WrongCode", "WrongCode"]


def test_confirmed_and_turned_away_at_one_moment_is_one_of_both(race):
    tablet, code = an_invitation()
    let_in(code)
    actor = cast.a_coordinator().pk
    answers = race(*[(decide, {"tablet": tablet.pk, "actor": actor, "says": says}) for says in ("confirm", "refuse")])
    state = {"confirm": DeviceState.ACTIVE, "refuse": DeviceState.REFUSED}
    (won,) = [answer for answer in answers if answer != "Refused"]
    assert Device.objects.get().state == state[won]
    assert len(codes_of(Device.objects.get())) == (20 if won == "confirm" else 0)


def test_confirmed_by_two_at_one_moment_is_confirmed_once(race):
    tablet, code = an_invitation()
    let_in(code)
    asked = {"tablet": tablet.pk, "actor": cast.a_coordinator().pk, "says": "confirm"}
    assert race((decide, asked), (decide, asked)) == ["confirm", "confirm"]
    assert len(codes_of(Device.objects.get())) == 20


def test_one_entry_sent_twenty_times_at_one_moment_is_one_row(race):
    tablet, _secret = cast.a_tablet()
    entries = bags(1)
    answers = race(*[(send, {"tablet": tablet.pk, "entries": entries}) for _time in range(20)])
    assert answers == [["recorded"]] * 20
    assert DropOff.objects.count() == Operation.objects.count() == 1


def test_what_four_tablets_send_at_one_moment_is_all_there(race):
    tablets = [cast.a_tablet()[0].pk for _number in range(4)]
    answers = race(*[(send, {"tablet": tablet, "entries": bags(5)}) for tablet in tablets])
    assert answers == [["recorded"] * 5] * 4
    assert sorted(DropOff.objects.values_list("operation__device", flat=True)) == sorted(tablets * 5)


def test_one_code_that_is_given_to_two_cartons_at_one_moment_is_on_one(race):
    tablet, _secret = cast.a_tablet()
    code = codes_of(tablet.device)[0]
    cartons = [{**entry, "kind": "container", "what": "carton", "code": code} for entry in bags(2)]
    answers = race(*[(send, {"tablet": tablet.pk, "entries": [carton]}) for carton in cartons])
    assert sorted(answers) == [["recorded"], ["refused"]]
    assert Container.objects.count() == 1


def invite(drive: int, site: int, actor: int) -> int:
    found, who = Drive.objects.get(pk=drive), User.objects.get(pk=actor)
    return invite_tablet(drive=found, site=Site.objects.get(pk=site), name="Verte", actor=who)[0].pk


def take_out(drive: int, actor: int, known: list[int]) -> int:
    """Take every point out of a drive, and answer how many it has then."""
    found = Drive.objects.get(pk=drive)
    fields = {name: getattr(found, name) for name in ("name", "name_en", "starts_on", "ends_on")}
    texts = {"public_text": "", "public_text_en": ""}
    edit_drive(drive=found, actor=User.objects.get(pk=actor), sites=[], known=known, **fields, **texts)
    return found.sites.count()


def close(site: int, actor: int, known: list[int]) -> bool:
    found = Site.objects.get(pk=site)
    return change_site(site=found, actor=User.objects.get(pk=actor), is_active=False, known=known).is_active


def test_a_point_that_leaves_its_drive_at_the_moment_of_an_invitation_keeps_no_tablet(race):
    (working, _secret), actor = cast.a_tablet(), cast.a_coordinator().pk
    drive, site = working.drive_id, working.device.site_id
    asked = {"drive": drive, "site": site, "actor": actor}
    leaving = (take_out, {"drive": drive, "actor": actor, "known": [working.pk]})
    *invited, left = race((invite, asked), (invite, asked), leaving)
    is_out = left == 0
    assert (left, invited) == (0, ["Refused", "Refused"]) or (left == "DevicesAtWork" and invited != ["Refused"] * 2)
    assert Device.objects.at_work().exists() != is_out


def test_a_site_that_closes_at_the_moment_of_an_invitation_keeps_no_tablet(race):
    (working, _secret), actor = cast.a_tablet(), cast.a_coordinator().pk
    site = working.device.site_id
    asked = {"drive": working.drive_id, "site": site, "actor": actor}
    invited, closed = race((invite, asked), (close, {"site": site, "actor": actor, "known": [working.pk]}))
    assert (invited, closed) in [("Refused", False), (invited, "DevicesAtWork")]
    assert Device.objects.at_work().exists() == Site.objects.get(pk=site).is_active


def test_a_tablet_is_let_in_or_its_point_leaves_and_never_both(race):
    (waiting, code), actor = an_invitation(), cast.a_coordinator().pk
    open_with(code=code, software="Chrome")
    leaving = (take_out, {"drive": waiting.drive_id, "actor": actor, "known": [waiting.pk]})
    race((decide, {"tablet": waiting.pk, "actor": actor, "says": "confirm"}), leaving)
    assert not Device.objects.at_work().exists()
    assert not Drive.objects.get(pk=waiting.drive_id).sites.exists()
