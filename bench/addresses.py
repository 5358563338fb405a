"""The address of every page that can be asked for, from the URLconf itself: a new page is measured by itself."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from donations.models import Drive
from stock.models import Place

WORDS = {
    "kind": "organisations",
    "language": "fr",
    "uidb36": "1",
    "key": "set-password",
    "app_label": "stock",
    "part": "forms",
}
TRIED = 4  # rows, the latest first, of each state that a row can be in
FAR = "?page=99999"  # answered with the last page
LISTS = ("_list", "_reminders", ":stock_now")  # how the names of pages end that have several


@dataclass(frozen=True)
class Page:
    name: str
    url: str


def pages(client: Client) -> tuple[list[Page], list[str]]:
    """Every page that `client` is answered with HTML, and the names of the addresses that never were."""
    logging.disable(logging.WARNING)  # many a row is not what its page is for
    try:
        return _pages(client)
    finally:
        logging.disable(logging.NOTSET)


def _pages(client: Client) -> tuple[list[Page], list[str]]:
    found, missing = [], []
    for name, arguments in sorted(_routes(get_resolver())):
        if name.startswith("admin:"):
            continue
        url = next((url for url in _tries(name, arguments) if _is_page(client, url)), None)
        if url is None:
            missing.append(name)
        else:
            found.append(Page(name, url))
    found += [Page(page.name + FAR, page.url + FAR) for page in found if page.name.endswith(LISTS)]
    found += [Page(f"{name}?", url) for name, url in _asked() if _is_page(client, url)]
    for name, urls in _administration():
        found += [Page(name, url) for url in urls if _is_page(client, url)][:1]
    return found, missing


def _is_page(client: Client, url: str) -> bool:
    answer = client.get(url)
    return answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html")


def _routes(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _routes(entry, inner)
        elif entry.name:
            yield f"{namespace}{entry.name}", tuple(entry.pattern.converters) or tuple(entry.pattern.regex.groupindex)


def _tries(name: str, arguments: tuple[str, ...]) -> Iterator[str]:
    """The address of `name`, once for each row that it may be about."""
    fixed = {argument: WORDS[argument] for argument in arguments if argument in WORDS}
    asked = [argument for argument in arguments if argument not in WORDS]
    rows = _rows(name, asked[0]) if asked else [None]
    for row in rows:
        try:
            yield reverse(name, kwargs={**fixed, **({asked[0]: row} if asked else {})})
        except NoReverseMatch:
            return


def _rows(name: str, argument: str) -> list[object]:
    """Rows of what the address names: kits:session_open is about an assembly session."""
    if argument == "slug":
        return list(Drive.objects.published().order_by("-ends_on").values_list("slug", flat=True))
    app, _colon, route = name.rpartition(":")
    word = argument.removesuffix("_pk") if argument.endswith("_pk") else route.partition("_")[0]
    every = [model for model in apps.get_models() if not model.__name__.startswith("Historical")]
    named = [model for model in every if model._meta.model_name and model._meta.model_name.endswith(word)]
    named.sort(key=lambda model: (model._meta.app_label != app, model._meta.model_name != word))
    return _some_of(named[0]) if named else []


def _some_of(model: type[Model]) -> list[object]:
    """The latest rows of each state or kind, or the latest alone where rows have none."""
    rows = model._base_manager.order_by("-day" if model.__name__ == "Handover" else "-pk").values_list("pk", flat=True)
    told = [field.name for field in model._meta.fields if field.name in ("state", "kind", "donor_kind")]
    if not told:
        return list(rows[:TRIED])
    values = model._base_manager.order_by(told[0]).values_list(told[0], flat=True).distinct()
    return [pk for value in values for pk in rows.filter(**{told[0]: value})[:TRIED]]


def _asked() -> Iterator[tuple[str, str]]:
    """Pages whose address says what they are asked for: a place, a drive, words, a day, the next half of a form."""
    place = Place.objects.filter(kind="store", balances__on_hand__gt=0).order_by("-pk")[0].pk
    drive = Drive.objects.order_by("-starts_on")[0].pk
    for name in ("transfer_create", "write_off_create", "adjustment_create"):
        yield f"stock:{name}", f"{reverse(f'stock:{name}')}?place={place}"
    yield "stock:stock_on_date", f"{reverse('stock:stock_on_date')}?place={place}&day=2026-01-31"
    yield "stock:stock_now", f"{reverse('stock:stock_now')}?q=savon&place={place}"
    yield "stock:item_list", f"{reverse('stock:item_list')}?q=savon"
    yield "stock:operation_list", f"{reverse('stock:operation_list')}?kind=pack&since=2025-06-01"
    yield "donations:donation_list", f"{reverse('donations:donation_list')}?drive={drive}&donor_kind=public"
    yield "donations:pledge_list", f"{reverse('donations:pledge_list')}?state=late"
    yield "kits:session_create", f"{reverse('kits:session_create')}?drive={drive}&place={place}"
    yield "network:organisation_list", f"{reverse('network:organisation_list')}?q=les"


def _administration() -> Iterator[tuple[str, list[str]]]:
    """The pages of each model, each with the addresses to try."""
    yield "admin:index", [reverse("admin:index")]
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for action in ("changelist", "add"):
            yield f"{name}_{action}", [reverse(f"{name}_{action}")]
        for action in ("change", "history"):
            yield f"{name}_{action}", [reverse(f"{name}_{action}", args=[pk]) for pk in _some_of(model)]
