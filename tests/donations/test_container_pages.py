"""Cartons and pallets on pages: listed, filled, collected by codes, labelled, and each step taken back."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from donations.arrivals import ArrivalLine
from donations.enums import ContainerState, LossReason
from donations.models import Container
from network.enums import OrganisationKind
from stock.codes import new_code
from tests import cast
from tests.cast import a_key
from tests.donations.sorted import collected, filled, finished, part
from tests.printing.reading import codes, metadata, text
from tests.queries import statements

pytestmark = pytest.mark.django_db
LIST, CREATE, COLLECT, LABELS = "/containers/", "/containers/new/", "/containers/collect/", "/containers/labels/"


@pytest.fixture
def volunteer(signed_in):
    return signed_in(cast.a_volunteer())


@pytest.fixture
def coordinator(signed_in):
    return signed_in(cast.a_coordinator())


def soap(grams: int) -> ArrivalLine:
    return ArrivalLine(cast.an_item(), 5, grams=grams)


def a_carton(**fields) -> dict:
    drive = cast.a_drive()
    here = {"site": cast.a_point().pk, "drive": drive.pk}
    return {"key": a_key(), "kind": "carton", "partner": "", "grams": "", **here, **fields}


def collecting(*containers: Container, **fields) -> dict:
    ids = [container.pk for container in containers]
    return {"key": a_key(), "to": cast.a_site().pk, "containers": ids, "codes": "", **fields}


def test_a_carton_that_is_filled_gets_its_code_and_an_undo(volunteer):
    answer = volunteer.post(CREATE, a_carton(grams="12 400"), follow=True)
    container, page = Container.objects.get(), answer.content.decode()
    assert (container.grams, container.state) == (12400, ContainerState.FILLED)
    assert f"Carton {container.spoken_code} is on its way" in page
    assert f'action="{reverse("donations:container_unfill", args=[container.pk])}"' in page
    assert f"{LABELS}?containers={container.pk}" in page


def test_the_point_is_remembered_and_can_be_asked_for(volunteer):
    hall = cast.a_point("Mairie")
    volunteer.post(CREATE, a_carton())
    assert volunteer.get(CREATE).context["form"]["site"].value() == cast.a_point().pk
    assert str(volunteer.get(CREATE, {"site": hall.pk}).context["form"]["site"].value()) == str(hall.pk)


def test_the_list_says_how_many_wait_for_what_and_how_long(coordinator):
    with time_machine.travel(timezone.now() - timedelta(days=4)):
        old = filled()
    part(collected())
    answer = coordinator.get(LIST)
    assert answer.context["counts"] == {"filled": 1, "collected": 1}
    assert old.days_waiting == 4
    assert "4 days" in answer.content.decode()
    assert "being sorted" in answer.content.decode()


def test_the_list_is_narrowed_by_state_point_kind_and_drive(coordinator):
    first, other = filled(), filled(kind="pallet", site=cast.a_point("Mairie"), drive=cast.a_drive("Printemps"))
    for asked in ({"kind": "pallet"}, {"site": other.site_id}, {"drive": other.drive_id}):
        assert list(coordinator.get(LIST, asked).context["rows"]) == [other]
    collected()
    assert set(coordinator.get(LIST, {"state": "filled"}).context["rows"]) == {first, other}


def test_who_is_kept_to_a_site_sees_what_left_it_or_came_to_it(signed_in):
    there, here = cast.a_point("Mairie"), filled()
    client = signed_in(cast.a_volunteer(site=there))
    elsewhere = filled(site=there)
    assert list(client.get(LIST).context["rows"]) == [elsewhere]
    assert client.get(here.get_absolute_url()).status_code == 404


def test_what_is_ticked_and_what_is_scanned_leaves_together(coordinator):
    ticked, scanned, left = filled(), filled(), filled()
    answer = coordinator.post(COLLECT, collecting(ticked, codes=f"{scanned.spoken_code.lower()}\n\n"), follow=True)
    assert "2 containers leave for Atelier." in answer.content.decode()
    assert list(Container.objects.to_collect()) == [left]


def test_a_wrong_code_is_said_at_its_field_and_nothing_leaves(coordinator):
    container, unknown = filled(), new_code()
    for typed, said in (("34678934", "is not a code"), (unknown, "No container of yours has the code")):
        answer = coordinator.post(COLLECT, collecting(container, codes=typed))
        assert said in answer.context["form"].errors["codes"][0]
    assert Container.objects.get().state == ContainerState.FILLED


def test_what_left_before_is_named(coordinator):
    gone = collected()
    answer = coordinator.post(COLLECT, collecting(codes=gone.code))
    assert f"Collected already, or taken back: {gone.spoken_code}" in answer.content.decode()
    assert "Choose at least one container" in coordinator.post(COLLECT, collecting()).content.decode()


def test_each_step_is_taken_back_by_a_press(coordinator):
    container = collected()
    part(container)
    finished(container)
    for step, state in (("reopen", "collected"), ("uncollect", "collected"), ("unfill", "collected")):
        path = reverse(f"donations:container_{step}", args=[container.pk])
        assert f">Carton {container.spoken_code}" in coordinator.get(path).content.decode()
        coordinator.post(path)
        container.refresh_from_db()
        assert container.state == state  # what was sorted keeps it where it is
    coordinator.post(reverse("donations:sorting_reverse", args=[container.sortings.get().pk]))
    for step, state in (("uncollect", "filled"), ("unfill", "withdrawn")):
        answer = coordinator.post(reverse(f"donations:container_{step}", args=[container.pk]), follow=True)
        container.refresh_from_db()
        assert (container.state, answer.status_code) == (state, 200)


def test_pressing_twice_is_pressing_once(coordinator):
    container = filled()
    path = reverse("donations:container_unfill", args=[container.pk])
    pages = [coordinator.post(path, follow=True).content.decode() for _press in range(2)]
    assert all(f"Taken back: carton {container.spoken_code}." in page for page in pages)


def test_a_step_that_was_not_taken_is_not_taken_back(coordinator):
    container = filled()
    for step in ("uncollect", "reopen"):
        assert coordinator.get(reverse(f"donations:container_{step}", args=[container.pk])).status_code == 404


def test_the_page_of_a_container_says_its_way_and_what_came_out(coordinator):
    partner = cast.an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    container = collected(partner=partner, grams=1000)
    for _part in range(2):
        part(container, soap(700))
    finished(container, lost_reason=LossReason.SCALES)
    answer = coordinator.get(container.get_absolute_url())
    [line] = answer.context["came_out"]
    assert (line.quantity, line.grams, answer.context["account"].left) == (10, 1400, -400)
    for said in ("Pharmacies du Canal", "Pharmacie du Port", "Atelier", "the scales differ", "Open it again"):
        assert said in answer.content.decode(), said


def test_labels_bear_code_kind_day_and_point(volunteer):
    first, second = filled(), filled(kind="pallet")
    answer = volunteer.get(LABELS, {"label_format": "sheet", "containers": [first.pk, second.pk]})
    assert sorted(codes(answer.content)[0]) == sorted([first.code, second.code])
    words = text(answer.content)
    assert "Carton ·" in words
    assert "Pallet ·" in words
    assert words.count("Pharmacie du Port") == 2
    assert metadata(answer.content) == {}
    assert answer["Content-Disposition"] == 'inline; filename="etiquettes.pdf"'


def test_a_long_point_is_cut_and_a_strange_one_is_no_hole(volunteer):
    container = filled(site=cast.a_point("Pharmacie du Port-à-l’Anglais"))
    other = filled(site=cast.a_point("楽"))
    asked = {"label_format": "roll", "containers": [container.pk, other.pk]}
    words = text(volunteer.get(LABELS, asked).content)
    assert "Pharmacie du Port-à…" in words
    assert "?" in words


def test_labels_of_what_waits_are_ticked_and_one_alone_can_be_asked_for(volunteer):
    waiting, gone = filled(), collected()
    assert volunteer.get(LABELS).context["ticked"] == {str(waiting.pk)}
    assert volunteer.get(LABELS, {"containers": gone.pk}).context["rows"] == [gone]
    assert volunteer.get(LABELS, {"site": cast.a_point("Mairie").pk}).context["rows"] == []
    assert "Choose at least one" in volunteer.get(LABELS, {"label_format": "sheet"}).content.decode()


def test_pages_ask_as_much_of_the_database_for_eight_rows_as_for_one(coordinator):
    part(first := collected())
    paths = (LIST, COLLECT, LABELS, CREATE, "/sorting/", first.get_absolute_url(), f"/sorting/{first.pk}/")
    filled()
    few = [statements(lambda path=path: coordinator.get(path)) for path in paths]
    for number in range(7):
        filled(site=cast.a_point(f"Point {number}"))
        cast.an_item(f"Article {number}")
        part(first, soap(1), actor=cast.a_volunteer())
    many = [statements(lambda path=path: coordinator.get(path)) for path in paths]
    assert many == few
    assert max(many) <= 15


@pytest.mark.parametrize(("label_format", "sheets"), [("sheet", 1), ("roll", 2)])
def test_labels_of_what_waits_at_a_point_are_one_press_from_its_list(coordinator, label_format, sheets):
    waiting, tablet = [filled(), filled()], cast.a_tablet()[0]
    filled(site=cast.a_point("Mairie"))
    collected()
    point = f"{LIST}?state=filled&amp;site={waiting[0].site_id}"
    assert f'href="{point}"' in coordinator.get(tablet.get_absolute_url()).content.decode()
    page = coordinator.get(point.replace("&amp;", "&")).content.decode()
    [link] = re.findall(rf'href="({LABELS}\?label_format={label_format}[^"]+)"', page)
    answer = coordinator.get(link.replace("&amp;", "&"))
    printed = codes(answer.content)
    assert sorted(code for page in printed for code in page) == sorted(container.code for container in waiting)
    assert len(printed) == sheets


def test_labels_are_offered_in_one_press_where_the_list_is_what_waits(coordinator):
    filled()
    assert "label_format" not in coordinator.get(LIST).content.decode()
    assert "label_format" not in coordinator.get(f"{LIST}?state=sorted").content.decode()
