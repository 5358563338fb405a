"""Moving and removing rows of a draft as they were sent, before anything in them is read: nothing typed is lost."""

from django.http import QueryDict

PREFIX = "lines"
STEPS = {"up": -1, "down": 1, "take_out": 0}


def rearranged(data: QueryDict) -> QueryDict:
    """The form after its pressed button, `up`, `down` or `take_out` with a row as its value, has done its work."""
    pressed = pressed_at(data)
    if pressed and pressed[1] < _count(data):
        data = data.copy()
        action, row = pressed
        if action == "take_out":
            _clear(data, row)
        else:
            _swap(data, row, row + STEPS[action])
    return data


def pressed_at(data: QueryDict) -> tuple[str, int] | None:
    """Which button was pressed, in which row."""
    rows = {action: data.get(action, "") for action in STEPS}
    return next(((action, int(row)) for action, row in rows.items() if row.isdecimal() and len(row) < 4), None)


def where_it_went(data: QueryDict) -> tuple[str, int] | None:
    """The same button of the line that moved, so that one presses it again; at the top only down is left."""
    pressed = pressed_at(data)
    if pressed is None:
        return None
    action, row = pressed
    return ("down", 0) if action == "up" and row <= 1 else (action, row + STEPS[action])


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
