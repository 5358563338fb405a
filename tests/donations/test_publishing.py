import pytest

from donations.models import Drive
from donations.publishing import proposed_slug, publish_drive, unpublish_drive
from tests.cast import a_coordinator, a_drive, the_house
from web.errors import Refused

pytestmark = pytest.mark.django_db


def test_a_drive_has_no_public_page_until_somebody_publishes_it():
    drive, coordinator = a_drive(), a_coordinator()
    assert not Drive.objects.published().exists()
    published = publish_drive(drive=drive, slug="collecte-d-automne", actor=coordinator)
    assert published.is_public
    assert Drive.objects.published().get().slug == "collecte-d-automne"
    assert published.history.first().history_user == coordinator


def test_publishing_twice_is_publishing_once():
    drive, coordinator = a_drive(), a_coordinator()
    for _time in range(2):
        drive = publish_drive(drive=drive, slug="automne", actor=coordinator)
    assert drive.history.filter(is_public=True).count() == 1


def test_the_address_stays_the_drives_own():
    drive, coordinator = a_drive(), a_coordinator()
    drive = publish_drive(drive=drive, slug="automne", actor=coordinator)
    drive = unpublish_drive(drive=drive, actor=coordinator)
    assert not drive.is_public
    assert drive.slug == proposed_slug(drive) == "automne"
    assert publish_drive(drive=drive, slug="autre", actor=coordinator).slug == "automne"


def test_an_address_that_another_drive_has_is_refused_and_never_proposed():
    publish_drive(drive=a_drive("Automne"), slug="automne", actor=a_coordinator())
    other = a_drive("Automne", house=the_house("Maison des Saules"))
    with pytest.raises(Refused, match="Another drive has this address") as refused:
        publish_drive(drive=other, slug="automne", actor=a_coordinator())
    assert refused.value.field == "slug"
    assert proposed_slug(other) == "automne-2"


@pytest.mark.parametrize("slug", ["", "Automne", "été", "a b", "-a", "a/b", "a" * 61])
def test_an_address_is_plain_letters_digits_and_hyphens(slug):
    with pytest.raises(Refused, match="lowercase letters"):
        publish_drive(drive=a_drive(), slug=slug, actor=a_coordinator())


def test_what_is_proposed_is_always_accepted():
    for name in ("Collecte d’automne", "…", "é" * 120, "a" * 120):
        drive = a_drive(name)
        assert publish_drive(drive=drive, slug=proposed_slug(drive), actor=a_coordinator()).is_public
