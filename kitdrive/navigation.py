"""The main navigation: what each role finds at the top of every page."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.enums import Role

C, V, D, A, P, R = Role.COORDINATOR, Role.VOLUNTEER, Role.DISTRIBUTOR, Role.ADMIN, Role.PARTNER, Role.REFERRER


@dataclass(frozen=True)
class Entry:
    label: str | Promise
    route: str
    icon: str
    roles: tuple[Role, ...]


ENTRIES = (
    Entry(_("Home"), "home", "house", tuple(Role)),
    Entry(_("Donations"), "donations:donation_list", "gift", (C, V, P)),
    Entry(_("Stock"), "stock:stock_now", "boxes", (C, V, D, A)),
    Entry(_("Kits"), "kits:kit_list", "box-seam", (C, V, D)),
    Entry(_("Shipments"), "distribution:shipment_list", "truck", (C, D, P, R)),
    Entry(_("Handovers"), "distribution:handover_list", "person-check", (C, D)),
    Entry(_("Administration"), "admin:index", "gear", (A,)),
)


def navigation(request: HttpRequest) -> list[dict[str, object]]:
    """The entries that this person may open: label, url, icon, and whether it is the current one."""
    shown = [(entry, _address(entry)) for entry in ENTRIES if request.acting.has_role(*entry.roles)]
    addresses = sorted((url for _entry, url in shown if url and request.path.startswith(url)), key=len)
    current = addresses[-1] if addresses else None
    return [
        {"label": entry.label, "url": url, "icon": entry.icon, "current": url == current} for entry, url in shown if url
    ]


def _address(entry: Entry) -> str | None:
    try:
        return reverse(entry.route)
    except NoReverseMatch:
        return None
