"""What was printed before a place became confidential may name it, and does not outlive that."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from network.enums import OrganisationKind
from network.models import House, Region
from network.operations import make_organisation_confidential, make_site_confidential
from tests.cast import a_coordinator, a_key, a_site, an_organisation, the_house
from web.jobs.enums import JobState
from web.jobs.models import Job

pytestmark = pytest.mark.django_db


def a_made_print(house: House) -> Job:
    about = {"house": house.pk, "shipment": 7}
    job = Job(owner=a_coordinator(), key=a_key(), name="shipment slip", arguments=about, language="fr", total=1)
    job.state = JobState.DONE
    job.file.save("liste.pdf", ContentFile(b"%PDF: 3 rue des Lilas"))
    return job


def hide_an_organisation() -> None:
    fields = {"name": "Mésange", "region": Region.objects.get(code="11"), "relay": a_site("Mairie")}
    refuge = an_organisation("Refuge", OrganisationKind.SHELTER)
    make_organisation_confidential(organisation=refuge, actor=a_coordinator(), **fields)


def hide_a_site() -> None:
    make_site_confidential(site=a_site("Vestiaire"), name="Mésange", relay=a_site("Mairie"), actor=a_coordinator())


@pytest.mark.parametrize("hide", [hide_an_organisation, hide_a_site])
def test_prints_of_its_house_are_erased_with_their_files(hide, django_capture_on_commit_callbacks):
    here, elsewhere = a_made_print(the_house()), a_made_print(the_house("Autre maison"))
    with django_capture_on_commit_callbacks(execute=True):
        hide()
    assert list(Job.objects.all()) == [elsewhere]
    assert [default_storage.exists(job.file.name) for job in (here, elsewhere)] == [False, True]
