from django.urls import path

from kitdrive.public.answers import public_page
from kitdrive.public.poster_views import drive_poster, drive_posters, site_posters
from kitdrive.public.views import drive_publish, drive_unpublish

FRENCH, ENGLISH = {"language": "fr"}, {"language": "en"}
urlpatterns = [
    path("fr/", public_page, FRENCH, name="public_index_fr"),
    path("en/", public_page, ENGLISH, name="public_index_en"),
    path("fr/collectes/<slug:slug>/", public_page, FRENCH, name="public_drive_fr"),
    path("en/drives/<slug:slug>/", public_page, ENGLISH, name="public_drive_en"),
    path("fr/collectes/<slug:slug>/besoins.json", public_page, FRENCH | {"form": "json"}, name="public_json_fr"),
    path("en/drives/<slug:slug>/needs.json", public_page, ENGLISH | {"form": "json"}, name="public_json_en"),
    path("fr/collectes/<slug:slug>/besoins.csv", public_page, FRENCH | {"form": "csv"}, name="public_csv_fr"),
    path("en/drives/<slug:slug>/needs.csv", public_page, ENGLISH | {"form": "csv"}, name="public_csv_en"),
    path("fr/collectes/<slug:slug>/<slug:point>/", public_page, FRENCH, name="public_point_fr"),
    path("en/drives/<slug:slug>/<slug:point>/", public_page, ENGLISH, name="public_point_en"),
    path("donations/drives/<int:pk>/publish/", drive_publish, name="drive_publish"),
    path("donations/drives/<int:pk>/unpublish/", drive_unpublish, name="drive_unpublish"),
    path("donations/drives/<int:pk>/posters/", drive_posters, name="drive_posters"),
    path("donations/drives/<int:pk>/posters/<int:point>/<slug:sheet>/", drive_poster, name="drive_poster"),
    path("network/sites/<int:pk>/posters/", site_posters, name="site_posters"),
]
