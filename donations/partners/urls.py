"""Attestations, the gifts of a partner, and the letters to partners."""

from django.urls import path

from donations.partners.views import attestations, gifts, letters

urlpatterns = [
    path("donations/<int:pk>/letter/", letters.donation_letter, name="donation_letter"),
    path("donations/pledges/late/", letters.pledge_reminders, name="pledge_reminders"),
    path("attestations/", attestations.attestation_list, name="attestation_list"),
    path("attestations/new/", attestations.attestation_create, name="attestation_create"),
    path("attestations/gifts/", gifts.gift_table, name="gift_table"),
    path("attestations/gifts/<int:pk>/csv/", gifts.gift_file, {"kind": "csv"}, name="gift_csv"),
    path("attestations/gifts/<int:pk>/xlsx/", gifts.gift_file, {"kind": "xlsx"}, name="gift_xlsx"),
    path("attestations/<int:pk>/", attestations.attestation_detail, name="attestation_detail"),
    path("attestations/<int:pk>/paper/", attestations.attestation_paper, name="attestation_paper"),
    path("attestations/<int:pk>/cancel/", attestations.attestation_cancel, name="attestation_cancel"),
]
