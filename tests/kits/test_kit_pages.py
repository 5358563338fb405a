"""The kits that are here, their packs, the code on a label; targets and needs."""

import pytest

from kits import here
from kits.models import Kit, Pack
from kits.operations import pack
from kits.targets import TargetLine, set_targets
from network.models import SensitiveRead
from stock.codes import new_code
from stock.enums import Reason
from stock.operations import LotLine, transfer, write_off
from tests.cast import (
    a_coordinator,
    a_distributor,
    a_drive,
    a_key,
    a_site,
    a_version,
    a_volunteer,
    stocked,
    the_store,
)
from tests.queries import statements

pytestmark = pytest.mark.django_db
GONE = "Already handed over: see the coordination."


@pytest.fixture
def version():
    return a_version({stocked("Savon", 40): 1})


def packed(version, count=2, place=None):
    pack(version=version, count=count, place=place or the_store(), actor=a_coordinator(), key=a_key())
    return Pack.objects.order_by("-pk")[0]


def asked(client, code):
    return client.post("/kits/lookup/", {"code": code}).content.decode()


def test_a_code_at_one_s_own_site_says_what_it_is_and_is_logged(signed_in, version):
    kit = packed(version).lot.kits.all()[0]
    client = signed_in(a_distributor())
    page = asked(client, f" {kit.code[:4].lower()}-{kit.code[4:]} ")
    assert "Kit femme" in page
    assert "Atelier" in page
    read = SensitiveRead.objects.get()
    assert (read.subject, read.site) == ("kit_code", a_site())


def test_a_code_that_is_gone_elsewhere_or_unknown_is_answered_alike_and_is_logged(signed_in, version):
    made = packed(version)
    gone, elsewhere = made.lot.kits.all()
    lines = [LotLine(made.lot, 1)]
    write_off(place=the_store(), lines=lines, reason=Reason.DAMAGED, actor=a_coordinator(), key=a_key())
    near = signed_in(a_distributor())
    far = signed_in(a_distributor(site=a_site("Mairie")))
    for client, code in [(near, gone.code), (far, elsewhere.code), (near, new_code())]:
        page = asked(client, code)
        assert GONE in page
        assert "Kit femme" not in page
    assert SensitiveRead.objects.count() == 3


def test_a_code_with_a_wrong_character_is_said_and_nothing_is_looked_up(signed_in):
    page = asked(signed_in(a_distributor()), "KKKK KKK3")
    assert "is not a code" in page
    assert not SensitiveRead.objects.exists()


def test_a_page_of_kits_is_short_for_each_row_holds_its_packs(signed_in, version, monkeypatch):
    monkeypatch.setattr("kits.views.kits.ROWS", 1)
    packed(version, 3)
    far = the_store(a_site("Réserve Nord"))
    stocked("Savon", 40, place=far)
    packed(version, 3, place=far)
    client = signed_in(a_coordinator())
    first, second = (client.get(f"/kits/?page={number}").context["rows"] for number in (1, 2))
    assert {str(row.first.place.site) for row in first + second} == {"Atelier", "Réserve Nord"}
    assert len(first) == 1


def test_the_kits_of_one_s_own_sites_are_listed(signed_in, version):
    packed(version, 3)
    page = signed_in(a_volunteer()).get("/kits/")
    (row,) = page.context["rows"]
    assert (row.on_hand, row.reserved) == (3, 0)
    assert not signed_in(a_volunteer(site=a_site("Mairie"))).get("/kits/").context["rows"]


def test_kits_that_are_alike_stand_in_one_row_with_their_packs(signed_in, version):
    first, second = packed(version), packed(version, count=3)
    elsewhere = the_store(a_site("Mairie"))
    transfer(source=the_store(), target=elsewhere, lines=[LotLine(second.lot, 1)], actor=a_coordinator(), key=a_key())
    answer = signed_in(a_coordinator()).get("/kits/")
    told = [(str(row.first.place), row.on_hand, row.packs) for row in answer.context["rows"]]
    assert told == [("Atelier, Réserve", 4, 2), ("Mairie, Réserve", 1, 1)]
    for made in (first, second):
        assert f"/kits/packs/{made.pk}/" in answer.content.decode()


def test_the_latest_packs_are_named_and_the_others_counted(signed_in, version, monkeypatch):
    monkeypatch.setattr(here, "MOST_PACKS", 1)
    packed(version)
    latest = packed(version)
    [row] = signed_in(a_coordinator()).get("/kits/").context["rows"]
    assert [balance.lot.pack for balance in row.balances] == [latest]
    assert (row.on_hand, row.packs, row.hidden) == (4, 2, 1)


