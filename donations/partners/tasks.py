"""What `manage.py db_worker` runs. A task is given the id of its letter and nothing else, and raises nothing."""

from datetime import datetime

from django_tasks import default_task_backend, task


@task()
def send_letter(letter: int) -> None:
    """Send the letter of this id, unless it was sent already or another worker is at it."""
    from donations.partners.sending import send

    send(letter)


def send_later(letter: int, moment: datetime) -> None:
    """Try again by itself at that moment, where the worker can wait; a person may do so before."""
    if default_task_backend.supports_defer:
        send_letter.using(run_after=moment).enqueue(letter)
