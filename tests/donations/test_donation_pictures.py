"""Pictures of what partners deliver. What the public drops off is never photographed."""

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.urls import reverse

from donations.enums import DonorKind
from donations.models import Donation
from donations.operations import reverse_arrival
from donations.picture_operations import remove_donation_picture, set_donation_picture
from network.enums import OrganisationKind
from network.models import Region
from network.operations import make_organisation_confidential, make_site_confidential
from tests import cast
from tests.donations.typed import a_donation
from tests.sent_pictures import a_picture, halves, sent, written
from web.errors import Refused

pytestmark = pytest.mark.django_db


def a_delivery() -> Donation:
    cast.stocked("Savon", 5)
    return Donation.objects.get(donor_kind=DonorKind.PARTNER)


def a_drop_off(client) -> Donation:
    cast.an_item("Savon")
    client.post("/donations/new/", a_donation({"item": "savon", "quantity": "12"}))
    return Donation.objects.get(donor_kind=DonorKind.PUBLIC)


def pictured(donation: Donation) -> Donation:
    set_donation_picture(donation=donation, picture=a_picture(), actor=cast.a_coordinator(name="Maud"))
    donation.refresh_from_db()
    return donation


def address(donation: Donation, name: str = "donation_picture_edit") -> str:
    return reverse(f"donations:{name}", args=[donation.pk])


def file_of(donation: Donation) -> str:
    return reverse("donations:donation_picture", args=[donation.pk, donation.picture, "large"])


def exists(donation: Donation) -> bool:
    return default_storage.exists(f"pictures/{donation.picture}-large.webp")


def test_a_coordinator_pictures_a_delivery_and_it_is_written_down_who_did(signed_in):
    client, delivery = signed_in(cast.a_coordinator(name="Maud")), a_delivery()
    page = client.post(address(delivery), {"picture": sent(written(halves()))}, follow=True).content.decode()
    delivery.refresh_from_db()
    assert file_of(delivery) in page
    assert "has its picture" in page
    assert str(delivery.picture_by) == "Maud"


def test_what_is_no_picture_is_refused_at_the_field(signed_in):
    client, delivery = signed_in(cast.a_coordinator()), a_delivery()
    page = client.post(address(delivery), {"picture": sent(b"hello")}).content.decode()
    assert "This is not a picture in JPEG, PNG or WebP." in page
    assert not Donation.objects.exclude(picture="").exists()


def test_what_the_public_drops_off_offers_takes_and_holds_no_picture(signed_in):
    client = signed_in(cast.a_coordinator())
    drop_off = a_drop_off(client)
    assert "picture" not in client.get(drop_off.get_absolute_url()).content.decode().replace("web/pictures", "")
    assert client.post(address(drop_off), {"picture": sent(written(halves()))}).status_code == 403
    with pytest.raises(Refused, match="never photographed"):
        set_donation_picture(donation=drop_off, picture=a_picture(), actor=cast.a_coordinator())
    with pytest.raises(IntegrityError, match="picture_of_a_partner"), transaction.atomic():
        Donation.objects.filter(pk=drop_off.pk).update(picture="0" * 32)


def test_what_was_taken_back_gets_no_picture_and_can_lose_its_own(signed_in):
    client, delivery = signed_in(cast.a_coordinator()), pictured(a_delivery())
    reverse_arrival(operation=delivery.operation, actor=cast.a_coordinator(), key=cast.a_key())
    with pytest.raises(Refused, match="taken back"):
        set_donation_picture(donation=delivery, picture=a_picture(), actor=cast.a_coordinator())
    assert client.get(address(delivery)).status_code == 403
    assert client.post(address(delivery, "donation_picture_remove")).status_code == 302
    assert Donation.objects.get().picture == ""


def test_the_file_goes_with_the_picture(django_capture_on_commit_callbacks):
    delivery = pictured(a_delivery())
    assert exists(delivery)
    with django_capture_on_commit_callbacks(execute=True):
        remove_donation_picture(donation=delivery, actor=cast.a_coordinator(name="Jo"))
    assert not exists(delivery)
    delivery.refresh_from_db()
    assert (delivery.picture, str(delivery.picture_by)) == ("", "Jo")


def test_who_sees_the_delivery_sees_its_picture(signed_in):
    delivery = pictured(a_delivery())
    at = file_of(delivery)
    another = cast.an_organisation("Vintage du Port", OrganisationKind.PARTNER)
    elsewhere = cast.a_coordinator(house=cast.the_house("Autre maison"))
    people = (cast.a_volunteer(), cast.a_partner(delivery.partner), cast.a_partner(another), elsewhere)
    assert [signed_in(user).get(at).status_code for user in people] == [200, 200, 404, 404]
    assert signed_in(cast.a_distributor()).get(at).status_code == 403


def test_a_partner_looks_at_it_and_changes_nothing(signed_in):
    delivery = pictured(a_delivery())
    client = signed_in(cast.a_partner(delivery.partner))
    page = client.get(delivery.get_absolute_url()).content.decode()
    assert file_of(delivery) in page
    assert "Change the picture" not in page
    assert "Erase the picture" not in page
    assert client.get(address(delivery)).status_code == 403


def hide_the_site(delivery: Donation) -> None:
    fields = {"name": "Mésange", "relay": cast.a_site("Mairie"), "actor": cast.a_coordinator()}
    make_site_confidential(site=delivery.place.site, **fields)


def hide_the_giver(delivery: Donation) -> None:
    fields = {"name": "Mésange", "relay": cast.a_site("Mairie"), "actor": cast.a_coordinator()}
    make_organisation_confidential(organisation=delivery.partner, region=Region.objects.get(code="11"), **fields)


@pytest.mark.parametrize("hide", [hide_the_site, hide_the_giver])
def test_a_place_that_becomes_confidential_is_seen_in_no_picture(hide, django_capture_on_commit_callbacks):
    delivery = pictured(a_delivery())
    with django_capture_on_commit_callbacks(execute=True):
        hide(delivery)
    assert (Donation.objects.get().picture, exists(delivery)) == ("", False)


@pytest.mark.parametrize("hide", [hide_the_site, hide_the_giver])
def test_a_place_that_is_confidential_gets_no_picture_any_more(signed_in, hide):
    client, delivery = signed_in(cast.a_coordinator()), a_delivery()
    hide(delivery)
    delivery = Donation.objects.get()
    assert address(delivery) not in client.get(delivery.get_absolute_url()).content.decode()
    assert client.post(address(delivery), {"picture": sent(written(halves()))}).status_code == 403
    with pytest.raises(Refused, match="could show a confidential place"):
        set_donation_picture(donation=delivery, picture=a_picture(), actor=cast.a_coordinator())
