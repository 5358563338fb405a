"""The pages of one's prints: how far each is, its file, and nothing of anybody else's."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from printing.answers import paper_response
from printing.enums import PrintState
from printing.models import PrintJob
from printing.papers import AT_ONCE
from printing.working import finish, take_up, work_on
from tests.cast import a_coordinator, a_key, a_volunteer
from tests.printing.stage import CONTENT, PAPER, aged
from tests.queries import statements

pytestmark = pytest.mark.django_db
POLLED = 'hx-trigger="every 2s"'


def page(client, job, **headers) -> str:
    return client.get(job.get_absolute_url(), headers=headers).content.decode()


@pytest.fixture
def owner(client):
    owner = a_coordinator()
    client.force_login(owner)
    return owner


def test_a_short_paper_comes_at_once_and_leaves_nothing(rf):
    request = rf.get("/")
    request.user = a_coordinator()
    answer = paper_response(request, PAPER, {"sheets": AT_ONCE})
    assert (answer.content, answer["Content-Disposition"]) == (CONTENT, 'inline; filename="liste.pdf"')
    assert not PrintJob.objects.exists()


def test_it_says_how_far_it_is_and_asks_again(client, owner, no_worker, a_print):
    job = aged(a_print(owner, sheets=40), seconds=5, state=PrintState.WORKING, done=12)
    answer = page(client, job)
    assert "12 of 40 pages" in answer
    assert re.search(r'<progress[^>]+value="12"\s+max="40"', answer)
    assert POLLED in answer
    fragment = page(client, job, **{"HX-Request": "true"})
    assert "12 of 40 pages" in fragment
    assert "<html" not in fragment


def test_a_print_waits_a_minute_before_its_minutes_are_counted(client, owner, no_worker, a_print):
    job = a_print(owner)
    assert "It was asked for just now." in page(client, job)
    assert "waiting for" in page(client, aged(job, minutes=1, seconds=1))


def test_once_it_is_done_the_file_opens_and_nothing_asks_any_more(client, owner, a_print):
    job = a_print(owner)
    answer = page(client, job, **{"HX-Request": "true"})
    assert POLLED not in answer
    assert 'hx-swap-oob="true"' in answer
    file = client.get(reverse("printing:print_file", args=[job.pk]))
    assert (file.content, file["Cache-Control"]) == (CONTENT, "no-store")
    assert file["Content-Disposition"] == 'inline; filename="liste.pdf"'


@pytest.mark.parametrize("state", [PrintState.WAITING, PrintState.WORKING, PrintState.DONE])
def test_the_keyboard_keeps_its_place_whatever_becomes_of_it(client, owner, no_worker, a_print, state):
    job = a_print(owner)
    if state != PrintState.WAITING:
        attempt = take_up(str(job.pk))
        if state == PrintState.DONE:
            finish(attempt, CONTENT)
    assert page(client, job, **{"HX-Request": "true"}).count('id="print-next"') == 1


def test_while_no_worker_runs_it_says_so(client, owner, no_worker, a_print):
    earlier = aged(a_print(a_volunteer()), minutes=9)
    job = aged(a_print(owner), minutes=2)
    answer = page(client, job)
    assert "waiting for 2 minutes" in answer.replace("\xa0", " ")
    assert "1 print comes before it" in answer
    assert "may not be running" not in answer
    assert "may not be running" in page(client, aged(job, minutes=5))
    assert earlier.waiting_before == 0


def test_a_worker_that_died_is_said_to_have_stopped(client, owner, no_worker, a_print):
    job = aged(a_print(owner), minutes=5, state=PrintState.WORKING, done=1)
    answer = page(client, job)
    assert "stopped" in answer
    assert "Start again" in answer
    assert POLLED not in answer
    restarted = client.post(reverse("printing:print_restart", args=[job.pk]))
    assert restarted.url == job.get_absolute_url()
    assert "0 of 3 pages" in page(client, job)


def test_a_refusal_is_a_sentence(client, owner, no_worker, a_print, refused_to):
    job = a_print(owner)
    refused_to.add(owner.pk)
    work_on(str(job.pk))
    assert "You may no longer see what this paper is about" in page(client, job)


def test_whoever_may_no_longer_see_it_does_not_open_a_file_made_before(client, owner, a_print, refused_to):
    job = a_print(owner)
    refused_to.add(owner.pk)
    assert client.get(reverse("printing:print_file", args=[job.pk])).status_code == 404


def test_another_s_print_is_not_found(client, a_print):
    job = a_print(a_coordinator())
    client.force_login(a_coordinator())
    for name in ("print_detail", "print_file"):
        assert client.get(reverse(f"printing:{name}", args=[job.pk])).status_code == 404
    assert client.post(reverse("printing:print_restart", args=[job.pk])).status_code == 404
    client.post(reverse("printing:print_forget", args=[job.pk]))
    assert PrintJob.objects.filter(pk=job.pk).exists()
    assert str(job.pk) not in client.get(reverse("printing:print_list")).content.decode()


def test_the_list_shows_one_s_own_in_a_constant_number_of_statements(client, owner, a_print):
    listing = reverse("printing:print_list")
    assert "Long papers that you ask for come here" in client.get(listing).content.decode()
    jobs = [a_print(owner)]
    one = statements(lambda: client.get(listing))
    jobs += [a_print(owner) for _number in range(7)]
    assert statements(lambda: client.get(listing)) == one
    answer = client.get(listing).content.decode()
    assert all(job.get_absolute_url() in answer for job in jobs)


def test_forgetting_it_twice_says_the_same(client, owner, a_print):
    job = a_print(owner)
    for _time in range(2):
        answer = client.post(reverse("printing:print_forget", args=[job.pk]), follow=True)
        assert "are erased" in answer.content.decode()


def test_it_is_in_the_account_s_menu(client, owner):
    assert reverse("printing:print_list") in client.get("/").content.decode()


def test_it_is_made_in_the_language_in_which_it_was_asked_for(a_print):
    with translation.override("fr"):
        assert a_print(a_coordinator(), key=a_key()).language == "fr"
