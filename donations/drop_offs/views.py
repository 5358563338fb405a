"""What came to the points: day by day, a day of a point entry by entry, one drop-off; and sheets to tick on paper."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst

from donations.drop_offs.days import Narrowed, days_of, entries_of, with_totals
from donations.drop_offs.entries import entries, entry_of, with_entries
from donations.drop_offs.forms import DaysForm
from donations.drop_offs.papers import TALLY
from donations.drop_offs.tables import DAYS, asked_for
from donations.forms import the_running_one
from donations.models import Drive, DropOff
from donations.perms import TAKES_IN
from network.models import Site
from network.perms import requires
from network.requests import Request, house_of
from stock.models import Operation
from stock.perms import can_read_journal
from web.jobs.answers import job_response
from web.lists import list_page


@requires(*TAKES_IN)
def drop_off_list(request: Request) -> HttpResponse:
    form = DaysForm(request.GET, acting=request.acting)
    asked = form.narrowed
    return list_page(
        request,
        "donations/drop_offs/drop_off_list.html",
        days_of(asked),
        context={"filter": {"form": form}},
        dress=lambda days: with_totals(days, asked),
    )


@requires(*TAKES_IN)
def drop_off_csv(request: Request) -> HttpResponse:
    """The same days, narrowed by the same filters, as a file."""
    return job_response(request, DAYS, asked_for(request))


@requires(*TAKES_IN)
def point_day(request: Request, pk: int, day: date) -> HttpResponse:
    """What came to one point on one day, entry by entry."""
    site = get_object_or_404(Site.objects.visible_to(request.acting), pk=pk)
    asked = Narrowed({site.pk: site}, since=day, until=day)

    def dress(rows: list[Any]) -> list[Any]:
        return entries([number for (number,) in rows], request.acting)

    context = {"site": site, "day": day, "totals": with_totals([(site.pk, day)], asked)[0]}
    return list_page(request, "donations/drop_offs/point_day.html", entries_of(asked), context=context, dress=dress)


@requires(*TAKES_IN)
def drop_off_detail(request: Request, pk: int) -> HttpResponse:
    drop_offs = DropOff.objects.visible_to(request.acting).select_related("drive", "site", "partner")
    drop_off = get_object_or_404(drop_offs, pk=pk)
    operation = with_entries(Operation.objects.all()).get(pk=drop_off.operation_id)
    context = {
        "drop_off": drop_off,
        "title": capfirst(str(drop_off)),
        "entry": entry_of(operation, request.acting),
        "reads_journal": can_read_journal(request.acting),
    }
    return render(request, "donations/drop_offs/drop_off_detail.html", context)


@requires(*TAKES_IN)
def drive_tally(request: Request, pk: int) -> HttpResponse:
    """A sheet to tick for each point of a drive."""
    return job_response(request, TALLY, {"house": house_of(request).pk, "drive": pk})


@requires(*TAKES_IN)
def point_tally(request: Request, pk: int) -> HttpResponse:
    """A sheet to tick for one point, of the drive that runs there, else of its last one, else of one to be written."""
    drive = the_running_one(Drive.objects.visible_to(request.acting).filter(sites=pk))
    about = {"house": house_of(request).pk, "site": pk}
    return job_response(request, TALLY, about | {"drive": drive.pk} if drive else about)
