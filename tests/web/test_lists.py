import django_filters
import pytest
from django.contrib.contenttypes.models import ContentType
from django_htmx.middleware import HtmxDetails

from web import lists
from web.lists import CappedPages, fragment_of, list_page

pytestmark = pytest.mark.django_db


class Filter(django_filters.FilterSet):
    class Meta:
        model = ContentType
        fields = ["app_label"]


@pytest.fixture
def shown(rf, monkeypatch):
    """Give the context and the template of a list page instead of its HTML."""
    seen = {}

    def render(request, template, context):
        from django.http import HttpResponse

        seen.update(context, template=template)
        return HttpResponse()

    monkeypatch.setattr(lists, "render", render)

    def show(query="", *, per_page=2, **headers):
        request = rf.get(f"/stock/?{query}", headers=headers)
        request.htmx = HtmxDetails(request)
        seen["answer"] = list_page(
            request, "stock/stock_now.html", ContentType.objects.order_by("pk"), Filter, per_page=per_page
        )
        return seen

    return show


def test_a_page_is_counted_found_and_loaded(shown, django_assert_num_queries):
    with django_assert_num_queries(3):
        assert len(shown()["rows"]) == 2


def test_the_rows_of_a_page_are_loaded_by_their_keys_alone(shown, django_assert_num_queries):
    with django_assert_num_queries(3) as captured:
        shown("page=2")
    count, keys, rows = (query["sql"] for query in captured)
    assert "COUNT(*)" in count
    assert "app_label" not in keys.partition("FROM")[0]
    assert "LIMIT" in keys
    assert "LIMIT" not in rows


def test_a_table_that_grows_for_ever_is_counted_as_far_as_one_looks(monkeypatch):
    monkeypatch.setattr(CappedPages, "most", 3)
    pages = CappedPages(ContentType.objects.order_by("pk"), 2)
    assert (pages.count, pages.is_capped, pages.num_pages) == (3, True, 2)
    assert not CappedPages(ContentType.objects.filter(pk=0).order_by("pk"), 2).is_capped


def test_a_filter_stays_in_the_address_of_the_next_page(shown):
    assert shown("app_label=sessions&page=1")["querystring"] == "app_label=sessions&"


def test_empty_filters_leave_no_trace(shown):
    assert shown("app_label=&page=2")["querystring"] == ""


@pytest.mark.parametrize("page", ["0", "-1", "99999", "two"])
def test_a_page_that_does_not_exist_is_the_nearest_one(shown, page):
    assert shown(f"page={page}")["rows"]


def test_no_row_is_a_page_too(shown):
    seen = shown("app_label=nothing")
    assert seen["rows"] == []
    assert seen["page"].paginator.num_pages == 1


def test_htmx_gets_the_fragment_alone(shown):
    seen = shown(hx_request="true")
    assert seen["template"] == "stock/_stock_now.html"
    assert "HX-Request" in seen["answer"]["Vary"]


def test_going_back_in_history_gets_the_whole_page(shown):
    assert shown(hx_request="true", hx_history_restore_request="true")["template"] == "stock/stock_now.html"


def test_a_fragment_is_named_after_its_page():
    assert fragment_of("kits/template_list.html") == "kits/_template_list.html"
