"""What a person types into the forms of this app."""

from typing import Any

from django.utils import timezone

from tests.cast import a_drive, a_key, the_store


def lines(*rows: dict[str, Any]) -> dict[str, Any]:
    """The rows of an arrival's form, as the browser sends them."""
    total = max(3, len(rows))
    typed: dict[str, Any] = {"lines-TOTAL_FORMS": str(total), "lines-INITIAL_FORMS": "0"}
    typed |= {f"lines-{number}-condition": "new" for number in range(total)}
    for number, row in enumerate(rows):
        typed |= {f"lines-{number}-{name}": value for name, value in row.items()}
    return typed


def a_donation(*rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    head = {
        "key": a_key(),
        "drive": a_drive().pk,
        "place": the_store().pk,
        "partner": "",
        "received_on": timezone.localdate().isoformat(),
    }
    return {**head, **lines(*rows), **fields}


def a_purchase(*rows: dict[str, Any], **fields: Any) -> dict[str, Any]:
    head = {
        "key": a_key(),
        "drive": "",
        "place": the_store().pk,
        "supplier": "Grossiste du Nord",
        "cost": "42.50",
        "funder": "",
        "bought_on": timezone.localdate().isoformat(),
    }
    return {**head, **lines(*rows), **fields}
