"""What comes in: the drive, what partners promise, what people give, what had to be bought."""

from donations.models.arrivals import Arrival, ArrivalLine, Donation, DonationLine, Purchase, PurchaseLine
from donations.models.drives import Drive, Pledge

__all__ = ["Arrival", "ArrivalLine", "Donation", "DonationLine", "Drive", "Pledge", "Purchase", "PurchaseLine"]
