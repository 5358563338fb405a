"""The picture of what a partner delivered. What the public drops off has none: a constraint says so too."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from donations.models import Donation
from donations.querysets import DonationQuerySet
from network.models import Organisation, Site
from web.errors import Refused
from web.kept_pictures import erase, exchange
from web.pictures import Picture


def set_donation_picture(*, donation: Donation, picture: Picture, actor: User) -> None:
    """Show a delivery with `picture`, in place of the one that it has.

    Raises Refused for a donation of the public, for one that was taken back, and where a confidential place gave it or
    received it.
    """
    exchange(_row(donation), picture, partial(_set, actor=actor))


def remove_donation_picture(*, donation: Donation, actor: User) -> None:
    """Erase the picture of a delivery; one that has none stays as it is."""
    exchange(_row(donation), None, partial(_write, actor=actor))


def erase_pictures_of(place: Site | Organisation, former: str) -> None:
    """Erase what could show a place that is confidential from now on: deliveries that it made, or that came to it."""
    del former
    came = {"place__site": place} if isinstance(place, Site) else {"partner": place}
    donations = Donation.objects.filter(**came)
    for name in list(donations.pictures()):
        transaction.on_commit(partial(erase, name), robust=True)
    donations.update(picture="")


def _row(donation: Donation) -> DonationQuerySet:
    return Donation.objects.filter(pk=donation.pk)


def _set(donation: Donation, name: str, *, actor: User) -> None:
    if not donation.is_of_partner:
        raise Refused(
            _("Only what a partner delivers has a picture: what the public drops off is never photographed."),
            field="picture",
        )
    if donation.is_reversed:
        raise Refused(_("This donation was taken back: it gets no picture any more."), field="picture")
    if donation.is_confidential:
        raise Refused(_("A picture could show a confidential place: this donation gets none."), field="picture")
    _write(donation, name, actor=actor)


def _write(donation: Donation, name: str, *, actor: User) -> None:
    donation.picture, donation.picture_by = name, actor
    donation.save(update_fields=["picture", "picture_by"])
