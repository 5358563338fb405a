"""What erases in time what must not be kept; each app registers it when it starts, `manage.py tidy` runs it all."""

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)

# By name: a function without arguments that deletes what is past its term and answers how many rows that were.
sweepers: dict[str, Callable[[], int]] = {}


def sweep() -> dict[str, int]:
    """Run every sweeper and answer what each erased; one that fails is logged and stops none of the others."""
    erased = {}
    for name, sweeper in sweepers.items():
        try:
            erased[name] = sweeper()
        except Exception:
            logger.exception("The sweeper %s failed.", name)
    return erased
