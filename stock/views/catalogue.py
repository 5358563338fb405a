"""The catalogue: articles with their codes, and where they are."""

from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from network.enums import Role
from network.perms import COORDINATES, requires
from network.requests import Request
from stock.catalogue_forms import ItemForm
from stock.catalogue_operations import change_item, create_item
from stock.filters import ItemFilter
from stock.models import Balance, Gtin, Item
from stock.perms import READS_CATALOGUE
from stock.shelves import with_lots
from web.errors import Refused, attach
from web.lists import list_page
from web.messages import succeed


@requires(*READS_CATALOGUE)
def item_list(request: Request) -> HttpResponse:
    here = Balance.objects.visible_to(request.acting).filter(lot__item=OuterRef("pk")).order_by().values("lot__item")
    codes = Gtin.objects.filter(item=OuterRef("pk")).order_by().values("item")
    items = Item.objects.visible_to(request.acting).loose().by_name()
    items = items.annotate(
        on_hand=Coalesce(Subquery(here.annotate(sum=Sum("on_hand")).values("sum")), 0),
        codes=Coalesce(Subquery(codes.annotate(count=Count("pk")).values("count")), 0),
    )
    coordinates = request.acting.has_role(Role.COORDINATOR)
    context = {"coordinates": coordinates, "actions": _code_action() if coordinates else []}
    return list_page(request, "stock/item_list.html", items, ItemFilter, context)


def _code_action() -> list[dict[str, str]]:
    return [{"label": _("Attach a bar code"), "url": reverse("stock:code_attach"), "icon": "upc-scan"}]


@requires(*READS_CATALOGUE)
def item_detail(request: Request, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.acting), pk=pk)
    shelves = with_lots(Balance.objects.visible_to(request.acting).filter(lot__item=item).by_shelf())
    context = {
        "item": item,
        "gtins": item.gtins.all(),
        "shelves": shelves,
        "on_hand": sum(shelf.on_hand for shelf in shelves),
        "coordinates": request.acting.has_role(Role.COORDINATOR) and not item.is_kit,
    }
    return render(request, "stock/item_detail.html", context)


@requires(*COORDINATES)
def item_create(request: Request) -> HttpResponse:
    form = ItemForm(request.POST or None)
    if form.is_valid():
        try:
            item = create_item(house=request.acting.house, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("“%(item)s” is in the catalogue.") % {"item": item})
            return redirect(item)
    return render(request, "stock/item_create.html", {"form": form})


@requires(*COORDINATES)
def item_edit(request: Request, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.acting).loose(), pk=pk)
    form = ItemForm(request.POST or None, instance=item)
    if form.is_valid():
        try:
            change_item(item=item, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("“%(item)s” is changed.") % {"item": item})
            return redirect(item)
    return render(request, "stock/item_edit.html", {"form": form, "item": item})
