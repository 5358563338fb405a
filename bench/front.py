"""The public page behind nginx with the shipped configuration, over https: what a day in the news comes to."""

import re
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from bench.measure import Book
from bench.serving import served
from tests.nginx import NAME, PROGRAM, Front, in_front_of

CONNECTIONS, THREADS, SECONDS, ROUNDS = 32, 1, 4, 5
AT_LEAST = 20_000  # requests a second


def measure(book: Book, path: str) -> None:
    """Visit `path` by https with wrk, which runs on the same cores; the first round fills nginx's cache."""
    wrk = shutil.which("wrk")
    if wrk is None or not PROGRAM.exists():
        print("  The page behind nginx was not measured: nginx or wrk is not installed (bin/packages bench).")
        return
    with served() as port, tempfile.TemporaryDirectory() as folder, in_front_of(port, Path(folder)) as front:
        rates = [_rate(wrk, front, path) for _round in range(ROUNDS)]
    rate = statistics.median(rates[1:])
    book.write(f"public page behind nginx, https, requests a second over {CONNECTIONS} connections", rate, "a second")
    book.write(f"{AT_LEAST:,} requests of the public page behind nginx", AT_LEAST / rate, "s", 1)


def _rate(wrk: str, front: Front, path: str) -> float:
    ask = [wrk, f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", "Accept-Encoding: gzip"]
    command = [*ask, f"https://{NAME}:{front.https}{path}"]
    said = subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603  (found above)
    rate = re.search(r"^Requests/sec:\s+([\d.]+)", said, re.MULTILINE)
    if rate is None or "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"Not every visitor was answered.\n{said}")
    return float(rate[1])
