"""The outer tags of kits: a code and nothing else."""

from django.db.models import QuerySet

from kits.models import Kit
from printing.sheets import Label, print_labels
from printing.stamping import Progress
from stock.codes import ALPHABET, spoken


def kit_labels(kits: QuerySet[Kit], *, label_format: str, first: int = 1, progress: Progress | None = None) -> bytes:
    """The tags of `kits`, in their order: the code that is read aloud, its check character with it, and its QR code."""
    labels = [_label(code) for code in kits.values_list("code", flat=True)]
    return print_labels(labels, label_format=label_format, first=first, characters=ALPHABET, progress=progress)


def _label(code: str) -> Label:
    above, below = spoken(code).split()
    return Label((above, below), code)
