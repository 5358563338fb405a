"""What one asked for that takes long: the list, one of them with how far it is, what was made."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from web.errors import Refused
from web.jobs.enums import JobState, Problem
from web.jobs.kinds import Leaving, NotYours
from web.jobs.models import Job, with_signs
from web.jobs.operations import forget_job, start_again
from web.jobs.taking_in import TakingIn
from web.lists import list_page, wants_fragment
from web.messages import refuse, succeed


def job_list(request: HttpRequest) -> HttpResponse:
    return list_page(request, "web/jobs/job_list.html", Job.objects.of(request.user), dress=with_signs)


def job_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is, and what came of a file that was taken in.

    The page asks for its fragment again every two seconds while there is something to come.
    """
    job = _mine(request, pk)
    template = "web/jobs/_job_detail.html" if wants_fragment(request) else "web/jobs/job_detail.html"
    context = {"job": job, "before": job.waiting_before, "is_fragment": wants_fragment(request), **_shown(job)}
    answer = render(request, template, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def job_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file, for who asked for it and may still see what it is about."""
    job = _mine(request, pk)
    if not isinstance(job.kind, Leaving):
        raise Http404
    return job.kind.answer(job, _made(job))


@require_POST
def job_restart(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = _mine(request, pk)
    try:
        start_again(job=job, actor=request.user)
    except Refused as refused:
        refuse(request, str(refused))
        return redirect("jobs:job_list")
    return redirect(job)


@require_POST
def job_forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Erase it, and say what stays; pressed twice, the second finds nothing and says that it is erased."""
    job = Job.objects.of(request.user).filter(pk=pk).first()
    said = [_("It is erased, with its file.")]
    if job is not None:
        forget_job(job=job, actor=request.user)
        said.append(job.what_stays)
    succeed(request, " ".join(said).strip())
    return redirect("jobs:job_list")


def _mine(request: HttpRequest, pk: UUID) -> Job:
    return get_object_or_404(Job.objects.of(request.user), pk=pk)


def _made(job: Job) -> bytes:
    """What was made, for who may still see what it is about. Raises Http404."""
    if job.state != JobState.DONE or job.kind is None:
        raise Http404
    try:
        job.kind.check(job.owner, job.arguments)
        with job.file.open() as file:
            return file.read()
    except (NotYours, FileNotFoundError) as gone:
        raise Http404 from gone


def _shown(job: Job) -> dict[str, object]:
    """What the page itself shows of what was made, or why it shows nothing; a file is opened by its button."""
    if job.state != JobState.DONE:
        return {}
    try:
        if isinstance(job.kind, Leaving) and job.kind.sees:
            job.kind.sees(job.owner, job.arguments)
        if not isinstance(job.kind, TakingIn):
            return {}
        template, context = job.kind.shown(job, _made(job))
    except (NotYours, Http404):
        return {"why_nothing": Problem.REFUSED.label}
    return {"outcome_template": template, **context}
