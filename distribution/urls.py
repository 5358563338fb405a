from django.urls import path

from distribution.views import handovers, kit_papers, papers, shipments

app_name = "distribution"
urlpatterns = [
    path("shipments/", shipments.shipment_list, name="shipment_list"),
    path("shipments/create/", shipments.shipment_create, name="shipment_create"),
    path("shipments/<int:pk>/", shipments.shipment_detail, name="shipment_detail"),
    path("shipments/<int:pk>/edit/", shipments.shipment_edit, name="shipment_edit"),
    path("shipments/<int:pk>/pack/", shipments.shipment_pack, name="shipment_pack"),
    path("shipments/<int:pk>/cancel/", shipments.shipment_cancel, name="shipment_cancel"),
    path("shipments/<int:pk>/hand-over/", shipments.shipment_hand_over, name="shipment_hand_over"),
    path("shipments/<int:pk>/take-back/", shipments.shipment_take_back, name="shipment_take_back"),
    path("shipments/<int:pk>/acknowledge/", shipments.shipment_acknowledge, name="shipment_acknowledge"),
    path("shipments/<int:pk>/slip/", papers.shipment_slip, name="shipment_slip"),
    path("shipments/<int:pk>/pick-list/", papers.shipment_pick_list, name="shipment_pick_list"),
    path("slips/kits/<int:pk>/", kit_papers.kit_slip_pdf, name="kit_slip"),
    path("slips/packs/<int:pk>/", kit_papers.pack_slips_pdf, name="pack_slips"),
    path("slips/sessions/<int:pk>/", kit_papers.session_slips, name="session_slips"),
    path("shipments/<int:pk>/kit-slips/", kit_papers.shipment_kit_slips, name="shipment_kit_slips"),
    path("shipments/<int:pk>/labels/", kit_papers.shipment_labels, name="shipment_labels"),
    path("handovers/", handovers.handover_list, name="handover_list"),
    path("handovers/create/", handovers.handover_create, name="handover_create"),
    path("handovers/<uuid:pk>/", handovers.handover_detail, name="handover_detail"),
    path("handovers/<uuid:pk>/undo/", handovers.handover_undo, name="handover_undo"),
]
