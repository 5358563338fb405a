"""The list pages: as many statements with eight rows as with one. And the demonstration, as `make run` makes it."""

import time
from datetime import timedelta
from io import StringIO

from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils import timezone

from bench.measure import Book
from bench.works import Hall
from donations.pledges import promise
from network.enums import OrganisationKind
from tests.cast import a_drive, a_key, a_site, a_version, an_item, an_organisation, stocked
from tests.queries import statements

FEW, MANY = 1, 8


def demo(book: Book) -> None:
    """How long `manage.py demo` takes in an empty database."""
    start = time.perf_counter()
    call_command("demo", stdout=StringIO())
    book.write("manage.py demo, 800 kits", time.perf_counter() - start, "s", 60)


def lists(book: Book, hall: Hall) -> None:
    """Statements of every page that lists, for a coordinator, with one more row of everything and with eight more."""
    client = Client()
    client.force_login(hall.actor)
    _add(hall, FEW)
    with override_settings(DEMO=True, ALLOWED_HOSTS=["testserver"]):  # no second factor is asked in a demonstration
        pages = [page for page in _list_pages() if client.get(page).status_code == 200]
        few = {page: statements(lambda page=page: client.get(page)) for page in pages}
        _add(hall, MANY - FEW)
        many = {page: statements(lambda page=page: client.get(page)) for page in pages}
    growth = max(many[page] - few[page] for page in pages)
    book.write(f"{len(pages)} list pages: statements with 8 rows less those with 1", growth, "statements", 0)
    book.write(f"{len(pages)} list pages: statements of the one with most", max(many.values()), "statements", 15)


def _list_pages() -> list[str]:
    routes = _routes(get_resolver(), "")
    found = []
    for route in sorted(routes):
        if route.endswith(("_list", ":stock_now", "home")) and not route.startswith("admin:"):
            try:
                found.append(reverse(route))
            except NoReverseMatch:  # a list of something: its page needs an argument
                continue
    return found


def _routes(resolver: URLResolver, namespace: str) -> set[str]:
    routes = set()
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            routes |= _routes(entry, inner)
        elif entry.name:
            routes.add(f"{namespace}{entry.name}")
    return routes


def _add(hall: Hall, rows: int) -> None:
    """So many rows more of what lists show."""
    today = timezone.localdate()
    for _row in range(rows):
        number = a_key()[:8]
        partner = an_organisation(f"Partenaire {number}", OrganisationKind.PARTNER)
        a_site(f"Point {number}")
        drive = a_drive(f"Collecte {number}")
        item = stocked(f"Article {number}", 10, place=hall.place, days=400, number=number)
        a_version({item: 1}, f"Kit {number}")
        promise(
            drive=drive,
            partner=partner,
            item=an_item(),
            quantity=5,
            due_on=today + timedelta(days=3),
            actor=hall.actor,
            key=a_key(),
        )
        hall.stock_up(kits=1)
        hall.pack(1)
        hall.hand_over()
        hall.draft(kits=1)
