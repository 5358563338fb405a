from django.urls import path

from donations.containers import urls as containers
from donations.drop_offs import urls as drop_offs
from donations.partners import urls as partners
from donations.sorting import urls as sorting
from donations.tablets import page_urls
from donations.tablets import urls as tablets
from donations.views import donations, drives, pictures, pledges, purchases

app_name = "donations"
urlpatterns = [
    *page_urls.urlpatterns,
    *tablets.urlpatterns,
    *drop_offs.urlpatterns,
    *containers.urlpatterns,
    *sorting.urlpatterns,
    *partners.urlpatterns,
    path("donations/", donations.donation_list, name="donation_list"),
    path("donations/new/", donations.donation_create, name="donation_create"),
    path("donations/<int:pk>/", donations.donation_detail, name="donation_detail"),
    path("donations/<int:pk>/reverse/", donations.donation_reverse, name="donation_reverse"),
    path("donations/<int:pk>/picture/", pictures.donation_picture_edit, name="donation_picture_edit"),
    path("donations/<int:pk>/picture/remove/", pictures.donation_picture_remove, name="donation_picture_remove"),
    path("donations/<int:pk>/pictures/<slug:picture>/<slug:size>/", pictures.donation_picture, name="donation_picture"),
    path("donations/drives/", drives.drive_list, name="drive_list"),
    path("donations/drives/new/", drives.drive_create, name="drive_create"),
    path("donations/drives/<int:pk>/", drives.drive_detail, name="drive_detail"),
    path("donations/drives/<int:pk>/edit/", drives.drive_edit, name="drive_edit"),
    path("donations/pledges/", pledges.pledge_list, name="pledge_list"),
    path("donations/pledges/new/", pledges.pledge_create, name="pledge_create"),
    path("donations/pledges/<int:pk>/", pledges.pledge_detail, name="pledge_detail"),
    path("donations/pledges/<int:pk>/edit/", pledges.pledge_edit, name="pledge_edit"),
    path("donations/pledges/<int:pk>/cancel/", pledges.pledge_cancel, name="pledge_cancel"),
    path("donations/purchases/", purchases.purchase_list, name="purchase_list"),
    path("donations/purchases/new/", purchases.purchase_create, name="purchase_create"),
    path("donations/purchases/<int:pk>/", purchases.purchase_detail, name="purchase_detail"),
    path("donations/purchases/<int:pk>/reverse/", purchases.purchase_reverse, name="purchase_reverse"),
]
