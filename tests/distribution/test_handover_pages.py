from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from distribution.models import Handover, Shipment
from network.enums import SensitiveSubject, SiteKind
from network.models import SensitiveRead
from tests.cast import (
    a_coordinator,
    a_distributor,
    a_key,
    a_site,
    an_organisation,
    infant_formula,
    on_hand,
    stocked,
    the_store,
)
from tests.distribution.stage import codes_of, given, packed_kits, the_handover
from tests.queries import statements

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


def url(name: str, *args) -> str:
    return reverse(f"distribution:handover_{name}", args=args)


def asked(*articles: tuple[str, str], **fields) -> dict[str, object]:
    data = {"articles-TOTAL_FORMS": str(max(len(articles), 1)), "articles-INITIAL_FORMS": "0"}
    for index, (item, quantity) in enumerate(articles):
        data |= {f"articles-{index}-item": item, f"articles-{index}-quantity": quantity}
    return {"key": a_key(), "letter": "seen", "women": "1", **data, **fields}


@pytest.fixture
def distributor(client):
    user = a_distributor()
    client.force_login(user)
    return user


def test_a_handover_is_recorded_and_the_next_form_opens(client, distributor):
    version, structure = packed_kits(3), an_organisation("CASS des Lilas", "cass")
    stocked("Serviette", 5)
    codes = "\r\n".join(code.lower() for code in codes_of(version)[:2])
    form = asked(("serviette", "2"), codes=codes, structure=structure.pk, children_0_2="1", grams="1 500")
    answer = client.post(url("create"), form, follow=True)
    assert answer.redirect_chain[-1][0] == url("create")
    assert "2 kits, 2 articles" in answer.content.decode()
    handover = Handover.objects.get()
    assert (handover.kits, handover.articles, handover.grams, handover.people) == (2, 2, 1500, 2)
    assert (handover.structure, handover.day) == (structure, timezone.localdate())


def test_kits_by_kind_and_a_reason_instead_of_a_letter(client, distributor):
    version = packed_kits(3)
    form = asked(letter="urgence", **{f"kind_{version.item.pk}": "2"})
    client.post(url("create"), form)
    assert (Handover.objects.get().letter_exception, on_hand(version.item)) == ("urgence", 1)


def test_a_form_sent_twice_is_one_handover(client, distributor):
    form = asked(codes=codes_of(packed_kits(1))[0])
    pages = [client.post(url("create"), form, follow=True).content.decode() for _time in range(2)]
    assert all("The handover is recorded" in page for page in pages)
    assert Handover.objects.count() == 1


def test_a_form_sent_twice_is_one_handover_of_the_last_kits_and_articles_too(client, distributor):
    comb, version, other = stocked("Peigne", 2), packed_kits(1), packed_kits(1, "Trousse", article="Gel")
    stocked("Serviette", 1)
    kinds = {f"kind_{other.item.pk}": "1", f"kind_{version.item.pk}": "1"}
    form = asked(("Peigne", "2"), **kinds)
    pages = [client.post(url("create"), form, follow=True).content.decode() for _time in range(2)]
    assert all("The handover is recorded: 2 kits, 2 articles" in page for page in pages)
    assert (Handover.objects.count(), on_hand(comb)) == (1, 0)


def test_what_has_run_out_is_named(client, distributor):
    version, comb = packed_kits(1), stocked("Peigne", 1)
    given(kits=[(version.item, 1)], articles=[(comb, 1)])
    page = client.post(url("create"), asked(("Peigne", "1"), **{f"kind_{version.item.pk}": "1"})).content.decode()
    assert "Kit femme: 1 wanted, 0 are free here" in page
    assert "Peigne: 1 wanted, 0 are free here" in page


def test_a_session_does_not_say_when_the_last_handover_was(client, distributor):
    stocked("Peigne", 2)
    client.post(url("create"), asked(("Peigne", "1")))
    before = Session.objects.get().expire_date
    client.post(url("create"), asked(("Peigne", "1")))
    assert (Handover.objects.count(), Session.objects.get().expire_date) == (2, before)


