"""The outer tags of the kits that are here, as labels: first on what, then the PDF."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kits.labels import kit_labels
from kits.models import AssemblySession, Kit, Pack
from network.perms import HANDLES_GOODS, requires
from network.requests import Request
from printing.label_forms import LabelsForm
from printing.pdf import pdf_response

NEUTRAL = "etiquettes.pdf"
NONE_HERE = _("No kit of it is here: only kits that are here have labels and slips.")


@requires(*HANDLES_GOODS)
def kit_label(request: Request, pk: int) -> HttpResponse:
    """The tag of one kit that is here."""
    kit = get_object_or_404(Kit.objects.visible_to(request.acting), pk=pk)
    kits = Kit.objects.visible_to(request.acting).filter(pk=kit.pk)
    return answer_labels(request, kits, str(kit), reverse("kits:kit_lookup"), is_one=True)


@requires(*HANDLES_GOODS)
def pack_labels(request: Request, pk: int) -> HttpResponse:
    """The tags of the kits of a pack that are here."""
    pack = get_object_or_404(Pack.objects.visible_to(request.acting).select_related("lot__item"), pk=pk)
    kits = Kit.objects.visible_to(request.acting).filter(lot=pack.lot_id)
    return answer_labels(request, kits, str(pack), reverse("kits:pack_detail", args=[pk]))


@requires(*HANDLES_GOODS)
def session_labels(request: Request, pk: int) -> HttpResponse:
    """The tags of the kits of a session that are here."""
    session = get_object_or_404(AssemblySession.objects.visible_to(request.acting), pk=pk)
    kits = Kit.objects.visible_to(request.acting).filter(lot__pack__session=session)
    return answer_labels(request, kits, str(session), reverse("kits:session_detail", args=[pk]))


def answer_labels(
    request: Request, kits: QuerySet[Kit], title: str, back_url: str, *, is_one: bool = False
) -> HttpResponse:
    """The form that asks on what to print the tags of `kits`, then the PDF; without a kit a sentence that says so.

    Of one kit the title that a browser remembers does not name the code.
    """
    count = kits.count()
    if not count:
        return nothing_to_print(request, title, back_url)
    form = LabelsForm(request.GET or None)
    if form.is_valid():
        return pdf_response(kit_labels(kits.order_by("pk"), **form.cleaned_data), NEUTRAL)
    context = {"form": form, "count": count, "title": title, "back_url": back_url, "is_one": is_one}
    return render(request, "kits/labels.html", context)


def nothing_to_print(request: Request, title: str, back_url: str, sentence: str | Promise = NONE_HERE) -> HttpResponse:
    """The page that stands where labels and slips would be asked for, and says why there are none."""
    context = {"title": title, "back_url": back_url, "sentence": sentence}
    return render(request, "kits/nothing_to_print.html", context)
