"""The pages of one's prints: how far each is, its file, and nothing of anybody else's."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from printing.papers import Paper
from tests.cast import a_coordinator, a_key, a_volunteer
from tests.queries import statements
from tests.web.jobs.stage import CONTENT, PAPER, aged
from web.jobs.answers import job_response
from web.jobs.enums import JobState
from web.jobs.models import Job
from web.jobs.working import finish, take_up, work_on

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
    answer = job_response(request, PAPER, {"sheets": Paper.at_once})
    assert (answer.content, answer["Content-Disposition"]) == (CONTENT, 'inline; filename="liste.pdf"')
    assert not Job.objects.exists()


def test_it_says_how_far_it_is_and_asks_again(client, owner, no_worker, a_job):
    job = aged(a_job(owner, sheets=40), seconds=5, state=JobState.WORKING, done=12)
    answer = page(client, job)
    assert "12 of 40 pages" in answer
    assert re.search(r'<progress[^>]+value="12"\s+max="40"', answer)
    assert POLLED in answer
    fragment = page(client, job, **{"HX-Request": "true"})
    assert "12 of 40 pages" in fragment
    assert "<html" not in fragment


def test_a_job_waits_a_minute_before_its_minutes_are_counted(client, owner, no_worker, a_job):
    job = a_job(owner)
    assert "It was asked for just now." in page(client, job)
    assert "waiting for" in page(client, aged(job, minutes=1, seconds=1))


def test_once_it_is_done_the_file_opens_and_nothing_asks_any_more(client, owner, a_job):
    job = a_job(owner)
    answer = page(client, job, **{"HX-Request": "true"})
    assert POLLED not in answer
    assert 'hx-swap-oob="true"' in answer
    file = client.get(reverse("jobs:job_file", args=[job.pk]))
    assert (file.content, file["Cache-Control"]) == (CONTENT, "no-store")
    assert file["Content-Disposition"] == 'inline; filename="liste.pdf"'


@pytest.mark.parametrize("state", [JobState.WAITING, JobState.WORKING, JobState.DONE])
def test_the_keyboard_keeps_its_place_whatever_becomes_of_it(client, owner, no_worker, a_job, state):
    job = a_job(owner)
    if state != JobState.WAITING:
        attempt = take_up(str(job.pk))
        if state == JobState.DONE:
            finish(attempt, CONTENT)
    assert page(client, job, **{"HX-Request": "true"}).count('id="job-next"') == 1


def test_while_no_worker_runs_it_says_so(client, owner, no_worker, a_job):
    earlier = aged(a_job(a_volunteer()), minutes=9)
    job = aged(a_job(owner), minutes=2)
    answer = page(client, job)
    assert "waiting for 2 minutes" in answer.replace("\xa0", " ")
    assert "1 other is made before it" in answer
    assert "may not be running" not in answer
    assert "may not be running" in page(client, aged(job, minutes=5))
    assert earlier.waiting_before == 0


def test_a_worker_that_died_is_said_to_have_stopped(client, owner, no_worker, a_job):
    job = aged(a_job(owner), minutes=5, state=JobState.WORKING, done=1)
    answer = page(client, job)
    assert "stopped" in answer
    assert "Start again" in answer
    assert POLLED not in answer
    restarted = client.post(reverse("jobs:job_restart", args=[job.pk]))
    assert restarted.url == job.get_absolute_url()
    assert "0 of 3 pages" in page(client, job)


def test_what_is_written_all_at_once_is_said_to_have_stopped_once_nobody_writes_it(
    client, owner, no_worker, a_job, monkeypatch
):
    monkeypatch.setattr(Paper, "is_all_or_nothing", True)
    job = aged(a_job(owner), minutes=30, state=JobState.WORKING)
    assert "what was making it has stopped" in page(client, job)
    assert "Start again" in page(client, job)
    monkeypatch.setattr("web.jobs.models.at_work", lambda jobs: {job.pk for job in jobs})
    answer = page(client, job)
    assert "Nothing is heard of it before all of it is written" in answer
    assert "Start again" not in answer
    assert POLLED in answer


def test_the_list_asks_once_which_are_written_all_at_once(client, owner, no_worker, a_job, monkeypatch):
    monkeypatch.setattr(Paper, "is_all_or_nothing", True)
    listing = reverse("jobs:job_list")
    aged(a_job(owner), minutes=30, state=JobState.WORKING)
    one = statements(lambda: client.get(listing))
    for _number in range(7):
        aged(a_job(owner), minutes=30, state=JobState.WORKING)
    assert statements(lambda: client.get(listing)) == one
    assert client.get(listing).content.decode().count("stopped") == 8


def test_a_refusal_is_a_sentence(client, owner, no_worker, a_job, refused_to):
    job = a_job(owner)
    refused_to.add(owner.pk)
    work_on(str(job.pk))
    assert "You may no longer see what this is about" in page(client, job)


def test_whoever_may_no_longer_see_it_does_not_open_a_file_made_before(client, owner, a_job, refused_to):
    job = a_job(owner)
    refused_to.add(owner.pk)
    assert client.get(reverse("jobs:job_file", args=[job.pk])).status_code == 404


def test_another_s_print_is_not_found(client, a_job):
    job = a_job(a_coordinator())
    client.force_login(a_coordinator())
    for name in ("job_detail", "job_file"):
        assert client.get(reverse(f"jobs:{name}", args=[job.pk])).status_code == 404
    assert client.post(reverse("jobs:job_restart", args=[job.pk])).status_code == 404
    client.post(reverse("jobs:job_forget", args=[job.pk]))
    assert Job.objects.filter(pk=job.pk).exists()
    assert str(job.pk) not in client.get(reverse("jobs:job_list")).content.decode()


def test_the_list_shows_one_s_own_in_a_constant_number_of_statements(client, owner, a_job):
    listing = reverse("jobs:job_list")
    assert "Long papers and files come here" in client.get(listing).content.decode()
    jobs = [a_job(owner)]
    one = statements(lambda: client.get(listing))
    jobs += [a_job(owner) for _number in range(7)]
    assert statements(lambda: client.get(listing)) == one
    answer = client.get(listing).content.decode()
    assert all(job.get_absolute_url() in answer for job in jobs)


def test_forgetting_it_twice_says_the_same(client, owner, a_job):
    job = a_job(owner)
    for _time in range(2):
        answer = client.post(reverse("jobs:job_forget", args=[job.pk]), follow=True)
        assert "It is erased" in answer.content.decode()


def test_it_is_in_the_account_s_menu(client, owner):
    assert reverse("jobs:job_list") in client.get("/").content.decode()


def test_it_is_made_in_the_language_in_which_it_was_asked_for(a_job):
    with translation.override("fr"):
        assert a_job(a_coordinator(), key=a_key()).language == "fr"
