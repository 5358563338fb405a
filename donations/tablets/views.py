"""What coordinators do with tablets: invite one, let it in, see what it sends, shut it out."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from donations.models import Tablet
from donations.tablets.access import PATH
from donations.tablets.files import open_file, take_in_file
from donations.tablets.filters import TabletFilter
from donations.tablets.forms import TabletFileForm, TabletForm
from donations.tablets.held import shown
from donations.tablets.long_files import TABLET_FILE, TabletFileKind
from donations.tablets.operations import confirm_tablet, invitation_code, invite_tablet
from network import devices
from network.perms import COORDINATES, requires
from network.requests import Request, house_of
from printing.qr import picture
from stock.codes import spoken
from web.errors import Refused, attach
from web.jobs.kinds import Sent
from web.jobs.models import Job
from web.jobs.operations import start_job
from web.lists import list_page, wants_fragment
from web.messages import refuse, succeed
from web.questions import Question

MOST_DIGITS = 18  # of a number that a database knows
REVOKE = Question(
    gettext_lazy("Revoke a tablet"),
    gettext_lazy(
        "%(tablet)s sends nothing more from now on, and this cannot be taken back. What it has not sent stays on it:"
        " it says so, and gives it out as a file that you bring in here."
    ),
    gettext_lazy("Revoke it"),
    is_danger=True,
)


@requires(*COORDINATES)
def tablet_list(request: Request) -> HttpResponse:
    tablets = Tablet.objects.visible_to(request.acting).for_display()
    return list_page(request, "donations/tablets/tablet_list.html", tablets, TabletFilter)


@requires(*COORDINATES)
def tablet_create(request: Request) -> HttpResponse:
    form = TabletForm(request.POST or None, acting=request.acting, initial=_as_before(request))
    if request.method == "POST" and form.is_valid():
        try:
            tablet, _code = invite_tablet(actor=request.user, **form.cleaned_data)
        except Refused as refused:
            attach(form, None, refused)
        else:
            return redirect(tablet)
    return render(request, "donations/tablets/tablet_create.html", {"form": form})


@requires(*COORDINATES)
def tablet_import(request: Request) -> HttpResponse:
    """Take in the file of a tablet, and say what became of each entry; again changes nothing. The worker's if long."""
    form = TabletFileForm(request.POST, request.FILES) if request.method == "POST" else TabletFileForm()
    outcome, context = None, {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            file = open_file(form.cleaned_data["file"], request.acting)
            if len(file.entries) > TabletFileKind.at_once:
                return redirect(_for_the_worker(request, form))
            outcome = take_in_file(file)
        except Refused as refused:
            attach(form, None, refused)
    context |= shown(outcome) if outcome else {}
    return render(request, "donations/tablets/tablet_import.html", context)


@requires(*COORDINATES)
def tablet_detail(request: Request, pk: int) -> HttpResponse:
    """Where it stands. While it is being let in the page asks every two seconds, and is answered once that changed."""
    tablet = _find(request, pk)
    is_fragment = wants_fragment(request)
    if is_fragment and request.GET.get("state") == tablet.state:
        return HttpResponse(status=204)
    template = "donations/tablets/_tablet_detail.html" if is_fragment else "donations/tablets/tablet_detail.html"
    context = {"tablet": tablet, "state": str(tablet.state), "is_fragment": is_fragment}
    answer = render(request, template, {**context, **_invitation(request, tablet)})
    patch_vary_headers(answer, ["HX-Request"])
    return answer


@requires(*COORDINATES)
@require_POST
def tablet_confirm(request: Request, pk: int) -> HttpResponse:
    tablet = _find(request, pk)
    said = _("%(tablet)s is let in: it may log what people bring to %(site)s.")
    return _decide(request, tablet, lambda: confirm_tablet(tablet=tablet, actor=request.user), said)


@requires(*COORDINATES)
@require_POST
def tablet_refuse(request: Request, pk: int) -> HttpResponse:
    tablet = _find(request, pk)
    said = _("%(tablet)s was turned away. Invite it anew, and let nobody else see the code.")
    return _decide(request, tablet, lambda: devices.refuse(device=tablet.device, actor=request.user), said)


@requires(*COORDINATES)
@require_POST
def tablet_withdraw(request: Request, pk: int) -> HttpResponse:
    tablet = _find(request, pk)
    said = _("The invitation of %(tablet)s is withdrawn: its code opens nothing any more.")
    return _decide(request, tablet, lambda: devices.withdraw(device=tablet.device, actor=request.user), said)


@requires(*COORDINATES)
def tablet_revoke(request: Request, pk: int) -> HttpResponse:
    tablet = _find(request, pk)
    if request.method == "POST":
        said = _("%(tablet)s is revoked: it sends nothing more.")
        return _decide(request, tablet, lambda: devices.revoke(device=tablet.device, actor=request.user), said)
    question = replace(REVOKE, sentence=REVOKE.sentence % {"tablet": tablet})
    back = {"back_url": tablet.get_absolute_url(), "back_label": str(tablet)}
    return render(request, "web/question.html", {"question": question, **back})


def _for_the_worker(request: Request, form: TabletFileForm) -> Job:
    sent, key = Sent(form.cleaned_data["file"]), form.cleaned_data["key"]
    about = {"house": house_of(request).pk}
    return start_job(name=TABLET_FILE, arguments=about, actor=request.user, key=key, sent=sent)


def _find(request: Request, pk: int) -> Tablet:
    tablets = Tablet.objects.visible_to(request.acting).for_display()
    people = ("device__invited_by", "device__confirmed_by", "device__revoked_by")
    return get_object_or_404(tablets.select_related("device__site", "drive", "place__site", *people), pk=pk)


def _decide(request: Request, tablet: Tablet, work: Callable[[], object], said: str) -> HttpResponse:
    """Do `work` and say so, or why not; pressed twice, it is done once and said twice."""
    try:
        work()
    except Refused as refused:
        refuse(request, str(refused))
    else:
        succeed(request, said % {"tablet": tablet, "site": tablet.device.site})
    return redirect(tablet)


def _invitation(request: Request, tablet: Tablet) -> dict[str, Any]:
    """The code as it is shown: after the # of the address, which browsers keep to themselves, so that no log has it."""
    code = invitation_code(tablet)
    if not code:
        return {}
    address = request.build_absolute_uri(PATH)
    left = int((tablet.device.code_ends_at - timezone.now()).total_seconds())
    return {"code": spoken(code), "address": address, "qr": picture(f"{address}#{code}"), "seconds_left": max(left, 0)}


def _as_before(request: Request) -> dict[str, Any]:
    """What the form begins with: what was said of the tablet of which the invitation is made again."""
    again = request.GET.get("again", "")
    if not (again.isdecimal() and len(again) < MOST_DIGITS):
        return {}
    tablet = Tablet.objects.visible_to(request.acting).for_display().filter(pk=int(again)).first()
    if tablet is None:
        return {}
    said = {"drive": tablet.drive_id, "site": tablet.device.site_id, "kind": tablet.kind, "place": tablet.place_id}
    return {**said, "name": tablet.device.name}
