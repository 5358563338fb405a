from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(TextChoices):
    HYGIENE = "hygiene", _("hygiene")
    CLOTHING = "clothing", _("clothing")
    INFANT_FOOD = "infant-food", _("infant and young-child food")
    FOOD = "food", _("food")
    TOYS_BOOKS = "toys-books", _("toys and books")
    PAPERWORK = "paperwork", _("paperwork")
    FIRST_HOURS = "first-hours", _("first hours")
    PACKAGING = "packaging", _("packaging")
    KIT = "kit", _("kits")


class Unit(TextChoices):
    PIECE = "piece", _("piece")
    PAIR = "pair", _("pair")
    BAR = "bar", _("bar")
    TUBE = "tube", _("tube")
    BOTTLE = "bottle", _("bottle")
    SACHET = "sachet", _("sachet")
    PACK = "pack", _("pack")
    JAR = "jar", _("jar")
    POUCH = "pouch", _("pouch")
    BOX = "box", _("box")
    KIT = "kit", _("kit")


class DateRule(TextChoices):
    """What the printed date of an article means. French law: DLC (use by) and DDM (best before)."""

    NONE = "none", _("no date")
    BEST_BEFORE = "best_before", _("best before (DDM)")
    USE_BY = "use_by", _("use by (DLC)")


class DatePrecision(TextChoices):
    """How exactly a date is printed. A month or a year stands for its last day."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class Block(TextChoices):
    NONE = "", _("not blocked")
    QUARANTINED = "quarantined", _("in quarantine")
    RECALLED = "recalled", _("recalled")


class PlaceKind(TextChoices):
    STORE = "store", _("store")
    TABLE = "table", _("table")
    TRANSIT = "transit", _("in transit")
    QUARANTINE = "quarantine", _("quarantine")
    DONORS = "donors", _("donors")
    SUPPLIERS = "suppliers", _("suppliers")
    SORTED = "sorted", _("sorted")
    PACKED = "packed", pgettext_lazy("place", "packed")
    RECIPIENTS = "recipients", _("recipients")
    ORGANISATIONS = "organisations", _("organisations")
    WASTE = "waste", _("waste")
    CORRECTION = "correction", _("corrections")


INTERNAL_KINDS = (PlaceKind.STORE, PlaceKind.TABLE, PlaceKind.TRANSIT, PlaceKind.QUARANTINE)
VIRTUAL_KINDS = tuple(kind for kind in PlaceKind if kind not in INTERNAL_KINDS)


class OperationKind(TextChoices):
    """What somebody did. The apps above the ledger use these words and add none of their own elsewhere."""

    DROP_OFF = "drop_off", _("drop-off")
    DECLINE = "decline", _("refusal")
    FILL = "fill", _("container filled")
    COLLECT = "collect", _("containers collected")
    SORT = "sort", _("sorting")
    FINISH_SORTING = "finish_sorting", _("container sorted")
    RECEIVE = "receive", _("donation received")
    PURCHASE = "purchase", _("purchase received")
    TRANSFER = "transfer", _("transfer")
    ADJUST = "adjust", _("adjustment")
    WRITE_OFF = "write_off", _("write-off")
    PACK = "pack", _("packing")
    CLOSE_SESSION = "close_session", _("session closed")
    RESERVE = "reserve", _("reservation")
    RELEASE = "release", _("reservation released")
    SHIP = "ship", _("shipment handed over")
    ACKNOWLEDGE = "acknowledge", _("shipment acknowledged")
    HAND_OVER = "hand_over", _("handover")
    REVERSE = "reverse", _("reversal")


class Reason(TextChoices):
    """Why stock was corrected or written off."""

    COUNTED = "counted", _("counted otherwise")
    ENTRY_MISTAKE = "entry_mistake", _("entry mistake")
    FOUND = "found", _("found again")
    LOST = "lost", _("lost")
    DAMAGED = "damaged", _("damaged")
    EXPIRED = "expired", _("past its date")
    OPENED = "opened", _("opened or dirty")
    RECALLED = "recalled", _("recalled")
    OTHER = "other", _("other")


ADJUST_REASONS = (Reason.COUNTED, Reason.ENTRY_MISTAKE, Reason.FOUND, Reason.LOST, Reason.OTHER)
WRITE_OFF_REASONS = (Reason.DAMAGED, Reason.EXPIRED, Reason.OPENED, Reason.RECALLED, Reason.LOST, Reason.OTHER)
