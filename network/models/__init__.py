"""Houses, the organisations and sites around them, and who may act for whom."""

from network.models.devices import Device
from network.models.houses import Department, House, OpeningHours, Region, Site
from network.models.organisations import Organisation
from network.models.people import Membership, SensitiveRead

__all__ = [
    "Department",
    "Device",
    "House",
    "Membership",
    "OpeningHours",
    "Organisation",
    "Region",
    "SensitiveRead",
    "Site",
]
