"""What comes in: the drive, what partners promise, what people give, what had to be bought."""

from donations.models.arrivals import Arrival, ArrivalLine, Donation, DonationLine, Purchase, PurchaseLine
from donations.models.attestations import Attestation, AttestedGift
from donations.models.containers import AllottedCode, Container
from donations.models.drives import Drive, Pledge
from donations.models.drop_offs import DropOff, Refusal
from donations.models.letters import Letter
from donations.models.sortings import Sorting, SortingLine
from donations.models.tablets import Tablet

__all__ = [
    "AllottedCode",
    "Arrival",
    "ArrivalLine",
    "Attestation",
    "AttestedGift",
    "Container",
    "Donation",
    "DonationLine",
    "Drive",
    "DropOff",
    "Letter",
    "Pledge",
    "Purchase",
    "PurchaseLine",
    "Refusal",
    "Sorting",
    "SortingLine",
    "Tablet",
]
