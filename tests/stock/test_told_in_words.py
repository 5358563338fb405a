"""What the stock keeps as short words and dates, told in whole words: entries set aside, and where a lot comes from."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from donations.arrivals import ArrivalLine
from donations.drop_offs.moments import moment
from donations.drop_offs.operations import decline
from donations.enums import Entered, RefusalReason
from donations.operations import receive
from stock.ledger import KeyConflict
from stock.models import Lot
from stock.wording import in_words
from tests.cast import a_coordinator, a_drive, a_key, a_tablet, an_item, stocked, the_store
from tests.donations.test_buy import bought

pytestmark = pytest.mark.django_db


def read(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def given(name: str, quantity: int, *, key: str = "", **line) -> None:
    """What the public gave."""
    receive(
        drive=a_drive(),
        place=the_store(),
        lines=[ArrivalLine(an_item(name), quantity, **line)],
        received_on=timezone.localdate(),
        actor=a_coordinator(),
        key=key or a_key(),
    )


def test_what_was_set_aside_is_told_by_labels_and_never_by_stored_words(coordinator):
    key, later = a_key(), timezone.localdate() + timedelta(days=400)
    given("Savon", 2, key=key)
    with pytest.raises(KeyConflict):
        given("Savon", 3, key=key, condition="very_good", best_before=later, precision="month")
    page = read(coordinator, reverse("stock:conflict_list"))
    assert "Savon, 3, in very good condition, " in page
    assert ", month<" in page
    assert not [stored for stored in ("very_good", str(later), str(timezone.localdate())) if stored in page]


def test_every_word_of_a_list_that_an_operation_may_hold_has_its_label():
    assert in_words({"lines": [["Savon", 2, "new", "", None, "day"]]})[0][1] == ["Savon, 2, new"]
    with translation.override("fr"):
        assert in_words({"lines": [["Savon", 2, "new", "", None, "day"]]})[0][1] == ["Savon, 2, neuf"]
        assert in_words({"way": "paper"})[0][1] == ["sur papier"]


@pytest.mark.parametrize(("bring", "words"), [(stocked, "Pharmacies du Canal"), (given, "the public")])
def test_a_lot_says_who_gave_it(coordinator, bring, words):
    bring("Peigne", 3)
    assert words in read(coordinator, Lot.objects.get(item__name="Peigne").get_absolute_url())


def test_a_lot_that_was_bought_says_so(coordinator):
    bought()
    assert "a purchase" in read(coordinator, Lot.objects.latest("pk").get_absolute_url())


def test_what_a_tablet_sent_twice_is_told_with_its_name_and_in_its_own_words(coordinator):
    tablet, _secret = a_tablet()
    now = timezone.now()
    here = {"drive": tablet.drive, "site": tablet.device.site, "actor": tablet.device, "entered": Entered.TABLET}
    key = a_key()
    for quantity in (2, 3):
        asked = {"reason": RefusalReason.OPENED, "quantity": quantity, "moment": moment(now, now), "key": key}
        with suppress(KeyConflict):
            decline(**here, **asked)
    page = read(coordinator, reverse("stock:conflict_list"))
    assert "Sent by Tablette du comptoir" in page
    for words in (">opened<", "Site", "Pharmacie du Port", "When, by the tablet’s clock", date_format(now, "Y")):
        assert words in page
    assert not [stored for stored in ("opened or dirty", "told_at", now.strftime("%Y-%m-%dT")) if stored in page]
