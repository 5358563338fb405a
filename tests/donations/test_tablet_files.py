"""The file of a tablet that cannot send: opened with its key alone, taken in once; what is wrong with it is said."""

import base64
import json
import secrets
from datetime import timedelta

import pytest
import time_machine
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from donations.enums import Entered
from donations.models import DropOff, Tablet
from donations.tablets import files
from donations.tablets.held import in_words
from donations.tablets.operations import note_contact
from donations.tablets.receiving import LATER, Receipt, take_in
from network.devices import revoke
from network.enums import OrganisationKind
from stock.models import Operation
from tests import cast
from tests.donations.test_tablet_api import an_entry
from tests.queries import statements

pytestmark = pytest.mark.django_db
IMPORT = "/tablets/import/"


def a_file(of: Tablet, *entries, key: bytes | None = None, sent_at=None, **header) -> bytes:
    """What a tablet saves: WebCrypto's AES-GCM puts its tag at the end, as this does."""
    iv = secrets.token_bytes(12)
    said = {"sent_at": (sent_at or timezone.now()).isoformat(), "entries": list(entries)}
    secret = AESGCM(key or bytes(of.export_key)).encrypt(iv, json.dumps(said).encode(), None)
    head = {"kitdrive": 1, "tablet": of.pk, "iv": base64.b64encode(iv).decode(), **header}
    return json.dumps(head).encode() + b"\n" + base64.b64encode(secret)


@pytest.fixture
def tablet():
    return cast.a_tablet(place=cast.the_store(cast.a_point()))[0]


@pytest.fixture
def bring(signed_in):
    client = signed_in(cast.a_coordinator())
    return lambda content: client.post(
        IMPORT, {"key": cast.a_key(), "file": SimpleUploadedFile("tablette.txt", content)}
    )


def fates(page) -> dict[str, int]:
    return {str(fate): number for fate, number in page.context["outcome"].counts.items() if number}


def said(page) -> str:
    return page.context["form"].errors["file"][0]


def test_what_a_revoked_tablet_had_not_sent_is_brought_in_by_its_file(bring, tablet):
    note_contact(tablet, waiting=2, refused=0, version="1")
    revoke(device=tablet.device, actor=cast.a_coordinator())
    page = bring(a_file(tablet, an_entry(), an_entry("refusal")))
    tablet.refresh_from_db()
    assert fates(page) == {"recorded": 2}
    assert (DropOff.objects.get().entered, tablet.waiting) == (Entered.FILE, 0)


def test_the_same_file_again_changes_nothing(bring, tablet):
    content = a_file(tablet, an_entry(), an_entry())
    assert [fates(bring(content)) for _time in range(2)] == [{"recorded": 2}, {"here": 2}]
    assert Operation.objects.count() == 2


def test_what_was_sent_before_is_here_already(bring, tablet):
    entry = an_entry()
    take_in([entry], tablet=tablet, sent_at=timezone.now())
    assert fates(bring(a_file(tablet, entry, an_entry()))) == {"here": 1, "recorded": 1}


def test_each_entry_is_answered_for_itself(bring, tablet):
    entry = an_entry()
    take_in([entry], tablet=tablet, sent_at=timezone.now())
    page = bring(a_file(tablet, {**entry, "quantity": 9}, an_entry(quantity=0), None, an_entry()))
    assert fates(page) == {"recorded": 1, "refused": 2, "set_aside": 1}
    assert "This entry cannot be read." in page.content.decode()
    assert 'href="/stock/conflicts/"' in page.content.decode().split("To look at")[1]


def test_more_than_one_sending_holds_is_taken_in(bring, tablet):
    assert fates(bring(a_file(tablet, *[an_entry() for _entry in range(120)]))) == {"recorded": 120}


def test_what_could_not_be_written_goes_on_with_the_same_file(bring, tablet, monkeypatch):
    content = a_file(tablet, *[an_entry() for _entry in range(60)])
    with monkeypatch.context() as patch:
        patch.setattr(files, "take_in", lambda entries, **_asked: [Receipt(entry["id"], LATER) for entry in entries])
        page = bring(content)
    assert fates(page) == {"left": 60}
    assert "bring the same file in again" in page.content.decode()
    assert fates(bring(content)) == {"recorded": 60}


def test_a_file_that_is_brought_in_days_later_counts_for_its_own_days(bring):
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        content, made_on = a_file(cast.a_tablet()[0], an_entry()), timezone.localdate()
    bring(content)
    entry = DropOff.objects.get()
    assert (entry.day, entry.is_clock_off) == (made_on, False)


