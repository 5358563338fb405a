"""Donations: one form after the other at the door, and what was given."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from donations.filters import DonationFilter
from donations.forms import DonationForm, DonationLines, catalogue_of
from donations.models import Donation
from donations.operations import receive
from donations.partners.beside import papers_of
from donations.perms import READS_DONATIONS, READS_PLEDGES, TAKES_IN, can_picture, can_reverse
from donations.prefilled import as_typed
from donations.scanned_lines import posted
from donations.views.arrivals import reverse_page, say_recorded
from network.perms import requires
from network.requests import Request
from web.errors import Refused, attach
from web.lists import list_page
from web.questions import Question

REMEMBERED = "donation"  # in the session: the drive and the place of the last form
TAKE_BACK = Question(
    gettext_lazy("Take a donation back"),
    gettext_lazy(
        "%(document)s from %(giver)s (%(in_short)s) leaves the stock. It stays in the list as taken back, and"
        " can be recorded again, corrected."
    ),
    gettext_lazy("Take it back"),
    is_danger=True,
)


@requires(*READS_DONATIONS)
def donation_list(request: Request) -> HttpResponse:
    donations = Donation.objects.visible_to(request.acting).for_display()
    return list_page(request, "donations/donation_list.html", donations, DonationFilter)


@requires(*TAKES_IN)
def donation_create(request: Request) -> HttpResponse:
    """Record what was given, and open the next form at once with the same drive and place."""
    typed, typed_lines = ({}, []) if request.method == "POST" else as_typed(request)
    initial = {**request.session.get(REMEMBERED, {}), **typed}
    catalogue = catalogue_of(request.acting)
    data, scan = posted(request, catalogue, "lines")
    form = DonationForm(data, acting=request.acting, initial=initial)
    lines = DonationLines(data, prefix="lines", catalogue=catalogue, typed=typed_lines)
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            operation = receive(lines=lines.arrival_lines, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, lines, refused)
        else:
            _remember_and_say(request, operation.donation, form.cleaned_data)
            return redirect("donations:donation_create")
    context = {"form": form, "lines": lines, "catalogue": catalogue, "scan": scan}
    return render(request, "donations/donation_create.html", context)


def _remember_and_say(request: Request, donation: Donation, asked: dict[str, Any]) -> None:
    request.session[REMEMBERED] = {name: asked[name].pk for name in ("drive", "place")}
    say_recorded(request, donation, "donations:donation_reverse")


@requires(*READS_DONATIONS)
def donation_detail(request: Request, pk: int) -> HttpResponse:
    donations = (
        Donation.objects.visible_to(request.acting)
        .for_display()
        .select_related("operation__actor", "operation__device")
    )
    donation = get_object_or_404(donations, pk=pk)
    lines = donation.lines.select_related("item", "lot__item", "pledge__partner", "pledge__item")
    context = {
        "donation": donation,
        "title": capfirst(str(donation)),
        "lines": lines,
        "can_reverse": can_reverse(request.acting, donation.operation),
        "can_picture": can_picture(request.acting, donation),
        **papers_of(request.acting, donation),
        "shows_pledges": request.acting.has_role(*READS_PLEDGES),
    }
    return render(request, "donations/donation_detail.html", context)


@requires(*TAKES_IN)
def donation_reverse(request: Request, pk: int) -> HttpResponse:
    donations = Donation.objects.visible_to(request.acting).for_display()
    donation = get_object_or_404(donations, pk=pk)
    return reverse_page(request, TAKE_BACK, donation, giver=donation.giver)
