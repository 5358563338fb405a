"""The picture of an article. One at a time: the former is erased, and the history keeps that it changed, by whom."""

from functools import partial

from accounts.models import User
from stock.models import Item
from web.kept_pictures import exchange
from web.pictures import Picture


def set_item_picture(*, item: Item, picture: Picture, actor: User) -> None:
    """Show an article with `picture`, in place of the one that it has."""
    exchange(Item.objects.filter(pk=item.pk), picture, partial(_write, actor=actor))


def remove_item_picture(*, item: Item, actor: User) -> None:
    """Erase the picture of an article; one that has none stays as it is."""
    exchange(Item.objects.filter(pk=item.pk), None, partial(_write, actor=actor))


def _write(item: Item, name: str, *, actor: User) -> None:
    item.picture = name
    item._history_user = actor  # type: ignore[attr-defined]  # read by simple_history
    item.save(update_fields=["picture"])
