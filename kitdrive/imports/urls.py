from django.urls import path

from kitdrive.imports import views

urlpatterns = [
    path("", views.import_list, name="import_list"),
    path("<slug:kind>/", views.import_file, name="import_file"),
    path("<slug:kind>/example.csv", views.import_example, name="import_example"),
]
