"""One question a function: who may see and do what with the stock."""

from network.acting import Acting
from network.enums import Role
from network.perms import COORDINATES
from stock import registry
from stock.models import Operation

READS_JOURNAL = (Role.COORDINATOR, Role.ADMIN)
READS_CATALOGUE = (Role.COORDINATOR, Role.ADMIN)
SEES_LOTS = (Role.COORDINATOR, Role.DISTRIBUTOR, Role.ADMIN)


def can_read_journal(acting: Acting) -> bool:
    return acting.has_role(*READS_JOURNAL)


def sees_lots(acting: Acting) -> bool:
    """A volunteer sees counts; who gives and who answers for the stock sees which lot expires when."""
    return acting.has_role(*SEES_LOTS)


def can_reverse(acting: Acting, operation: Operation) -> bool:
    """A coordinator takes back what has a way back and was not taken back before."""
    return (
        acting.has_role(*COORDINATES) and operation.kind in registry.reversals and not hasattr(operation, "reversed_by")
    )
