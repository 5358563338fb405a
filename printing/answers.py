"""How a page answers with a paper: at once while it is short, else as a print that one can leave."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from printing.operations import start_print
from printing.papers import AT_ONCE, NEUTRAL, Arguments, NotYours, papers
from printing.pdf import pdf_response
from web.errors import Refused, attach
from web.forms import IdempotentForm


def paper_response(request: HttpRequest, name: str, arguments: Arguments) -> HttpResponse:
    """The paper `name` about `arguments`. A long one is offered with its number of pages, and begun by a POST.

    Raises Http404 where who asks may not see what it is about.
    """
    paper = papers[name]
    try:
        work = paper.prepare(request.user, arguments)
    except NotYours as refused:
        raise Http404 from refused
    if work.sheets <= AT_ONCE:
        return pdf_response(work.make(lambda _sheets: None), NEUTRAL)
    form = IdempotentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            job = start_print(paper=name, arguments=arguments, actor=request.user, key=form.cleaned_data["key"])
        except Refused as refused:
            attach(form, None, refused)
        else:
            return redirect(job)
    context = {"label": paper.label, "sheets": work.sheets, "form": form, "back_url": paper.back(arguments)}
    return render(request, "printing/print_start.html", context)
