"""What a tablet opens and asks: all of it below /collect/, where its cookie goes and its worker reigns."""

from django.urls import path

from donations.tablets import api, page

FRENCH, ENGLISH = {"language": "fr"}, {"language": "en"}

urlpatterns = [
    path("collect/", page.collect, name="collect"),
    path("collect/fr/", page.collect_page, FRENCH, name="collect_fr"),
    path("collect/en/", page.collect_page, ENGLISH, name="collect_en"),
    path("collect/worker.js", page.collect_worker, name="collect_worker"),
    path("collect/manifest-fr.webmanifest", page.collect_manifest, FRENCH, name="collect_manifest_fr"),
    path("collect/manifest-en.webmanifest", page.collect_manifest, ENGLISH, name="collect_manifest_en"),
    path("collect/open/", api.tablet_open, name="tablet_open"),
    path("collect/state/", api.tablet_state, name="tablet_state"),
    path("collect/entries/", api.tablet_entries, name="tablet_entries"),
]
