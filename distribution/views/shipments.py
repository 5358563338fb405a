"""Shipments: what leaves for an organisation, step by step."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from distribution.drafts import draft_shipment, edit_shipment
from distribution.filters import ShipmentFilter
from distribution.forms import AcknowledgeForm, ShipmentForm, ShipmentLines, catalogue_of_shipments
from distribution.kit_papers import why_no_kit_papers
from distribution.models import Shipment
from distribution.perms import COORDINATES, HANDS_OVER, READS_SHIPMENTS, way_to_acknowledge
from distribution.shipments import (
    acknowledge_shipment,
    cancel_shipment,
    hand_over_shipment,
    pack_shipment,
    take_back_shipment,
)
from network.perms import requires
from network.requests import Request
from web.errors import Refused, attach
from web.forms import IdempotentForm
from web.lists import list_page
from web.messages import refuse, succeed
from web.questions import Question


def the_shipment(request: Request, pk: int) -> Shipment:
    return get_object_or_404(Shipment.objects.visible_to(request.acting).for_display(), pk=pk)


@requires(*READS_SHIPMENTS)
def shipment_list(request: Request) -> HttpResponse:
    shipments = Shipment.objects.visible_to(request.acting).for_display()
    context = {"coordinates": request.acting.has_role(*COORDINATES)}
    return list_page(request, "distribution/shipment_list.html", shipments, ShipmentFilter, context)


@requires(*COORDINATES)
def shipment_create(request: Request) -> HttpResponse:
    form = ShipmentForm(request.POST or None, acting=request.acting)
    catalogue = catalogue_of_shipments(request.acting)
    lines = ShipmentLines(request.POST or None, prefix="lines", catalogue=catalogue)
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            shipment = draft_shipment(lines=lines.item_lines, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, lines, refused)
        else:
            succeed(request, _("%(shipment)s is drafted. Nothing is reserved yet.") % {"shipment": shipment})
            return redirect(shipment)
    context = {"form": form, "lines": lines, "catalogue": catalogue}
    return render(request, "distribution/shipment_create.html", context)


@requires(*COORDINATES)
def shipment_edit(request: Request, pk: int) -> HttpResponse:
    shipment = the_shipment(request, pk)
    written = [] if request.method == "POST" else list(shipment.lines.select_related("item"))
    form = ShipmentForm(request.POST or None, acting=request.acting, draft=shipment)
    catalogue = catalogue_of_shipments(request.acting)
    lines = ShipmentLines(request.POST or None, prefix="lines", catalogue=catalogue, written=written)
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        asked = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        try:
            edit_shipment(shipment=shipment, lines=lines.item_lines, actor=request.user, **asked)
        except Refused as refused:
            attach(form, lines, refused)
        else:
            succeed(request, _("%(shipment)s is changed.") % {"shipment": shipment})
            return redirect(shipment)
    context = {"form": form, "lines": lines, "catalogue": catalogue, "shipment": shipment}
    return render(request, "distribution/shipment_edit.html", context)


@requires(*READS_SHIPMENTS)
def shipment_detail(request: Request, pk: int) -> HttpResponse:
    shipment = the_shipment(request, pk)
    inside = request.acting.has_role(*HANDS_OVER)
    context = {
        "shipment": shipment,
        "lines": shipment.lines.select_related("item"),
        "kits": shipment.kits.select_related("kit").order_by("kit__code") if inside else [],
        "no_papers": why_no_kit_papers(shipment) if inside else None,
        "coordinates": request.acting.has_role(*COORDINATES),
        "hands_over": inside,
        "can_acknowledge": way_to_acknowledge(request.acting, shipment) is not None,
    }
    return render(request, "distribution/shipment_detail.html", context)


PACK = Question(
    gettext_lazy("Pack: %(shipment)s"),
    gettext_lazy(
        "Its kits and articles are kept for it: what expires first is taken first. Nobody else can take them then."
    ),
    gettext_lazy("Pack the shipment"),
)
CANCEL = Question(
    gettext_lazy("Give up: %(shipment)s"),
    gettext_lazy("What is kept for this shipment is free again. The shipment stays in the list, cancelled."),
    gettext_lazy("Give the shipment up"),
    is_danger=True,
)
HAND_OVER = Question(
    gettext_lazy("Hand over: %(shipment)s"),
    gettext_lazy("Its kits and articles leave the house now. Put the packing slip into the first box."),
    gettext_lazy("Hand the shipment over"),
)
TAKE_BACK = Question(
    gettext_lazy("Take back: %(shipment)s"),
    gettext_lazy("Its kits and articles are on the shelf again, and the shipment is a draft again."),
    gettext_lazy("Take the shipment back"),
    is_danger=True,
)


def _ask(request: Request, shipment: Shipment, question: Question, form: IdempotentForm | None = None) -> HttpResponse:
    context = {
        "question": replace(question, title=question.title % {"shipment": shipment}),
        "back_url": shipment.get_absolute_url(),
        "back_label": _("Back to the shipment"),
        "form": form,
        "shipment": shipment,
        "lines": shipment.lines.select_related("item"),
    }
    return render(request, "distribution/shipment_step.html", context)


def _step(
    request: Request,
    shipment: Shipment,
    question: Question,
    do: Callable[..., Any],
    said: str | Promise,
    undo: str | None = None,
) -> HttpResponse:
    """Ask once, then do it: one page for each step of a shipment."""
    form = IdempotentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            do(shipment=shipment, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, said % {"shipment": shipment}, undo=undo)
            return redirect(shipment)
    return _ask(request, shipment, question, form)


@requires(*HANDS_OVER)
def shipment_pack(request: Request, pk: int) -> HttpResponse:
    said = _("%(shipment)s is packed: its kits and articles are kept for it.")
    return _step(request, the_shipment(request, pk), PACK, pack_shipment, said)


@requires(*COORDINATES)
def shipment_cancel(request: Request, pk: int) -> HttpResponse:
    said = _("%(shipment)s is cancelled. What it kept is free again.")
    return _step(request, the_shipment(request, pk), CANCEL, cancel_shipment, said)


@requires(*HANDS_OVER)
def shipment_hand_over(request: Request, pk: int) -> HttpResponse:
    shipment = the_shipment(request, pk)
    said = _("%(shipment)s has left.")
    coordinates = request.acting.has_role(*COORDINATES)
    undo = reverse("distribution:shipment_take_back", args=[pk]) if coordinates else None
    return _step(request, shipment, HAND_OVER, hand_over_shipment, said, undo)


@requires(*COORDINATES)
def shipment_take_back(request: Request, pk: int) -> HttpResponse:
    """Undo the leaving; its key is that of the leaving, so that one press or ten are the same."""
    shipment = the_shipment(request, pk)
    if request.method != "POST":
        return _ask(request, shipment, TAKE_BACK)
    if shipment.leaving:
        try:
            key = f"take-back-{shipment.leaving_id}"
            take_back_shipment(operation=shipment.leaving, actor=request.user, key=key)
        except Refused as refused:
            refuse(request, str(refused))
            return redirect(shipment)
    succeed(request, _("%(shipment)s is back: its goods are on the shelf.") % {"shipment": shipment})
    return redirect(shipment)


@requires(*READS_SHIPMENTS)
def shipment_acknowledge(request: Request, pk: int) -> HttpResponse:
    shipment = the_shipment(request, pk)
    way = way_to_acknowledge(request.acting, shipment)
    if way is None:
        return _not_now(request, shipment)
    form = AcknowledgeForm(request.POST or None, shipment=shipment, way=way)
    if request.method == "POST" and form.is_valid():
        typed = {"key": form.cleaned_data["key"], "receipt_code": form.cleaned_data.get("receipt_code", "")}
        try:
            acknowledge_shipment(shipment=shipment, arrived=form.arrived, way=way, actor=request.user, **typed)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("%(shipment)s is acknowledged.") % {"shipment": shipment})
            return redirect(shipment)
    return render(request, "distribution/shipment_acknowledge.html", {"form": form, "shipment": shipment, "way": way})


def _not_now(request: Request, shipment: Shipment) -> HttpResponse:
    """Sent twice, or looked at too early: the shipment's own page says where it stands."""
    if shipment.acknowledgement and shipment.acknowledgement.key == request.POST.get("key"):
        succeed(request, _("%(shipment)s is acknowledged.") % {"shipment": shipment})
    return redirect(shipment)
