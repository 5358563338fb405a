"""Why a number is what it is: the life of a lot, and of an article at a place."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers

from network.perms import requires
from network.requests import Request
from stock import registry
from stock.history import Line, Span, history_at, history_of, lately
from stock.models import Balance, Item, Lot, Movement, Place
from stock.movement_forms import HistoryForm, SpanForm
from stock.perms import READS_JOURNAL
from web.lists import PER_PAGE, fragment_of, wants_fragment


@requires(*READS_JOURNAL)
def lot_detail(request: Request, pk: int) -> HttpResponse:
    """The life of a lot: every movement and why; handovers as the sum of a day, without a way to any of them."""
    lots = Lot.objects.visible_to(request.acting).select_related("item", "donor")
    lot = get_object_or_404(lots, pk=pk)
    form = SpanForm(request.GET)
    span = form.span or lately(Movement.objects.filter(lot=lot))
    here = Balance.objects.filter(lot=lot).something_here().select_related("place__site")
    origins = Movement.objects.filter(lot=lot).origins()
    context = {"lot": lot, "balances": here, "origins": origins}
    return _answer(request, "stock/lot_detail.html", form, span, history_of(lot, span), context)


@requires(*READS_JOURNAL)
def item_history(request: Request, pk: int) -> HttpResponse:
    """Why an article's number at a place is what it is: what it was, each change, and what it became."""
    item = get_object_or_404(Item.objects.visible_to(request.acting), pk=pk)
    places = Place.objects.visible_to(request.acting).filter(balances__lot__item=item).select_related("site")
    form = HistoryForm(request.GET, places=places.annotate(here=Sum("balances__on_hand")).order_by("-here", "pk"))
    context: dict[str, Any] = {"item": item, "place": form.chosen}
    if form.chosen is None:
        return _answer(request, "stock/item_history.html", form, Span(), [], context)
    span = form.span or lately(Movement.objects.filter(lot__item=item).of_place(form.chosen))
    lines = history_at(item, form.chosen, span)
    return _answer(request, "stock/item_history.html", form, span, lines, context | _sums(lines, form.chosen))


def _sums(lines: list[Line], place: Place) -> dict[str, int]:
    """What came to `place`, what went, and what there was before and after."""
    changes = [line.change_at(place) for line in lines]
    last = lines[0].left[0][1] if lines else 0
    return {
        "came": sum(change for change in changes if change > 0),
        "went": -sum(change for change in changes if change < 0),
        "before": last - sum(changes),
        "then": last,
    }


def _number(lines: list[Line]) -> None:
    told = [line.operation for line in lines if line.operation]
    registry.give_numbers([*told, *(operation.reverses for operation in told if operation.reverses)])


def _answer(
    request: Request, template: str, form: SpanForm, span: Span, lines: list[Line], context: dict[str, Any]
) -> HttpResponse:
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    _number(list(page.object_list))
    query = request.GET.copy()
    query.pop("page", None)
    asked = {
        "filter": {"form": form},
        "span": span,
        "page": page,
        "rows": page.object_list,
        "querystring": f"{query.urlencode()}&" if query else "",
    }
    answer = render(request, fragment_of(template) if wants_fragment(request) else template, asked | context)
    patch_vary_headers(answer, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return answer
