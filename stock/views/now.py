"""What there is: now, as a file, and at the end of a day."""

from datetime import datetime, time, timedelta

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from network.enums import Role
from network.perms import SEES_STOCK, requires
from network.requests import Request
from stock.filters import ShelfFilter
from stock.models import Balance
from stock.movement_forms import StockOnDateForm
from stock.perms import READS_JOURNAL, can_read_journal, sees_lots
from stock.shelves import on_shelf_at, with_lots
from web.exports import csv_response
from web.lists import list_page


@requires(*SEES_STOCK)
def stock_now(request: Request) -> HttpResponse:
    """What is here, article by article and place by place; lots for who handles them, counts for everybody."""
    shelves = Balance.objects.visible_to(request.acting).by_shelf()
    context = {
        "sees_lots": sees_lots(request.acting),
        "reads_journal": can_read_journal(request.acting),
        "actions": _actions(request),
    }
    return list_page(request, "stock/stock_now.html", shelves, ShelfFilter, context, dress=with_lots)


def _actions(request: Request) -> list[dict[str, object]]:
    """What a coordinator does to the stock, each kept at the place that the list is narrowed to."""
    if not request.acting.has_role(Role.COORDINATOR):
        return []
    place = request.GET.get("place", "")
    query = f"?place={place}" if place.isdecimal() else ""
    entries = (
        (_("Move goods"), "transfer_create", "arrow-left-right"),
        (_("Correct a count"), "adjustment_create", "123"),
        (_("Write off"), "write_off_create", "trash"),
    )
    return [
        {"label": label, "url": reverse(f"stock:{name}") + query, "icon": icon, "primary": name == "transfer_create"}
        for label, name, icon in entries
    ]


@requires(*SEES_STOCK)
def stock_now_csv(request: Request) -> HttpResponseBase:
    """The same list, narrowed by the same filters, as a file."""
    filtered = ShelfFilter(request.GET, queryset=Balance.objects.visible_to(request.acting).by_shelf(), request=request)
    columns = (
        (_("Site"), "place.site.name"),
        (_("Place"), "place.name"),
        (_("Article"), "item.label"),
        (_("Size"), "item.size"),
        (_("Category"), lambda shelf: shelf.item.get_category_display()),
        (_("Unit"), lambda shelf: shelf.item.get_unit_display()),
        (_("On hand"), "on_hand"),
        (_("Reserved"), "reserved"),
        (_("Free"), "free"),
        (_("Earliest date"), lambda shelf: shelf.earliest and shelf.earliest.best_before),
    )
    return csv_response(_("stock"), columns, with_lots(filtered.qs))


@requires(*READS_JOURNAL)
def stock_on_date(request: Request) -> HttpResponse:
    """What a place held at the end of a day."""
    asked = request.GET if "place" in request.GET else None
    form = StockOnDateForm(asked, acting=request.acting, initial={"day": timezone.localdate()})
    rows = None
    if form.is_valid():
        rows = on_shelf_at(form.cleaned_data["place"], _end_of(form.cleaned_data["day"]))
    return render(request, "stock/stock_on_date.html", {"form": form, "rows": rows})


def _end_of(day) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(microseconds=1)
