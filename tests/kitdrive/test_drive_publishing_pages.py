"""Publishing the page of a drive: from its own page, and in the administration."""

import pytest
from allauth.mfa.totp.internal import auth
from django.urls import reverse

from donations.models import Drive
from donations.publishing import publish_drive
from network.enums import SiteKind
from tests.cast import a_coordinator, a_drive, a_site, a_volunteer, an_admin

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def test_a_coordinator_sees_what_will_be_seen_and_publishes_it(signed_in):
    drive, client = a_drive(), signed_in(a_coordinator())
    drive.sites.add(a_site("Pharmacie du Canal", SiteKind.COLLECTION_POINT))
    address = reverse("drive_publish", args=[drive.pk])
    assert address in client.get(drive.get_absolute_url()).content.decode()
    shown = client.get(address).content.decode()
    assert "Pharmacie du Canal" in shown
    assert 'value="collecte-dautomne"' in shown
    after = client.post(address, {"slug": "automne"}, follow=True).content.decode()
    assert "http://testserver/fr/collectes/automne/" in after
    assert "http://testserver/en/drives/automne/" in after
    assert client.get("/en/drives/automne/").status_code == 200


def test_an_address_that_cannot_be_is_refused_at_its_field(signed_in):
    drive = a_drive()
    page = signed_in(a_coordinator()).post(reverse("drive_publish", args=[drive.pk]), {"slug": "Été !"})
    assert "Write the address in lowercase letters" in page.content.decode()
    assert not Drive.objects.published().exists()


def test_it_is_taken_back_and_undone(signed_in):
    coordinator = a_coordinator()
    drive, client = publish_drive(drive=a_drive(), slug="automne", actor=coordinator), signed_in(coordinator)
    address = reverse("drive_unpublish", args=[drive.pk])
    assert "nothing at its address" in client.get(address).content.decode()
    assert "not public any more" in client.post(address, follow=True).content.decode()
    assert not Drive.objects.published().exists()
    client.post(reverse("drive_publish", args=[drive.pk]))
    assert Drive.objects.published().get().slug == "automne"


def test_who_takes_gifts_reads_the_address_and_publishes_nothing(signed_in):
    drive = publish_drive(drive=a_drive(), slug="automne", actor=a_coordinator())
    client = signed_in(a_volunteer())
    page = client.get(drive.get_absolute_url()).content.decode()
    assert "/fr/collectes/automne/" in page
    assert "publish/" not in page
    assert client.post(reverse("drive_unpublish", args=[drive.pk])).status_code == 403


def test_the_administration_goes_through_the_same_operation(client):
    admin, drive = an_admin(), a_drive()
    auth.TOTP.activate(admin, auth.generate_totp_secret())
    client.force_login(admin)
    chosen = {"_selected_action": [drive.pk]}
    client.post(reverse("admin:donations_drive_changelist"), {"action": "publish", **chosen})
    drive.refresh_from_db()
    assert drive.is_public
    assert drive.history.first().history_user == admin
    client.post(reverse("admin:donations_drive_changelist"), {"action": "take_back", **chosen})
    assert not Drive.objects.published().exists()
    page = client.get(reverse("admin:donations_drive_change", args=[drive.pk])).content.decode()
    assert 'name="is_public"' not in page
