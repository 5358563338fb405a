"""The starter catalogue and templates of a new house (kitdrive/data/README.md says where they come from)."""

import csv
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from django.db import transaction

from accounts.models import User
from kits.enums import TemplateKind
from kits.models import TemplateVersion
from kits.templates import DraftLine, create_template, publish, save_draft
from network.models import House
from stock.catalogue_operations import create_item
from stock.models import Item

DATA = Path(__file__).parent / "data"
ENGLISH = {
    "Kit femme": "Kit for a woman",
    "Module bébé": "Baby module",
    "Module enfant": "Child module",
    "Kit femme avec bébé": "Kit for a woman with a baby",
    "Kit femme avec enfant": "Kit for a woman with a child",
}
BASE = "Kit femme"
COMPOSED = {"Kit femme avec bébé": "Module bébé", "Kit femme avec enfant": "Module enfant"}


@transaction.atomic
def load_starter(house: House, actor: User) -> None:
    """Give `house` the starter articles and publish its three kit templates; all of it or nothing."""
    items = {row["name"]: _item(house, row, actor) for row in _rows("starter-items.csv")}
    versions = {}
    for name, rows in groupby(_rows("starter-kits.csv"), lambda row: row["template"]):
        kind = TemplateKind.KIT if name == BASE else TemplateKind.MODULE
        versions[name] = _publish(house, name, kind, actor, lines=[_line(items, row) for row in rows])
    for name, module in COMPOSED.items():
        _publish(house, name, TemplateKind.KIT, actor, parts=[versions[BASE], versions[module]])


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _item(house: House, row: dict[str, str], actor: User) -> Item:
    return create_item(
        house=house,
        actor=actor,
        name=row["name"],
        name_en=row["name_en"],
        category=row["category"],
        unit=row["unit"],
        grams=int(row["grams"]),
        is_weight_assumed=row["weight"] == "assumed",
        date_rule=row["date_rule"],
    )


def _line(items: dict[str, Item], row: dict[str, str]) -> DraftLine:
    names = [row["item"], *([row["substitute"]] if row["substitute"] else [])]
    return DraftLine(tuple(items[name] for name in names), int(row["quantity"]), note=row["note"])


def _publish(
    house: House,
    name: str,
    kind: TemplateKind,
    actor: User,
    *,
    lines: list[DraftLine] | None = None,
    parts: list[TemplateVersion] | None = None,
) -> TemplateVersion:
    template = create_template(house=house, name=name, name_en=ENGLISH[name], kind=kind, actor=actor)
    draft = template.versions.get()
    save_draft(version=draft, lines=lines or [], parts=parts or [], actor=actor)
    return publish(version=draft, actor=actor)
