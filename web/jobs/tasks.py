"""What `manage.py db_worker` runs. A task is given the id of its work and nothing else, and raises nothing."""

from django_tasks import task


@task()
def do_job(job: str) -> None:
    """Do the work of this id, unless another worker has it, it was forgotten, or it is done already."""
    from web.jobs.working import work_on

    work_on(job)
