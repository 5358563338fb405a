"""The picture of a delivery: shown to who sees the donation, changed by who may take it back."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from donations.models import Donation
from donations.perms import READS_DONATIONS, TAKES_IN, can_picture, can_reverse
from donations.picture_operations import remove_donation_picture, set_donation_picture
from network.perms import requires
from network.requests import Request
from web.errors import Refused, attach
from web.kept_pictures import show
from web.messages import succeed
from web.picture_forms import ERASE, PictureForm


@requires(*READS_DONATIONS)
def donation_picture(request: Request, pk: int, picture: str, size: str) -> HttpResponse:
    donation = get_object_or_404(Donation.objects.visible_to(request.acting), pk=pk, picture=picture)
    return show(donation.picture, size)


@requires(*TAKES_IN)
def donation_picture_edit(request: Request, pk: int) -> HttpResponse:
    donation = _find(request, pk)
    if not can_picture(request.acting, donation):
        raise PermissionDenied(_("Only what a partner delivered gets a picture, from who recorded it, on that day."))
    form = PictureForm(request.POST, request.FILES) if request.method == "POST" else PictureForm()
    if form.is_valid():
        try:
            set_donation_picture(donation=donation, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("%(donation)s has its picture.") % {"donation": capfirst(str(donation))})
            return redirect(donation)
    return render(request, "donations/donation_picture_edit.html", {"form": form, "donation": donation})


@requires(*TAKES_IN)
def donation_picture_remove(request: Request, pk: int) -> HttpResponse:
    donation = _find(request, pk)
    if not can_reverse(request.acting, donation.operation):
        raise PermissionDenied(_("Only who recorded it may change it, on the same day. Ask a coordinator."))
    if request.method == "POST":
        remove_donation_picture(donation=donation, actor=request.user)
        succeed(request, _("The picture of %(donation)s is erased.") % {"donation": donation})
        return redirect(donation)
    back = {"back_url": donation.get_absolute_url(), "back_label": str(donation).capitalize()}
    return render(request, "web/question.html", {"question": ERASE, **back})


def _find(request: Request, pk: int) -> Donation:
    donations = Donation.objects.visible_to(request.acting).select_related(
        "operation__reversed_by", "partner", "place__site"
    )
    return get_object_or_404(donations, pk=pk)
