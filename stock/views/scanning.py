"""Codes that are scanned: which article it is, and saying which article a new code is printed on."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from network.perms import COORDINATES, HANDLES_GOODS, requires
from network.requests import Request
from stock.catalogue_forms import GtinForm
from stock.catalogue_operations import attach_gtin
from stock.finding import Catalogue
from stock.forms import PrintedDateField
from stock.models import Item
from stock.scanning import NotInCatalogue, Scanned, code_in_photo, find_scanned
from web.errors import Refused, attach
from web.messages import succeed


@requires(*HANDLES_GOODS)
@require_POST
def scan(request: Request) -> JsonResponse:
    """What `code`, or the code in the photo `picture`, is printed on: see docs/interface.md for the answer."""
    answer: dict[str, Any] = {"code": request.POST.get("code", "")}
    photo = request.FILES.get("picture")
    try:
        if photo is not None:
            answer["code"] = code_in_photo(photo)
        answer |= _said(find_scanned(request.acting, answer["code"]))
    except NotInCatalogue as refused:
        answer |= {"gtin": refused.barcode.gtin, "article": None, "refused": str(refused)}
    except Refused as refused:
        answer["refused"] = str(refused)
    return JsonResponse(answer)


def _said(scanned: Scanned) -> dict[str, Any]:
    barcode = scanned.barcode
    return {
        "gtin": barcode.gtin,
        "article": {"id": scanned.item.pk, "name": str(scanned.item)},
        "lot": barcode.lot,
        "date": barcode.best_before,
        "precision": barcode.precision,
        "printed": PrintedDateField().prepare_value(scanned.printed_date) or "",
    }


@requires(*COORDINATES)
def code_attach(request: Request) -> HttpResponse:
    """Say on which article of the catalogue a code is printed; `?code=` is the one that nobody knew."""
    catalogue = Catalogue(Item.objects.visible_to(request.acting).in_use().loose())
    form = GtinForm(request.POST or None, catalogue=catalogue, initial={"code": request.GET.get("code", "")[:400]})
    if form.is_valid():
        try:
            item = attach_gtin(actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("“%(item)s” can be scanned by this code from now on.") % {"item": item})
            return redirect(item)
    return render(request, "stock/code_attach.html", {"form": form, "catalogue": catalogue})
