from datetime import date

from django.urls import path, register_converter

from donations.drop_offs import desk, views


class DayConverter:
    """A day as 2026-11-22."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("drop-offs/", views.drop_off_list, name="drop_off_list"),
    path("drop-offs/csv/", views.drop_off_csv, name="drop_off_csv"),
    path("drop-offs/new/", desk.drop_off_create, name="drop_off_create"),
    path("drop-offs/<int:pk>/", views.drop_off_detail, name="drop_off_detail"),
    path("drop-offs/points/<int:pk>/<day:day>/", views.point_day, name="point_day"),
    path("drop-offs/entries/<int:pk>/reverse/", desk.entry_reverse, name="entry_reverse"),
    path("drop-offs/noted/<int:pk>/reverse/", desk.noted_reverse, name="noted_reverse"),
    path("drop-offs/points/<int:pk>/tally/", views.point_tally, name="point_tally"),
    path("donations/drives/<int:pk>/tally/", views.drive_tally, name="drive_tally"),
    path("drop-offs/tallies/new/", desk.tally_create, name="tally_create"),
]
