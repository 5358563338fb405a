"""Moving and removing rows of a draft as they were sent, before anything in them is read: nothing typed is lost."""

from django.http import QueryDict

PREFIX = "lines"


def rearranged(data: QueryDict) -> QueryDict:
    """The form after its pressed button, `up`, `down` or `take_out` with a row as its value, has done its work."""
    for action in ("up", "down", "take_out"):
        row = data.get(action, "")
        if row.isdecimal() and len(row) < 4 and int(row) < _count(data):
            data = data.copy()
            if action == "take_out":
                _clear(data, int(row))
            else:
                _swap(data, int(row), int(row) + (1 if action == "down" else -1))
    return data


def _count(data: QueryDict) -> int:
    total = data.get(f"{PREFIX}-TOTAL_FORMS", "")
    return int(total) if total.isdecimal() and len(total) < 4 else 0


def _fields(data: QueryDict, row: int) -> dict[str, str]:
    start = f"{PREFIX}-{row}-"
    return {name.removeprefix(start): str(data[name]) for name in list(data) if name.startswith(start)}


def _write(data: QueryDict, row: int, fields: dict[str, str]) -> None:
    for name in _fields(data, row):
        del data[f"{PREFIX}-{row}-{name}"]
    for name, value in fields.items():
        data[f"{PREFIX}-{row}-{name}"] = value


def _clear(data: QueryDict, row: int) -> None:
    _write(data, row, {"quantity": "1"})


def _swap(data: QueryDict, one: int, other: int) -> None:
    if not 0 <= other < _count(data):
        return
    first, second = _fields(data, one), _fields(data, other)
    _write(data, one, second)
    _write(data, other, first)
