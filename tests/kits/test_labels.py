"""The outer tags of kits: a code and nothing else, on the labels that one has."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kits.models import Kit, Pack
from kits.operations import pack
from kits.sessions import MixLine, open_session, plan_session
from stock.enums import Reason
from stock.operations import LotLine, write_off
from tests.cast import a_coordinator, a_distributor, a_drive, a_key, a_site, a_version, a_volunteer, stocked, the_store
from tests.printing.reading import codes, metadata, text
from tests.queries import statements

pytestmark = pytest.mark.django_db
SHEET, ROLL = {"label_format": "sheet"}, {"label_format": "roll"}


def packed(count: int, session=None) -> Pack:
    version = a_version({stocked(f"Article de {count}", count): 1}, f"Kit de {count}")
    pack(version=version, count=count, place=the_store(), session=session, actor=a_coordinator(), key=a_key())
    return Pack.objects.latest("pk")


def its_codes(made: Pack) -> list[str]:
    return list(made.lot.kits.order_by("pk").values_list("code", flat=True))


@pytest.fixture
def volunteer(signed_in):
    return signed_in(a_volunteer())


def test_one_is_asked_first_on_which_labels(volunteer):
    made = packed(2)
    page = volunteer.get(f"/kits/packs/{made.pk}/labels/").content.decode()
    assert "2 labels for 2 × Kit de 2" in page
    assert "take it off when the kit is handed over" in page
    assert page.count('name="first"') == 24
    assert f'href="/kits/packs/{made.pk}/"' in page


def test_the_labels_of_a_pack_bear_its_codes_and_nothing_else(volunteer):
    made = packed(3)
    answer = volunteer.get(f"/kits/packs/{made.pk}/labels/", SHEET)
    assert sorted(codes(answer.content)[0]) == sorted(its_codes(made))
    assert text(answer.content).split() == [half for code in its_codes(made) for half in (code[:4], code[4:])]
    assert metadata(answer.content) == {}
    assert answer["Content-Disposition"] == 'inline; filename="etiquettes.pdf"'
    assert answer["Cache-Control"] == "no-store"


def test_a_sheet_that_was_begun_goes_on_where_it_is_free(volunteer):
    made = packed(3)
    answer = volunteer.get(f"/kits/packs/{made.pk}/labels/", {**SHEET, "first": "23"})
    assert [len(sheet) for sheet in codes(answer.content)] == [2, 1]


def test_a_roll_has_no_place_that_is_used(volunteer):
    made = packed(2)
    answer = volunteer.get(f"/kits/packs/{made.pk}/labels/", {**ROLL, "first": "23"})
    assert codes(answer.content) == [[code] for code in its_codes(made)]


@pytest.mark.parametrize(
    "typed", [{"label_format": "A3"}, {"first": "2"}, {**SHEET, "first": "25"}, {**SHEET, "first": "x"}]
)
def test_labels_that_do_not_exist_are_said_at_their_field(volunteer, typed):
    page = volunteer.get(f"/kits/packs/{packed(1).pk}/labels/", typed)
    assert page["Content-Type"].startswith("text/html")
    assert page.context["form"].errors


def test_one_kit_that_is_here_has_its_label(volunteer):
    kit = packed(2).lot.kits.latest("pk")
    assert "1 label for" in volunteer.get(f"/kits/{kit.pk}/label/").content.decode()
    assert codes(volunteer.get(f"/kits/{kit.pk}/label/", ROLL).content) == [[kit.code]]


def test_the_labels_of_a_session_are_those_of_its_kits(volunteer):
    version, by = a_version({stocked("Savon", 9): 1}), a_coordinator()
    now = timezone.now()
    hours = {"starts_at": now, "ends_at": now + timedelta(hours=4)}
    session = plan_session(
        name="Matin", drive=a_drive(), place=the_store(), mix=[MixLine(version, 2)], actor=by, **hours
    )
    open_session(session=session, actor=by)
    path = f"/kits/sessions/{session.pk}/labels/"
    assert "No kit of it is here" in volunteer.get(path, SHEET).content.decode()
    assert path not in volunteer.get(f"/kits/sessions/{session.pk}/").content.decode()
    ours = [code for count in (1, 2) for code in its_codes(packed(count, session))]
    packed(3)
    assert path in volunteer.get(f"/kits/sessions/{session.pk}/").content.decode()
    assert sorted(codes(volunteer.get(path, SHEET).content)[0]) == sorted(ours)


def test_what_left_or_is_elsewhere_has_no_label(signed_in):
    made = packed(2)
    gone = [LotLine(made.lot, 1)]
    write_off(place=the_store(), lines=gone, reason=Reason.DAMAGED, actor=a_coordinator(), key=a_key())
    left, here = Kit.objects.exclude(state="here").get(), Kit.objects.here().get()
    near, far = signed_in(a_distributor()), signed_in(a_distributor(site=a_site("Mairie")))
    assert near.get(f"/kits/{left.pk}/label/").status_code == 404
    assert codes(near.get(f"/kits/packs/{made.pk}/labels/", SHEET).content) == [[here.code]]
    assert far.get(f"/kits/{here.pk}/label/").status_code == 404
    assert far.get(f"/kits/packs/{made.pk}/labels/").status_code == 404


def test_the_pages_of_kits_lead_to_their_papers(volunteer):
    made = packed(1)
    kit = made.lot.kits.get()
    assert f"/kits/packs/{made.pk}/labels/" in volunteer.get("/kits/").content.decode()
    page = volunteer.get(f"/kits/packs/{made.pk}/").content.decode()
    assert f"/kits/packs/{made.pk}/labels/" in page
    assert f"/slips/packs/{made.pk}/" in page
    found = volunteer.post("/kits/lookup/", {"code": kit.code}).content.decode()
    assert f"/kits/{kit.pk}/label/" in found
    assert f"/slips/kits/{kit.pk}/" in found


def test_the_statements_do_not_grow_with_the_kits(volunteer):
    few, many = packed(1), packed(30)
    paths = [f"/kits/packs/{made.pk}/labels/" for made in (few, many)]
    volunteer.get(paths[0], SHEET)
    counts = {statements(lambda path=path: volunteer.get(path, SHEET)) for path in paths}
    assert len(counts) == 1
    assert counts.pop() <= 15
