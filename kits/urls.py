from django.urls import path

from kits.views import kits, labels, papers, planning, sessions, targets, templates

app_name = "kits"
urlpatterns = [
    path("", kits.kit_list, name="kit_list"),
    path("lookup/", kits.kit_lookup, name="kit_lookup"),
    path("<int:pk>/label/", labels.kit_label, name="kit_label"),
    path("packs/<int:pk>/", kits.pack_detail, name="pack_detail"),
    path("packs/<int:pk>/undo/", kits.pack_undo, name="pack_undo"),
    path("packs/<int:pk>/labels/", labels.pack_labels, name="pack_labels"),
    path("sessions/", sessions.session_list, name="session_list"),
    path("sessions/new/", planning.session_create, name="session_create"),
    path("sessions/<int:pk>/", sessions.session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", planning.session_edit, name="session_edit"),
    path("sessions/<int:pk>/cancel/", planning.session_cancel, name="session_cancel"),
    path("sessions/<int:pk>/open/", sessions.session_open, name="session_open"),
    path("sessions/<int:pk>/pack/", sessions.session_pack, name="session_pack"),
    path("sessions/<int:pk>/close/", sessions.session_close, name="session_close"),
    path("sessions/<int:pk>/labels/", labels.session_labels, name="session_labels"),
    path("sessions/<int:pk>/pick-list/", papers.session_pick_list, name="session_pick_list"),
    path("sessions/<int:pk>/cards/", papers.session_cards, name="session_cards"),
    path("targets/", targets.target_list, name="target_list"),
    path("targets/<int:drive_pk>/", targets.target_list, name="target_list"),
    path("targets/<int:drive_pk>/edit/", targets.target_edit, name="target_edit"),
    path("templates/", templates.template_list, name="template_list"),
    path("templates/new/", templates.template_create, name="template_create"),
    path("templates/<int:pk>/", templates.template_detail, name="template_detail"),
    path("templates/<int:pk>/rename/", templates.template_rename, name="template_rename"),
    path("templates/<int:pk>/edit/", templates.template_edit, name="template_edit"),
    path("templates/<int:pk>/publish/", templates.template_publish, name="template_publish"),
    path("templates/<int:pk>/compare/", templates.template_compare, name="template_compare"),
]
