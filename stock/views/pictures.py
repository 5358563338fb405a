"""The picture of an article: shown to who sees the stock, changed by the coordination."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from network.perms import COORDINATES, SEES_STOCK, requires
from network.requests import Request
from stock.models import Item
from stock.picture_operations import remove_item_picture, set_item_picture
from web.kept_pictures import show
from web.messages import succeed
from web.picture_forms import ERASE, PictureForm


@requires(*SEES_STOCK)
def item_picture(request: Request, pk: int, picture: str, size: str) -> HttpResponse:
    return show(get_object_or_404(Item.objects.visible_to(request.acting), pk=pk, picture=picture).picture, size)


@requires(*COORDINATES)
def item_picture_edit(request: Request, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.acting).loose(), pk=pk)
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
    if form.is_valid():
        set_item_picture(item=item, actor=request.user, **form.cleaned_data)
        succeed(request, _("“%(item)s” has its picture.") % {"item": item})
        return redirect(item)
    return render(request, "stock/item_picture_edit.html", {"form": form, "item": item})


@requires(*COORDINATES)
def item_picture_remove(request: Request, pk: int) -> HttpResponse:
    item = get_object_or_404(Item.objects.visible_to(request.acting).loose(), pk=pk)
    if request.method == "POST":
        remove_item_picture(item=item, actor=request.user)
        succeed(request, _("The picture of “%(item)s” is erased.") % {"item": item})
        return redirect(item)
    back = {"back_url": item.get_absolute_url(), "back_label": item}
    return render(request, "web/question.html", {"question": ERASE, **back})
