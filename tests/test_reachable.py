"""From home, by links alone: no link that is shown ends in a refusal, and no page is out of reach of its people."""

from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from distribution.drafts import Line, draft_shipment
from distribution.shipments import hand_over_shipment, pack_shipment
from kits.operations import pack
from network.enums import Role
from network.models import Membership
from tests.cast import (
    a_coordinator,
    a_distributor,
    a_key,
    a_partner,
    a_person,
    a_referrer,
    a_version,
    a_volunteer,
    an_admin,
    an_organisation,
    somebody_of_the_network,
    stocked,
    the_store,
)
from tests.donations.test_door_days import sheet
from tests.permission_table import TABLE

pytestmark = pytest.mark.django_db

NOT_FOLLOWED = ("/static/", "/admin/")  # Django's own pages have tests of their own
ADDRESSES_A_PATH = 3  # a list is not followed through all of its filters
PEOPLE = (
    a_coordinator,
    a_volunteer,
    a_distributor,
    a_partner,
    a_referrer,
    somebody_of_the_network,
    an_admin,
)


class Links(HTMLParser):
    """The addresses that a page links to, and those that its forms only ask of (method get)."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.found.append(address)


@pytest.fixture(autouse=True)
def _a_house_with_something_in_it(settings):
    settings.DEMO = True  # no second factor
    version = a_version({stocked("Savon", 10): 1})
    sheet()
    coordinator, place = a_coordinator(), the_store()
    pack(version=version, count=4, place=place, actor=coordinator, key=a_key())
    for number in range(2):
        shipment = draft_shipment(
            organisation=an_organisation(),
            place=place,
            mode="delivery",
            planned_on=timezone.localdate(),
            lines=[Line(version.item, 1)],
            actor=coordinator,
            key=a_key(),
        )
        pack_shipment(shipment=shipment, actor=coordinator, key=a_key())
        if number:
            hand_over_shipment(shipment=shipment, actor=coordinator, key=a_key())


def walk(client: Client) -> dict[str, int]:
    """Follow every link from home, and answer the status of each path."""
    waiting, seen, statuses = ["/"], {"/"}, {}
    asked: dict[str, int] = {}
    while waiting:
        address = waiting.pop(0)
        path = urlsplit(address).path
        asked[path] = asked.get(path, 0) + 1
        if asked[path] > ADDRESSES_A_PATH:
            continue
        answer = client.get(address)
        statuses[path] = max(answer.status_code, statuses.get(path, 0))
        for link in links_of(answer, address):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return statuses


def links_of(answer, address: str) -> Iterator[str]:
    if answer.status_code in (301, 302):
        found = [answer.url]
    elif answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
        found = Links(answer.content.decode()).found
    else:
        found = []
    for link in found:
        absolute = urldefrag(urljoin(address, link)).url
        if absolute.startswith("/") and not absolute.startswith(("//", *NOT_FOLLOWED)):
            yield absolute


def pages_of(roles: frozenset[Role], ending: str = "") -> set[str]:
    """The addresses of the pages about no single thing that the views themselves open to somebody with `roles`."""
    found = set()
    for namespace, pattern in patterns(get_resolver().url_patterns):
        opened_to = getattr(pattern.callback, "roles", None) or ()
        is_page = not pattern.pattern.converters and not TABLE.get(f"{namespace}{pattern.name}", "").startswith("POST ")
        if roles & set(opened_to) and pattern.name.endswith(ending) and is_page:
            found.add(reverse(f"{namespace}{pattern.name}"))
    return found


def patterns(found, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in found:
        if isinstance(pattern, URLPattern):
            yield namespace, pattern
        elif getattr(pattern, "namespace", None) != "admin":
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from patterns(pattern.url_patterns, inner)


@pytest.mark.parametrize("person", PEOPLE)
def test_every_link_leads_somewhere_and_every_page_is_within_reach(client, person):
    user = person()
    client.force_login(user)
    statuses = walk(client)
    refused = {path: status for path, status in statuses.items() if status >= 400}
    assert not refused
    roles = frozenset(Role(role) for role in Membership.objects.of_user(user).values_list("role", flat=True))
    assert pages_of(roles) <= statuses.keys()


def test_every_list_is_two_clicks_from_home(client):
    user = a_coordinator()
    client.force_login(user)
    home = client.get("/")
    sections = [link.url for link in home.context["navigation"]]
    tabs = {str(link.url) for section in sections for link in client.get(section).context["tabs"]}
    assert pages_of(frozenset({Role.COORDINATOR}), "_list") <= tabs | set(sections)


def test_who_has_no_role_reaches_home_and_their_own_account_alone(client):
    client.force_login(a_person(None))
    assert {path for path in walk(client) if not path.startswith("/account/")} == {"/"}
