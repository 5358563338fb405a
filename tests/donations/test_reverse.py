import pytest

from donations.models import Donation
from donations.operations import reverse_arrival
from stock.checks import check_balances
from stock.ledger import MovedOn
from stock.models import Operation
from stock.operations import LotLine, transfer
from stock.registry import document_url
from tests.cast import a_coordinator, a_key, a_site, on_hand, stocked, the_store
from tests.donations.test_buy import bought
from web.errors import Refused

pytestmark = pytest.mark.django_db


def taken_back(donation: Donation, key: str | None = None) -> Operation:
    return reverse_arrival(operation=donation.operation, actor=a_coordinator(), key=key or a_key())


def test_a_donation_is_taken_back_whole():
    soap = stocked("Savon", 10)
    taken_back(Donation.objects.get())
    assert on_hand(soap) == 0
    assert not Donation.objects.standing().exists()
    assert not list(check_balances())


def test_what_has_moved_on_is_not_taken_back_and_the_answer_says_where_it_went():
    soap = stocked("Savon", 10)
    lot, table = soap.lots.get(), the_store(a_site("Gymnase"))
    transfer(source=the_store(), target=table, lines=[LotLine(lot, 3)], actor=a_coordinator(), key=a_key())
    with pytest.raises(MovedOn, match="3 × Savon to Gymnase"):
        taken_back(Donation.objects.get())
    assert on_hand(soap) == 10


def test_a_donation_is_taken_back_once():
    stocked("Savon", 10)
    donation, key = Donation.objects.get(), a_key()
    assert taken_back(donation, key) == taken_back(donation, key)
    with pytest.raises(Refused, match="taken back already"):
        taken_back(donation)


def test_the_ledger_leads_from_an_operation_to_its_document():
    stocked("Savon", 10)
    for document in (Donation.objects.get(), bought()):
        assert document_url(document.operation) == document.get_absolute_url()
    assert document_url(taken_back(Donation.objects.get())) is None
