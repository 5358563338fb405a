"""Where one can go: the sections of every page's menu, the pages of each, and what is one's own account's.

A page is shown to who may open it, which its view alone says (`@requires`); `roles` is for views that are not ours. All
that lists something stands here, so that nothing is further than two clicks; tests/test_reachable.py follows the links.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.acting import Acting
from network.enums import Role
from network.perms import roles_of


@dataclass(frozen=True)
class Page:
    label: str | Promise
    route: str
    icon: str = ""
    roles: tuple[Role, ...] | None = None


@dataclass(frozen=True)
class Section:
    """An entry of the menu. It leads to the first of its pages that one may open; the others are tabs there."""

    label: str | Promise
    icon: str
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Link:
    label: str | Promise
    url: str
    icon: str = ""
    current: bool = False


SECTIONS = (
    Section(_("Home"), "house", (Page(_("Home"), "home"),)),
    Section(
        _("Donations"),
        "gift",
        (
            Page(_("Donations"), "donations:donation_list"),
            Page(_("Pledges"), "donations:pledge_list"),
            Page(_("Attestations"), "donations:attestation_list"),
            Page(_("Purchases"), "donations:purchase_list"),
            Page(_("Drives"), "donations:drive_list"),
        ),
    ),
    Section(
        _("Collection points"),
        "shop",
        (
            # in the order in which goods go: what comes to a door, what leaves it, what is sorted; tablets last
            Page(_("Drop-offs"), "donations:drop_off_list"),
            Page(_("Containers"), "donations:container_list"),
            Page(_("Sorting"), "donations:sorting_find"),
            Page(_("Tablets"), "donations:tablet_list"),
        ),
    ),
    Section(
        _("Stock"),
        "boxes",
        (
            Page(_("Now"), "stock:stock_now"),
            Page(_("Coming dates"), "stock:lot_list"),
            Page(_("On a date"), "stock:stock_on_date"),
            Page(_("Journal"), "stock:operation_list"),
            Page(_("Articles"), "stock:item_list"),
            Page(_("Places"), "stock:place_list"),
            Page(_("Set aside"), "stock:conflict_list"),
        ),
    ),
    Section(
        _("Kits"),
        "box-seam",
        (
            Page(_("Kits here"), "kits:kit_list"),
            Page(_("Look a kit up"), "kits:kit_lookup"),
            Page(_("Sessions"), "kits:session_list"),
            Page(_("Targets"), "kits:target_list"),
            Page(_("Templates"), "kits:template_list"),
        ),
    ),
    Section(_("Shipments"), "truck", (Page(_("Shipments"), "distribution:shipment_list"),)),
    Section(_("Handovers"), "person-check", (Page(_("Handovers"), "distribution:handover_list"),)),
    Section(
        _("House"),
        "buildings",
        (
            Page(_("Organisations"), "network:organisation_list"),
            Page(_("Sites"), "network:site_list"),
            Page(_("Imports"), "import_list"),
            Page(_("Sensitive reads"), "network:read_list"),
        ),
    ),
    Section(
        _("Administration"),
        "gear",
        (Page(_("Administration"), "admin:index", roles=(Role.ADMIN,)), Page(_("Gallery"), "gallery")),
    ),
)
ACCOUNT = (
    Page(_("My prints and files"), "jobs:job_list", "printer", roles=tuple(Role)),
    Page(_("Second factor"), "mfa_index", "shield-lock"),
    Page(_("Change my password"), "account_change_password", "key"),
    Page(_("Gallery"), "gallery", "palette"),  # Django's own pages have no tabs to lead there
)


def menu(request: HttpRequest, acting: Acting) -> tuple[list[Link], list[Link]]:
    """The sections of the menu, and the pages of the one that is open (none where it has a single page)."""
    sections = [(section, list(_open_to(acting, section.pages))) for section in SECTIONS]
    here = _nearest(request.path, [link.url for _section, links in sections for link in links])
    entries: list[Link] = []
    tabs: list[Link] = []
    for section, links in sections:
        is_here = any(link.url == here for link in links)
        if links:
            entries.append(Link(section.label, links[0].url, section.icon, is_here))
        if is_here and len(links) > 1:
            tabs = [Link(link.label, link.url, link.icon, link.url == here) for link in links]
    return entries, tabs


def account_links(acting: Acting) -> list[Link]:
    return list(_open_to(acting, ACCOUNT))


def _open_to(acting: Acting, pages: tuple[Page, ...]) -> Iterator[Link]:
    for page in pages:
        url, roles = _door(page.route, get_urlconf())
        roles = page.roles or roles
        if url and (roles is None or acting.has_role(*roles)):
            yield Link(page.label, url, page.icon)


@cache
def _door(route: str, _urlconf: str | None) -> tuple[str, tuple[Role, ...] | None]:
    """The address of a page and the roles that its view lets in; None where it asks for none."""
    try:
        url = reverse(route)
    except NoReverseMatch:
        return "", None
    return url, roles_of(url)


def _nearest(path: str, urls: list[str]) -> str:
    """The longest of `urls` under which `path` stands. Home stands for itself alone."""
    under = (url for url in urls if path == url or (url != "/" and path.startswith(url)))
    return max(under, key=len, default="")
