"""The contents of a kit in columns, two a sheet. Left to WeasyPrint, balancing them takes longer than all the rest."""

from collections.abc import Sequence

from distribution.inside import Group, Row

# In lines of one article: what the name of a group takes, and each more line of the same article.
NAME, MORE = 1.5, 0.8
CHARACTERS = 30  # of a line
COLUMN = 26  # lines
SHORT = 8  # lines that stand better below each other than beside

Column = list[Group]


def sheets(groups: Sequence[Group]) -> list[tuple[Column, Column]]:
    """`groups` in their order, down the left and then the right column of each sheet.

    A group that is cut goes on without its name. Heights are estimated: what is higher flows to one more page.
    """
    total = sum(NAME + sum(_height(row) for row in group.rows) for group in groups)
    first = total if total <= SHORT else total / 2 if total <= 2 * COLUMN else COLUMN
    columns = _columns(groups, first)
    columns += [[]] if len(columns) % 2 else []
    return list(zip(columns[::2], columns[1::2], strict=True))


def _columns(groups: Sequence[Group], first: float) -> list[Column]:
    """Columns of `COLUMN` lines after one of `first`; each takes what begins before its end."""
    columns: list[Column] = [[]]
    high, filled = first, 0.0
    for group in groups:
        name, rows = group.label, list(group.rows)
        while rows:
            filled += NAME if name else 0
            here: list[Row] = []
            while rows and (filled < high or not (here or columns[-1])):
                here.append(rows.pop(0))
                filled += _height(here[-1])
            if here:
                columns[-1].append(Group(name, tuple(here)))
                name = ""
            if rows:
                columns.append([])
                high, filled = COLUMN, 0.0
    return columns


def _height(row: Row) -> float:
    return 1 + MORE * (len(row.text) // CHARACTERS)
