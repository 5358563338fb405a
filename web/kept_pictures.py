"""Where the pictures lie: in the default storage, under names that say nothing and are never used again."""

import secrets
from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone

from web.models import KeptPicture
from web.pictures import Picture

SIZES = ("large", "small")
MAX_AGE = 24 * 60 * 60  # seconds for which a browser keeps what it was shown
HEADERS = {
    "Cache-Control": f"private, max-age={MAX_AGE}, immutable",
    "Content-Disposition": 'inline; filename="picture.webp"',
    "X-Content-Type-Options": "nosniff",
}
LEFT_ALONE = timedelta(hours=1)  # a picture that nothing holds yet may be one that is being written

# By kind: a function that answers the names of the pictures that its rows hold. Each app registers its own.
holders: dict[str, Callable[[], Iterable[str]]] = {}


def exchange(rows: QuerySet, picture: Picture | None, write: Callable[[Any, str], None]) -> None:
    """Give the one row of `rows` another picture, or none: `write(row, name)` checks and saves it, in one transaction.

    The files of the former picture go once that is committed; those of the new one where it is not.
    """
    name = _keep(picture) if picture else ""
    try:
        with transaction.atomic():
            row = rows.select_for_update().get()
            former = row.picture
            if name or former:
                write(row, name)
            if former:
                transaction.on_commit(partial(erase, former), robust=True)
    except BaseException:
        if name:
            erase(name)
        raise


def _keep(picture: Picture) -> str:
    name = secrets.token_hex(16)
    KeptPicture.objects.create(name=name)
    for size in SIZES:
        default_storage.save(_path(name, size), ContentFile(getattr(picture, size)))
    return name


def erase(name: str) -> None:
    """Take the files of a picture away. Where the storage does not answer, the next sweep does it."""
    for size in SIZES:
        default_storage.delete(_path(name, size))
    KeptPicture.objects.filter(name=name).delete()


def show(name: str, size: str) -> HttpResponse:
    """Answer one of the SIZES of a picture, or raise Http404. Who may see it was asked before."""
    if size not in SIZES:
        raise Http404
    try:
        with default_storage.open(_path(name, size)) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(content, content_type="image/webp", headers=HEADERS)


def sweep() -> int:
    """Erase the pictures that nothing holds any more, and answer how many these were."""
    old = KeptPicture.objects.filter(kept_at__lt=timezone.now() - LEFT_ALONE)
    names = set(old.values_list("name", flat=True))
    for held in holders.values():
        names.difference_update(held())
    for name in names:
        erase(name)
    return len(names)


def _path(name: str, size: str) -> str:
    return f"pictures/{name}-{size}.webp"
