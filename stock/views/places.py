"""Stores, tables and quarantines: where goods lie inside a site."""

from dataclasses import replace

from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from network.enums import Role
from network.perms import COORDINATES, requires
from network.requests import Request
from stock.catalogue_forms import PlaceCreateForm, PlaceRenameForm
from stock.models import Balance, Place
from stock.perms import READS_JOURNAL
from stock.place_operations import OPENED_BY_HAND, close_place, open_place, rename_place, reopen_place
from web.errors import Refused, attach
from web.forms import IdempotentForm
from web.lists import list_page
from web.messages import succeed
from web.questions import Question

CLOSE = Question(
    gettext_lazy("Close %(place)s"),
    gettext_lazy(
        "It is offered no longer, where goods are moved, given or packed. Its past stays, and it can be opened again."
    ),
    gettext_lazy("Close this place"),
)


@requires(*READS_JOURNAL)
def place_list(request: Request) -> HttpResponse:
    here = Balance.objects.something_here().filter(place=OuterRef("pk")).order_by().values("place")
    places = (
        Place.objects.visible_to(request.acting)
        .select_related("site")
        .annotate(
            lots=Coalesce(Subquery(here.annotate(count=Count("lot")).values("count")), 0),
            on_hand=Coalesce(Subquery(here.annotate(sum=Sum("on_hand")).values("sum")), 0),
        )
        .order_by("-is_active", "site__name", "name", "pk")
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


def the_place(request: Request, pk: int) -> Place:
    return get_object_or_404(Place.objects.visible_to(request.acting).select_related("site"), pk=pk)


@requires(*COORDINATES)
def place_edit(request: Request, pk: int) -> HttpResponse:
    place = the_place(request, pk)
    form = PlaceRenameForm(request.POST or None, initial={"name": place.name})
    if form.is_valid():
        try:
            rename_place(place=place, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("The place is now called “%(place)s”.") % {"place": place})
            return redirect("stock:place_list")
    context = {"form": form, "place": place, "can_close": place.is_active and place.kind in OPENED_BY_HAND}
    return render(request, "stock/place_edit.html", context)


@requires(*COORDINATES)
def place_close(request: Request, pk: int) -> HttpResponse:
    place = the_place(request, pk)
    form = IdempotentForm(request.POST or None)
    if form.is_valid():
        try:
            close_place(place=place, actor=request.user)
        except Refused as refused:
            attach(form, None, refused)
        else:
            undo = reverse("stock:place_reopen", args=[place.pk])
            succeed(request, _("%(place)s is closed: it is offered no longer.") % {"place": place}, undo=undo)
            return redirect("stock:place_list")
    question = replace(CLOSE, title=CLOSE.title % {"place": place})
    back = {"back_url": reverse("stock:place_list"), "back_label": _("Places")}
    return render(request, "web/question.html", {"form": form, "question": question, **back})


@require_POST
@requires(*COORDINATES)
def place_reopen(request: Request, pk: int) -> HttpResponse:
    place = the_place(request, pk)
    reopen_place(place=place, actor=request.user)
    succeed(request, _("%(place)s is open again.") % {"place": place})
    return redirect("stock:place_list")
