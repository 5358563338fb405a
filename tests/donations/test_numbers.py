"""One number for a donation or a purchase: the same in its list, on its page, in a message and in the journal."""

import pytest
from django.urls import reverse

from donations.models import Donation
from kits.operations import pack
from stock.models import Lot, Operation
from stock.registry import give_numbers
from tests.cast import a_coordinator, a_key, a_version, stocked, the_store
from tests.donations.test_buy import bought
from tests.donations.test_reverse import taken_back

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def read(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def donation() -> Donation:
    """The third donation, whose operation is a later one than the third."""
    for name in ("Savon", "Peigne"):
        stocked(name, 10)
    taken_back(Donation.objects.first())
    taken_back(Donation.objects.last())
    stocked("Carnet", 10)
    donation = Donation.objects.latest("pk")
    assert donation.pk != donation.operation_id
    return donation


def test_the_journal_calls_a_donation_by_its_own_number(signed_in, donation):
    coordinator = signed_in(a_coordinator())
    words = f"Donation received no. {donation.pk}<"
    for page in (
        reverse("stock:operation_list"),
        donation.operation.get_absolute_url(),
        Lot.objects.get(item__name="Carnet").get_absolute_url(),
    ):
        assert words in read(coordinator, page)
    assert f"Donation no. {donation.pk}<" in read(coordinator, reverse("donations:donation_list"))


def test_the_journal_calls_a_purchase_by_its_own_number(donation):
    purchase = bought()
    assert str(purchase.operation) == f"Purchase received no. {purchase.pk}"
    assert str(purchase) == f"purchase no. {purchase.pk}"


def test_what_took_a_donation_back_names_the_same_number(signed_in, donation):
    reversal = taken_back(donation)
    page = read(signed_in(a_coordinator()), reversal.get_absolute_url())
    assert f"Donation received no. {donation.pk}" in page


def test_the_numbers_of_a_page_are_read_in_one_statement(donation, django_assert_num_queries):
    operations = list(Operation.objects.filter(kind="receive"))
    with django_assert_num_queries(1):
        give_numbers(operations)
        assert len({str(operation) for operation in operations}) == 3


def test_what_has_no_document_of_its_own_number_keeps_its_own(donation):
    version = a_version({donation.lines.get().item: 1})
    operation = pack(version=version, count=1, place=the_store(), actor=a_coordinator(), key=a_key())
    assert str(operation) == f"Packing no. {operation.pk}"


def test_the_numbers_of_several_kinds_are_read_in_one_statement(donation, django_assert_num_queries):
    purchase = bought()
    told = [donation.operation, purchase.operation]
    with django_assert_num_queries(1):
        give_numbers(told)
    assert [operation.number for operation in told] == [donation.pk, purchase.pk]
