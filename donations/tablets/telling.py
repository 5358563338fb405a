"""What a tablet is told of its point, so that it works without a network. Nothing about recipients, no person."""

import base64
from itertools import groupby
from typing import Any

from django.utils.translation import get_language

from donations.containers.operations import codes_of
from donations.drop_offs.operations import UNDO
from donations.models import Tablet
from donations.querysets import givers
from donations.tablets.access import state_of
from donations.tablets.entries import loose_goods
from stock.enums import Category


def state(tablet: Tablet | None) -> dict[str, Any]:
    """The state of who asks; what the page shows and offers once the tablet is let in."""
    told: dict[str, Any] = {"state": state_of(tablet)}
    if tablet is None:
        return told
    device = tablet.device
    told |= {"tablet": device.pk, "name": str(device), "site": str(device.site), "check_number": device.check_number}
    if told["state"] in ("active", "ended"):
        told |= _of_the_point(tablet)
    return told


def _of_the_point(tablet: Tablet) -> dict[str, Any]:
    return {
        "language": get_language(),
        "drive": str(tablet.drive),
        "drive_ends_on": tablet.drive.ends_on.isoformat(),
        "kind": tablet.kind,
        "until": tablet.device.ends_at.isoformat(),
        "undo_seconds": int(UNDO.total_seconds()),
        "codes": codes_of(tablet.device),
        "partners": [{"id": partner.pk, "name": str(partner)} for partner in givers(tablet.device.house)],
        "goods": _goods(tablet) if tablet.place else [],
        "export_key": base64.b64encode(bytes(tablet.export_key)).decode(),
    }


def _goods(tablet: Tablet) -> list[dict[str, Any]]:
    items = sorted(loose_goods(tablet), key=lambda item: (list(Category).index(Category(item.category)), str(item)))
    return [
        {
            "category": category,
            "label": str(Category(category).label),
            "items": [{"id": item.pk, "name": item.label} for item in group],
        }
        for category, group in groupby(items, key=lambda item: item.category)
    ]
