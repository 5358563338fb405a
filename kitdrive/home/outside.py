"""The home of a partner or a referring structure: its own shipments and promises, and nothing else."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from distribution.enums import ShipmentState
from distribution.models import Shipment, ShipmentLine
from distribution.querysets import ShipmentQuerySet
from donations.models import Pledge
from kitdrive.home.parts import Figure, Step
from network.acting import Acting
from network.enums import Role
from web.numbers import grouped

A_YEAR = timedelta(days=365)


def home_outside(acting: Acting) -> tuple[Step, list[tuple[str, str]], list[Figure]]:
    """The next step, what waits besides it, and figures of the last twelve months."""
    shipments = Shipment.objects.visible_to(acting)
    waiting = list(shipments.filter(state=ShipmentState.HANDED_OVER).order_by("planned_on", "pk"))
    figures = list(_received(shipments, len(waiting)))
    attention = list(_still_waiting(len(waiting) - 1))
    if acting.has_role(Role.PARTNER):
        attention += _late(acting)
        figures += _given(acting)
    return _step(acting, waiting), attention, figures


def _step(acting: Acting, waiting: list[Shipment]) -> Step:
    if waiting:
        return Step(
            _("%(shipment)s has left for you.") % {"shipment": waiting[0]},
            _("Say what arrived"),
            reverse("distribution:shipment_acknowledge", args=[waiting[0].pk]),
            "check2-square",
        )
    if acting.has_role(Role.PARTNER) and Pledge.objects.visible_to(acting).exists():
        sentence = _("No shipment waits for you. What you promised, and what has arrived of it, is in your promises.")
        return Step(sentence, _("See your promises"), reverse("donations:pledge_list"), "calendar-check")
    sentence = _("No shipment waits for you. The next one comes here as soon as it leaves, to say what arrived.")
    return Step(sentence, _("See your shipments"), reverse("distribution:shipment_list"), "truck")


def _still_waiting(others: int) -> Iterator[tuple[str, str]]:
    if others > 0:
        yield (
            ngettext(
                "%(count)s more shipment waits until you say what arrived.",
                "%(count)s more shipments wait until you say what arrived.",
                others,
            )
            % {"count": grouped(others)},
            reverse("distribution:shipment_list"),
        )


def _late(acting: Acting) -> Iterator[tuple[str, str]]:
    if late := Pledge.objects.visible_to(acting).late().count():
        yield (
            ngettext("%(count)s of your promises is late.", "%(count)s of your promises are late.", late)
            % {"count": grouped(late)},
            reverse("donations:pledge_list"),
        )


def _received(shipments: ShipmentQuerySet, on_the_way: int) -> Iterator[Figure]:
    address, qualifier = reverse("distribution:shipment_list"), _("in the last twelve months")
    year = shipments.filter(planned_on__gt=timezone.localdate() - A_YEAR)
    pieces = ShipmentLine.objects.filter(shipment__in=year).aggregate(sum=Sum("quantity", default=0))["sum"]
    yield Figure(on_the_way, ngettext("shipment on its way", "shipments on their way", on_the_way), address)
    yield Figure(pieces, ngettext("piece sent to you", "pieces sent to you", pieces), address, qualifier)


def _given(acting: Acting) -> Iterator[Figure]:
    expected = Pledge.objects.visible_to(acting).still_to_come().count()
    label = ngettext("promise still to come", "promises still to come", expected)
    yield Figure(expected, label, reverse("donations:pledge_list"))
