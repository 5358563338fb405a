"""A file between its dry run and its import: in the page itself, signed and compressed, and nowhere on a disk."""

import base64
import zlib

from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext_lazy as _

from network.acting import Acting
from web.errors import Refused
from web.imports.kinds import ImportKind

HOUR = 3600  # seconds
MOST_KEPT = 2_000_000  # characters: what a form may send back stays below DATA_UPLOAD_MAX_MEMORY_SIZE


class NotKept(Refused):
    """The file cannot be kept, or what came back is not what was kept."""


def keep(content: bytes, filename: str, kind: ImportKind, acting: Acting) -> str:
    """The file as one hidden field, good for an hour, for this person, house and kind alone. May raise NotKept."""
    packed = zlib.compress(filename.encode() + b"\0" + content, 9)
    kept = _signer(kind, acting).sign(base64.urlsafe_b64encode(packed).decode())
    if len(kept) > MOST_KEPT:
        raise NotKept(
            _(
                "This file is too large to be looked at first and written afterwards in a browser."
                " Split it by year or by site, or ask for it to be read with “manage.py import”."
            )
        )
    return kept


def take_back(kept: str, kind: ImportKind, acting: Acting) -> tuple[bytes, str]:
    """The content and the name of a file that `keep` kept. Raises NotKept after an hour, or where it is another's."""
    try:
        packed = base64.urlsafe_b64decode(_signer(kind, acting).unsign(kept, max_age=HOUR))
    except BadSignature:
        raise NotKept(
            _("The file was looked at more than an hour ago, or for another house. Choose it again.")
        ) from None
    filename, _separator, content = zlib.decompress(packed).partition(b"\0")
    return content, filename.decode()


def _signer(kind: ImportKind, acting: Acting) -> TimestampSigner:
    house = acting.house.pk if acting.house else ""
    return TimestampSigner(salt=f"kitdrive.imports {kind.slug} {acting.user.pk} {house}")
