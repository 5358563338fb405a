"""Writing to partners: thanks for a delivery, and reminders of what is late. A person decides on each."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from donations.enums import LetterKind
from donations.models import Donation, Letter, Pledge
from donations.partners.letters import has_mailbox, remind, remind_all, thank, to_remind, try_again
from donations.partners.reminders import late_partners
from donations.partners.sending import of_delivery, written
from donations.prefilled import chosen
from donations.querysets import givers
from network.perms import COORDINATES, requires
from network.requests import Request, house_of
from web.errors import Refused
from web.lists import list_page
from web.messages import refuse, succeed
from web.numbers import grouped

PARTNERS = 20  # of a page: each with all it is late with


@requires(*COORDINATES)
def donation_letter(request: Request, pk: int) -> HttpResponse:
    """Show what the partner would read, and have it sent on a POST; what failed is sent again by the same press."""
    donations = Donation.objects.visible_to(request.acting).for_display().filter(partner__isnull=False)
    donation = get_object_or_404(donations.select_related("house"), pk=pk)
    letter = Letter.objects.filter(donation=donation).first()
    if request.method == "POST":
        try:
            is_again = letter is not None and try_again(letter=letter)
            letter = thank(donation=donation, actor=request.user)
        except Refused as refused:
            refuse(request, str(refused))
        else:
            sentence = _("It is being sent again.") if is_again else _("The delivery is confirmed to %(partner)s.")
            succeed(request, sentence % {"partner": donation.partner})
        return redirect(donation)
    said = of_delivery(donation) if has_mailbox(donation.partner) else None
    if said is None:
        raise PermissionDenied(_("This partner has no e-mail address here, or the donation was taken back."))
    subject, text = written(LetterKind.DELIVERY, said)
    context = {"donation": donation, "name": capfirst(str(donation)), "subject": subject, "text": text}
    return render(request, "donations/partners/donation_letter.html", context)


@requires(*COORDINATES)
def pledge_reminders(request: Request) -> HttpResponse:
    """Who is late with what, when they were reminded and by whom; a POST reminds one, or all those of every page."""
    if request.method == "POST":
        _remind(request)
        return redirect(request.get_full_path())
    late = Pledge.objects.visible_to(request.acting).late()
    partners = list(late.by_partner())  # what has come for each promise is summed up once
    return list_page(
        request,
        "donations/partners/pledge_reminders.html",
        partners,
        context={"to_remind": to_remind([row["partner"] for row in partners]).count()},
        per_page=PARTNERS,
        dress=partial(late_partners, late=late),
    )


def _remind(request: Request) -> None:
    by: dict[str, Any] = {"actor": request.user}
    typed = request.POST.get("partner", "")
    if typed == "all":
        count = len(remind_all(house=house_of(request), **by))
        sentence = ngettext("%(count)s reminder is being sent.", "%(count)s reminders are being sent.", count)
        succeed(request, sentence % {"count": grouped(count)})
        return
    partner = chosen(givers(request.acting.house), typed)
    if partner is None:
        raise Http404
    again = partner.letters.reminders().first()
    try:
        if again is None or not try_again(letter=again):
            remind(partner=partner, **by)
    except Refused as refused:
        refuse(request, str(refused))
    else:
        succeed(request, _("A reminder is being sent to %(partner)s.") % {"partner": partner})
