"""The list of who is late with what: a page at a time, and one press that says beforehand how many it writes to."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from django.utils.formats import date_format

from donations.enums import LetterState
from donations.models import Letter, Pledge
from donations.partners.letters import remind, remind_all
from donations.partners.views import letters
from network.enums import OrganisationKind
from network.models import Organisation
from tests.cast import a_coordinator, an_item, an_organisation, the_house
from tests.donations.test_pledges import brought, made_late, promised
from tests.queries import statements

pytestmark = pytest.mark.django_db

LATE = "/donations/pledges/late/"


@pytest.fixture(autouse=True)
def _two_a_page(monkeypatch):
    monkeypatch.setattr(letters, "PARTNERS", 2)


def late(name: str, days: int = 3, **fields: object) -> Organisation:
    """A partner that promised something for some days ago."""
    partner = an_organisation(name, OrganisationKind.PARTNER, **{"contact_email": "dons@example.org", **fields})
    pledge = promised(10, partner=partner)
    Pledge.objects.filter(pk=pledge.pk).update(due_on=timezone.localdate() - timedelta(days=days))
    return partner


def shown(client, page: int = 1) -> list[str]:
    return [str(row.partner) for row in client.get(LATE, {"page": page}).context["rows"]]


def test_who_is_longest_late_stands_first_each_once_with_all_of_it(signed_in):
    pharmacy = late("Pharmacie", 40)
    made_late(promised(7, item=an_item("Peigne"), partner=pharmacy))
    for name, days in (("Laiterie", 2), ("Savonnerie", 9)):
        late(name, days)
    client = signed_in(a_coordinator())
    assert (shown(client), shown(client, 2)) == (["Pharmacie", "Savonnerie"], ["Laiterie"])
    [first, _soap] = client.get(LATE).context["rows"]
    assert [pledge.quantity for pledge in first.pledges] == [10, 7]


def test_who_brought_it_all_or_belongs_to_another_house_is_not_on_it(signed_in):
    brought(10, partner=late("Pharmacie"))
    late("Laiterie")
    assert shown(signed_in(a_coordinator())) == ["Laiterie"]
    assert shown(signed_in(a_coordinator(house=the_house("Maison des Saules")))) == []


def test_the_press_for_all_says_how_many_it_writes_to_on_all_pages(signed_in):
    partners = [late(f"Partenaire {number}") for number in range(5)]
    late("Boutique", contact_email="")
    remind(partner=partners[0], actor=a_coordinator())
    client = signed_in(a_coordinator())
    for page in (1, 2, 3):
        said = client.get(LATE, {"page": page}).content.decode()
        assert "Write a reminder to 4 partners" in said
        assert "6 partners are late" in said
    assert "4 reminders are being sent" in client.post(LATE, {"partner": "all"}, follow=True).content.decode()
    assert {letter.partner for letter in Letter.objects.all()} == set(partners)
    assert 'value="all"' not in client.get(LATE).content.decode()


def test_a_reminder_leads_back_to_the_page_it_was_written_from(signed_in):
    partners = [late(f"Partenaire {number}") for number in range(3)]
    answer = signed_in(a_coordinator()).post(f"{LATE}?page=2", {"partner": partners[2].pk}, follow=True)
    assert answer.redirect_chain == [(f"{LATE}?page=2", 302)]
    [row] = answer.context["rows"]
    assert (row.partner, row.is_recent) == (partners[2], True)


def test_who_was_reminded_lately_is_reminded_again_from_a_day_that_is_said(signed_in):
    with time_machine.travel("2026-03-02 10:00:00+00:00", tick=False):
        partner = late("Pharmacie")
        remind(partner=partner, actor=a_coordinator())
        Letter.objects.update(state=LetterState.SENT)
        said = signed_in(a_coordinator()).get(LATE).content.decode()
    assert f"The next reminder can be written from {date_format(date(2026, 3, 9), 'SHORT_DATE_FORMAT')}." in said
    assert f'value="{partner.pk}"' not in said


def test_a_page_of_it_alone_is_answered_to_htmx(signed_in):
    for number in range(3):
        late(f"Partenaire {number}")
    said = signed_in(a_coordinator()).get(LATE, {"page": 2}, headers={"HX-Request": "true"}).content.decode()
    assert "Partenaire 2" in said
    assert "<html" not in said


def test_it_asks_as_much_of_the_database_for_many_partners_as_for_one(signed_in):
    late("Pharmacie")
    client = signed_in(a_coordinator())
    one = statements(lambda: client.get(LATE))
    for number in range(8):
        remind(partner=late(f"Partenaire {number}"), actor=a_coordinator())
    assert statements(lambda: client.get(LATE)) == one


def test_one_press_asks_as_much_of_the_database_for_eight_partners_as_for_one():
    def sent(count: int) -> int:
        for number in range(count):
            late(f"Partenaire {count} {number}")
        return statements(lambda: remind_all(house=the_house(), actor=coordinator))

    coordinator = a_coordinator()
    assert sent(1) == sent(8)
    assert Letter.objects.count() == 9
