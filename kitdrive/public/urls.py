from django.urls import path

from kitdrive.public.answers import public_page
from kitdrive.public.views import drive_publish, drive_unpublish

urlpatterns = [
    path("fr/", public_page, {"language": "fr"}, name="public_index_fr"),
    path("en/", public_page, {"language": "en"}, name="public_index_en"),
    path("fr/collectes/<slug:slug>/", public_page, {"language": "fr"}, name="public_drive_fr"),
    path("en/drives/<slug:slug>/", public_page, {"language": "en"}, name="public_drive_en"),
    path("donations/drives/<int:pk>/publish/", drive_publish, name="drive_publish"),
    path("donations/drives/<int:pk>/unpublish/", drive_unpublish, name="drive_unpublish"),
]