def test_a_code_used_again_says_one_sentence(client, distributor):
    code = codes_of(packed_kits(2))[0]
    client.post(url("create"), asked(codes=code))
    page = client.post(url("create"), asked(codes=code)).content.decode()
    assert "Already handed over: see the coordination." in page
    assert code in page
    assert Handover.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"letter": ""}, "Say that the letter was seen, or choose why not"),
        ({"letter": "she told me"}, "Select a valid choice"),
        ({"women": "0"}, "A household has at least one person"),
        ({"women": "-1"}, "cannot be negative"),
        ({"women": "1.5"}, "Enter whole people"),
        ({"men": "300"}, "300 people in one household"),
        ({"grams": "-3"}, "A weight cannot be negative"),
        ({"grams": "0,5"}, "Write whole grams"),
        ({"grams": "99999999"}, "check the number of digits"),
        ({"codes": "ABCD EFGH"}, "is not a code"),
        ({"codes": ""}, "Nothing is handed over yet"),
        ({"structure": "999999"}, "Select a valid choice"),
        ({"key": "no"}, "was not sent whole"),
    ],
)
def test_each_wrong_field_has_its_sentence_and_keeps_what_was_typed(client, distributor, fields, sentence):
    code = codes_of(packed_kits(2))[0]
    page = client.post(url("create"), asked(**{"codes": code, **fields})).content.decode()
    assert sentence in page
    assert not Handover.objects.exists()
    for typed in fields.values():
        assert typed in ("", "she told me", "999999", "no") or typed in page


def test_an_article_that_is_not_here_or_not_enough_is_named(client, distributor):
    stocked("Savon", 2)
    page = client.post(url("create"), asked(("Licorne", "1"), ("Savon", "x"))).content.decode()
    assert "No article is called “Licorne”" in page
    assert "Enter the quantity as a number" in page
    page = client.post(url("create"), asked(("Savon", "3"))).content.decode()
    assert "Savon: 3 wanted, 2 are free here" in page


def test_formula_needs_the_tick_of_a_worker_s_request(client, distributor):
    formula = stocked(infant_formula(), 2, days=200)
    page = client.post(url("create"), asked(("Lait premier âge", "1"))).content.decode()
    assert "given when a health or social worker asked" in page.replace("\n", " ")
    assert 'name="is_formula_asked_for"' in page
    client.post(url("create"), asked(("Lait premier âge", "1"), is_formula_asked_for="on"))
    assert on_hand(formula) == 1


def test_no_field_could_hold_a_name_or_a_story(client, distributor):
    packed_kits(1)
    stocked(infant_formula(), 1, days=200)
    form = client.get(url("create")).context["form"]
    typed = {name for name, field in form.fields.items() if type(field).__name__ == "CharField"}
    assert typed == {"codes"}


def test_a_distributor_hands_over_at_her_desk_alone(client, distributor):
    elsewhere = the_store(a_site("Annexe", SiteKind.CLOTHING_ROOM))
    packed_kits(1)
    answer = client.get(url("create"), {"desk": elsewhere.pk})
    assert answer.context["place"] == the_store()


def test_a_coordinator_chooses_the_desk(client):
    client.force_login(a_coordinator())
    the_store()
    elsewhere = the_store(a_site("Annexe", SiteKind.CLOTHING_ROOM))
    stocked("Savon", 3, place=elsewhere)
    address = f"{url('create')}?desk={elsewhere.pk}"
    client.post(address, asked(("Savon", "1")))
    assert Handover.objects.get().site == elsewhere.site
    assert client.get(url("create")).context["place"] == elsewhere


def test_without_a_desk_the_page_says_what_to_do(client, distributor):
    the_store().__class__.objects.update(is_active=False)
    assert "Ask the coordination to open one" in client.get(url("create")).content.decode()


def test_undone_in_one_press_or_two(client, distributor):
    version = packed_kits(1)
    handover = the_handover(given(codes_of(version), actor=distributor))
    for _time in range(2):
        page = client.post(url("undo", handover.pk), follow=True).content.decode()
        assert "The handover is undone" in page
    assert on_hand(version.item) == 1


