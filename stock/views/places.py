"""Stores, tables and quarantines: where goods lie inside a site."""

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from network.enums import Role
from network.perms import COORDINATES, requires
from network.requests import Request
from stock.catalogue_forms import PlaceCreateForm
from stock.models import Place
from stock.perms import READS_JOURNAL
from stock.place_operations import open_place
from web.errors import Refused, attach
from web.lists import list_page
from web.messages import succeed


@requires(*READS_JOURNAL)
def place_list(request: Request) -> HttpResponse:
    something = Q(balances__on_hand__gt=0)
    places = (
        Place.objects.visible_to(request.acting)
        .in_use()
        .select_related("site")
        .annotate(
            lots=Count("balances", filter=something), on_hand=Coalesce(Sum("balances__on_hand", filter=something), 0)
        )
        .order_by("site__name", "name", "pk")
    )
    context = {"coordinates": request.acting.has_role(Role.COORDINATOR)}
    return list_page(request, "stock/place_list.html", places, context=context)


@requires(*COORDINATES)
def place_create(request: Request) -> HttpResponse:
    form = PlaceCreateForm(request.POST or None, acting=request.acting)
    if form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "key"}
        try:
            place = open_place(actor=request.user, **fields)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("%(place)s is open: goods can be moved there.") % {"place": place})
            return redirect("stock:place_list")
    return render(request, "stock/place_create.html", {"form": form})
