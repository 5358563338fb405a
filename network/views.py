"""Organisations, sites and the review of sensitive reads: pages of the coordination."""

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.devices import DevicesAtWork
from network.filters import OrganisationFilter, ReadFilter, SiteFilter
from network.forms import (
    ConfidentialOrganisationForm,
    ConfidentialSiteForm,
    OrganisationForm,
    SiteForm,
    opening_lines,
    tell_of,
)
from network.models import Membership, Organisation, SensitiveRead, Site
from network.operations import (
    add_organisation,
    change_organisation,
    change_site,
    make_organisation_confidential,
    make_site_confidential,
    open_site,
)
from network.perms import COORDINATES, requires
from network.requests import Request
from web.errors import Refused, attach
from web.lists import list_page
from web.messages import succeed
from web.questions import Question

FORGET = Question(
    gettext_lazy("Make it confidential"),
    gettext_lazy(
        "From now on only the pseudonym and the relay point are known. The name, the address and the rest are erased"
        " here and in the log of the administration; this cannot be undone. Backups keep them for 30 days at most."
    ),
    gettext_lazy("Forget the rest"),
    is_danger=True,
)


@requires(*COORDINATES)
def organisation_list(request: Request) -> HttpResponse:
    organisations = Organisation.objects.visible_to(request.acting).select_related("department", "region", "relay")
    return list_page(request, "network/organisation_list.html", organisations, OrganisationFilter)


@requires(*COORDINATES)
def organisation_detail(request: Request, pk: int) -> HttpResponse:
    organisations = Organisation.objects.visible_to(request.acting).select_related("department", "region", "relay")
    organisation = get_object_or_404(organisations, pk=pk)
    people = Membership.objects.in_force().filter(organisation=organisation).select_related("user")
    return render(request, "network/organisation_detail.html", {"organisation": organisation, "people": people})


@requires(*COORDINATES)
def organisation_create(request: Request) -> HttpResponse:
    form = OrganisationForm(request.POST or None, acting=request.acting)
    if request.method == "POST" and form.is_valid():
        try:
            house = request.acting.house
            organisation = add_organisation(house=house, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("%(name)s was added.") % {"name": organisation})
            return redirect(organisation)
    return render(request, "network/organisation_create.html", {"form": form})


@requires(*COORDINATES)
def organisation_edit(request: Request, pk: int) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.acting), pk=pk)
    form = OrganisationForm(request.POST or None, instance=organisation, acting=request.acting)
    if request.method == "POST" and form.is_valid():
        try:
            change_organisation(organisation=organisation, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("%(name)s was changed.") % {"name": organisation})
            return redirect(organisation)
    return render(request, "network/organisation_edit.html", {"form": form, "organisation": organisation})


@requires(*COORDINATES)
def organisation_make_confidential(request: Request, pk: int) -> HttpResponse:
    organisations = Organisation.objects.visible_to(request.acting).filter(is_confidential=False)
    organisation = get_object_or_404(organisations, pk=pk)
    form = ConfidentialOrganisationForm(request.POST or None, instance=organisation, acting=request.acting)
    if request.method == "POST" and form.is_valid():
        try:
            make_organisation_confidential(organisation=organisation, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(
                request, _("The place is now known as %(name)s, and the rest is forgotten.") % {"name": organisation}
            )
            return redirect(organisation)
    return _ask_to_forget(request, organisation, form)


@requires(*COORDINATES)
def site_list(request: Request) -> HttpResponse:
    sites = Site.objects.visible_to(request.acting).select_related("department", "relay")
    return list_page(request, "network/site_list.html", sites, SiteFilter)


@requires(*COORDINATES)
def site_detail(request: Request, pk: int) -> HttpResponse:
    sites = Site.objects.visible_to(request.acting).select_related("department", "relay")
    site = get_object_or_404(sites, pk=pk)
    people = Membership.objects.in_force().filter(site=site).select_related("user")
    return render(request, "network/site_detail.html", {"site": site, "people": people})


@requires(*COORDINATES)
def site_create(request: Request) -> HttpResponse:
    form = SiteForm(request.POST or None, acting=request.acting)
    lines = opening_lines(request.POST or None)
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            hours, house = list(lines.lines), request.acting.house
            site = open_site(house=house, actor=request.user, hours=hours, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("%(name)s was opened, with a store and a quarantine.") % {"name": site})
            return redirect(site)
    return render(request, "network/site_create.html", {"form": form, "lines": lines})


@requires(*COORDINATES)
def site_edit(request: Request, pk: int) -> HttpResponse:
    site = get_object_or_404(Site.objects.visible_to(request.acting), pk=pk)
    form = SiteForm(request.POST or None, instance=site, acting=request.acting)
    lines = opening_lines(request.POST or None, site.opening_hours.all())
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            change_site(site=site, actor=request.user, hours=list(lines.lines), **form.cleaned_data)
        except DevicesAtWork as refused:
            tell_of(form, refused)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("%(name)s was changed.") % {"name": site})
            return redirect(site)
    return render(request, "network/site_edit.html", {"form": form, "lines": lines, "site": site})


@requires(*COORDINATES)
def site_make_confidential(request: Request, pk: int) -> HttpResponse:
    site = get_object_or_404(Site.objects.visible_to(request.acting).filter(is_confidential=False), pk=pk)
    form = ConfidentialSiteForm(request.POST or None, instance=site, acting=request.acting)
    if request.method == "POST" and form.is_valid():
        try:
            make_site_confidential(site=site, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            succeed(request, _("The place is now known as %(name)s, and the rest is forgotten.") % {"name": site})
            return redirect(site)
    return _ask_to_forget(request, site, form)


def _ask_to_forget(request: Request, place: Organisation | Site, form: BaseForm) -> HttpResponse:
    context = {"question": FORGET, "back_url": place.get_absolute_url(), "back_label": place, "form": form}
    return render(request, "web/question.html", context)


@requires(*COORDINATES)
def read_list(request: Request) -> HttpResponse:
    reads = SensitiveRead.objects.visible_to(request.acting).select_related("reader", "site")
    return list_page(request, "network/read_list.html", reads, ReadFilter)
