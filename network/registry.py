"""Where the apps above say, when they start (AppConfig.ready), what of theirs a new house or site needs."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from network.models import House, Organisation, Site

# Called in the transaction that opens a house or a site; calling one again changes nothing.
house_opened: list[Callable[["House"], None]] = []
site_opened: list[Callable[["Site"], None]] = []

# Called in the transaction that makes a place confidential, with its former name: what else names it forgets that.
made_confidential: list[Callable[["Site | Organisation", str], None]] = []
