"""The slips of the kits of a session or a shipment, as printing knows them: many contents are laid out by a worker."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from distribution.kit_slips import KitSlips
from distribution.models import Shipment
from distribution.perms import HANDLES_GOODS, HANDS_OVER
from kits.models import AssemblySession, Kit
from network.papers import acting_now, theirs
from printing.papers import Arguments, NotYours, Paper, Work

SESSION_SLIPS, SHIPMENT_SLIPS = "session kit slips", "shipment kit slips"


def _of_session(user: User, about: Arguments) -> Work:
    """Those of its kits that are here."""
    acting = acting_now(user, about["house"], *HANDLES_GOODS)
    session = theirs(AssemblySession.objects.visible_to(acting), about["session"])
    return _work(Kit.objects.visible_to(acting).filter(lot__pack__session=session))


def _of_shipment(user: User, about: Arguments) -> Work:
    """Those of its kits, until they are acknowledged and forgotten."""
    acting = acting_now(user, about["house"], *HANDS_OVER)
    shipment = theirs(Shipment.objects.visible_to(acting), about["shipment"])
    return _work(Kit.objects.filter(in_shipment__shipment=shipment))


def _work(kits: QuerySet[Kit]) -> Work:
    slips = KitSlips.of(kits.order_by("pk"))
    if not slips.codes:
        raise NotYours
    return Work(slips.not_laid_out, slips.pdf)


PAPERS = {
    SESSION_SLIPS: Paper(
        _("Slips of the kits of a session"),
        _of_session,
        lambda about: reverse("kits:session_detail", args=[about["session"]]),
    ),
    SHIPMENT_SLIPS: Paper(
        _("Slips of the kits of a shipment"),
        _of_shipment,
        lambda about: reverse("distribution:shipment_detail", args=[about["shipment"]]),
    ),
}
