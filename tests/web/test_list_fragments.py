"""What stands around a list: its filters folded on a telephone, how many rows, and what to do where there are none."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string

pytestmark = pytest.mark.usefixtures("in_english")


class Narrow(forms.Form):
    text = forms.CharField(required=False)
    size = forms.ChoiceField(choices=[("", "Everything"), ("s", "small")], required=False)
    place = forms.CharField(widget=forms.HiddenInput, required=False)


def filters(rf, query):
    request = rf.get("/list/", query)
    return render_to_string("web/_filters.html", {"filter": {"form": Narrow(request.GET)}, "request": request})


def test_the_folded_filters_say_how_many_are_in_use(rf):
    assert "<span data-filters-set>2</span>" in filters(rf, {"text": "soap", "size": "s", "place": "4"})


def test_filters_that_are_empty_say_no_number(rf):
    assert '<span class="kd-badge" hidden>' in filters(rf, {"text": ""})


def test_a_narrowed_list_leads_back_to_everything(rf):
    page = Paginator([1], 50).get_page(1)
    known = {"page": page, "querystring": "text=soap&", "request": rf.get("/list/")}
    assert 'href="/list/"' in render_to_string("web/_list_count.html", known)
    assert "href" not in render_to_string("web/_list_count.html", {"page": page})


def test_nothing_found_is_told_from_nothing_yet(rf):
    known = {"sentence": "Kits come here.", "action_url": "/new/", "action_label": "Pack", "request": rf.get("/list/")}
    assert "Kits come here." in render_to_string("web/_empty.html", known)
    found_nothing = render_to_string("web/_empty.html", {**known, "querystring": "text=soap&"})
    assert "Nothing here matches" in found_nothing
    assert "Kits come here." not in found_nothing


def actions(*labels):
    return [{"label": label, "url": f"/{label}/", "primary": label == "Move"} for label in labels]


def test_of_many_actions_one_stands_first_and_the_others_fold():
    header = render_to_string("web/_page_header.html", {"title": "Stock", "actions": actions("Count", "Move", "Waste")})
    assert header.count("btn-primary") == 1
    assert header.index("Move") < header.index("kd-fold") < header.index("Count")


def test_two_actions_need_no_fold():
    assert "kd-fold" not in render_to_string(
        "web/_page_header.html", {"title": "Stock", "actions": actions("Move", "Count")}
    )
