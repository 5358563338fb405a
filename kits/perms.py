"""Who may do what with kits, beyond the role that opens a page."""

from kits.enums import SessionState
from kits.models import Pack
from network.acting import Acting
from network.enums import Role

PACKS = (Role.VOLUNTEER, Role.COORDINATOR)


def can_unpack(acting: Acting, pack: Pack) -> bool:
    """A coordinator may; a volunteer while the session is open in which it was packed."""
    if acting.has_role(Role.COORDINATOR):
        return True
    return acting.has_role(Role.VOLUNTEER) and pack.session is not None and pack.session.state == SessionState.OPEN
