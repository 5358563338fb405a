"""Letters to partners: thanks for a delivery and reminders of what is late: a person decides, a worker sends once."""

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from donations.enums import LetterKind, LetterState
from donations.models import Letter
from donations.operations import reverse_arrival
from donations.partners.letters import remind, remind_all, thank, try_again
from donations.partners.sending import of_delivery, send, written
from network.enums import OrganisationKind
from network.models import Region
from network.operations import make_organisation_confidential
from tests.cast import a_coordinator, a_key, a_site, an_item, an_organisation, the_house
from tests.donations.partners_stage import a_delivery, the_pharmacy
from tests.donations.test_pledges import made_late, promised
from web.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(django_capture_on_commit_callbacks) -> Callable[..., Letter]:
    """Do something about a letter, and what has to happen once it is certain; answers the letter as it is then."""

    def do(work: Callable[..., Any], **asked: Any) -> Letter:
        with django_capture_on_commit_callbacks(execute=True):
            work(**asked)
        return Letter.objects.latest("pk")

    return do


def broken(*args: object, **kwargs: object) -> None:
    raise SMTPException("550 dons@canal.example")


def test_a_delivery_is_confirmed_with_what_was_given_and_nothing_else(done):
    the_pharmacy()
    donation = a_delivery(12)
    assert done(thank, donation=donation, actor=a_coordinator(name="Maud")).state == LetterState.SENT
    [message] = mail.outbox
    assert message.to == ["dons@canal.example"]
    for said in ("12 × Savon", "Collecte d’automne", f"{donation.pk}", "Maison des Tilleuls"):
        assert message.body.count(said) >= 2, said
    assert "http" not in message.body
    assert "Maud" not in message.body


def test_a_delivery_bears_the_number_that_its_page_bears():
    donation = a_delivery(1200)
    said = of_delivery(donation)
    donation.pk = 1313
    _subject, text = written(LetterKind.DELIVERY, said)
    assert text.count("1313") == 2
    assert "1,200 × Savon" in text


def test_a_delivery_is_confirmed_once_however_often_one_presses(done):
    asked = {"donation": a_delivery(), "actor": a_coordinator()}
    assert done(thank, **asked) == done(thank, **asked)
    send(Letter.objects.get().pk)
    assert len(mail.outbox) == 1


def test_who_cannot_be_written_to_is_not():
    public = a_delivery()
    public.partner = None
    silent = a_delivery(partner=an_organisation("Laiterie", OrganisationKind.PARTNER))
    back = a_delivery(3)
    reverse_arrival(operation=back.operation, actor=a_coordinator(), key=a_key())
    back.refresh_from_db()
    for donation in (public, silent, back):
        with pytest.raises(Refused):
            thank(donation=donation, actor=a_coordinator())
    assert not Letter.objects.exists()


@pytest.mark.parametrize("how", ["taken back", "confidential"])
def test_what_is_no_more_to_be_said_when_the_worker_comes_is_not_sent(how):
    donation = a_delivery()
    letter = thank(donation=donation, actor=a_coordinator())
    if how == "taken back":
        reverse_arrival(operation=donation.operation, actor=a_coordinator(), key=a_key())
    else:
        by = {"relay": a_site("Mairie"), "region": Region.objects.get(code="11"), "actor": a_coordinator()}
        make_organisation_confidential(organisation=the_pharmacy(), name="Mésange", **by)
    send(letter.pk)
    letter.refresh_from_db()
    assert (letter.state, mail.outbox) == (LetterState.DROPPED, [])


def test_a_failure_is_kept_without_its_words_and_a_person_tries_again(monkeypatch, caplog, done):
    with monkeypatch.context() as patch:
        patch.setattr("donations.partners.sending.EmailMessage.send", broken)
        letter = done(thank, donation=a_delivery(), actor=a_coordinator())
    assert (letter.state, letter.tries, letter.can_be_tried) == (LetterState.FAILED, 1, True)
    letter = done(try_again, letter=letter)
    assert (letter.state, letter.tries, len(mail.outbox)) == (LetterState.SENT, 2, 1)
    assert not try_again(letter=letter)


def test_the_worker_tries_again_by_itself_three_times(monkeypatch, done):
    later = []
    monkeypatch.setattr("donations.partners.sending.send_later", lambda pk, moment: later.append(moment))
    monkeypatch.setattr("donations.partners.sending.EmailMessage.send", broken)
    letter = done(thank, donation=a_delivery(), actor=a_coordinator())
    for _time in range(4):
        send(letter.pk)
    waits = [round((moment - timezone.now()).total_seconds() / 60) for moment in later]
    assert waits == [5, 30, 240]


def test_one_that_a_worker_left_half_done_can_be_tried_after_a_while():
    letter = thank(donation=a_delivery(), actor=a_coordinator())
    Letter.objects.update(state=LetterState.SENDING, tried_at=timezone.now())
    letter.refresh_from_db()
    send(letter.pk)
    assert (letter.can_be_tried, mail.outbox) == (False, [])
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert letter.can_be_tried


def test_a_reminder_names_all_that_a_partner_is_late_with(done):
    partner = the_pharmacy()
    made_late(promised(100))
    made_late(promised(7, item=an_item("Peigne")))
    promised(9, item=an_item("Brosse"))
    letter = done(remind, partner=partner, actor=a_coordinator(name="Maud"))
    assert (letter.state, letter.pledges.count(), str(letter.asked_by)) == (LetterState.SENT, 2, "Maud")
    [message] = mail.outbox
    assert "Savon" in message.body
    assert "Peigne" in message.body
    assert "Brosse" not in message.body


def test_a_partner_is_not_reminded_twice_in_seven_days(done):
    partner = the_pharmacy()
    made_late(promised(100))
    letter = done(remind, partner=partner, actor=a_coordinator(name="Maud"))
    with pytest.raises(Refused, match="less than seven days ago"):
        remind(partner=partner, actor=a_coordinator())
    Letter.objects.filter(pk=letter.pk).update(asked_at=timezone.now() - timedelta(days=7, minutes=1))
    done(remind, partner=partner, actor=a_coordinator(name="Maud"))
    assert len(mail.outbox) == 2


def test_who_is_late_with_nothing_is_not_reminded():
    partner = the_pharmacy()
    promised(100)
    with pytest.raises(Refused, match="late with nothing"):
        remind(partner=partner, actor=a_coordinator())


def test_all_who_are_late_are_reminded_at_once_but_who_has_no_mailbox(done):
    the_pharmacy()
    dairy = an_organisation("Laiterie", OrganisationKind.PARTNER, contact_email="dons@laiterie.example")
    silent = an_organisation("Boutique", OrganisationKind.PARTNER)
    for partner in (the_pharmacy(), dairy, silent):
        made_late(promised(10, partner=partner))
    for _time in range(2):
        done(remind_all, house=the_house(), actor=a_coordinator())
    assert sorted(message.to[0] for message in mail.outbox) == ["dons@canal.example", "dons@laiterie.example"]
