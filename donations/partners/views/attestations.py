"""Attestations: the list, what one would say, issuing it, its paper, cancelling it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from donations.enums import CancelReason
from donations.models import Attestation, Donation
from donations.partners.attestations import Subject, cancel, issue, missing
from donations.partners.filters import AttestationFilter
from donations.partners.forms import CancelForm, PeriodForm
from donations.partners.papers import ATTESTATION
from donations.partners.perms import READS_ATTESTATIONS
from network.perms import COORDINATES, requires
from network.requests import Request, house_of
from web.errors import Refused, attach
from web.forms import IdempotentForm
from web.jobs.answers import job_response
from web.lists import list_page
from web.messages import succeed


@requires(*READS_ATTESTATIONS)
def attestation_list(request: Request) -> HttpResponse:
    attestations = Attestation.objects.visible_to(request.acting).for_display()
    return list_page(request, "donations/partners/attestation_list.html", attestations, AttestationFilter)


@requires(*COORDINATES)
def attestation_create(request: Request) -> HttpResponse:
    """Ask what it is to be about, show what it would say, and issue it on a POST to the same address."""
    donation, period = _donation(request), PeriodForm(request.GET or None, acting=request.acting)
    form = IdempotentForm(request.POST or None)
    subject = None
    if donation:
        subject = Subject.of_donation(donation)
    elif request.GET and period.is_valid():
        subject = Subject(house_of(request), **period.cleaned_data)
    if subject and request.method == "POST" and form.is_valid():
        try:
            attestation = issue(subject=subject, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("Issued: %(attestation)s.") % {"attestation": attestation})
            return redirect(attestation)
    context: dict[str, Any] = {"form": form, "period": period, "subject": subject, "donation": donation}
    if subject:
        context |= {"lines": [gift.in_words for gift in subject.gifts()], "missing": list(missing(subject))}
    return render(request, "donations/partners/attestation_create.html", context)


@requires(*READS_ATTESTATIONS)
def attestation_detail(request: Request, pk: int) -> HttpResponse:
    attestation = get_object_or_404(Attestation.objects.visible_to(request.acting).for_display(), pk=pk)
    context = {"attestation": attestation, "title": capfirst(str(attestation))}
    return render(request, "donations/partners/attestation_detail.html", context)


@requires(*READS_ATTESTATIONS)
def attestation_paper(request: Request, pk: int) -> HttpResponse:
    return job_response(request, ATTESTATION, {"house": house_of(request).pk, "attestation": pk})


@requires(*COORDINATES)
def attestation_cancel(request: Request, pk: int) -> HttpResponse:
    """Ask why; the press itself may come twice."""
    attestation = get_object_or_404(Attestation.objects.visible_to(request.acting).for_display(), pk=pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = CancelReason(form.cleaned_data["reason"])
        cancel(attestation=attestation, reason=reason, actor=request.user)
        succeed(request, _("Cancelled: %(attestation)s. Its number stays used.") % {"attestation": attestation})
        return redirect(attestation)
    context = {"attestation": attestation, "form": form, "back_url": reverse("donations:attestation_detail", args=[pk])}
    return render(request, "donations/partners/attestation_cancel.html", context)


def _donation(request: Request) -> Donation | None:
    """The donation that the address names, of a partner and visible; a 404 for another."""
    typed = request.GET.get("donation", "")
    if not typed:
        return None
    donations = (
        Donation.objects.visible_to(request.acting).filter(partner__isnull=False).select_related("house", "partner")
    )
    return get_object_or_404(donations, pk=int(typed) if typed.isdecimal() and len(typed) < 19 else 0)