def test_a_pack_shows_the_codes_that_are_here_only(signed_in, version):
    made = packed(version, 2)
    write_off(
        place=the_store(), lines=[LotLine(made.lot, 1)], reason=Reason.DAMAGED, actor=a_coordinator(), key=a_key()
    )
    here, gone = Kit.objects.here().get(), Kit.objects.exclude(state="here").get()
    page = signed_in(a_coordinator()).get(f"/kits/packs/{made.pk}/").content.decode()
    assert str(here) in page
    assert f"/slips/packs/{made.pk}/" in page
    assert str(gone) not in page


def test_a_pack_of_another_site_is_not_shown(signed_in, version):
    made = packed(version)
    client = signed_in(a_volunteer(site=a_site("Mairie")))
    assert client.get(f"/kits/packs/{made.pk}/").status_code == 404
    assert client.post(f"/kits/packs/{made.pk}/undo/").status_code == 404


def test_a_pack_is_shown_where_some_of_its_kits_went(signed_in, version):
    made, there = packed(version), the_store(a_site("Mairie"))
    lines = [LotLine(made.lot, 1)]
    transfer(source=the_store(), target=there, lines=lines, actor=a_coordinator(), key=a_key())
    client = signed_in(a_distributor(site=there.site))
    page = client.get(f"/kits/packs/{made.pk}/")
    assert len(page.context["kits"]) == 1
    assert client.get(f"/slips/packs/{made.pk}/").status_code == 200


def test_targets_are_set_and_needs_read_and_downloaded(signed_in, version):
    client, drive = signed_in(a_coordinator()), a_drive()
    form = {f"quantity_{version.template.pk}": "50", f"priority_{version.template.pk}": "1"}
    for _time in range(2):
        page = client.post(f"/kits/targets/{drive.pk}/edit/", form, follow=True)
    (need,) = page.context["missing"]
    assert (need.item.name, need.wanted, need.missing) == ("Savon", 50, 10)
    file = b"".join(client.get(f"/kits/targets/{drive.pk}?format=csv", follow=True)).decode()
    assert "Savon,hygiene,piece,50,40,0,0,10" in file


@pytest.mark.parametrize(
    ("fields", "name", "sentence"),
    [
        ({"quantity": "-1"}, "quantity", "cannot be negative"),
        ({"quantity": "2,5"}, "quantity", "a whole number"),
        ({"quantity": "9999999"}, "quantity", "more than 100"),
        ({"priority": "77"}, "priority", "valid choice"),
    ],
)
def test_a_wrong_target_is_said_at_its_field(signed_in, version, fields, name, sentence):
    pk = version.template.pk
    form = {f"{field}_{pk}": value for field, value in {"quantity": "5", "priority": "1", **fields}.items()}
    page = signed_in(a_coordinator()).post(f"/kits/targets/{a_drive().pk}/edit/", form)
    assert sentence in page.context["form"].errors[f"{name}_{pk}"][0]
    assert not a_drive().targets.exists()


def test_an_empty_target_is_none(signed_in, version):
    set_targets(drive=a_drive(), targets=[TargetLine(version.template, 5)], actor=a_coordinator())
    form = {f"quantity_{version.template.pk}": "", f"priority_{version.template.pk}": "1"}
    signed_in(a_coordinator()).post(f"/kits/targets/{a_drive().pk}/edit/", form)
    assert not a_drive().targets.exists()


def test_a_drive_that_is_not_there_is_not_found(signed_in):
    a_drive()
    client = signed_in(a_coordinator())
    for wrong in ("999999", "x", "9" * 40):
        assert client.get(f"/kits/targets/?drive={wrong}").status_code == 404


def test_the_pages_send_as_many_statements_for_one_row_as_for_eight(signed_in, version):
    client, drive, coordinator = signed_in(a_coordinator()), a_drive(), a_coordinator()
    versions = [version, *(a_version({stocked(f"Article {n}", 9): 1}, f"Kit {n}") for n in range(7))]

    def sent(number):
        for other in versions[:number]:
            packed(other)
        targets = [TargetLine(other.template, 5) for other in versions[:number]]
        set_targets(drive=drive, targets=targets, actor=coordinator)
        pack = f"/kits/packs/{Pack.objects.all()[0].pk}/"
        addresses = ["/kits/", pack, "/kits/targets/", f"/kits/targets/{drive.pk}/edit/"]
        return [statements(lambda address=address: client.get(address)) for address in addresses]

    one = sent(1)
    assert sent(8) == one
    assert max(one) <= 15
