"""What is erased in time of long work: the rows, their files, and what the tasks left. `manage.py tidy` runs it."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from web.jobs.models import FOLDER, FOLDER_BEFORE, KEPT, Job
from web.jobs.operations import erase


def erase_jobs() -> int:
    """Erase what is past its term, each with its files; what let go of its file in between is left."""
    erased = 0
    for pk in Job.objects.past_their_term().values_list("pk", flat=True):
        with transaction.atomic():
            job = Job.objects.select_for_update().filter(pk=pk).first()
            if job is not None and Job.objects.past_their_term().filter(pk=pk).exists():
                erase(job)
                erased += 1
    return erased


def erase_lost_files() -> int:
    """Erase files of more than a day ago that no row knows: a machine may stop between a file and its row."""
    before, erased = timezone.now() - KEPT, 0
    known = set(Job.objects.exclude(file="").values_list("file", flat=True))
    for name in (*_files_in(FOLDER), *_files_in(FOLDER_BEFORE)):
        if name not in known and default_storage.get_modified_time(name) < before:
            default_storage.delete(name)
            erased += 1
    return erased


def erase_results() -> int:
    """Erase what tasks left: those that ended more than a day ago, and those whose worker never ended them."""
    before = timezone.now() - timedelta(days=1)
    ended = DBTaskResult.objects.finished().filter(finished_at__lt=before).delete()[0]
    return ended + DBTaskResult.objects.running().filter(started_at__lt=before).delete()[0]


def _files_in(folder: str) -> list[str]:
    return [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]] if default_storage.exists(folder) else []
