"""Who may read attestations and the gifts of a partner. Whose they are is said by the querysets."""

from network.enums import Role

READS_ATTESTATIONS = (Role.COORDINATOR, Role.PARTNER)
