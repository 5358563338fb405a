"""The slips that lie inside kits: contents and code, and nothing that says where they come from."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from distribution.shipments import hand_over_shipment, pack_shipment
from kits.models import Kit, Pack, TemplateVersion
from kits.operations import pack
from kits.sessions import MixLine, open_session, plan_session
from kits.templates import DraftLine, create_template, publish, save_draft
from printing.papers import Paper
from stock.codes import spoken
from tests.cast import (
    a_coordinator,
    a_distributor,
    a_drive,
    a_key,
    a_site,
    a_version,
    a_volunteer,
    an_item,
    on_hand,
    stocked,
    the_house,
    the_store,
)
from tests.distribution.stage import a_shipment, a_shipment_that_left, codes_of, packed_kits
from tests.distribution.test_papers import is_neutral, slip
from tests.printing.reading import codes, pages, text
from tests.queries import statements
from web.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def volunteer(client):
    client.force_login(a_volunteer())


def test_the_slip_in_a_kit_names_nobody_and_nothing_but_its_contents(client, volunteer):
    kit = Kit.objects.get(lot__item=packed_kits(1, "Kit de fuite").item)
    pdf = slip(client, "kit_slip", kit.pk)
    assert is_neutral(pdf)
    assert "Savon" in text(pdf)
    assert str(kit) in text(pdf)


@pytest.mark.parametrize(("language", "heading", "name"), [("fr", None, "Savon"), ("en", "Hygiene", "Soap")])
def test_it_speaks_the_reader_s_language(client, volunteer, language, heading, name):
    an_item("Savon", name_en="Soap")
    kit = Kit.objects.get(lot__item=packed_kits(1).item)
    client.cookies["django_language"] = language
    read = text(slip(client, "kit_slip", kit.pk))
    assert name in read
    assert heading is None or heading in read


def test_it_says_which_substitute_is_inside_and_leaves_out_what_is_not(client, volunteer):
    gel, soap, gloves = stocked("Gel", 1), stocked("Savon solide", 9), an_item("Gants")
    who = a_coordinator()
    draft = create_template(house=the_house(), name="Trousse", actor=who).versions.get()
    save_draft(version=draft, lines=[DraftLine((gel, soap), 1), DraftLine((gloves,), 1, is_optional=True)], actor=who)
    version = TemplateVersion.objects.with_contents().get(pk=publish(version=draft, actor=who).pk)
    pack(version=version, count=2, place=the_store(), actor=who, key=a_key())
    read = text(slip(client, "kit_slip", Kit.objects.first().pk))
    assert "Gel or Savon solide" in read
    assert "Gants" not in read
    assert (on_hand(gel), on_hand(soap)) == (0, 8)


def test_the_slips_of_a_pack_are_one_a_kit_with_its_code_twice(client, volunteer):
    version = packed_kits(3)
    pdf = slip(client, "pack_slips", Pack.objects.get().pk)
    assert [spoken(code) in page for code, page in zip(codes_of(version), pages(pdf), strict=True)] == [True] * 3
    assert codes(pdf) == [[code] for code in codes_of(version)]
    assert is_neutral(pdf)


def test_what_says_more_than_a_page_holds_goes_on_the_next_with_the_same_code(client, volunteer):
    recipe = {stocked(f"Article au nom assez long, numéro {number}", 1): 1 for number in range(70)}
    pack(version=a_version(recipe), count=1, place=the_store(), actor=a_coordinator(), key=a_key())
    pdf, code = slip(client, "kit_slip", Kit.objects.get().pk), Kit.objects.get().code
    read = pages(pdf)
    assert len(read) > 1
    assert codes(pdf) == [[code]] * len(read)
    assert all(f"{number} / {len(read)}" in page for number, page in enumerate(read, start=1))
    assert "numéro 69" in read[-1]


def test_the_slips_of_a_session_are_those_of_its_kits_that_are_here(client, volunteer):
    hours = {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(hours=4)}
    version, by = a_version({stocked("Savon", 9): 1}), a_coordinator()
    mix = [MixLine(version, 2)]
    session = plan_session(name="Matin", drive=a_drive(), place=the_store(), mix=mix, actor=by, **hours)
    open_session(session=session, actor=by)
    path = reverse("distribution:session_slips", args=[session.pk])
    assert "No kit of it is here" in client.get(path).content.decode()
    for place in (session, session, None):
        pack(version=version, count=1, place=the_store(), session=place, actor=by, key=a_key())
    assert codes(slip(client, "session_slips", session.pk)) == [[code] for code in codes_of(version)[:2]]


def test_the_slips_of_a_shipment_are_those_of_its_kits(client):
    version = packed_kits(3)
    shipment = a_shipment((version.item, 2))
    client.force_login(a_distributor())
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    pdf = slip(client, "shipment_kit_slips", shipment.pk)
    assert {code for page in codes(pdf) for code in page} == set(codes_of(version)[:2])
    assert is_neutral(pdf)


def no_papers_of(client, shipment) -> bool:
    """Whether labels and slips answer with a sentence, and the page of the shipment offers neither."""
    paths = [reverse(f"distribution:{name}", args=[shipment.pk]) for name in ("shipment_labels", "shipment_kit_slips")]
    pages_ = [client.get(path) for path in paths]
    offered = client.get(shipment.get_absolute_url()).content.decode()
    return all("Nothing to print" in page.content.decode() for page in pages_) and not any(p in offered for p in paths)


def test_labels_and_slips_of_a_shipment_are_offered_while_its_kits_are_packed_and_not_gone(client):
    version, by = packed_kits(2), a_coordinator()
    shipment = a_shipment((version.item, 2))
    client.force_login(a_distributor())
    assert no_papers_of(client, shipment)
    pack_shipment(shipment=shipment, actor=by, key=a_key())
    assert not no_papers_of(client, shipment)
    hand_over_shipment(shipment=shipment, actor=by, key=a_key())
    assert no_papers_of(client, shipment)
    assert "Its kits have left with their labels" in client.get(shipment.get_absolute_url()).content.decode()


def test_a_shipment_of_articles_alone_says_that_it_has_no_label(client):
    shipment = a_shipment((stocked("Savon", 5), 2))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    client.force_login(a_distributor())
    page = client.get(reverse("distribution:shipment_labels", args=[shipment.pk]))
    assert "There is no kit in it" in page.content.decode()


def test_a_pack_whose_kits_have_left_says_that_it_has_no_slip(client, volunteer):
    version = packed_kits(1)
    a_shipment_that_left((version.item, 1))
    page = client.get(reverse("distribution:pack_slips", args=[Pack.objects.get().pk]))
    assert "No kit of it is here" in page.content.decode()


def test_a_distributor_of_another_site_has_none_of_them(client):
    version = packed_kits(2)
    shipment = a_shipment((version.item, 1))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    client.force_login(a_distributor(site=a_site("Mairie")))
    rows = {"shipment_kit_slips": shipment.pk, "shipment_labels": shipment.pk, "kit_slip": Kit.objects.first().pk}
    answers = [client.get(reverse(f"distribution:{name}", args=[pk])).status_code for name, pk in rows.items()]
    assert answers == [404] * 3


def test_the_labels_of_a_shipment_bear_the_codes_of_its_kits(client):
    version = packed_kits(3)
    shipment = a_shipment((version.item, 2))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    client.force_login(a_distributor())
    path = reverse("distribution:shipment_labels", args=[shipment.pk])
    assert "2 labels for Delivery no. 1" in client.get(path).content.decode()
    assert f'href="{path}"' in client.get(shipment.get_absolute_url()).content.decode()
    pdf = client.get(path, {"label_format": "sheet"}).content
    assert set(codes(pdf)[0]) == set(codes_of(version)[:2])
    assert is_neutral(pdf)


def test_a_kit_that_left_has_no_slip_any_more(client, volunteer):
    version = packed_kits(1)
    a_shipment_that_left((version.item, 1))
    assert client.get(reverse("distribution:kit_slip", args=[Kit.objects.get().pk])).status_code == 404


def test_one_slip_sends_seven_statements_of_which_three_say_who_asks(client, volunteer):
    packed_kits(1)
    kit = Kit.objects.get()
    slip(client, "kit_slip", kit.pk)
    assert statements(lambda: slip(client, "kit_slip", kit.pk)) == 7


def test_the_statements_of_slips_grow_neither_with_the_kits_nor_with_the_packs(client):
    client.force_login(a_distributor())
    version = a_version({stocked("Savon", 40): 1})
    for kits in (1, 7, 1, 7):
        pack(version=version, count=kits, place=the_store(), actor=a_coordinator(), key=a_key())
    shipments = [a_shipment((version.item, kits)) for kits in (1, 14)]
    for shipment in shipments:
        pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    slip(client, "shipment_kit_slips", shipments[0].pk)
    counts = {statements(lambda pk=made.pk: slip(client, "shipment_kit_slips", pk)) for made in shipments}
    assert len(counts) == 1
    assert counts.pop() <= 15


def test_a_shipment_of_many_contents_is_offered_as_a_print_that_one_can_leave(client, monkeypatch):
    monkeypatch.setattr(Paper, "at_once", 1)
    versions = [packed_kits(1, f"Trousse {number}", article=f"Lot {number} de savons") for number in range(2)]
    shipment = a_shipment(*((version.item, 1) for version in versions))
    pack_shipment(shipment=shipment, actor=a_coordinator(), key=a_key())
    client.force_login(a_distributor())
    path = reverse("distribution:shipment_kit_slips", args=[shipment.pk])
    assert client.get(path)["Content-Type"].startswith("text/html")
    client.post(path, {"key": a_key()})
    with Job.objects.get().file.open() as file:
        printed = codes(file.read())
    assert {code for page in printed for code in page} == {code for made in versions for code in codes_of(made)}
    assert client.get(path)["Content-Type"] == "application/pdf"  # what was laid out once is there at once
