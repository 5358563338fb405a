"""Files of pictures: kept under a name that says nothing, gone once nothing holds them, and never before."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils import timezone

from stock.models import Item
from tests import cast
from tests.sent_pictures import a_picture
from web.kept_pictures import exchange, holders, show, sweep
from web.models import KeptPicture

pytestmark = pytest.mark.django_db


def files() -> set[str]:
    return set(default_storage.listdir("pictures")[1]) if default_storage.exists("pictures") else set()


def paths(*names: str) -> set[str]:
    return {f"{name}-{size}.webp" for name in names for size in ("large", "small")}


def give(item: Item, picture=None) -> str:
    def write(row: Item, name: str) -> None:
        Item.objects.filter(pk=row.pk).update(picture=name)

    exchange(Item.objects.filter(pk=item.pk), picture, write)
    item.refresh_from_db()
    return item.picture


def test_the_former_picture_goes_once_the_next_is_committed(django_capture_on_commit_callbacks):
    soap = cast.an_item()
    first = give(soap, a_picture())
    with django_capture_on_commit_callbacks() as committed:
        second = give(soap, a_picture())
    assert paths(first, second) <= files()
    for callback in committed:
        callback()
    assert paths(second) <= files()
    assert not paths(first) & files()
    assert len(second) == 32
    assert first != second


def test_what_was_not_committed_leaves_no_file():
    soap, before = cast.an_item(), files()

    def write(row: Item, name: str) -> None:
        raise RuntimeError("refused")

    with pytest.raises(RuntimeError, match="refused"):
        exchange(Item.objects.filter(pk=soap.pk), a_picture(), write)
    assert (files(), KeptPicture.objects.count()) == (before, 0)


def test_the_sweep_erases_what_nothing_holds_after_an_hour():
    soap, towel = cast.an_item("Savon"), cast.an_item("Serviette")
    held, orphan = give(soap, a_picture()), give(towel, a_picture())
    Item.objects.filter(pk=towel.pk).delete()
    assert (sweep(), paths(orphan) <= files()) == (0, True)
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert (sweep(), sweep()) == (1, 0)
    assert paths(held) <= files()
    assert not paths(orphan) & files()


def test_articles_and_donations_say_what_they_hold():
    assert set(holders) == {"articles", "donations"}


@pytest.mark.parametrize("size", ["huge", "../small"])
def test_there_are_two_sizes_and_no_other_file(size):
    with pytest.raises(Http404):
        show(give(cast.an_item(), a_picture()), size)


def test_a_picture_whose_file_was_lost_is_not_found():
    with pytest.raises(Http404):
        show("0" * 32, "small")
