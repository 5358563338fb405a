"""What `manage.py db_worker` runs. A task is given the id of its print and nothing else, and raises nothing."""

from django_tasks import task


@task()
def make_print(job: str) -> None:
    """Make the print of this id, unless another worker has it, it was forgotten, or it is made already."""
    from printing.working import work_on

    work_on(job)
