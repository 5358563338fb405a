"""Pledges: what partners promised, what of it is there, what is late."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from donations.filters import PledgeFilter
from donations.forms import NewPledgeForm, PledgeForm, catalogue_of
from donations.models import Pledge
from donations.partners.beside import delivered_for, reminders_of
from donations.perms import READS_PLEDGES
from donations.pledges import cancel, change, promise
from network.perms import COORDINATES, requires
from network.requests import Request
from web.errors import Refused, attach
from web.lists import list_page
from web.messages import succeed


@requires(*READS_PLEDGES)
def pledge_list(request: Request) -> HttpResponse:
    pledges = Pledge.objects.visible_to(request.acting).for_display()
    return list_page(request, "donations/pledge_list.html", pledges, PledgeFilter)


@requires(*COORDINATES)
def pledge_create(request: Request) -> HttpResponse:
    catalogue = catalogue_of(request.acting)
    form = NewPledgeForm(request.POST or None, acting=request.acting, catalogue=catalogue)
    if request.method == "POST" and form.is_valid():
        try:
            pledge = promise(actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("Written down: %(pledge)s.") % {"pledge": pledge})
            return redirect("donations:pledge_list")
    return render(request, "donations/pledge_create.html", {"form": form, "catalogue": catalogue})


@requires(*READS_PLEDGES)
def pledge_detail(request: Request, pk: int) -> HttpResponse:
    """Where a pledge stands, what came for it, and what there is to do about it."""
    pledge = get_object_or_404(Pledge.objects.visible_to(request.acting).for_display(), pk=pk)
    context = {"pledge": pledge, "deliveries": delivered_for(pledge)}
    if request.acting.has_role(*COORDINATES):
        still = Pledge.objects.visible_to(request.acting).still_to_come().exclude(pk=pk)
        arrival = f"{reverse('donations:donation_create')}?pledge={pk}"
        context |= {
            "can_change": True,
            "arrival_url": arrival if pledge.still_expected else "",
            "has_others": still.filter(drive=pledge.drive_id, partner=pledge.partner_id).exists(),
            "letters": reminders_of(request.acting, pledge),
        }
    return render(request, "donations/pledge_detail.html", context)


@requires(*COORDINATES)
def pledge_edit(request: Request, pk: int) -> HttpResponse:
    pledge = get_object_or_404(Pledge.objects.visible_to(request.acting).for_display(), pk=pk)
    form = PledgeForm(request.POST or None, pledge=pledge)
    if request.method == "POST" and form.is_valid():
        try:
            changed = change(pledge=pledge, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("Changed: %(pledge)s.") % {"pledge": changed})
            return redirect(changed)
    return render(request, "donations/pledge_edit.html", {"form": form, "pledge": pledge})


@requires(*COORDINATES)
def pledge_cancel(request: Request, pk: int) -> HttpResponse:
    """Ask first; the press itself may come twice."""
    pledge = get_object_or_404(Pledge.objects.visible_to(request.acting).for_display(), pk=pk)
    if request.method != "POST":
        return render(request, "donations/pledge_cancel.html", {"pledge": pledge})
    cancel(pledge=pledge, actor=request.user)
    succeed(request, _("Cancelled: %(pledge)s. What arrived stays counted.") % {"pledge": pledge})
    return redirect(pledge)
