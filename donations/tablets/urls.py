"""The coordinators' pages of tablets. What a tablet itself opens stands below /collect/."""

from django.urls import path

from donations.tablets import views

urlpatterns = [
    path("tablets/", views.tablet_list, name="tablet_list"),
    path("tablets/new/", views.tablet_create, name="tablet_create"),
    path("tablets/import/", views.tablet_import, name="tablet_import"),
    path("tablets/<int:pk>/", views.tablet_detail, name="tablet_detail"),
    path("tablets/<int:pk>/confirm/", views.tablet_confirm, name="tablet_confirm"),
    path("tablets/<int:pk>/refuse/", views.tablet_refuse, name="tablet_refuse"),
    path("tablets/<int:pk>/withdraw/", views.tablet_withdraw, name="tablet_withdraw"),
    path("tablets/<int:pk>/revoke/", views.tablet_revoke, name="tablet_revoke"),
]
