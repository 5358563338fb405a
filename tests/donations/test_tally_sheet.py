"""The paper tally: one sheet a point, whole on its page, in the reader's language, for who takes goods in there."""

import pytest

from tests import cast
from tests.printing.reading import pages, size
from tests.printing.tags import complaints

pytestmark = pytest.mark.django_db
LONG = "Bibliothèque municipale de la Croix-Rousse et de ses environs, salle des fêtes"


def sheets(client, address: str, language: str = "en") -> bytes:
    client.cookies["django_language"] = language
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    name = {"en": "paper-tally.pdf", "fr": "feuille-de-comptage.pdf"}[language]
    assert answer["Content-Disposition"] == f'inline; filename="{name}"'
    return answer.content


def of_the_drive() -> str:
    return f"{cast.a_drive().get_absolute_url()}tally/"


def of_the_point(point) -> str:
    return f"/drop-offs/points/{point.pk}/tally/"


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ["Paper tally", "Bags", "Pallets", "Medicine", "Day"]), ("fr", ["Sacs", "Palettes", "Médicament", "Jour"])],
)
def test_a_drive_has_a_sheet_for_each_of_its_points(signed_in, language, words):
    cast.a_point()
    cast.a_point(LONG)
    found = pages(sheets(signed_in(cast.a_volunteer()), of_the_drive(), language))
    assert len(found) == 2
    for page, point in zip(found, sorted([LONG, "Pharmacie du Port"]), strict=True):
        assert point[:20] in page
        assert not [word for word in [*words, cast.a_drive().name] if word not in page]


def test_a_sheet_stays_on_one_page_with_the_longest_names(signed_in):
    drive = cast.a_drive()
    drive.name = f"{LONG} et de toutes ses annexes, automne"
    drive.save()
    pdf = sheets(signed_in(cast.a_volunteer()), of_the_point(cast.a_point(LONG, drive)), "fr")
    assert len(pages(pdf)) == 1
    assert size(pdf) == (595, 842)


def test_a_sheet_can_be_read_by_a_screen_reader(signed_in):
    pdf = sheets(signed_in(cast.a_volunteer()), of_the_point(cast.a_point()))
    assert complaints(pdf, title=cast.a_drive().name, language="en") == []


def test_a_point_has_the_sheet_of_the_drive_that_runs_there(signed_in):
    point = cast.a_point(drive=cast.a_drive("Hiver"))
    (page,) = pages(sheets(signed_in(cast.a_volunteer()), of_the_point(point)))
    assert "Hiver" in page


def test_who_works_at_one_point_prints_its_sheet_alone(signed_in):
    cast.a_point()
    client = signed_in(cast.a_volunteer(site=cast.a_point("Mairie")))
    assert len(pages(sheets(client, of_the_drive()))) == 1
    assert client.get(of_the_point(cast.a_point())).status_code == 404


def test_a_drive_without_points_has_no_sheet_and_a_point_without_drive_leaves_its_name_to_be_written(signed_in):
    client, drive = signed_in(cast.a_coordinator()), cast.a_drive()
    assert client.get(of_the_drive()).status_code == 404
    (page,) = pages(sheets(client, of_the_point(cast.a_site())))
    assert drive.name not in page


def test_a_point_that_is_closed_or_confidential_has_no_sheet(signed_in):
    client, closed, hidden = signed_in(cast.a_coordinator()), cast.a_point(), cast.a_site("Mésange")
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    type(hidden).objects.filter(pk=hidden.pk).update(
        is_confidential=True, kind="", address="", city="", department=None, relay=cast.a_site("Mairie")
    )
    assert [client.get(of_the_point(site)).status_code for site in (closed, hidden)] == [404, 404]


def test_a_sheet_has_room_for_what_was_weighed_of_each_kind(signed_in):
    (page,) = pages(sheets(signed_in(cast.a_volunteer()), of_the_point(cast.a_point())))
    words = " ".join(page.split())
    assert (words.count("Grams in all, if weighed"), words.count("Weights, one after the other")) == (3, 2)
