"""A file of many rows is looked at, then written, by the worker: all of it or nothing, whatever stops it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kitdrive.imports import KINDS
from kitdrive.imports.long import Look
from network.models import Membership, Organisation
from tests.cast import a_coordinator, a_key, the_house
from tests.kitdrive.imports.test_pages import GOOD, PAGE, as_xlsx, look
from tests.web.jobs.stage import aged
from web.imports.reader import count_rows
from web.imports.report import Plan, Unknown
from web.jobs.enums import JobState, Problem
from web.jobs.models import Job, Upload
from web.jobs.working import work_on

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HERE = "All 2 rows are here already"


class Killed(BaseException):
    """What a worker that is killed does not live to see."""


@pytest.fixture(autouse=True)
def _two_are_many(monkeypatch) -> None:
    monkeypatch.setattr(Look, "at_once", 1)


@pytest.fixture
def coordinator(client, settings, tmp_path):
    settings.DEMO = True  # no second factor
    settings.MEDIA_ROOT = tmp_path
    client.user = a_coordinator()
    client.force_login(client.user)
    return client


def looked(client, content: bytes | str = GOOD) -> Job:
    answer = look(client, content)
    return Job.objects.get(pk=answer.url.rstrip("/").rpartition("/")[2])


def said_yes(client, job: Job, **more) -> Job:
    client.post(PAGE, {"looked": job.pk, **more})
    return Job.objects.filter(name="write organisations").first()


def page(client, job: Job) -> str:
    return client.get(job.get_absolute_url()).content.decode()


def worked(job: Job) -> Job:
    work_on(str(job.pk))
    job.refresh_from_db()
    return job


@pytest.mark.parametrize("content", [GOOD, as_xlsx(GOOD)], ids=["CSV", "xlsx"])
def test_it_is_looked_at_then_written(coordinator, content):
    job = looked(coordinator, content)
    assert not Organisation.objects.exists()
    assert "This file would make 2 new" in page(coordinator, job)
    assert 'name="looked"' in page(coordinator, job)
    written = said_yes(coordinator, job)
    assert Organisation.objects.count() == 2
    assert "Written: 2 new" in page(coordinator, written)


def test_the_file_is_in_the_database_until_it_is_written_and_no_longer(coordinator, no_worker):
    job = worked(looked(coordinator))
    assert Upload.objects.get().job == job
    written = said_yes(coordinator, job)
    assert Upload.objects.get().job == written
    worked(written)
    assert not Upload.objects.exists()
    assert 'name="looked"' not in page(coordinator, job)


def test_erasing_the_report_is_not_said_to_take_back_what_was_written(coordinator):
    job = looked(coordinator)
    written = said_yes(coordinator, job)
    assert "What was written stays." not in page(coordinator, job)
    answer = page(coordinator, written)
    assert "Erase this report" in answer
    assert "What was written stays." in answer
    answer = coordinator.post(reverse("jobs:job_forget", args=[written.pk]), follow=True)
    assert "It is erased, with its file. What was written stays." in answer.content.decode()
    assert Organisation.objects.count() == 2


def test_pressed_twice_it_is_written_once(coordinator):
    job = looked(coordinator)
    assert said_yes(coordinator, job) == said_yes(coordinator, job)
    assert (Job.objects.count(), Organisation.objects.count()) == (2, 2)


def test_a_worker_that_is_killed_while_it_writes_has_written_nothing(coordinator, no_worker, monkeypatch):
    job = said_yes(coordinator, worked(looked(coordinator)))
    kind, apply = type(KINDS[0]), type(KINDS[0]).apply

    def until_killed(self, plan, acting) -> None:
        apply(self, plan, acting)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(kind, "apply", until_killed)
        with pytest.raises(Killed):
            work_on(str(job.pk))
    assert not Organisation.objects.exists()
    coordinator.post(reverse("jobs:job_restart", args=[aged(job, minutes=61).pk]))
    worked(job)
    assert Organisation.objects.count() == 2
    assert "Written: 2 new" in page(coordinator, job)


def test_one_that_is_killed_before_it_says_so_has_written_nothing_either(coordinator, no_worker, monkeypatch):
    def killed(*_args, **_kwargs) -> None:
        raise Killed

    job = said_yes(coordinator, worked(looked(coordinator)))
    with monkeypatch.context() as patch:
        patch.setattr("web.jobs.working.finish", killed)
        with pytest.raises(Killed):
            work_on(str(job.pk))
    assert not Organisation.objects.exists()
    coordinator.post(reverse("jobs:job_restart", args=[aged(job, minutes=61).pk]))
    assert "Written: 2 new" in page(coordinator, worked(job))


def test_a_bad_cell_is_said_and_there_is_no_button_to_write(coordinator):
    job = looked(coordinator, GOOD + "Le Donjon;castle;99\n")
    assert "This word is not in the list" in page(coordinator, job)
    assert 'name="looked"' not in page(coordinator, job)
    said_yes(coordinator, job)
    assert not Organisation.objects.exists()


def test_the_same_file_again_changes_nothing(coordinator):
    said_yes(coordinator, looked(coordinator))
    again = looked(coordinator)
    assert HERE in page(coordinator, again)
    assert not Upload.objects.exists()
    assert 'name="looked"' not in page(coordinator, again)


def test_what_changed_meanwhile_is_said_and_nothing_is_written(coordinator, no_worker):
    job = said_yes(coordinator, worked(looked(coordinator)))
    Organisation.objects.create(house=the_house(), name="Les Lilas", is_confidential=True, region_id=region())
    assert "A place of this name is known" in page(coordinator, worked(job))
    assert Organisation.objects.count() == 1


def region() -> int:
    from network.models import Region

    return Region.objects.get(code="11").pk


def test_a_name_that_nobody_knows_waits_for_its_tick(coordinator, monkeypatch):
    plan = Plan(create=1, unknown=[Unknown("structure", "CHRS Nord", rows=3)], work=[])
    monkeypatch.setattr(type(KINDS[0]), "plan", lambda self, rows, acting: plan)
    job = looked(coordinator)
    assert 'value="structure:CHRS Nord"' in page(coordinator, job)
    assert said_yes(coordinator, job) is None
    written = said_yes(coordinator, job, ticked="structure:CHRS Nord")
    assert "Written: 1 new" in page(coordinator, written)


def test_a_look_whose_report_is_gone_is_said_to_be_no_longer_there(coordinator):
    job = looked(coordinator)
    job.file.storage.delete(job.file.name)
    answer = coordinator.post(PAGE, {"looked": job.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == PAGE
    assert "no longer there" in answer.content.decode()
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("is_row", [True, False], ids=["its row", "its report"])
def test_names_that_were_ticked_on_a_look_that_is_erased_are_known_no_more(coordinator, no_worker, monkeypatch, is_row):
    plan = Plan(create=1, unknown=[Unknown("structure", "CHRS Nord", rows=3)], work=[])
    monkeypatch.setattr(type(KINDS[0]), "plan", lambda self, rows, acting: plan)
    job = worked(looked(coordinator))
    written = said_yes(coordinator, job, ticked="structure:CHRS Nord")
    if is_row:
        coordinator.post(reverse("jobs:job_forget", args=[job.pk]))
    else:
        job.file.storage.delete(job.file.name)
    shown = page(coordinator, worked(written))
    assert "This file is no longer there. Choose it again." in shown
    assert "Tick the names" not in shown


def test_a_file_without_new_names_is_written_though_its_look_is_erased(coordinator, no_worker):
    job = worked(looked(coordinator))
    written = said_yes(coordinator, job)
    coordinator.post(reverse("jobs:job_forget", args=[job.pk]))
    assert "Written: 2 new" in page(coordinator, worked(written))


def test_who_lost_the_right_meanwhile_writes_nothing(coordinator, no_worker):
    job = said_yes(coordinator, worked(looked(coordinator)))
    Membership.objects.filter(user=coordinator.user).delete()
    assert (worked(job).state, job.problem) == (JobState.FAILED, Problem.REFUSED)
    assert not Organisation.objects.exists()


def test_what_another_looked_at_is_nobody_else_s(coordinator):
    job = looked(coordinator)
    coordinator.force_login(a_coordinator())
    assert coordinator.get(job.get_absolute_url()).status_code == 404
    assert said_yes(coordinator, job) is None
    for nothing in ("", "x", a_key()):
        answer = coordinator.post(PAGE, {"looked": nothing}, follow=True)
        assert "no longer there" in answer.content.decode()


def test_what_was_looked_at_for_one_house_is_not_written_to_another(coordinator):
    job, other = looked(coordinator), the_house("Maison des Saules")
    Membership.objects.create(user=coordinator.user, role="coordinator", house=other)
    coordinator.post(reverse("choose_house"), {"house": other.pk})
    assert said_yes(coordinator, job) is None
    assert not Organisation.objects.exists()


def test_while_no_worker_runs_the_page_says_so(coordinator, no_worker):
    job = aged(looked(coordinator), minutes=9)
    assert "may not be running" in page(coordinator, job)


def test_the_file_is_erased_with_the_look(coordinator):
    coordinator.post(reverse("jobs:job_forget", args=[looked(coordinator).pk]))
    assert not Upload.objects.exists()


def test_a_file_that_is_sent_twice_is_looked_at_once(coordinator):
    sent = {"key": a_key()}
    for _time in range(2):
        coordinator.post(PAGE, {**sent, "file": SimpleUploadedFile("a.csv", GOOD.encode())})
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (GOOD.encode(), 2),
        (GOOD.encode().rstrip(), 2),
        (as_xlsx(GOOD), 2),
        (b'[{"name": "A"}, {"name": "B"}]', 2),
    ],
    ids=["CSV", "CSV without its last line end", "xlsx", "JSON"],
)
def test_rows_are_counted_without_being_read(content, rows):
    assert count_rows(content) == rows
