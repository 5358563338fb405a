"""Reading a file: choose it, look at what it would do, then write all of it or nothing."""

from operator import itemgetter
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kitdrive.imports.forms import FileForm
from kitdrive.imports.keeping import keep, take_back
from kitdrive.imports.listing import KINDS, columns, example, title
from kitdrive.imports.long import Look, NoLongerThere, look_at, look_of, write_looked
from network.perms import COORDINATES, requires
from network.requests import Request, house_of
from web.errors import Refused
from web.exports import csv_response
from web.imports.kinds import ImportKind, ImportRefused, apply_import, dry_run, find_kind, heading_errors
from web.imports.reader import count_rows
from web.imports.report import Plan, Report
from web.jobs.kinds import Sent
from web.messages import refuse, succeed


@requires(*COORDINATES)
def import_list(request: Request) -> HttpResponse:
    kinds = []
    for kind in KINDS:
        known = columns(kind)
        needed, others = [each for each in known if each.is_required], [each for each in known if not each.is_required]
        kinds.append({"slug": kind.slug, "title": title(kind), "needed": needed, "others": others})
    return render(request, "kitdrive/import_list.html", {"kinds": kinds})


@requires(*COORDINATES)
def import_example(request: Request, kind: str) -> StreamingHttpResponse:
    found = _find(kind)
    table = example(found)
    cells = [(column, itemgetter(column)) for column in table.columns]
    name = _("example of %(kind)s") % {"kind": found.label}
    return csv_response(name, cells, [row.cells for row in table.rows])


@requires(*COORDINATES)
def import_file(request: Request, kind: str) -> HttpResponse:
    found = _find(kind)
    if "kept" in request.POST:
        return _write(request, found)
    if "looked" in request.POST:
        return _write_looked(request, found)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        return _look(request, found, form, Sent(file.read(), file.name))
    return _page(request, found, form=form)


def _look(request: Request, kind: ImportKind, form: FileForm, sent: Sent) -> HttpResponse:
    """What a file would do. One of many rows is the worker's, unless its headings already say that it is refused."""
    looked: dict[str, Any] = {}
    try:
        rows = count_rows(sent.content)
        errors = heading_errors(kind, sent.content, sent.name) if rows > Look.at_once else []
        if rows > Look.at_once and not errors:
            return redirect(look_at(kind, sent, house_of(request), request.user, form.cleaned_data["key"]))
        report = Report(rows, errors, Plan()) if errors else dry_run(kind, sent.content, sent.name, request.acting)
        looked = {"report": report, "filename": sent.name}
        if report.is_clean and not report.changes_nothing:
            looked["kept"] = keep(sent.content, sent.name, kind, request.acting)
    except Refused as refused:
        form.add_error("file", str(refused))
    return _page(request, kind, form=form, **looked)


def _write(request: Request, kind: ImportKind) -> HttpResponse:
    kept, ticked = request.POST["kept"], frozenset(request.POST.getlist("ticked"))
    try:
        content, filename = take_back(kept, kind, request.acting)
        report = apply_import(kind, content, filename, request.acting, ticked=ticked)
    except ImportRefused as refused:
        again = {"kept": kept, "ticked": ticked, "refusal": refused} if refused.report.is_clean else {}
        return _page(request, kind, form=FileForm(), report=refused.report, filename=filename, **again)
    except Refused as refused:
        refuse(request, str(refused))
    else:
        succeed(request, _("%(file)s: %(outcome)s") % {"file": filename, "outcome": report.sentence})
    return redirect("import_file", kind.slug)


def _write_looked(request: Request, kind: ImportKind) -> HttpResponse:
    """The same of a file that the worker looked at, and keeps."""
    try:
        look = look_of(request.user, house_of(request), kind, request.POST["looked"])
    except NoLongerThere as gone:
        return _choose_again(request, kind, gone)
    try:
        return redirect(write_looked(look, kind, frozenset(request.POST.getlist("ticked")), request.user))
    except NoLongerThere as gone:
        return _choose_again(request, kind, gone)
    except Refused as refused:
        refuse(request, str(refused))
        return redirect(look)


def _choose_again(request: Request, kind: ImportKind, gone: NoLongerThere) -> HttpResponse:
    refuse(request, str(gone))
    return redirect("import_file", kind.slug)


def _page(request: Request, kind: ImportKind, **context: Any) -> HttpResponse:
    known = {"kind": kind, "title": title(kind), "columns": columns(kind)}
    return render(request, "kitdrive/import_file.html", {**known, **context})


def _find(slug: str) -> ImportKind:
    kind = find_kind(KINDS, slug)
    if kind is None:
        raise Http404
    return kind
