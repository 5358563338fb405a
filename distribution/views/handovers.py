"""Handing over: one page, one minute; and what may be read of it afterwards, by whom and why."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from distribution.desk import Shelf, desks
from distribution.handover_forms import ArticleLines, HandoverForm, PastDayForm
from distribution.handovers import hand_over, undo_handover
from distribution.models import Handover
from distribution.perms import COORDINATES, HANDS_OVER
from network.enums import ReadReason, SensitiveSubject
from network.perms import requires
from network.reads import log_read
from network.requests import Request
from stock.models import Place
from web.errors import Refused, attach
from web.lists import list_page
from web.messages import refuse, succeed
from web.numbers import grouped

DESK = "desk"  # in the address and in the session: the place of the last handover


def _desk(request: Request, places: list[Place]) -> Place | None:
    """The place that was asked for, else the last one used, else the first."""
    by_pk = {str(place.pk): place for place in places}
    asked = [request.GET.get(DESK, ""), str(request.session.get(DESK, ""))]
    return next((by_pk[pk] for pk in asked if pk in by_pk), places[0] if places else None)


@requires(*HANDS_OVER)
def handover_create(request: Request) -> HttpResponse:
    """Record a handover, and open the next form at once."""
    places = list(desks(request.acting))
    place = _desk(request, places)
    if place is None:
        return render(request, "distribution/handover_no_desk.html")
    shelf = Shelf(place)
    form = HandoverForm(request.POST or None, acting=request.acting, shelf=shelf)
    lines = ArticleLines(request.POST or None, prefix="articles", catalogue=shelf.catalogue)
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        try:
            operation = hand_over(place=place, articles=lines.item_lines, actor=request.user, **form.arguments)
        except Refused as refused:
            attach(form, lines, refused)
        else:
            if request.session.get(DESK) != place.pk:  # a session that changes says when it did: not at each handover
                request.session[DESK] = place.pk
            _say(request, operation.handover)
            return redirect("distribution:handover_create")
    context = {"form": form, "lines": lines, "shelf": shelf, "place": place, "places": places}
    return render(request, "distribution/handover_create.html", {**context, "catalogue": shelf.catalogue})


def _say(request: Request, handover: Handover) -> None:
    kits = ngettext("%(count)s kit", "%(count)s kits", handover.kits) % {"count": grouped(handover.kits)}
    articles = ngettext("%(count)s article", "%(count)s articles", handover.articles) % {
        "count": grouped(handover.articles)
    }
    said = _("The handover is recorded: %(kits)s, %(articles)s. It can be undone for one hour.")
    undo = reverse("distribution:handover_undo", args=[handover.pk])
    succeed(request, said % {"kits": kits, "articles": articles}, undo=undo)


@requires(*HANDS_OVER)
def handover_list(request: Request) -> HttpResponse:
    """Today's handovers; those of a past day for a coordinator who says why. Each reading is logged."""
    coordinates = request.acting.has_role(*COORDINATES)
    form = PastDayForm(request.GET if "day" in request.GET else None)
    day, reason = timezone.localdate(), ReadReason.TODAY
    if "day" in request.GET:
        if not coordinates:
            raise PermissionDenied(_("Handovers of past days are opened by a coordinator."))
        if form.is_valid():
            day, reason = form.cleaned_data["day"], ReadReason(form.cleaned_data["reason"])
    is_today = day == timezone.localdate()
    subject = SensitiveSubject.HANDOVERS_TODAY if is_today else SensitiveSubject.HANDOVERS_PAST
    log_read(request.acting, subject, reason, site=_only_site(request), day=day)
    handovers = Handover.objects.visible_to(request.acting).of_day(day).for_display()
    context = {"form": form, "day": day, "reason": reason, "is_today": is_today, "coordinates": coordinates}
    return list_page(request, "distribution/handover_list.html", handovers, None, context)


def _only_site(request: Request):
    """The site of who hands over at one alone; a coordinator reads the whole house's."""
    if request.acting.has_role(*COORDINATES):
        return None
    sites = [m.site for m in request.acting.memberships if m.site_id in request.acting.handover_site_ids]
    return sites[0] if len(sites) == 1 else None


@requires(*HANDS_OVER)
def handover_detail(request: Request, pk: UUID) -> HttpResponse:
    """What one household received; of a past day with the reason for which its list was opened."""
    handover = get_object_or_404(Handover.objects.visible_to(request.acting).for_display(), pk=pk)
    reason = ReadReason.TODAY
    if handover.day != timezone.localdate():
        form = PastDayForm({"day": handover.day, "reason": request.GET.get("reason", "")})
        if not form.is_valid():
            refuse(request, _("Say first why you open handovers of a past day."))
            return redirect("distribution:handover_list")
        reason = ReadReason(form.cleaned_data["reason"])
    log_read(request.acting, SensitiveSubject.HANDOVER, reason, site=handover.site, day=handover.day)
    movements = handover.operation.movements.select_related("lot__item").order_by("lot__item__category", "lot")
    context = {"handover": handover, "movements": movements, "can_undo": _can_be_undone(handover)}
    return render(request, "distribution/handover_detail.html", context)


def _can_be_undone(handover: Handover) -> bool:
    undo = getattr(handover, "undo", None)
    return undo is not None and undo.until >= timezone.now()


@requires(*HANDS_OVER)
@require_POST
def handover_undo(request: Request, pk: UUID) -> HttpResponse:
    """Take a handover back; its key is the handover's own, so that one press or ten are the same."""
    handovers = Handover.objects.visible_to(request.acting).select_related("operation__house")
    handover = get_object_or_404(handovers, pk=pk)
    try:
        undo_handover(operation=handover.operation, actor=request.user, key=f"undo-{handover.pk}")
    except Refused as refused:
        refuse(request, str(refused))
    else:
        succeed(request, _("The handover is undone: its kits and articles are here again."))
    return redirect("distribution:handover_create")
