"""Targets of a drive, and what it still needs."""

from django.db.models import BooleanField, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import ExpressionWrapper
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.models import Drive
from kits.forms import TargetsForm
from kits.models import KitTemplate, Target
from kits.plans import DrivePlan
from kits.targets import set_targets
from network.perms import COORDINATES, requires
from network.requests import Request
from web.errors import Refused
from web.exports import csv_response
from web.messages import succeed

NEED_COLUMNS = (
    (gettext_lazy("Article"), lambda need: str(need.item)),
    (gettext_lazy("Category"), lambda need: need.item.get_category_display()),
    (gettext_lazy("Unit"), lambda need: need.item.get_unit_display()),
    (gettext_lazy("Wanted"), "wanted"),
    (gettext_lazy("In stock"), "from_stock"),
    (gettext_lazy("Promised"), "promised"),
    (gettext_lazy("Replaced"), "substituted"),
    (gettext_lazy("Missing"), "missing"),
)


@requires(*COORDINATES)
def target_list(request: Request, drive_pk: int | None = None) -> HttpResponseBase:
    """What the drive is to make, what can be made now, what is missing; `?format=csv` answers the needs as a file."""
    drives = Drive.objects.visible_to(request.acting)
    chosen = request.GET.get("drive", "") if drive_pk is None else str(drive_pk)
    wanted = (
        drives.filter(pk=int(chosen) if chosen.isdecimal() and len(chosen) < 18 else 0) if chosen else _nearest(drives)
    )
    drive = wanted.select_related("house").first()
    if drive is None and not chosen:
        return render(request, "kits/target_list.html", {"drive": None})
    if drive is None:
        raise Http404
    plan = DrivePlan(drive)
    if request.GET.get("format") == "csv":
        return csv_response(_("needs"), NEED_COLUMNS, plan.needs)
    missing = [need for need in plan.needs if need.missing]
    covered = [need for need in plan.needs if need.wanted and not need.missing]
    context = {"drive": drive, "drives": drives, "plan": plan, "missing": missing, "covered": covered}
    return render(request, "kits/target_list.html", context)


@requires(*COORDINATES)
def target_edit(request: Request, drive_pk: int) -> HttpResponse:
    drive = get_object_or_404(Drive.objects.visible_to(request.acting), pk=drive_pk)
    aimed = {target.template_id: target for target in drive.targets.all()}
    templates = KitTemplate.objects.visible_to(request.acting).kits().offered(aimed)
    initial = {f"quantity_{pk}": target.quantity for pk, target in aimed.items()}
    initial |= {f"priority_{pk}": target.priority for pk, target in aimed.items()}
    form = TargetsForm(request.POST or None, rows=templates, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_targets(drive=drive, targets=form.targets, actor=request.user)
        except Refused as refused:
            form.attach(refused)
        else:
            succeed(request, _("The targets of “%(drive)s” were saved.") % {"drive": drive})
            return redirect("kits:target_list", drive.pk)
    rows = [(row, form.number_field(row), form[f"priority_{row.pk}"]) for row in form.rows]
    return render(request, "kits/target_edit.html", {"form": form, "rows": rows, "drive": drive})


def _nearest(drives: QuerySet[Drive]) -> QuerySet[Drive]:
    """A drive that has targets before one that has none, then one that is running, then the latest."""
    today = timezone.localdate()
    running = ExpressionWrapper(Q(starts_on__lte=today, ends_on__gte=today), output_field=BooleanField())
    aimed = Exists(Target.objects.filter(drive=OuterRef("pk")))
    return drives.order_by(aimed.desc(), running.desc(), "-starts_on", "-pk")
