"""The public page of a drive: nobody sees it before a coordinator publishes it, or once she has taken it back."""

import re

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.models import Drive
from web.errors import Refused

LONGEST_SLUG = 60
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def proposed_slug(drive: Drive) -> str:
    """The end of the address: the one it has, or one made of the drive's name that is still free."""
    if drive.slug:
        return drive.slug
    slug = slugify(drive.name)[:LONGEST_SLUG].strip("-") or "collecte"
    taken = set(Drive.objects.filter(slug__startswith=slug[: LONGEST_SLUG - 4]).values_list("slug", flat=True))
    others = (f"{slug[: LONGEST_SLUG - 4].strip('-')}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (slug, *others) if name not in taken)


def publish_drive(*, drive: Drive, slug: str, actor: User) -> Drive:
    """Give the drive a public page at `slug`; again changes nothing. An address once given stays the drive's own.

    Raises Refused for an address that another drive has, or that is not lowercase letters, digits and hyphens.
    """
    slug = drive.slug or slug
    if len(slug) > LONGEST_SLUG or not _SLUG.fullmatch(slug):
        raise Refused(
            _("Write the address in lowercase letters without accents, digits and hyphens, 60 at most."), field="slug"
        )
    return _set(drive, actor, is_public=True, slug=slug)


def unpublish_drive(*, drive: Drive, actor: User) -> Drive:
    """Take the public page back; its address is kept for the day it is published again. Again changes nothing."""
    return _set(drive, actor, is_public=False, slug=drive.slug)


def _set(drive: Drive, actor: User, *, is_public: bool, slug: str) -> Drive:
    try:
        with transaction.atomic():
            drive = Drive.objects.select_for_update().get(pk=drive.pk)
            if drive.is_public != is_public:
                drive.is_public, drive.slug = is_public, drive.slug or slug
                drive._history_user = actor  # type: ignore[attr-defined]
                drive.save(update_fields=["is_public", "slug"])
    except IntegrityError:
        raise Refused(_("Another drive has this address already. Choose another."), field="slug") from None
    return drive
