"""What accounts must not keep: attempts to sign in after a day, sessions once they have ended."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.utils import timezone

ATTEMPTS_ARE_KEPT = timedelta(hours=24)


def erase_attempts() -> int:
    return AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - ATTEMPTS_ARE_KEPT).delete()[0]


def erase_sessions() -> int:
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
