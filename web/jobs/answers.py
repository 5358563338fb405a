"""How a page answers with what takes long: at once while it is short, else as work that one can leave."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from web.errors import Refused, attach
from web.forms import IdempotentForm
from web.jobs.kinds import Arguments, Leaving, NotYours, kinds
from web.jobs.models import Job
from web.jobs.operations import start_job


def job_response(request: HttpRequest, name: str, arguments: Arguments) -> HttpResponse:
    """The file `name` about `arguments`. A long one is offered with its length, and begun by a POST.

    Raises Http404 where who asks may not see what it is about, and for work that takes a file in.
    """
    kind = kinds[name]
    if not isinstance(kind, Leaving):
        raise Http404
    try:
        work = kind.prepare(request.user, arguments)
    except NotYours as refused:
        raise Http404 from refused
    if work.total <= kind.at_once:
        return kind.answer(Job(name=name, arguments=arguments), work.make(lambda _done: None))
    form = IdempotentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            job = start_job(name=name, arguments=arguments, actor=request.user, key=form.cleaned_data["key"])
        except Refused as refused:
            attach(form, None, refused)
        else:
            return redirect(job)
    back_url = kind.back_to(arguments, request.GET)
    context = {"kind": kind, "offer": kind.offer(work.total), "form": form, "back_url": back_url}
    return render(request, "web/jobs/job_start.html", context)
