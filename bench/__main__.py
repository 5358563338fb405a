"""Take every figure on the database of DATABASE_URL, an empty one. `--add` keeps those of the run before."""

import argparse
import sys

import django


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--add", action="store_true", help="write after the figures that are in results.json")
    parser.add_argument("--most", type=int, default=1_000_000, help="movements of the largest ledger")
    parser.add_argument("--times", type=int, default=100, help="how often the demonstration's data are repeated")
    options = parser.parse_args()
    django.setup()

    from django.core.management import call_command

    from bench import barcodes, door, every_page, pages, papers, public, weights, works
    from bench.measure import Book

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    book = Book()
    print(book.machine)
    book.begin("The demonstration")
    pages.demo(book)
    book.begin("Papers")
    papers.measure(book)
    book.begin("The public page")
    public.measure(book)
    book.begin("The doors")
    door.measure(book)
    book.begin("What pages weigh")
    weights.measure(book)
    book.begin("Photos of bar codes")
    barcodes.measure(book)
    every_page.measure(book, options.times)
    book.begin("The ledger")
    hall = works.measure(book, options.most)
    book.begin("Lists")
    pages.lists(book, hall)
    book.save(add=options.add)
    missed = [figure.name for figure in book.figures if figure.met is False]
    print(f"{len(book.figures)} figures, {len(missed)} missed." + "".join(f"\n  {name}" for name in missed))
    return 0


if __name__ == "__main__":
    sys.exit(main())
