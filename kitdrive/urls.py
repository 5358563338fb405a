"""Every address of kitdrive. tests/test_permissions.py holds one row for each: an address without a row fails there."""

from django.contrib import admin
from django.urls import include, path

from accounts.views import set_language
from kitdrive import views
from kitdrive.gallery.views import gallery
from kitdrive.setup.views import setup

urlpatterns = [
    path("", views.home, name="home"),
    path("setup/", setup, name="setup"),
    path("house/", views.choose_house, name="choose_house"),
    path("language/", set_language, name="set_language"),
    path("gallery/", gallery, name="gallery"),
    path("gallery/<slug:part>/", gallery, name="gallery_part"),
    path("account/", include("accounts.urls")),
    path("imports/", include("kitdrive.imports.urls")),
    path("jobs/", include("web.jobs.urls")),
    path("network/", include("network.urls")),
    path("stock/", include("stock.urls")),
    path("", include("donations.urls")),
    path("kits/", include("kits.urls")),
    path("", include("distribution.urls")),
    path("", include("kitdrive.public.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "web.views.bad_request"
handler403 = "web.views.permission_denied"
handler404 = "web.views.page_not_found"
handler500 = "web.views.server_error"
