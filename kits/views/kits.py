"""The kits that are here, the packs that made them, and the code on a label."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kits.contents import contents
from kits.enums import SessionState
from kits.filters import KitFilter
from kits.forms import LookupForm
from kits.here import alike, with_packs
from kits.lookup import look_up
from kits.models import Kit, Pack
from kits.operations import unpack
from kits.perms import PACKS, can_unpack
from kits.views.templates import by_category
from network.perms import HANDLES_GOODS, requires
from network.requests import Request
from stock.models import Balance
from web.errors import Refused
from web.lists import list_page
from web.messages import refuse, succeed
from web.numbers import grouped

ROWS = 25  # of a page: each holds its packs


@requires(*HANDLES_GOODS)
def kit_list(request: Request) -> HttpResponse:
    kits = alike(Balance.objects.visible_to(request.acting))
    return list_page(request, "kits/kit_list.html", kits, KitFilter, per_page=ROWS, dress=with_packs)


@requires(*HANDLES_GOODS)
def kit_lookup(request: Request) -> HttpResponse:
    """What a code is, at one's own site alone. A code goes by POST: never into an address, a history or a log."""
    form = LookupForm(request.POST or None)
    found, asked = None, False
    if request.method == "POST" and form.is_valid():
        found, asked = look_up(request.acting, form.cleaned_data["code"]), True
        form = LookupForm()
    groups = by_category(contents(found.lot.pack.version)) if found else []
    return render(request, "kits/kit_lookup.html", {"form": form, "kit": found, "asked": asked, "groups": groups})


@requires(*HANDLES_GOODS)
def pack_detail(request: Request, pk: int) -> HttpResponse:
    made = get_object_or_404(Pack.objects.visible_to(request.acting).for_display(), pk=pk)
    kits = Kit.objects.visible_to(request.acting).filter(lot=made.lot_id).select_related("place__site")
    context = {
        "pack": made,
        "kits": kits,
        "groups": by_category(contents(made.version)),
        "can_undo": can_unpack(request.acting, made) and not made.is_undone,
    }
    return render(request, "kits/pack_detail.html", context)


@requires(*PACKS)
def pack_undo(request: Request, pk: int) -> HttpResponse:
    """Take a pack apart again. The key is the pack's own, so that a second press is the same undoing."""
    made = get_object_or_404(Pack.objects.visible_to(request.acting).for_display(), pk=pk)
    allowed = can_unpack(request.acting, made)
    back = redirect("kits:pack_detail", made.pk)
    if made.session and made.session.state == SessionState.OPEN:
        back = redirect("kits:session_pack", made.session.pk)
    if request.method != "POST":
        return render(request, "kits/pack_undo.html", {"pack": made, "can_undo": allowed})
    if not allowed:
        refuse(request, _("The session is closed: ask a coordinator to undo this pack."))
        return back
    try:
        unpack(operation=made.operation, actor=request.user, key=f"undo-{made.operation.key}")
    except Refused as refused:
        refuse(request, str(refused))
    else:
        said = ngettext(
            "%(count)s × %(kit)s: taken apart, the articles are back.",
            "%(count)s × %(kit)s: taken apart, the articles are back.",
            made.quantity,
        )
        succeed(request, said % {"count": grouped(made.quantity), "kit": made.lot.item})
    return back
