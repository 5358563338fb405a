from django.urls import path

from printing import views

app_name = "printing"
urlpatterns = [
    path("", views.print_list, name="print_list"),
    path("<uuid:pk>/", views.print_detail, name="print_detail"),
    path("<uuid:pk>/file/", views.print_file, name="print_file"),
    path("<uuid:pk>/restart/", views.print_restart, name="print_restart"),
    path("<uuid:pk>/forget/", views.print_forget, name="print_forget"),
]
