"""One process that prints: `python -m bench.slips FOLDER slips|labels`. FOLDER keeps the layouts.

Says the seconds of the first time, the median seconds of five times more, and the peak memory in MB.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kits.models import Kit

AGAIN = 5


def main() -> None:
    folder, what = sys.argv[1], sys.argv[2]
    django.setup()
    from django.conf import settings
    from django.utils import translation

    settings.CACHES["papers"]["LOCATION"] = folder
    translation.activate("fr")
    work = _work(what)
    first = _seconds(work)
    again = statistics.median(_seconds(work) for _time in range(AGAIN))
    print(first, again, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def of_the_open_day() -> "QuerySet[Kit]":
    """The 800 kits that the demonstration packs on its open day, wherever they are."""
    from kits.models import AssemblySession, Kit

    return Kit.objects.filter(lot__pack__session=AssemblySession.objects.earliest("pk")).order_by("pk")


def _work(what: str) -> Callable[[], bytes]:
    from distribution.kit_slips import KitSlips
    from kits.labels import kit_labels

    kits = of_the_open_day()
    if what == "slips":
        return lambda: KitSlips.of(kits).pdf()
    return lambda: kit_labels(kits, label_format="sheet")


def _seconds(work: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
