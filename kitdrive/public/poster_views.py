"""The posters of a drive's points, for who coordinates it."""

from dataclasses import dataclass
from ipaddress import ip_address

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from donations.models import Drive
from donations.querysets import DriveQuerySet
from kitdrive.public.facts import DriveFacts, Point, public_point
from kitdrive.public.pages import point_address
from kitdrive.public.posters import SHEETS, poster, postered
from network.models import Site
from network.perms import COORDINATES, requires
from network.requests import Request
from printing.pdf import pdf_response


@dataclass(frozen=True)
class Poster:
    """A point of a drive for which there is a poster."""

    drive: Drive
    point: Point


@requires(*COORDINATES)
def drive_posters(request: Request, pk: int) -> HttpResponse:
    """What can be printed for each public point of a drive."""
    drive = get_object_or_404(_drives(request), pk=pk)
    facts = postered(drive)
    posters = [Poster(drive, point) for point in (facts.points if facts else ())]
    return _page(request, drive, posters)


@requires(*COORDINATES)
def site_posters(request: Request, pk: int) -> HttpResponse:
    """What can be printed for a site: for each published drive of which it is a public point."""
    site = get_object_or_404(Site.objects.visible_to(request.acting), pk=pk)
    point = public_point(site)
    drives = _drives(request).published().filter(sites=site) if point else ()
    posters = [Poster(drive, point) for drive in drives if point and not drive.is_over]
    return _page(request, site, posters)


@requires(*COORDINATES)
def drive_poster(request: Request, pk: int, point: int, sheet: str) -> HttpResponse:
    """One of them as PDF."""
    facts = postered(get_object_or_404(_drives(request), pk=pk))
    at_point: DriveFacts | None = facts.at(point) if facts else None
    if at_point is None or sheet not in SHEETS:
        raise Http404
    language = SHEETS[sheet][1]
    address = request.build_absolute_uri(point_address(at_point.drive, at_point.points[0], language))
    return pdf_response(poster(at_point, address, sheet), f"affiche-{sheet}.pdf")


def _drives(request: Request) -> DriveQuerySet:
    return Drive.objects.visible_to(request.acting).select_related("house")


def _page(request: HttpRequest, of: Drive | Site, posters: list[Poster]) -> HttpResponse:
    """Those of a drive or of a site, with the name of this server, which stands in their code."""
    host = request.get_host()
    context = {"of": of, "is_site": isinstance(of, Site), "posters": posters, "host": host, "is_local": is_local(host)}
    return render(request, "kitdrive/posters.html", context)


def is_local(host: str) -> bool:
    """Whether a telephone outside would not find `host`."""
    name = host.rpartition("]")[0].lstrip("[") or host.partition(":")[0]
    try:
        return not ip_address(name).is_global
    except ValueError:
        return "." not in name or name.endswith((".local", ".lan", ".home.arpa", ".internal"))
