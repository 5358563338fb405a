"""Cartons and pallets: where each is, what came out of it, their labels, and the van that collects them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from donations.containers.filters import ContainerFilter
from donations.containers.forms import CollectForm, ContainerForm, ContainerLabelsForm
from donations.containers.labels import container_labels as labels_of
from donations.containers.operations import collect, fill, uncollect, unfill
from donations.enums import DropOffKind
from donations.models import Container
from donations.perms import TAKES_IN, can_reverse
from donations.sorting.contents import contents_of
from donations.sorting.operations import reopen
from donations.taking_back import take_back_page
from network.perms import requires
from network.requests import Request
from printing.pdf import pdf_response
from web.errors import Refused, attach
from web.lists import list_page
from web.messages import succeed
from web.numbers import grouped
from web.questions import Question

LABELLED = 200  # containers that one page offers to label, or to collect
REMEMBERED = "container"  # in the session: the point and the drive of the last form
NEUTRAL = "etiquettes.pdf"
UNFILL = Question(
    gettext_lazy("Take a container back"),
    gettext_lazy(
        "%(container)s was never filled: it stays in the list as taken back, and its code is used for no other."
    ),
    gettext_lazy("Take it back"),
    is_danger=True,
)
UNCOLLECT = Question(
    gettext_lazy("Take a collection back"),
    gettext_lazy("%(container)s, and what was collected with it, is at its point again and waits to be collected."),
    gettext_lazy("Take it back"),
    is_danger=True,
)
REOPEN = Question(
    gettext_lazy("Open a sorted container again"),
    gettext_lazy("%(container)s is not finished any more: what is still in it can be sorted. Its parts stay recorded."),
    gettext_lazy("Open it again"),
)


@requires(*TAKES_IN)
def container_list(request: Request) -> HttpResponse:
    containers = Container.objects.visible_to(request.acting)
    context = {"counts": containers.count_states(), "actions": _actions()}
    page = "donations/containers/container_list.html"
    return list_page(request, page, containers.for_display(), ContainerFilter, context)


def _actions() -> list[dict[str, Any]]:
    """What one does with containers, the likeliest first."""
    doors = [
        (_("Collect containers"), "container_collect", "truck"),
        (_("Fill a container"), "container_create", "plus-lg"),
        (_("Print labels"), "container_labels", "tag"),
    ]
    return [
        {"label": label, "url": reverse(f"donations:{route}"), "icon": icon, "primary": not number}
        for number, (label, route, icon) in enumerate(doors)
    ]


@requires(*TAKES_IN)
def container_detail(request: Request, pk: int) -> HttpResponse:
    container = _find(request, pk)
    last = container.finished or container.collected or container.filled
    context = {
        "container": container,
        "title": capfirst(str(container)),
        "can_undo": can_reverse(request.acting, last),
        **contents_of(container, request.acting),
    }
    return render(request, "donations/containers/container_detail.html", context)


@requires(*TAKES_IN)
def container_create(request: Request) -> HttpResponse:
    """Give a carton or a pallet its code."""
    asked_for = {"site": request.GET["site"]} if "site" in request.GET else {}
    initial = {**request.session.get(REMEMBERED, {}), **asked_for}
    form = ContainerForm(request.POST or None, acting=request.acting, initial=initial)
    if request.method == "POST" and form.is_valid():
        asked = {**form.cleaned_data, "kind": DropOffKind(form.cleaned_data["kind"])}
        try:
            container = fill(actor=request.user, **asked).container_filled
        except Refused as refused:
            attach(form, None, refused)
        else:
            request.session[REMEMBERED] = {name: asked[name].pk for name in ("site", "drive")}
            undo = reverse("donations:container_unfill", args=[container.pk])
            said = _("%(container)s is on its way. Write the code on it, or stick its label on.")
            succeed(request, said % {"container": capfirst(str(container))}, undo=undo)
            return redirect(container)
    return render(request, "donations/containers/container_create.html", {"form": form})


@requires(*TAKES_IN)
def container_collect(request: Request) -> HttpResponse:
    """Choose what leaves with a van, and where it is brought."""
    waiting = Container.objects.visible_to(request.acting).to_collect().for_display()
    among = Container.objects.visible_to(request.acting).standing()
    form = CollectForm(request.POST or None, acting=request.acting, containers=among)
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            collect(containers=asked["containers"], to=asked["to"], actor=request.user, key=str(asked["key"]))
        except Refused as refused:
            attach(form, None, refused)
        else:
            count, first = len(asked["containers"]), asked["containers"][0]
            said = ngettext(
                "%(count)s container leaves for %(site)s.", "%(count)s containers leave for %(site)s.", count
            )
            undo = reverse("donations:container_uncollect", args=[first.pk])
            succeed(request, said % {"count": grouped(count), "site": asked["to"]}, undo=undo)
            return redirect("donations:container_list")
    rows = list(waiting.order_by("site__name", "filled_on", "pk")[:LABELLED])
    context = {"form": form, "rows": rows, "ticked": set(request.POST.getlist("containers"))}
    return render(request, "donations/containers/container_collect.html", context)


@requires(*TAKES_IN)
def container_labels(request: Request) -> HttpResponse:
    """Choose containers and labels, then the PDF. Those that wait at their point are ticked where nobody chose."""
    among = Container.objects.visible_to(request.acting).standing().for_display()
    asked = [pk for pk in request.GET.getlist("containers") if pk.isdecimal() and len(pk) < 19]
    form = ContainerLabelsForm(request.GET if "label_format" in request.GET else None, containers=among)
    if form.is_valid():
        chosen: Any = form.cleaned_data.pop("containers").order_by("pk").select_related("site")
        return pdf_response(labels_of(chosen, **form.cleaned_data), NEUTRAL)
    point = request.GET.get("site", "")
    here = among.filter(site=int(point)) if point.isdecimal() and len(point) < 19 else among
    rows = list(among.filter(pk__in=asked) if asked and not form.is_bound else here.to_sort()[:LABELLED])
    ticked = set(asked) if asked else {str(row.pk) for row in rows if row.is_to_collect}
    return render(request, "donations/containers/container_labels.html", {"form": form, "rows": rows, "ticked": ticked})


@requires(*TAKES_IN)
def container_unfill(request: Request, pk: int) -> HttpResponse:
    container = _find(request, pk)
    said = _("Taken back: %(container)s.") % {"container": container}
    about: dict[str, Any] = {"container": container, "back_url": container.get_absolute_url(), "said": said}
    return take_back_page(request, UNFILL, container.filled, unfill, **about)


@requires(*TAKES_IN)
def container_uncollect(request: Request, pk: int) -> HttpResponse:
    container = _find(request, pk)
    if container.collected is None:
        raise Http404
    said = _("The collection is taken back: %(container)s waits at its point again.") % {"container": container}
    about: dict[str, Any] = {"container": container, "back_url": container.get_absolute_url(), "said": said}
    return take_back_page(request, UNCOLLECT, container.collected, uncollect, **about)


@requires(*TAKES_IN)
def container_reopen(request: Request, pk: int) -> HttpResponse:
    container = _find(request, pk)
    if container.finished is None:
        raise Http404
    said = _("%(container)s is open again.") % {"container": capfirst(str(container))}
    about: dict[str, Any] = {"container": container, "back_url": container.get_absolute_url(), "said": said}
    return take_back_page(request, REOPEN, container.finished, reopen, **about)


def _find(request: Request, pk: int) -> Container:
    return get_object_or_404(Container.objects.visible_to(request.acting).with_way(), pk=pk)
