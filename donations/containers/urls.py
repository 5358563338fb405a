"""Cartons and pallets: their list, their way, their labels, and taking steps of it back."""

from django.urls import path

from donations.containers import views

urlpatterns = [
    path("containers/", views.container_list, name="container_list"),
    path("containers/new/", views.container_create, name="container_create"),
    path("containers/collect/", views.container_collect, name="container_collect"),
    path("containers/labels/", views.container_labels, name="container_labels"),
    path("containers/<int:pk>/", views.container_detail, name="container_detail"),
    path("containers/<int:pk>/unfill/", views.container_unfill, name="container_unfill"),
    path("containers/<int:pk>/uncollect/", views.container_uncollect, name="container_uncollect"),
    path("containers/<int:pk>/reopen/", views.container_reopen, name="container_reopen"),
]
