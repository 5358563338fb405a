"""What is printed for a session: what to bring to its tables, and a card for each of its stations."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from kits.enums import SessionState
from kits.models import AssemblySession
from kits.operations import pack
from kits.pick_lists import session_pick_list, still_to_make, summed
from kits.sessions import MixLine, open_session, plan_session
from kits.stations import stations
from kits.templates import DraftLine
from network.models import Membership
from stock.enums import PlaceKind
from stock.models import Balance, Item, Lot, Place
from stock.picking import Want, serve
from tests.cast import (
    a_coordinator,
    a_dated_item,
    a_drive,
    a_key,
    a_site,
    a_volunteer,
    an_item,
    stocked,
    the_house,
    the_store,
)
from tests.kits.recipes import published
from tests.printing.reading import fonts, pages, text
from tests.printing.tags import complaints
from tests.queries import statements
from web.jobs.models import Job

pytestmark = pytest.mark.django_db
KINDS = {
    "en": {"session_pick_list": "pick-list", "session_cards": "station-cards"},
    "fr": {"session_pick_list": "liste-de-preparation", "session_cards": "fiches-de-poste"},
}
LONG = "Anticonstitutionnellement-rechargeable et lavable, taille adulte"


@pytest.fixture
def table():
    return Place.objects.create(house=the_house(), site=a_site(), kind=PlaceKind.TABLE, name="Tables")


def planned(*mix, place=None, name="Usine à kits") -> AssemblySession:
    """A session of `mix`, (version, how many), tomorrow."""
    starts = timezone.now() + timedelta(days=1)
    return plan_session(
        drive=a_drive(),
        place=place or the_store(),
        name=name,
        starts_at=starts,
        ends_at=starts + timedelta(hours=4),
        mix=[MixLine(version, quantity) for version, quantity in mix],
        actor=a_coordinator(),
    )


def rows(found) -> list[tuple[str, int]]:
    return [(str(row.item), row.quantity) for shelf in found for row in shelf.rows]


def paper(client, name: str, session) -> bytes:
    answer = client.get(reverse(f"kits:{name}", args=[session.pk]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    kind = KINDS[client.cookies["django_language"].value][name]
    assert answer["Content-Disposition"] == f'inline; filename="{kind}-{timezone.localdate(session.starts_at)}.pdf"'
    return answer.content


@pytest.fixture
def volunteer(client):
    client.force_login(a_volunteer())
    client.cookies["django_language"] = "en"


def test_all_is_taken_from_the_store_in_which_the_session_is_held():
    soap, towel = stocked("Savon", 40), stocked("Serviette", 9)
    found = session_pick_list(planned((published(DraftLine((soap,), 2), DraftLine((towel,), 1)), 10)))
    assert rows(found.to_bring) == [("Savon", 20), ("Serviette", 9)]
    assert [(str(row.item), row.wanted, row.quantity) for row in found.missing] == [("Serviette", 10, 1)]
    assert found.there == []


def test_what_lies_on_the_tables_is_not_brought_again(table):
    soap = stocked("Savon", 7, place=table)
    stocked("Savon", 30)
    found = session_pick_list(planned((published(DraftLine((soap,), 1)), 10), place=table))
    assert (rows(found.there), rows(found.to_bring)) == ([("Savon", 7)], [("Savon", 3)])


def test_what_expires_first_is_brought_first_and_what_has_too_little_life_stays():
    compote, least = a_dated_item(), the_house().minimum_life_days
    for days in (least - 1, least + 60, least + 30):
        stocked(compote, 4, days=days, number=f"+{days}")
    found = session_pick_list(planned((published(DraftLine((compote,), 1)), 6)))
    taken = [(row.lot.number, row.quantity) for shelf in found.to_bring for row in shelf.rows]
    assert taken == [(f"+{least + 30}", 4), (f"+{least + 60}", 2)]


def test_a_substitute_comes_once_there_is_none_left_and_what_is_optional_is_not_missed():
    gel, soap, gloves = stocked("Gel", 4), stocked("Savon", 30), an_item("Gants")
    version = published(DraftLine((gel, soap), 1), DraftLine((gloves,), 1, is_optional=True))
    found = session_pick_list(planned((version, 10)))
    assert (rows(found.to_bring), found.missing) == ([("Gel", 4), ("Savon", 6)], [])


def test_kits_that_lack_the_same_article_make_one_row():
    soap = Item(pk=1, name="Savon")
    here = Balance(pk=1, lot=Lot(item=soap), on_hand=11)
    picks, shortages = serve([Want((soap,), 10, 2), Want((soap,), 6, 3)], [here])
    assert picks.taken == {1: 10}
    assert [(row.wanted, row.quantity) for row in summed(shortages)] == [(6, 6)]


def test_what_was_made_is_not_planned_again():
    version = published(DraftLine((stocked("Savon", 40),), 1))
    session = open_session(session=planned((version, 10)), actor=a_coordinator())
    pack(version=version, count=4, place=the_store(), session=session, actor=a_coordinator(), key=a_key())
    assert [planned.quantity for planned in still_to_make(session)] == [6]


def test_stations_stand_in_the_order_in_which_a_kit_walks():
    soap, towel, scarf, nappies, bib = (
        an_item(name) for name in ("Savon", "Serviette", "Foulard", "Couches", "Bavoir")
    )
    first = published(*(DraftLine((item,), 1) for item in (soap, towel, scarf)))
    second = published(*(DraftLine((item,), 1) for item in (bib, soap, nappies, scarf)), name="Kit bébé")
    session = planned((first, 5), (second, 3))
    found = stations(session, still_to_make(session))
    assert [str(station.item) for station in found] == ["Bavoir", "Savon", "Couches", "Serviette", "Foulard"]
    assert [station.number for station in found] == [1, 2, 3, 4, 5]


def test_kits_with_nothing_in_common_walk_one_after_the_other():
    first, second = (
        published(*(DraftLine((an_item(name),), 1) for name in names), name=names[0])
        for names in (("Savon", "Serviette"), ("Couches", "Bavoir"))
    )
    session = planned((first, 5), (second, 3))
    found = [str(station.item) for station in stations(session, still_to_make(session))]
    assert found == ["Savon", "Serviette", "Couches", "Bavoir"]


def test_a_station_says_each_kit_where_they_differ():
    soap, towel = an_item("Savon", grams=100), an_item("Serviette")
    women = published(DraftLine((soap,), 1), DraftLine((towel,), 1))
    family = published(DraftLine((soap,), 3), DraftLine((towel,), 1), name="Kit famille")
    session = planned((women, 5), (family, 2))
    first, second = stations(session, still_to_make(session))
    assert (first.is_alike, first.pieces) == (False, 11)
    assert [(str(use.version.item), use.line.quantity, use.line.grams) for use in first.uses] == [
        ("Kit femme", 1, 100),
        ("Kit famille", 3, 300),
    ]
    assert (second.is_alike, second.pieces) == (True, 7)


def test_what_only_some_kits_take_is_not_said_of_each():
    soap, nappies = an_item("Savon"), an_item("Couches")
    women = published(DraftLine((soap,), 1))
    baby = published(DraftLine((soap,), 1), DraftLine((nappies,), 2), name="Kit bébé")
    session = planned((women, 5), (baby, 2))
    found = {str(station.item): station.is_alike for station in stations(session, still_to_make(session))}
    assert found == {"Savon": True, "Couches": False}


def test_only_an_article_with_a_printed_date_has_one_to_check():
    version = published(DraftLine((an_item("Savon"),), 1), DraftLine((a_dated_item(),), 1))
    session = planned((version, 5))
    limit = timezone.localdate(session.starts_at) + timedelta(days=the_house().minimum_life_days)
    assert [station.not_before for station in stations(session, still_to_make(session))] == [None, limit]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_papers_can_be_read_by_a_screen_reader(client, volunteer, language):
    version = published(DraftLine((stocked("Savon", 9), an_item("Gel")), 1, note="Face visible"), name="Trousse")
    session = planned((version, 10))
    client.cookies["django_language"] = language
    with translation.override(language):
        for name in ("session_pick_list", "session_cards"):
            made = paper(client, name, session)
            assert complaints(made, title="Usine à kits", language=language) == []
            assert all(is_inside for _font, is_inside in fonts(made))
            assert the_house().name in text(made)


def test_a_card_says_what_to_put_in_and_what_to_check(client, volunteer):
    soap = an_item("Savon", grams=100)
    session = planned((published(DraftLine((soap, an_item("Gel"), an_item("Mousse")), 2, note="Face visible")), 10))
    read = " ".join(text(paper(client, "session_cards", session)).split())
    for words in ("Station 1 of 1", "Savon", "2 in each kit", "20 pieces", "200 g", "Gel Mousse", "Face visible"):
        assert words in read


@pytest.mark.parametrize("count", [1, 12])
def test_each_station_has_its_page_even_with_a_long_name(client, volunteer, count):
    lines = [DraftLine((an_item(f"{LONG} {number}"),), 1) for number in range(count)]
    read = pages(paper(client, "session_cards", planned((published(*lines), 10))))
    assert len(read) == count
    assert f"Station {count} of {count}" in read[-1]


def test_many_stations_are_a_print_with_one_page_each(client, volunteer):
    session = planned((published(*(DraftLine((an_item(f"Article {n}"),), 1) for n in range(22))), 10))
    address = reverse("kits:session_cards", args=[session.pk])
    assert "22 pages" in client.get(address).content.decode()
    assert not Job.objects.exists()
    for _time in range(2):
        answer = client.post(address, {"key": (key := a_key())})
    job = Job.objects.get(key=key)
    assert answer.url == job.get_absolute_url()
    with job.file.open() as file:
        made = file.read()
    assert [f"Station {n} of 22" in page for n, page in enumerate(pages(made), start=1)] == [True] * 22
    assert complaints(made, title="Usine à kits", language="en") == []


def test_cards_that_were_made_open_after_the_session_too(client, volunteer):
    session = planned((published(*(DraftLine((an_item(f"Article {n}"),), 1) for n in range(13))), 10))
    job_url = client.post(reverse("kits:session_cards", args=[session.pk]), {"key": a_key()}).url
    AssemblySession.objects.filter(pk=session.pk).update(state=SessionState.CLOSED)
    assert client.get(f"{job_url}file/").status_code == 200
    Membership.objects.all().delete()
    assert client.get(f"{job_url}file/").status_code == 404


def test_a_session_that_is_closed_or_made_has_no_papers(client, volunteer):
    version = published(DraftLine((stocked("Savon", 40),), 1))
    session = open_session(session=planned((version, 2)), actor=a_coordinator())
    pack(version=version, count=2, place=the_store(), session=session, actor=a_coordinator(), key=a_key())
    assert client.get(reverse("kits:session_cards", args=[session.pk])).status_code == 404
    AssemblySession.objects.filter(pk=session.pk).update(state=SessionState.CLOSED)
    assert client.get(reverse("kits:session_pick_list", args=[session.pk])).status_code == 404


def test_the_buttons_are_there_while_there_is_something_to_make(client, volunteer):
    version = published(DraftLine((stocked("Savon", 40),), 1))
    session = open_session(session=planned((version, 2)), actor=a_coordinator())
    detail, cards = reverse("kits:session_detail", args=[session.pk]), reverse("kits:session_cards", args=[session.pk])
    assert cards in client.get(detail).content.decode()
    pack(version=version, count=2, place=the_store(), session=session, actor=a_coordinator(), key=a_key())
    assert cards not in client.get(detail).content.decode()


def test_the_statements_do_not_grow(client, volunteer):
    few = planned((published(DraftLine((stocked("Savon", 9),), 1)), 5))
    lines = [DraftLine((stocked(f"Article {number}", 9),), 1) for number in range(8)]
    many = planned((published(*lines, name="Grand kit"), 5), name="Grande séance")
    counts = {statements(lambda s=session: paper(client, "session_pick_list", s)) for session in (few, few, many)}
    assert len(counts) <= 2  # the first request of all opens the session
    assert max(counts) <= 15
