"""The picture of an article: sent by the coordination, seen by who sees the stock, gone when it is taken away."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from stock.models import Item
from stock.picture_operations import remove_item_picture, set_item_picture
from tests import cast
from tests.queries import statements
from tests.sent_pictures import a_picture, a_wall, halves, sent, written
from web.uploads import HeldInMemory

pytestmark = pytest.mark.django_db


def pictured(item: Item | None = None) -> Item:
    item = item or cast.an_item()
    set_item_picture(item=item, picture=a_picture(), actor=cast.a_coordinator(name="Maud"))
    item.refresh_from_db()
    return item


def address(item: Item, size: str = "small") -> str:
    return reverse("stock:item_picture", args=[item.pk, item.picture, size])


def send(client, item: Item, content: bytes, **kwargs):
    return client.post(reverse("stock:item_picture_edit", args=[item.pk]), {"picture": sent(content)}, **kwargs)


def test_a_coordinator_sends_a_picture_and_the_page_shows_it_with_the_articles_name(coordinator):
    soap = cast.an_item("Savon")
    page = send(coordinator, soap, written(halves()), follow=True).content.decode()
    soap.refresh_from_db()
    assert "has its picture" in page
    assert f'<img src="{address(soap, "large")}" alt="Savon">' in " ".join(page.split())


def test_what_was_sent_is_kept_nowhere_and_its_name_neither(coordinator):
    send(coordinator, cast.an_item(), written(halves(), comment=b"Chez Maud"))
    soap = Item.objects.get()
    for size in ("large", "small"):
        answer = coordinator.get(address(soap, size))
        content = answer.content
        assert content[8:12] == b"WEBP"
        assert b"Maud" not in content
        assert "IMG_2931" not in str(answer.headers) + soap.picture


def test_it_is_answered_to_one_browser_and_never_guessed_to_be_something_else(coordinator):
    answer = coordinator.get(address(pictured()))
    assert answer.headers["Cache-Control"] == "private, max-age=86400, immutable"
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert answer.headers["Content-Disposition"] == 'inline; filename="picture.webp"'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"hello", "This is not a picture in JPEG, PNG or WebP."),
        (b"", "This file is empty."),
        (a_wall(50_000, 50_000), "too many pixels"),
        (b"\xff" * 15_000_001, "more than 15 MB"),
        (written(halves())[:900], "damaged or not whole"),
    ],
)
def test_each_refusal_stands_at_the_field_and_changes_nothing(coordinator, content, sentence):
    soap = pictured()
    page = send(coordinator, soap, content).content.decode()
    assert sentence in page
    assert 'aria-invalid="true"' in page
    assert Item.objects.get().picture == soap.picture


def test_no_picture_at_all_is_a_sentence_too(coordinator):
    page = coordinator.post(reverse("stock:item_picture_edit", args=[cast.an_item().pk]), {})
    assert "Choose a picture." in page.content.decode()


def test_files_are_taken_by_the_handler_that_holds_them_in_memory(settings):
    assert [f"{HeldInMemory.__module__}.{HeldInMemory.__name__}"] == settings.FILE_UPLOAD_HANDLERS


def test_the_history_says_who_and_never_which_picture(django_capture_on_commit_callbacks):
    soap = pictured()
    with django_capture_on_commit_callbacks(execute=True):
        remove_item_picture(item=soap, actor=cast.a_coordinator(name="Jo"))
    remove_item_picture(item=soap, actor=cast.a_coordinator(name="Alix"))
    assert [str(row.history_user) for row in soap.history.order_by("history_id")][-2:] == ["Maud", "Jo"]
    assert "picture" not in {field.name for field in Item.history.model._meta.fields}
    assert Item.objects.get().picture == ""
    assert not default_storage.exists(f"pictures/{soap.picture}-large.webp")


def test_a_coordinator_takes_it_away_after_being_asked(coordinator):
    remove = reverse("stock:item_picture_remove", args=[pictured().pk])
    assert "It is erased for good" in coordinator.get(remove).content.decode()
    assert "is erased." in coordinator.post(remove, follow=True).content.decode()
    assert Item.objects.get().picture == ""


def test_who_sees_the_stock_sees_it_and_nobody_else(signed_in):
    at = address(pictured())
    elsewhere = cast.a_coordinator(house=cast.the_house("Autre maison"))
    answers = [
        signed_in(user).get(at).status_code
        for user in (cast.a_volunteer(), cast.a_distributor(), cast.an_admin(), elsewhere, cast.a_partner())
    ]
    assert answers == [200, 200, 200, 404, 403]


def test_the_address_of_a_former_picture_leads_nowhere(coordinator):
    soap = pictured()
    former = address(soap)
    assert coordinator.get(former).status_code == 200
    pictured(soap)
    assert [coordinator.get(former).status_code, coordinator.get(address(soap)).status_code] == [404, 200]


def test_the_article_of_a_kit_gets_no_picture(coordinator):
    kit = cast.a_version({cast.an_item(): 1}).item
    assert send(coordinator, kit, written(halves())).status_code == 404


@pytest.mark.parametrize("page", ["stock:stock_now", "stock:item_list"])
def test_lists_show_it_small_beside_the_name_without_another_statement(coordinator, page):
    soap = cast.stocked("Savon", 5)
    coordinator.get(reverse(page))
    without = statements(lambda: coordinator.get(reverse(page)))
    pictured(soap)
    assert statements(lambda: coordinator.get(reverse(page))) == without
    content = " ".join(coordinator.get(reverse(page)).content.decode().split())
    assert f'<img class="kd-thumb" src="{address(soap)}"' in content
    assert 'alt="" loading="lazy"' in content
