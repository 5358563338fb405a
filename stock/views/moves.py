"""Moving, writing off and counting goods. First the place, then what lies there."""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from network.perms import COORDINATES, requires
from network.requests import Request
from stock.models import Balance, Lot, Operation, Place
from stock.movement_forms import AdjustmentForm, PlaceForm, TransferForm, WriteOffForm, lot_lines, places_of
from stock.operations import LotLine, adjust, transfer, write_off
from web.errors import Refused, attach
from web.messages import succeed
from web.numbers import grouped

LATEST_GONE = 50  # lots that may be counted again where they have run out
Post = Callable[[Form, list[LotLine]], Operation]


@requires(*COORDINATES)
def transfer_create(request: Request) -> HttpResponse:
    place = _place(request)
    if place is None:
        return _ask_place(request, "stock/transfer_create.html")
    form = TransferForm(request.POST or None, acting=request.acting, source=place)

    def post(form: Form, lines: list[LotLine]) -> Operation:
        return transfer(source=place, lines=lines, actor=request.user, **form.cleaned_data)

    return _with_lines(request, "stock/transfer_create.html", place, form, post)


@requires(*COORDINATES)
def write_off_create(request: Request) -> HttpResponse:
    place = _place(request)
    if place is None:
        return _ask_place(request, "stock/write_off_create.html")
    form = WriteOffForm(request.POST or None)

    def post(form: Form, lines: list[LotLine]) -> Operation:
        return write_off(place=place, lines=lines, actor=request.user, **form.cleaned_data)

    return _with_lines(request, "stock/write_off_create.html", place, form, post)


@requires(*COORDINATES)
def adjustment_create(request: Request) -> HttpResponse:
    place = _place(request)
    if place is None:
        return _ask_place(request, "stock/adjustment_create.html")
    balances = _countable(request, place)
    lot = _lot(request, balances)
    form = AdjustmentForm(request.POST or None, balances=balances, initial={"lot": lot and lot.pk})
    if form.is_valid():
        try:
            operation = adjust(place=place, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            counted = grouped(form.cleaned_data["counted"])
            said = {"lot": form.cleaned_data["lot"], "counted": counted, "place": place}
            return _done(request, operation, place, _("%(lot)s: %(counted)s at %(place)s, as you counted.") % said)
    context = {"form": form, "place": place, "nothing_here": not balances}
    return render(request, "stock/adjustment_create.html", context)


def _with_lines(request: Request, template: str, place: Place, form: Form, post: Post) -> HttpResponse:
    here = Balance.objects.at(place)
    # What has just run out is still known to a form that is sent: twice is once, and a shortage is said by name.
    balances = _sorted(here if request.method == "POST" else here.something_here())
    lines = lot_lines(request.POST or None, balances, _lot(request, balances))
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            operation = post(form, lines.lot_lines)
        except Refused as refused:
            attach(form, lines, refused)
        else:
            pieces = sum(line.quantity for line in lines.lot_lines)
            sentence = ngettext("%(operation)s: %(count)s piece.", "%(operation)s: %(count)s pieces.", pieces)
            return _done(request, operation, place, sentence % {"operation": operation, "count": grouped(pieces)})
    context = {"form": form, "lines": lines, "place": place, "nothing_here": not balances}
    return render(request, template, context)


def _done(request: Request, operation: Operation, place: Place, sentence: str) -> HttpResponse:
    succeed(request, sentence, undo=reverse("stock:operation_reverse", args=[operation.pk]))
    return redirect(f"{reverse('stock:stock_now')}?place={place.pk}")


def _ask_place(request: Request, template: str) -> HttpResponse:
    form = PlaceForm(request.GET if "place" in request.GET else None, acting=request.acting)
    return render(request, template, {"form": form, "place": None})


def _place(request: Request) -> Place | None:
    """The place in the address of the page, when it is one of theirs."""
    asked = request.GET.get("place", "")
    return places_of(request.acting).filter(pk=asked).first() if asked.isdecimal() and len(asked) < 10 else None


def _lot(request: Request, balances: list[Balance]) -> Lot | None:
    return next((balance.lot for balance in balances if str(balance.lot_id) == request.GET.get("lot")), None)


def _countable(request: Request, place: Place) -> list[Balance]:
    """What lies at `place`, the latest lots that lie there no longer, and the one that address or form names."""
    here = Balance.objects.at(place)
    gone = list(here.filter(on_hand=0).order_by("-lot").values_list("pk", flat=True)[:LATEST_GONE])
    named = request.POST.get("lot") or request.GET.get("lot", "")
    lot = Q(lot=named) if named.isdecimal() and len(named) < 19 else Q()
    return _sorted(here.filter(Q(on_hand__gt=0) | Q(pk__in=gone) | lot))


def _sorted(balances: Any) -> list[Balance]:
    """By name and date; an article that was there and is no longer can be counted again."""
    return sorted(balances.for_display().first_expired_first_out(), key=lambda balance: str(balance.lot.item))
