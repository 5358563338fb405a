"""A tablet's file of many entries is taken in by the worker: each once, whatever stops it, seen by one person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from donations.models import DropOff
from donations.tablets import files
from donations.tablets.long_files import TabletFileKind
from donations.tablets.receiving import MOST_ENTRIES, take_in
from network.models import Membership
from tests import cast
from tests.donations.test_tablet_api import an_entry
from tests.donations.test_tablet_files import IMPORT, a_file
from tests.web.jobs.stage import aged
from web.jobs.enums import JobState, Problem
from web.jobs.models import Job, Upload
from web.jobs.working import take_up, work_on

pytestmark = pytest.mark.django_db
MANY = 3 * MOST_ENTRIES


class Killed(BaseException):
    """What a worker that is killed does not live to see."""


@pytest.fixture(autouse=True)
def _two_are_many(monkeypatch) -> None:
    monkeypatch.setattr(TabletFileKind, "at_once", 2)


@pytest.fixture
def tablet():
    return cast.a_tablet()[0]


@pytest.fixture
def coordinator(signed_in):
    user = cast.a_coordinator()
    client = signed_in(user)
    client.user = user
    return client


def brought(client, content: bytes, key: str | None = None) -> Job:
    client.post(IMPORT, {"key": key or cast.a_key(), "file": SimpleUploadedFile("tablette.txt", content)})
    return Job.objects.get()


def many(tablet) -> bytes:
    return a_file(tablet, *[an_entry() for _entry in range(MANY)])


def counts(client, job: Job) -> dict[str, int]:
    page = client.get(job.get_absolute_url())
    return {str(fate): number for fate, number in page.context["outcome"].counts.items() if number}


def test_it_is_taken_in_and_its_page_says_what_came_of_it(coordinator, tablet):
    entry = an_entry()
    take_in([entry], tablet=tablet, sent_at=timezone.now())
    job = brought(coordinator, a_file(tablet, entry, an_entry(), an_entry(quantity=0), {**entry, "quantity": 9}))
    page = coordinator.get(job.get_absolute_url()).content.decode()
    assert counts(coordinator, job) == {"recorded": 1, "here": 1, "refused": 1, "set_aside": 1}
    assert "This entry cannot be read." in page
    assert [held for _line, held in coordinator.get(job.get_absolute_url()).context["lines"]] == ["0 bags", "9 bags"]
    assert "job-file" not in page
    assert coordinator.get(reverse("jobs:job_file", args=[job.pk])).status_code == 404


def test_the_same_form_twice_is_one(coordinator, tablet):
    content, key = many(tablet), cast.a_key()
    assert brought(coordinator, content, key) == brought(coordinator, content, key)
    assert DropOff.objects.count() == MANY


def test_the_file_waits_in_the_database_and_is_gone_once_it_is_taken_in(coordinator, tablet, no_worker):
    job = brought(coordinator, many(tablet))
    assert Upload.objects.get().job == job
    assert "It was asked for just now." in coordinator.get(job.get_absolute_url()).content.decode()
    assert not DropOff.objects.exists()
    work_on(str(job.pk))
    assert not Upload.objects.exists()
    assert counts(coordinator, job) == {"recorded": MANY}


def test_the_file_is_erased_with_what_is_given_up(coordinator, tablet, no_worker):
    job = brought(coordinator, many(tablet))
    coordinator.post(reverse("jobs:job_forget", args=[job.pk]))
    assert not Upload.objects.exists()


def test_what_was_taken_in_is_said_to_stay(coordinator, tablet, no_worker):
    job = brought(coordinator, many(tablet))
    assert "stays" not in coordinator.get(job.get_absolute_url()).content.decode()
    take_up(str(job.pk))
    page = coordinator.get(job.get_absolute_url()).content.decode()
    assert "Stop it" in page
    assert "What was already taken in stays." in page
    answer = coordinator.post(reverse("jobs:job_forget", args=[job.pk]), follow=True)
    assert "It is erased, with its file. What was already taken in stays." in answer.content.decode()


def test_a_worker_that_is_killed_counts_nothing_twice(coordinator, tablet, no_worker, monkeypatch):
    job, told = brought(coordinator, many(tablet)), []

    def until_killed(entries, **asked):
        if told:
            raise Killed
        told.append(len(entries))
        return take_in(entries, **asked)

    with monkeypatch.context() as patch:
        patch.setattr(files, "take_in", until_killed)
        with pytest.raises(Killed):
            work_on(str(job.pk))
    assert DropOff.objects.count() == MOST_ENTRIES
    job = aged(job, minutes=9)
    assert (job.state, job.is_silent, job.done) == (JobState.WORKING, True, MOST_ENTRIES)
    coordinator.post(reverse("jobs:job_restart", args=[job.pk]))
    work_on(str(job.pk))
    assert DropOff.objects.count() == MANY
    assert counts(coordinator, job) == {"recorded": MANY - MOST_ENTRIES, "here": MOST_ENTRIES}


def test_who_lost_the_right_meanwhile_takes_nothing_in(coordinator, tablet, no_worker):
    job = brought(coordinator, many(tablet))
    Membership.objects.filter(user=coordinator.user).delete()
    work_on(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.problem) == (JobState.FAILED, Problem.REFUSED)
    assert not DropOff.objects.exists()


def test_who_loses_it_later_and_anybody_else_sees_nothing_of_it(coordinator, tablet, signed_in):
    job = brought(coordinator, many(tablet))
    assert signed_in(cast.a_coordinator()).get(job.get_absolute_url()).status_code == 404
    Membership.objects.filter(user=coordinator.user).delete()
    page = coordinator.get(job.get_absolute_url())
    assert "You may no longer see what this is about" in page.content.decode()
    assert "outcome" not in page.context
    coordinator.post(reverse("jobs:job_forget", args=[job.pk]))
    assert not Job.objects.exists()


def test_one_whose_report_is_gone_is_said_and_can_be_erased(coordinator, tablet):
    job = brought(coordinator, many(tablet))
    job.file.storage.delete(job.file.name)
    page = coordinator.get(job.get_absolute_url())
    assert "or it is no more" in page.content.decode()
    assert "job-forget" in page.content.decode()


def test_while_no_worker_runs_the_page_says_so(coordinator, tablet, no_worker):
    job = aged(brought(coordinator, many(tablet)), minutes=9)
    assert "may not be running" in coordinator.get(job.get_absolute_url()).content.decode()


def test_it_says_how_far_it_is(coordinator, tablet, no_worker):
    job = brought(coordinator, many(tablet))
    take_up(str(job.pk))
    Job.objects.update(done=MOST_ENTRIES)
    assert f"{MOST_ENTRIES} of {MANY} entries" in coordinator.get(job.get_absolute_url()).content.decode()


def test_a_file_that_no_tablet_gave_out_is_refused_at_once(coordinator, tablet):
    answer = coordinator.post(IMPORT, {"key": cast.a_key(), "file": SimpleUploadedFile("x", b"%PDF-1.7")})
    assert "This is not a file that a tablet gave out." in answer.content.decode()
    assert not Job.objects.exists()