def test_too_late_to_undo_says_so(client, distributor):
    with time_machine.travel(timezone.now().replace(hour=9)) as clock:
        handover = the_handover(given(codes_of(packed_kits(1)), actor=distributor))
        clock.shift(timedelta(minutes=61))
        client.force_login(distributor)
        assert "within an hour" in client.post(url("undo", handover.pk), follow=True).content.decode()


def test_today_s_list_is_read_at_one_s_own_site_and_logged(client, distributor):
    given(codes_of(packed_kits(1)))
    elsewhere = the_store(a_site("Annexe"))
    given(articles=[(stocked("Savon", 3, place=elsewhere), 1)], place=elsewhere)
    assert len(client.get(url("list")).context["rows"]) == 1
    read = SensitiveRead.objects.get()
    assert (read.subject, read.reason, read.reader) == (SensitiveSubject.HANDOVERS_TODAY, "today", distributor)
    assert (read.site, read.day) == (a_site(), timezone.localdate())


def yesterday():
    return timezone.localdate() - timedelta(days=1)


def handed_over_yesterday() -> Handover:
    codes = codes_of(packed_kits(1))
    noon = timezone.make_aware(datetime.combine(yesterday(), time(12)))
    with time_machine.travel(noon):
        return the_handover(given(codes))


def test_a_past_day_is_closed_to_a_distributor(client, distributor):
    handover = handed_over_yesterday()
    asked_for = {"day": yesterday().isoformat(), "reason": "recall"}
    assert client.get(url("list"), asked_for).status_code == 403
    assert client.get(url("detail", handover.pk), {"reason": "recall"}).status_code == 404
    assert not SensitiveRead.objects.exists()


def test_a_past_day_opens_to_a_coordinator_with_a_listed_reason_and_is_logged(client):
    client.force_login(a_coordinator())
    handover = handed_over_yesterday()
    assert '<option value="" selected>Choose a reason</option>' in client.get(url("list")).content.decode()
    for reason in ("", "curiosity", "today"):
        page = client.get(url("list"), {"day": yesterday().isoformat(), "reason": reason})
        assert not page.context["rows"]
        assert client.get(url("detail", handover.pk), {"reason": reason}).status_code == 302
    assert not SensitiveRead.objects.filter(day=yesterday()).exists()
    page = client.get(url("list"), {"day": yesterday().isoformat(), "reason": "recall"})
    assert list(page.context["rows"]) == [handover]
    assert client.get(url("detail", handover.pk), {"reason": "recall"}).status_code == 200
    reads = SensitiveRead.objects.filter(day=yesterday(), reason="recall").values_list("subject", flat=True)
    assert sorted(reads) == [SensitiveSubject.HANDOVER, SensitiveSubject.HANDOVERS_PAST]


def test_a_day_to_come_is_refused(client):
    client.force_login(a_coordinator())
    tomorrow = timezone.localdate() + timedelta(days=1)
    page = client.get(url("list"), {"day": tomorrow.isoformat(), "reason": "recall"}).content.decode()
    assert "This day is to come" in page


def test_a_handover_shows_counts_and_lots_and_no_code(client, distributor):
    version = packed_kits(1)
    handover = the_handover(given(codes_of(version), grams=900))
    page = client.get(url("detail", handover.pk)).content.decode()
    assert "CASS" not in page
    assert str(version.item) in page
    assert not any(code[:4] in page for code in codes_of(version))
    assert not Shipment.objects.exists()


def test_the_list_asks_the_same_of_one_handover_or_eight(client, distributor):
    soap = stocked("Savon", 20)
    given(articles=[(soap, 1)])
    client.get(url("list"))
    one = statements(lambda: client.get(url("list")))
    for number in range(7):
        given(articles=[(soap, 1)], structure=an_organisation(f"Structure {number}", "cass"))
    assert statements(lambda: client.get(url("list"))) == one <= MOST_STATEMENTS


def test_the_form_asks_the_same_of_one_kind_or_eight(client, distributor):
    packed_kits(1)
    client.get(url("create"))
    one = statements(lambda: client.get(url("create")))
    for number in range(7):
        packed_kits(1, f"Kit {number}", article=f"Article {number}")
        an_organisation(f"Structure {number}", "cass")
    assert statements(lambda: client.get(url("create"))) == one <= MOST_STATEMENTS
