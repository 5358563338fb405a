"""The sorting table: find a container, sort it, take a part back."""

from django.urls import path

from donations.sorting import views

urlpatterns = [
    path("sorting/", views.sorting_find, name="sorting_find"),
    path("sorting/<int:pk>/", views.container_sort, name="container_sort"),
    path("sorting/parts/<int:pk>/reverse/", views.sorting_reverse, name="sorting_reverse"),
]