@pytest.mark.parametrize("days", [-400, 400])
def test_a_file_of_a_tablet_whose_clock_was_wrong_counts_from_now(bring, tablet, days):
    told = timezone.now() + timedelta(days=days)
    bring(a_file(tablet, an_entry(at=told.isoformat()), sent_at=told))
    entry = DropOff.objects.get()
    assert (entry.day, entry.is_clock_off) == (timezone.localdate(), True)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n%",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b'{"kitdrive": 1}\n',
        b'{"kitdrive": 2, "tablet": 1, "iv": "AAAAAAAAAAAAAAAA"}\nAAAA',
        b'{"kitdrive": 1, "tablet": "1", "iv": "AAAAAAAAAAAAAAAA"}\nAAAA',
        b'{"kitdrive": 1, "tablet": 1, "iv": "AAAA"}\nAAAA',
        b"[" * 400,
        b"[" * 1_000_000,
    ],
    ids=["empty", "pdf", "picture", "no number", "another version", "a word", "short iv", "deep", "deeper"],
)
def test_what_no_tablet_gave_out_is_refused(bring, content):
    assert "This is not a file that a tablet gave out." in said(bring(content))


@pytest.mark.parametrize("number", [999_999, 0, -1, 2**80])
def test_a_tablet_that_is_not_here_is_said(bring, tablet, number):
    assert said(bring(a_file(tablet, tablet=number))) == "This file is of no tablet of your association."


def test_the_file_of_another_house_is_of_no_tablet(signed_in, tablet):
    client = signed_in(cast.a_coordinator(house=cast.the_house("Autre maison")))
    page = client.post(IMPORT, {"key": cast.a_key(), "file": SimpleUploadedFile("t", a_file(tablet, an_entry()))})
    assert "of no tablet of your association" in said(page)
    assert not DropOff.objects.exists()


def test_another_key_a_change_and_a_cut_are_found(bring, tablet):
    other, whole = cast.a_tablet()[0], a_file(tablet, an_entry())
    changed = whole[:-6] + bytes(reversed(whole[-6:-2])) + whole[-2:]
    for content in (a_file(tablet, an_entry(), key=bytes(other.export_key)), changed, whole[:-40], whole[:-3]):
        assert "did not come whole" in said(bring(content))
    assert not DropOff.objects.exists()


def test_a_moment_that_no_clock_says_is_refused_alone(bring, tablet):
    never = "2026-02-31T10:00:00Z"
    assert fates(bring(a_file(tablet, an_entry(at=never), an_entry()))) == {"refused": 1, "recorded": 1}


@pytest.mark.parametrize("entries", [{}, "many", None])
def test_what_the_tablet_itself_wrote_wrongly_is_said(bring, tablet, entries):
    iv = secrets.token_bytes(12)
    text = json.dumps({"sent_at": timezone.now().isoformat(), "entries": entries}).encode()
    head = json.dumps({"kitdrive": 1, "tablet": tablet.pk, "iv": base64.b64encode(iv).decode()}).encode()
    secret = AESGCM(bytes(tablet.export_key)).encrypt(iv, text, None)
    assert "cannot be read" in said(bring(head + b"\n" + base64.b64encode(secret)))


def test_a_file_larger_than_any_is_not_read(bring):
    assert "larger than 10 MB" in said(bring(b"a" * 10_000_001))


def test_no_file_at_all_is_said(signed_in):
    page = signed_in(cast.a_coordinator()).post(IMPORT, {})
    assert said(page) == "Choose the file."


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"quantity": 10_000, "grams": 4500}, "10,000 bags, 4,500 g"),
        ({"what": "sac", "quantity": "trois"}, "trois × sac"),
        ({"kind": "refusal", "reason": "recalled", "quantity": 2}, "Recalled: 2 refused"),
        ({"kind": "refusal", "reason": None, "quantity": True}, "None: True"),
        ({"kind": "container", "what": "carton", "code": "34679ABC", "grams": 12}, "carton 3467 9ABC, 12 g"),
        ({"kind": "undo", "of": "nothing"}, "an earlier entry was to be taken back"),
        (
            {"kind": "goods", "lines": [{"item": 2**80, "quantity": 3}, 7]},
            "3 × an article that is not in the catalogue",
        ),
        ({"kind": "essay", "text": "x" * 999}, "nothing that can be read"),
        (["a list"], "nothing that can be read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_refused_entry_held_is_said_so_that_it_can_be_noted_by_hand(bring, tablet, entry, words):
    page = bring(a_file(tablet, an_entry(**entry) if isinstance(entry, dict) else entry))
    [(line, held)] = page.context["lines"]
    assert (line.fate, held) == ("refused", words)
    assert words in page.content.decode()
    assert f"?drive={tablet.drive_id}&amp;site={tablet.device.site_id}" in page.content.decode()


def test_articles_and_partners_of_many_refused_entries_are_named_in_two_statements(bring, tablet):
    shirt = cast.an_item("T-shirt")
    partner = cast.an_organisation("Pharmacies du Canal", OrganisationKind.PARTNER)
    partner.is_active = False
    partner.save()
    given, bag = [{"item": shirt.pk, "quantity": 10_000}], an_entry(partner=partner.pk)
    one, many = ([an_entry("goods", lines=given), bag] * count for count in (1, 9))
    house = tablet.device.house
    assert set(in_words(many, house)) == {"10,000 × T-shirt", "1 bag, Pharmacies du Canal"}
    assert statements(lambda: in_words(one, house)) == statements(lambda: in_words(many, house)) == 2
