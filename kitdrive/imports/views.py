"""Reading a file: choose it, look at what it would do, then write all of it or nothing."""

from operator import itemgetter
from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kitdrive.imports.forms import FileForm
from kitdrive.imports.keeping import keep, take_back
from kitdrive.imports.listing import KINDS, columns, example, title
from network.perms import COORDINATES, requires
from network.requests import Request
from web.errors import Refused
from web.exports import csv_response
from web.imports.kinds import ImportKind, ImportRefused, apply_import, dry_run, find_kind
from web.messages import refuse, succeed


@requires(*COORDINATES)
def import_list(request: Request) -> HttpResponse:
    kinds = [{"slug": kind.slug, "title": title(kind), "columns": columns(kind)} for kind in KINDS]
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
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    looked: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            report = dry_run(found, content, file.name, request.acting)
            looked = {"report": report, "filename": file.name}
            if report.is_clean and not report.changes_nothing:
                looked["kept"] = keep(content, file.name, found, request.acting)
        except Refused as refused:
            form.add_error("file", str(refused))
    return _page(request, found, form=form, **looked)


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


def _page(request: Request, kind: ImportKind, **context: Any) -> HttpResponse:
    known = {"kind": kind, "title": title(kind), "columns": columns(kind)}
    return render(request, "kitdrive/import_file.html", {**known, **context})


def _find(slug: str) -> ImportKind:
    kind = find_kind(KINDS, slug)
    if kind is None:
        raise Http404
    return kind
