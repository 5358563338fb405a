"""What a partner gave in a year, to look at and to take away: the lines that a tax receipt needs, without any value."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from donations.partners.forms import FIRST_YEAR, YearForm, partners_of
from donations.partners.gifts import gifts
from donations.partners.perms import READS_ATTESTATIONS
from donations.partners.tables import GIFTS
from network.models import Organisation
from network.perms import requires
from network.requests import Request, house_of
from web.jobs.answers import job_response


@requires(*READS_ATTESTATIONS)
def gift_table(request: Request) -> HttpResponse:
    form = YearForm(request.GET or None, acting=request.acting)
    context: dict[str, Any] = {"form": form}
    if request.GET and form.is_valid():
        partner, year = form.cleaned_data["partner"], form.cleaned_data["year"]
        context |= {"partner": partner, "year": str(year), "lines": of_year(request, partner, year)}
    return render(request, "donations/partners/gift_table.html", context)


@requires(*READS_ATTESTATIONS)
def gift_file(request: Request, pk: int, kind: str) -> HttpResponse:
    """The same as CSV or as a workbook; `?year=` says of which year, this one where nothing is said."""
    partner = get_object_or_404(partners_of(request.acting), pk=pk)
    typed, this_year = request.GET.get("year", ""), timezone.localdate().year
    year = int(typed) if typed.isdecimal() and FIRST_YEAR <= int(typed[:5]) <= this_year else this_year
    return job_response(request, GIFTS[kind], {"house": house_of(request).pk, "partner": partner.pk, "year": year})


def of_year(request: Request, partner: Organisation, year: int) -> list[dict[str, Any]]:
    return [gift.in_words for gift in gifts(house_of(request), partner, date(year, 1, 1), date(year, 12, 31))]
