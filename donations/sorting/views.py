"""The sorting table: a container is scanned, becomes articles and refusals part by part, and is finished."""

from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.models import Container, Sorting
from donations.perms import TAKES_IN
from donations.scanned_lines import posted
from donations.sorting.contents import contents_of
from donations.sorting.finding import NotFound, find_container
from donations.sorting.forms import FindForm, RefusalsForm, SortingForm, SortingLines, sorting_catalogue
from donations.sorting.operations import finish, sort, unsort
from donations.sorting.panel import tiles_of
from donations.taking_back import take_back_page
from network.perms import requires
from network.requests import Request
from web.errors import Refused, attach
from web.messages import refuse, succeed
from web.questions import Question

SHOWN = 60  # containers that each list of the first page holds
REMEMBERED = "sorting_place"  # in the session
FINISH = "finish"
TAKE_BACK = Question(
    gettext_lazy("Take a part back"),
    gettext_lazy("What this part brought out of %(container)s leaves the stock, and its refusals are taken back."),
    gettext_lazy("Take it back"),
    is_danger=True,
)


@requires(*TAKES_IN)
def sorting_find(request: Request) -> HttpResponse:
    """Scan or type a code, or a part of one; or choose among what waits here, or what is not here yet."""
    waiting = Container.objects.visible_to(request.acting).for_display().order_by("filled_on", "pk")
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            found = find_container(request.acting, form.cleaned_data["code"])
        except NotFound as refused:
            attach(form, None, refused)
            waiting = waiting.filter(pk__in=refused.alike) if refused.alike else waiting
        else:
            return redirect("donations:container_sort", found.pk)
    here, elsewhere = waiting.to_sort_here(request.acting), waiting.to_sort_elsewhere(request.acting)
    context = {"form": form, "here": here[:SHOWN], "elsewhere": elsewhere[:SHOWN]}
    return render(request, "donations/sorting/sorting_find.html", context)


@requires(*TAKES_IN)
def container_sort(request: Request, pk: int) -> HttpResponse:
    container = get_object_or_404(Container.objects.visible_to(request.acting).with_way(), pk=pk)
    catalogue = sorting_catalogue(container)
    data, scan = posted(request, catalogue, "lines")
    initial = {"place": request.session[REMEMBERED]} if REMEMBERED in request.session else {}
    form = SortingForm(data, acting=request.acting, container=container, initial=initial)
    lines = SortingLines(data, prefix="lines", catalogue=catalogue)
    refusals = RefusalsForm(data, prefix="refused")
    if request.method == "POST" and all([form.is_valid(), lines.is_valid(), refusals.is_valid()]):
        try:
            return _record(request, container, form.cleaned_data, lines, refusals)
        except Refused as refused:
            attach(form, lines, refused)
    elif request.method != "POST" and not container.is_to_sort:
        return redirect(container)
    context = {"container": container, "form": form, "lines": lines, "refused": refusals, "catalogue": catalogue}
    context |= {"scan": scan, "tiles": tiles_of(catalogue), **contents_of(container, request.acting)}
    return render(request, "donations/sorting/container_sort.html", context)


def _record(
    request: Request, container: Container, asked: dict[str, Any], lines: SortingLines, refusals: RefusalsForm
) -> HttpResponse:
    """Record the part that was typed, if any, and finish the container where that was pressed."""
    is_end = request.POST.get("then") == FINISH
    if not is_end or lines.filled_forms or refusals.refusals:
        sorting = sort(
            container=container,
            place=asked["place"],
            lines=lines.arrival_lines,
            refusals=refusals.refusals,
            sorted_on=asked["sorted_on"],
            actor=request.user,
            key=str(asked["key"]),
        ).sorting
        request.session[REMEMBERED] = asked["place"].pk
        return _after_a_part(request, sorting, asked, is_end=is_end)
    return _finish(request, container, asked)


def _finish(request: Request, container: Container, asked: dict[str, Any]) -> HttpResponse:
    key = str(uuid5(NAMESPACE_OID, f"{asked['key']} {FINISH}"))
    finish(container=container, lost_reason=asked["lost_reason"], actor=request.user, key=key)
    undo = reverse("donations:container_reopen", args=[container.pk])
    succeed(request, _("%(container)s is sorted.") % {"container": capfirst(str(container))}, undo=undo)
    return redirect("donations:sorting_find")


def _after_a_part(request: Request, sorting: Sorting, asked: dict[str, Any], *, is_end: bool) -> HttpResponse:
    """Finish where that was pressed too; where it cannot be yet, the part stays recorded, and the page says why."""
    refusal = None
    if is_end:
        try:
            return _finish(request, sorting.container, asked)
        except Refused as refused:
            refusal = refused
    said = _("%(sorting)s is recorded.") % {"sorting": capfirst(str(sorting))}
    succeed(request, said, undo=reverse("donations:sorting_reverse", args=[sorting.pk]))
    if refusal:
        refuse(request, str(refusal))
    return redirect("donations:container_sort", sorting.container_id)


@requires(*TAKES_IN)
def sorting_reverse(request: Request, pk: int) -> HttpResponse:
    sortings = Sorting.objects.visible_to(request.acting).select_related(
        "container", "operation__house", "operation__reversed_by"
    )
    sorting = get_object_or_404(sortings, pk=pk)
    container = sorting.container
    said = _("Taken back: %(sorting)s. Its articles left the stock.") % {"sorting": sorting}
    back_url = container.get_absolute_url()
    return take_back_page(
        request, TAKE_BACK, sorting.operation, unsort, container=container, back_url=back_url, said=said
    )
