"""After a day nothing is left of a print: not its row, not its file, not what the task said."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.cast import a_coordinator, a_key
from tests.web.jobs.stage import PAPER, aged
from web.jobs.kinds import Sent
from web.jobs.models import Job, Upload
from web.jobs.operations import sent_with, start_job
from web.tidy import sweep

pytestmark = pytest.mark.django_db


@pytest.fixture
def swept(django_capture_on_commit_callbacks):
    """Sweep, and answer what was erased of what prints leave."""

    def erased() -> tuple[int, int, int]:
        with django_capture_on_commit_callbacks(execute=True):
            rows = sweep()
        return rows["long work"], rows["lost files of long work"], rows["results of tasks"]

    return erased


def test_prints_are_erased_after_a_day_with_their_files(a_job, swept):
    old, fresh = aged(a_job(a_coordinator()), hours=25), aged(a_job(a_coordinator()), hours=23)
    assert swept() == (1, 0, 0)
    assert Job.objects.get() == fresh
    assert not default_storage.exists(old.file.name)
    assert default_storage.exists(fresh.file.name)
    assert swept() == (0, 0, 0)


def test_a_file_that_came_in_is_erased_after_a_day_whatever_work_it_is_for(no_worker, swept):
    actor, came_at = a_coordinator(), timezone.now()
    asked = {"name": PAPER, "arguments": {"sheets": 3}, "actor": actor}
    with time_machine.travel(came_at, tick=False):
        first = start_job(**asked, key=a_key(), sent=Sent(b"kit,quantity", "kits.csv"))
    with time_machine.travel(came_at + timedelta(hours=23), tick=False):
        second = start_job(**asked, key=a_key(), sent=sent_with(first))
    with time_machine.travel(came_at + timedelta(days=1), tick=False):
        assert swept() == (0, 0, 0)
        assert sent_with(second).content == b"kit,quantity"
    with time_machine.travel(came_at + timedelta(days=1, seconds=1), tick=False):
        assert swept() == (2, 0, 0)
    assert not Upload.objects.exists()


def test_a_file_that_no_print_knows_is_erased_after_a_day(a_job, swept):
    known = a_job(a_coordinator())
    lost = default_storage.save("jobs/lost", ContentFile(b"%PDF"))
    assert swept() == (0, 0, 0)
    with time_machine.travel(timezone.now() + timedelta(hours=23), tick=False):
        assert swept() == (0, 0, 0)
    Job.objects.filter(pk=known.pk).update(made_at=timezone.now() + timedelta(hours=2))
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert swept() == (0, 1, 0)
    assert not default_storage.exists(lost)
    assert Path(default_storage.path(known.file.name)).exists()


def test_so_is_one_where_versions_before_kept_prints(swept):
    lost = default_storage.save("prints/lost", ContentFile(b"%PDF"))
    assert swept() == (0, 0, 0)
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert swept() == (0, 1, 0)
    assert not default_storage.exists(lost)


@pytest.mark.parametrize("status", [TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED, TaskResultStatus.RUNNING])
def test_what_tasks_left_is_erased_after_a_day(no_worker, a_job, swept, status):
    a_job(a_coordinator())
    now = timezone.now()
    DBTaskResult.objects.update(status=status, started_at=now, finished_at=now)
    assert swept() == (0, 0, 0)
    before = now - timedelta(hours=25)
    DBTaskResult.objects.update(started_at=before, finished_at=before)
    assert swept() == (0, 0, 1)


def test_a_task_that_waits_is_left(no_worker, a_job, swept):
    aged(a_job(a_coordinator()), hours=20)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(days=9))
    assert swept() == (0, 0, 0)
