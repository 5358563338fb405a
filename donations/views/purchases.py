"""Purchases: what one had to buy, from whom, for how much, paid by whom."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy

from donations.filters import PurchaseFilter
from donations.forms import PurchaseForm, PurchaseLines, catalogue_of
from donations.models import Purchase
from donations.operations import buy
from donations.perms import can_reverse
from donations.scanned_lines import posted
from donations.views.arrivals import reverse_page, say_recorded
from network.perms import COORDINATES, requires
from network.requests import Request
from web.errors import Refused, attach
from web.lists import list_page
from web.questions import Question

TAKE_BACK = Question(
    gettext_lazy("Take a purchase back"),
    gettext_lazy("%(document)s from %(supplier)s (%(in_short)s) leaves the stock. It stays in the list as taken back."),
    gettext_lazy("Take it back"),
    is_danger=True,
)


@requires(*COORDINATES)
def purchase_list(request: Request) -> HttpResponse:
    purchases = Purchase.objects.visible_to(request.acting).for_display()
    return list_page(request, "donations/purchase_list.html", purchases, PurchaseFilter)


@requires(*COORDINATES)
def purchase_create(request: Request) -> HttpResponse:
    catalogue = catalogue_of(request.acting)
    data, scan = posted(request, catalogue, "lines")
    form = PurchaseForm(data, acting=request.acting)
    lines = PurchaseLines(data, prefix="lines", catalogue=catalogue)
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            operation = buy(lines=lines.arrival_lines, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, lines, refused)
        else:
            say_recorded(request, operation.purchase, "donations:purchase_reverse")
            return redirect(operation.purchase)
    context = {"form": form, "lines": lines, "catalogue": catalogue, "scan": scan}
    return render(request, "donations/purchase_create.html", context)


@requires(*COORDINATES)
def purchase_detail(request: Request, pk: int) -> HttpResponse:
    purchases = (
        Purchase.objects.visible_to(request.acting)
        .for_display()
        .select_related("operation__actor", "operation__device")
    )
    purchase = get_object_or_404(purchases, pk=pk)
    context = {
        "purchase": purchase,
        "title": str(purchase).capitalize(),
        "lines": purchase.lines.select_related("item", "lot__item"),
        "can_reverse": can_reverse(request.acting, purchase.operation),
    }
    return render(request, "donations/purchase_detail.html", context)


@requires(*COORDINATES)
def purchase_reverse(request: Request, pk: int) -> HttpResponse:
    purchases = Purchase.objects.visible_to(request.acting).for_display()
    purchase = get_object_or_404(purchases, pk=pk)
    return reverse_page(request, TAKE_BACK, purchase, supplier=purchase.supplier)
