"""Drives: the campaigns that goods are given for."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from donations.drives import edit_drive, open_drive
from donations.drop_offs.points import points_of_drive
from donations.forms import ChangedDriveForm, NewDriveForm
from donations.models import Drive
from donations.perms import TAKES_IN
from donations.progress import progress
from network.devices import DevicesAtWork
from network.forms import tell_of
from network.perms import COORDINATES, requires
from network.requests import Request
from web.errors import Refused, attach
from web.lists import list_page
from web.messages import succeed


@requires(*TAKES_IN)
def drive_list(request: Request) -> HttpResponse:
    drives = Drive.objects.visible_to(request.acting).prefetch_related("sites")
    return list_page(request, "donations/drive_list.html", drives)


@requires(*TAKES_IN)
def drive_detail(request: Request, pk: int) -> HttpResponse:
    drive = get_object_or_404(Drive.objects.visible_to(request.acting).prefetch_related("sites"), pk=pk)
    rows = progress(drive)
    summed = ("promised", "expected", "arrived", "bought", "late")
    totals = {name: sum(getattr(row, name) for row in rows) for name in summed}
    context = {"drive": drive, "rows": rows, "points": points_of_drive(drive, request.acting), **totals}
    return render(request, "donations/drive_detail.html", context)


@requires(*COORDINATES)
def drive_create(request: Request) -> HttpResponse:
    form = NewDriveForm(request.POST or None, acting=request.acting)
    if request.method == "POST" and form.is_valid():
        try:
            drive = open_drive(house=request.acting.house, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("The drive “%(drive)s” is open.") % {"drive": drive})
            return redirect(drive)
    return render(request, "donations/drive_create.html", {"form": form})


@requires(*COORDINATES)
def drive_edit(request: Request, pk: int) -> HttpResponse:
    drive = get_object_or_404(Drive.objects.visible_to(request.acting), pk=pk)
    form = ChangedDriveForm(request.POST or None, acting=request.acting, drive=drive)
    if request.method == "POST" and form.is_valid():
        try:
            edit_drive(drive=drive, actor=request.user, **form.cleaned_data)
        except DevicesAtWork as refused:
            tell_of(form, refused)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("The drive “%(drive)s” was changed.") % {"drive": drive})
            return redirect(drive)
    return render(request, "donations/drive_edit.html", {"form": form, "drive": drive})
