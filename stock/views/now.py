"""What there is: now, as a file, and at the end of a day."""

from datetime import datetime, time, timedelta
from functools import partial

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from network.enums import Role
from network.perms import COORDINATES, SEES_STOCK, requires
from network.requests import Request
from stock.coming import coming, with_latest
from stock.filters import DateFilter, ShelfFilter
from stock.groups import Group, asked_grouping, category_chips, group_chips, in_groups, sums_of
from stock.models import Balance
from stock.movement_forms import StockOnDateForm, places_of
from stock.perms import READS_JOURNAL, SEES_LOTS, can_read_journal, sees_lots
from stock.shelves import on_shelf_at, with_lots
from stock.tables import STOCK, asked_for
from web.jobs.answers import job_response
from web.lists import PER_PAGE, Pages, filters_of, list_page, wants_fragment

SHELVES = 20  # of a page: each holds several lots


@requires(*SEES_STOCK)
def stock_now(request: Request) -> HttpResponse:
    """What is here, article by article and place by place; lots for who handles them, counts for everybody."""
    balances, by = Balance.objects.visible_to(request.acting), asked_grouping(request)
    categories = sums_of(request, balances, "category", without="category")
    sums = categories if by == "category" else sums_of(request, balances, by)
    context = {
        "sees_lots": sees_lots(request.acting),
        "reads_journal": can_read_journal(request.acting),
        "actions": _actions(request) if categories else [],
        "categories": category_chips(request, categories),
        "groupings": group_chips(request, by),
        "by_place": by == "place",
    }

    def dress(rows: list[dict[str, int]]) -> list[Group]:
        return in_groups(with_lots(rows), by, sums)

    shelves = balances.by_shelf(by)
    return list_page(request, "stock/stock_now.html", shelves, ShelfFilter, context, per_page=SHELVES, dress=dress)


@requires(*SEES_LOTS)
def lot_list(request: Request) -> HttpResponse:
    """What comes to its date, lot by lot and place by place, and what may still be made of it."""
    rows = coming(Balance.objects.visible_to(request.acting))
    context = {
        "house": request.acting.house,
        "coordinates": request.acting.has_role(*COORDINATES),
        "reads_journal": can_read_journal(request.acting),
    }
    dress = partial(with_latest, today=timezone.localdate())
    return list_page(request, "stock/lot_list.html", rows, DateFilter, context, dress=dress)


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
def stock_now_csv(request: Request) -> HttpResponse:
    """The same list, narrowed by the same filters, as a file."""
    return job_response(request, STOCK, asked_for(request))


@requires(*READS_JOURNAL)
def stock_on_date(request: Request) -> HttpResponse:
    """What a place held at the end of a day, and what of it is there now; unasked, where most lies, as today ends."""
    form = StockOnDateForm(request.GET if "place" in request.GET else _unasked(request), acting=request.acting)
    context = {"filter": {"form": form}, "form": form, "rows": None, "querystring": filters_of(request)}
    if form.is_valid():
        rows = on_shelf_at(form.cleaned_data["place"], _end_of(form.cleaned_data["day"]))
        page = Pages(rows, PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "rows": page.object_list, "total": sum(row.quantity for row in rows)}
    name = "_stock_on_date" if wants_fragment(request) else "stock_on_date"
    answer = render(request, f"stock/{name}.html", context)
    patch_vary_headers(answer, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return answer


def _unasked(request: Request) -> dict[str, object] | None:
    sums = Balance.objects.something_here().filter(place=OuterRef("pk")).order_by().values("place")
    here = Coalesce(Subquery(sums.annotate(sum=Sum("on_hand")).values("sum")), 0)
    place = places_of(request.acting).order_by(here.desc(), "pk").values_list("pk", flat=True).first()
    return {"place": place, "day": timezone.localdate()} if place else None


def _end_of(day) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) - timedelta(microseconds=1)
