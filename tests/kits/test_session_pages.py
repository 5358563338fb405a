"""The pages of sessions: planned, opened, packed in, closed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from kits.enums import SessionState
from kits.models import AssemblySession, Kit, Pack
from kits.operations import pack
from kits.sessions import MixLine, open_session, plan_session
from kits.targets import TargetLine, set_targets
from kits.templates import new_draft, publish
from stock.models import Conflict
from tests.cast import (
    a_coordinator,
    a_drive,
    a_key,
    a_site,
    a_version,
    a_volunteer,
    an_item,
    on_hand,
    stocked,
    the_store,
)
from tests.queries import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return a_version({stocked("Savon", 40): 2, stocked("Serviette", 30): 1})


def planned(version, name="Usine à kits"):
    now = timezone.now()
    return plan_session(
        drive=a_drive(),
        place=the_store(),
        name=name,
        starts_at=now,
        ends_at=now + timedelta(hours=4),
        mix=[MixLine(version, 10)],
        actor=a_coordinator(),
    )


@pytest.fixture
def session(version):
    return open_session(session=planned(version), actor=a_coordinator())


def packing(session, version, key=None, **fields):
    return f"/kits/sessions/{session.pk}/pack/", {"key": key or a_key(), "version": version.pk, **fields}


def test_a_plan_proposes_what_is_wanted_and_can_be_made(signed_in, version):
    set_targets(drive=a_drive(), targets=[TargetLine(version.template, 12)], actor=a_coordinator())
    address = f"/kits/sessions/new/?drive={a_drive().pk}&place={the_store().pk}"
    client = signed_in(a_coordinator())
    ((row, field),) = client.get(address).context["rows"]
    assert (row.wanted, row.share.alone.count, field.value()) == (12, 20, 12)
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    form = {"name": "Usine à kits", "day": day, "starts": "10:00", "ends": "14:00", f"quantity_{version.pk}": "12"}
    for _time in range(2):
        assert "“Usine à kits” is planned" in client.post(address, form, follow=True).content.decode()
    assert AssemblySession.objects.get().mix.get().quantity == 12


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"day": "2020-01-01"}, "ends", "over already"),
        ({"starts": "14:00", "ends": "10:00"}, "ends", "ends after it starts"),
        ({"quantity": "-4"}, "quantity", "cannot be negative"),
        ({"quantity": "1.5"}, "quantity", "a whole number"),
        ({"quantity": "9999999"}, "quantity", "more than 100"),
        ({"quantity": ""}, None, "at least one template"),
        ({"quantity": "0"}, None, "at least one template"),
    ],
)
def test_a_plan_that_makes_no_sense_is_said_at_its_field(signed_in, version, fields, field, sentence):
    address = f"/kits/sessions/new/?drive={a_drive().pk}&place={the_store().pk}"
    form = {"name": "Usine", "day": "2099-01-01", "starts": "10:00", "ends": "14:00", "quantity": "5", **fields}
    form[f"quantity_{version.pk}"] = form.pop("quantity")
    page = signed_in(a_coordinator()).post(address, form)
    name = f"quantity_{version.pk}" if field == "quantity" else field or "__all__"
    assert sentence in page.context["form"].errors[name][0].replace("\u202f", " ")
    assert not AssemblySession.objects.exists()


@pytest.mark.parametrize(("hour", "day"), [("00:00", 22), ("13:59", 22), ("14:00", 23), ("23:59", 23)])
def test_the_hours_that_are_proposed_are_never_over(signed_in, version, time_machine, hour, day):
    time_machine.move_to(f"2026-11-22 {hour}+01:00", tick=False)
    page = signed_in(a_coordinator()).get(f"/kits/sessions/new/?drive={a_drive().pk}&place={the_store().pk}")
    assert page.context["form"].initial["day"].day == day
    assert 'value="10:00"' in page.content.decode()


def test_what_is_possible_is_said_alone_and_together_and_what_that_means(signed_in, version):
    session = planned(version)
    session.mix.create(version=a_version({an_item("Savon"): 2}, "Kit savon"), quantity=20)
    page = signed_in(a_coordinator()).get(f"/kits/sessions/{session.pk}/")
    shares = [(row.share.alone.count, row.share.together.count) for row in page.context["mix"]]
    assert shares == [(20, 20), (20, 10)]
    assert "Alone: as if only this kit were made. Together: what is left" in page.content.decode()


def test_a_session_is_opened_once(signed_in, version):
    session, client = planned(version), signed_in(a_coordinator())
    for _time in range(2):
        page = client.post(f"/kits/sessions/{session.pk}/open/", follow=True)
        assert "is open: kits can be packed" in page.content.decode()
    session.refresh_from_db()
    assert session.state == SessionState.OPEN


@pytest.mark.parametrize(("fields", "made"), [({"add": "1"}, 1), ({"add": "5"}, 5), ({"count": "7"}, 7)])
def test_a_volunteer_packs_with_one_press_and_a_double_press_packs_once(signed_in, session, version, fields, made):
    client, (address, form) = signed_in(a_volunteer()), packing(session, version, **fields)
    for _time in range(2):
        page = client.post(address, form, follow=True)
        assert f"{made} × Kit femme packed." in page.content.decode()
    assert (Pack.objects.count(), Kit.objects.count(), on_hand(version.item)) == (1, made, made)


@pytest.mark.parametrize("count", ["0", "-1", "1.5", "99999", "", "dix"])
def test_an_absurd_number_of_kits_is_refused_at_its_field(signed_in, session, version, count):
    address, form = packing(session, version, count=count)
    page = signed_in(a_volunteer()).post(address, form)
    assert page.context["form"].errors["count"]
    assert not Pack.objects.exists()


def test_what_is_short_is_named_and_the_kit_stays_chosen(signed_in, session, version):
    address, form = packing(session, version, count="25")
    page = signed_in(a_volunteer()).post(address, form)
    assert "Savon: 50 wanted, 40 are free here" in page.content.decode()
    assert page.context["chosen"] == str(version.pk)
    assert not Pack.objects.exists()


def test_an_unknown_kit_and_a_draft_are_not_packed(signed_in, session, version):
    for wrong in ("", "999999", "x"):
        address, form = packing(session, version, add="1")
        page = signed_in(a_volunteer()).post(address, {**form, "version": wrong})
        assert page.context["form"].errors["version"]


def test_what_was_planned_is_packed_though_a_newer_version_is_published_since(signed_in, session, version):
    draft = new_draft(template=version.template, actor=a_coordinator())
    newer = publish(version=draft, actor=a_coordinator())
    for offered in (version, newer):
        address, form = packing(session, offered, add="1")
        page = signed_in(a_volunteer()).post(address, form, follow=True)
        assert f'name="version" value="{offered.pk}" checked' in " ".join(page.content.decode().split())
    assert set(session.packs.values_list("version", flat=True)) == {version.pk, newer.pk}


def test_a_pack_is_undone_from_the_line_once(signed_in, session, version):
    client, (address, form) = signed_in(a_volunteer()), packing(session, version, add="5")
    client.post(address, form)
    undo = f"/kits/packs/{Pack.objects.get().pk}/undo/"
    for _time in range(2):
        page = client.post(undo, follow=True).content.decode()
        assert "taken apart, the articles are back" in page
    assert (on_hand(an_item("Savon")), on_hand(version.item)) == (40, 0)


def test_a_closed_session_packs_nothing_and_a_volunteer_undoes_nothing_in_it(signed_in, session, version):
    volunteer, (address, form) = signed_in(a_volunteer()), packing(session, version, add="1")
    volunteer.post(address, form)
    signed_in(a_coordinator()).post(f"/kits/sessions/{session.pk}/close/", counts(session, {}))
    page = volunteer.post(*packing(session, version, add="1"))
    assert "is not open" in page.content.decode()
    page = volunteer.post(f"/kits/packs/{Pack.objects.get().pk}/undo/", follow=True)
    assert "ask a coordinator" in page.content.decode()
    assert on_hand(version.item) == 1


def counts(session, counted, key=None):
    from kits.closing import expected_at

    form = {"key": key or a_key()}
    for balance in expected_at(session):
        item = balance.lot.item
        form |= {f"expected_{item.pk}": balance.on_hand, f"quantity_{item.pk}": counted.get(item.name, "")}
    return form


def test_closing_corrects_what_was_counted_and_leaves_what_was_not(signed_in, session, version):
    client, form = signed_in(a_coordinator()), counts(session, {"Savon": "38"})
    for _time in range(2):
        page = client.post(f"/kits/sessions/{session.pk}/close/", form, follow=True)
        assert "“Usine à kits” is closed" in page.content.decode()
    assert (on_hand(an_item("Savon")), on_hand(an_item("Serviette"))) == (38, 30)


@pytest.mark.parametrize(("counted", "said"), [("38", "See what the count corrected"), ("", "See who closed it")])
def test_a_closed_session_says_what_its_count_corrected_where_it_did(signed_in, session, counted, said):
    client, form = signed_in(a_coordinator()), counts(session, {"Savon": counted})
    page = client.post(f"/kits/sessions/{session.pk}/close/", form, follow=True).content.decode()
    session.refresh_from_db()
    assert re.search(rf'href="{session.closing.get_absolute_url()}">\s*{said}\s*</a>', page)
    assert page.count("what the count corrected") == bool(counted)


def test_closing_twice_is_closing_once_where_nothing_is_left_of_an_article(signed_in, session):
    stocked("Peigne", 5)
    client, form = signed_in(a_coordinator()), counts(session, {"Peigne": "0", "Savon": "40"})
    for _time in range(2):
        page = client.post(f"/kits/sessions/{session.pk}/close/", form, follow=True)
        assert "“Usine à kits” is closed" in page.content.decode()
    assert (on_hand(an_item("Peigne")), Conflict.objects.count()) == (0, 0)


@pytest.mark.parametrize("counted", ["-1", "1.5", "99999999", "beaucoup"])
def test_an_absurd_count_is_refused_at_its_article(signed_in, session, counted):
    page = signed_in(a_coordinator()).post(f"/kits/sessions/{session.pk}/close/", counts(session, {"Savon": counted}))
    assert page.context["form"].errors[f"quantity_{an_item('Savon').pk}"]
    session.refresh_from_db()
    assert session.state == SessionState.OPEN


def test_a_count_made_before_the_last_pack_is_asked_again(signed_in, session, version):
    client, form = signed_in(a_coordinator()), counts(session, {"Savon": "40"})
    pack(version=version, count=1, place=the_store(), session=session, actor=a_coordinator(), key=a_key())
    page = client.post(f"/kits/sessions/{session.pk}/close/", form)
    soap = an_item("Savon")
    assert "there were 40 when you counted, and 38 now" in page.context["form"].errors[f"quantity_{soap.pk}"][0]
    assert page.context["form"].expected_field(soap).value() == "38"


def test_who_is_kept_to_a_site_sees_its_sessions_only(signed_in, session):
    elsewhere = signed_in(a_volunteer(site=a_site("Mairie")))
    assert elsewhere.get(f"/kits/sessions/{session.pk}/").status_code == 404
    assert elsewhere.get(f"/kits/sessions/{session.pk}/pack/").status_code == 404
    assert "Usine" not in elsewhere.get("/kits/sessions/").content.decode()


def test_the_pages_send_as_many_statements_for_one_row_as_for_eight(signed_in, session, version):
    client, actor = signed_in(a_coordinator()), a_coordinator()

    def sent():
        here = f"/kits/sessions/{session.pk}/"
        addresses = ["/kits/sessions/", here, f"{here}pack/", f"{here}close/"]
        return [statements(lambda address=address: client.get(address)) for address in addresses]

    def grow(number):
        planned(version, f"Séance {number}")
        pack(version=version, count=1, place=the_store(), session=session, actor=actor, key=a_key())
        session.mix.create(version=a_version({stocked(f"Article {number}", 2): 1}, f"Kit {number}"), quantity=1)

    grow(0)
    one = sent()
    for number in range(1, 8):
        grow(number)
    assert sent() == one
    assert max(one) <= 15
