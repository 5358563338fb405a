"""Which tablet asks: it sends the secret back that it was given, in a cookie that no script reads.

Nobody signs in on a tablet; these addresses know no user and no session. A request of another site carries no cookie
(SameSite=Strict) and cannot set the header that is asked for, so that none is forged.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from donations.models import Tablet
from network.devices import digest_of

PATH = "/collect/"
HEADER = "X-Kitdrive"  # in what is asked and in what is answered: a captive portal's page has none
KEPT = 60 * 60 * 24 * 400  # seconds: the longest that browsers allow, so that a revoked tablet is still told so


class TabletRequest(HttpRequest):
    """A request of which the tablet is known, or known to be none."""

    tablet: Tablet | None


View = Callable[..., HttpResponse]


def for_tablets(view: View) -> View:
    """Find the tablet that asks, and mark the answer as ours. Whether it may do what it asks is the view's to say."""

    @never_cache
    @csrf_exempt
    @login_not_required
    @wraps(view)
    def guarded(request: TabletRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and request.headers.get(HEADER) != "1":
            return answer({"state": "forged"}, status=HTTPStatus.FORBIDDEN)
        request.tablet = tablet_of(request)
        return view(request, *args, **kwargs)

    return guarded


def tablet_of(request: HttpRequest) -> Tablet | None:
    """The tablet whose secret the request brings, whatever its state."""
    secret = request.COOKIES.get(settings.TABLET_COOKIE_NAME)
    if not secret:
        return None
    tablets = Tablet.objects.select_related("device__house", "device__site", "drive", "place").order_by()
    tablet = next(iter(tablets.filter(device__secret_digest=digest_of(secret))), None)
    if tablet:
        # All that it names is of one house, which each entry asks for again and again.
        tablet.device.site.house = tablet.drive.house = tablet.device.house
        if tablet.place:
            tablet.place.house = tablet.device.house
    return tablet


def state_of(tablet: Tablet | None) -> str:
    """unknown, opened, active, ended, refused or revoked."""
    return "unknown" if tablet is None else tablet.state.value


def answer(content: dict[str, Any], status: int = HTTPStatus.OK) -> JsonResponse:
    """JSON with the mark by which a tablet knows that the server itself answered, and the server's time."""
    marked = {"kitdrive": 1, "now": timezone.now().isoformat(), **content}
    return JsonResponse(marked, status=status, headers={HEADER: "1"})


def remember(response: HttpResponse, secret: str) -> None:
    """Give the tablet its secret."""
    response.set_cookie(
        settings.TABLET_COOKIE_NAME,
        secret,
        max_age=KEPT,
        path=PATH,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )
