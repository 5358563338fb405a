from django.urls import path

from stock.views import catalogue, history, journal, moves, now, pictures, places, scanning

app_name = "stock"
urlpatterns = [
    path("", now.stock_now, name="stock_now"),
    path("csv/", now.stock_now_csv, name="stock_now_csv"),
    path("date/", now.stock_on_date, name="stock_on_date"),
    path("lots/coming/", now.lot_list, name="lot_list"),
    path("lots/<int:pk>/", history.lot_detail, name="lot_detail"),
    path("operations/", journal.operation_list, name="operation_list"),
    path("operations/<int:pk>/", journal.operation_detail, name="operation_detail"),
    path("operations/<int:pk>/reverse/", journal.operation_reverse, name="operation_reverse"),
    path("conflicts/", journal.conflict_list, name="conflict_list"),
    path("conflicts/<int:pk>/settle/", journal.conflict_settle, name="conflict_settle"),
    path("transfers/new/", moves.transfer_create, name="transfer_create"),
    path("adjustments/new/", moves.adjustment_create, name="adjustment_create"),
    path("write-offs/new/", moves.write_off_create, name="write_off_create"),
    path("items/", catalogue.item_list, name="item_list"),
    path("items/new/", catalogue.item_create, name="item_create"),
    path("items/<int:pk>/", catalogue.item_detail, name="item_detail"),
    path("items/<int:pk>/edit/", catalogue.item_edit, name="item_edit"),
    path("items/<int:pk>/picture/", pictures.item_picture_edit, name="item_picture_edit"),
    path("items/<int:pk>/picture/remove/", pictures.item_picture_remove, name="item_picture_remove"),
    path("items/<int:pk>/pictures/<slug:picture>/<slug:size>/", pictures.item_picture, name="item_picture"),
    path("items/<int:pk>/history/", history.item_history, name="item_history"),
    path("scan/", scanning.scan, name="scan"),
    path("items/codes/attach/", scanning.code_attach, name="code_attach"),
    path("places/", places.place_list, name="place_list"),
    path("places/new/", places.place_create, name="place_create"),
    path("places/<int:pk>/edit/", places.place_edit, name="place_edit"),
    path("places/<int:pk>/close/", places.place_close, name="place_close"),
    path("places/<int:pk>/reopen/", places.place_reopen, name="place_reopen"),
]
