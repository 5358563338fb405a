"""One process that prints: `python -m bench.slips FOLDER slips|labels`. FOLDER keeps the layouts.

Says the seconds of the first time, the median seconds of five times more, and the peak memory in MB.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable

import django

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


def _work(what: str) -> Callable[[], bytes]:
    """All kits of the database, wherever they are: the demonstration made 800."""
    from distribution.kit_slips import KitSlips
    from kits.labels import kit_labels
    from kits.models import Kit

    kits = Kit.objects.order_by("pk")
    if what == "slips":
        return lambda: KitSlips.of(kits).pdf()
    return lambda: kit_labels(kits, label_format="sheet")


def _seconds(work: Callable[[], bytes]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
