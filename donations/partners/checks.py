"""What must always be true of attestations; `manage.py check_ledger` prints what is not."""

from collections.abc import Iterable
from itertools import groupby

from donations.models import Attestation
from donations.partners.attestations import digest_of


def check_attestations() -> Iterable[str]:
    """Numbers of a house and year follow each other from 1, and each paper says what it said when it was issued."""
    said = ("house_id", "year", "number", "content", "digest")
    issued = Attestation.objects.order_by("house", "year", "number").only(*said)
    for (house, year), alike in groupby(issued.iterator(), key=lambda issued: (issued.house_id, issued.year)):
        for expected, attestation in enumerate(alike, start=1):
            if attestation.number != expected:
                yield f"House {house}, attestations of {year}: {expected} is missing before {attestation.number}."
                break
            if attestation.content is not None and digest_of(attestation.content) != attestation.digest:
                yield f"House {house}, attestation {attestation.full_number}: it no longer says what was issued."
