from django.urls import path

from web.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job_list"),
    path("<uuid:pk>/", views.job_detail, name="job_detail"),
    path("<uuid:pk>/file/", views.job_file, name="job_file"),
    path("<uuid:pk>/restart/", views.job_restart, name="job_restart"),
    path("<uuid:pk>/forget/", views.job_forget, name="job_forget"),
]
