"""One's own prints: the list, one of them with how far it is, its file."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from printing.enums import PrintState
from printing.models import PrintJob
from printing.operations import forget_print, start_again
from printing.papers import NEUTRAL, NotYours
from printing.pdf import pdf_response
from web.errors import Refused
from web.lists import list_page, wants_fragment
from web.messages import refuse, succeed


def print_list(request: HttpRequest) -> HttpResponse:
    return list_page(request, "printing/print_list.html", PrintJob.objects.of(request.user))


def print_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is; the page asks for its fragment again every two seconds while there is something to come."""
    job = _mine(request, pk)
    template = "printing/_print_detail.html" if wants_fragment(request) else "printing/print_detail.html"
    context = {"job": job, "before": job.waiting_before, "is_fragment": wants_fragment(request)}
    answer = render(request, template, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def print_file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file, for who asked for it and may still see what it is about."""
    job = _mine(request, pk)
    if job.state != PrintState.DONE or job.kind is None:
        raise Http404
    try:
        job.kind.check(request.user, job.arguments)
        with job.file.open() as file:
            return pdf_response(file.read(), NEUTRAL)
    except (NotYours, FileNotFoundError) as gone:
        raise Http404 from gone


@require_POST
def print_restart(request: HttpRequest, pk: UUID) -> HttpResponse:
    job = _mine(request, pk)
    try:
        start_again(job=job, actor=request.user)
    except Refused as refused:
        refuse(request, str(refused))
        return redirect("printing:print_list")
    return redirect(job)


@require_POST
def print_forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Erase it; pressed twice, the second finds nothing and says the same."""
    job = PrintJob.objects.of(request.user).filter(pk=pk).first()
    if job is not None:
        forget_print(job=job, actor=request.user)
    succeed(request, _("The print and its file are erased."))
    return redirect("printing:print_list")


def _mine(request: HttpRequest, pk: UUID) -> PrintJob:
    return get_object_or_404(PrintJob.objects.of(request.user), pk=pk)
