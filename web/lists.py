"""Pages that list many rows: narrowed by a filter in their address, counted once, one page at a time."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import cached_property
from django_filters import FilterSet

PER_PAGE = 50


def list_page(
    request: HttpRequest,
    template: str,
    queryset: QuerySet | list[Any],
    filterset_class: type[FilterSet] | None = None,
    context: dict[str, Any] | None = None,
    per_page: int = PER_PAGE,
    dress: Callable[[list[Any]], list[Any]] = list,
    is_endless: bool = False,
) -> HttpResponse:
    """Answer with `template`, or with its fragment alone when htmx asks for the list.

    `queryset` is a list where whoever asks needs all rows anyhow, which are few and small.
    `dress` makes of the objects of the page what the template shows, with statements of its own for all of them. What
    `is_endless` is counted to a most alone: of a table that grows with everything that happens. The
    template gets `filter` (or None), `page`, `rows` (the objects of the page) and `querystring` (the filters as
    they stand in the address, ending in "&", or ""). Statements: one count, two for the page, and its prefetches.
    """
    filterset = filterset_class(request.GET, queryset=queryset, request=request) if filterset_class else None
    pages = CappedPages if is_endless else Pages
    page = pages(queryset if filterset is None else filterset.qs, per_page).get_page(request.GET.get("page"))
    answer = render(
        request,
        fragment_of(template) if wants_fragment(request) else template,
        {
            "filter": filterset,
            "page": page,
            "rows": dress(list(page.object_list)),
            "querystring": filters_of(request),
            **(context or {}),
        },
    )
    patch_vary_headers(answer, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return answer


class Pages(Paginator):
    """Pages of rows, of which one is loaded in two statements: which rows stand on it, then these and all beside them.

    What is loaded beside a row, and what is counted for it, is looked up for the rows of the page and for no other.
    """

    def page(self, number: Any) -> Page:
        rows = self.object_list
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        if not isinstance(rows, QuerySet) or not issubclass(rows._iterable_class, ModelIterable):
            return super().page(number)
        keys = list(rows.values_list("pk", flat=True)[first : first + self.per_page])
        return Page(rows.filter(pk__in=keys), number, self)


class CappedPages(Pages):
    """Pages of a table that grows with everything that happens: nobody waits for it to be counted to its end."""

    most = 10_000  # rows: what is further back is searched for, or narrowed to

    @cached_property
    def count(self) -> int:
        """How many rows there are, or `most` where there are more."""
        return self.object_list.order_by()[: self.most].count()  # type: ignore[attr-defined]

    @property
    def is_capped(self) -> bool:
        return self.count == self.most


def wants_fragment(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a piece of the page it already shows."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def fragment_of(template: str) -> str:
    """Name the fragment that a page includes: kits/template_list.html -> kits/_template_list.html."""
    folder, _, name = template.rpartition("/")
    return f"{folder}/_{name}" if folder else f"_{name}"


def filters_of(request: HttpRequest) -> str:
    """The filters of the address, to be kept by the links to its other pages."""
    query = request.GET.copy()
    query.pop("page", None)
    for name in [name for name, values in query.lists() if not any(values)]:
        del query[name]
    return f"{query.urlencode()}&" if query else ""
