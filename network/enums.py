from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """What somebody does here. Each role has one scope: a house, a site of it, an organisation, or the network."""

    VOLUNTEER = "volunteer", _("volunteer")
    COORDINATOR = "coordinator", _("coordinator")
    DISTRIBUTOR = "distributor", _("distributor")
    REFERRER = "referrer", _("referring structure")
    PARTNER = "partner", _("partner")
    NETWORK = "network", _("network")
    ADMIN = "admin", _("administrator")


class OrganisationKind(TextChoices):
    """The kinds of organisation that the import file names; a confidential place has none."""

    OWN = "own", _("our association")
    PARTNER = "partner", _("donating partner")
    ASSOCIATION = "association", _("association")
    CHRS = "chrs", _("CHRS (social rehabilitation centre)")
    CASVP = "casvp", _("CASVP (city social action centre)")
    CASS = "cass", _("CASS (health and social action centre)")
    CASO = "caso", _("CASO (care and guidance centre)")
    CAARUD = "caarud", _("CAARUD (harm reduction centre)")
    MATERNITY = "maternity", _("maternity ward")
    HOSPITAL = "hospital", _("hospital")
    PMI = "pmi", _("PMI (mother and child care)")
    SHELTER = "shelter", _("emergency shelter")
    DAY_CENTRE = "day_centre", _("day centre")
    POLICE = "police", _("police or gendarmerie")
    PUBLIC_SERVICE = "public_service", _("public service")
    OTHER = "other", _("other")


class SiteKind(TextChoices):
    COLLECTION_POINT = "collection_point", _("collection point")
    STORE = "store", _("store")
    ASSEMBLY = "assembly", _("assembly hall")
    CLOTHING_ROOM = "clothing_room", _("clothing room")
    RELAY = "relay", _("relay point")


class Weekday(TextChoices):
    MONDAY = "1", _("Monday")
    TUESDAY = "2", _("Tuesday")
    WEDNESDAY = "3", _("Wednesday")
    THURSDAY = "4", _("Thursday")
    FRIDAY = "5", _("Friday")
    SATURDAY = "6", _("Saturday")
    SUNDAY = "7", _("Sunday")


class SensitiveSubject(TextChoices):
    """What was read, in the log of sensitive reads."""

    HANDOVERS_TODAY = "handovers_today", _("today’s handovers")
    HANDOVERS_PAST = "handovers_past", _("handovers of past days")
    HANDOVER = "handover", _("one handover")
    KIT_CODE = "kit_code", _("a kit’s code")


class ReadReason(TextChoices):
    """Why somebody opened handovers of past days: a list, never free text."""

    COUNT_CHECK = "count_check", _("checking the figures")
    RECALL = "recall", _("product recall")
    MISTAKE = "mistake", _("correcting a mistake")
    REQUEST = "request", _("request of a structure")
    TODAY = "today", _("work of the day")


class DeviceState(TextChoices):
    """What has become of a tablet or phone that was invited."""

    INVITED = "invited", _("invited")
    OPENED = "opened", _("waits to be confirmed")
    ACTIVE = "active", _("in use")
    REFUSED = "refused", _("refused")
    REVOKED = "revoked", _("revoked")
    WITHDRAWN = "withdrawn", _("invitation withdrawn")
