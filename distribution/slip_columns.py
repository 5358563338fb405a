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
    high = total if total <= SHORT else total / 2 if total <= 2 * COLUMN else COLUMN
    columns = _columns(groups, high)
    columns += [[]] if len(columns) % 2 else []
    return list(zip(columns[::2], columns[1::2], strict=True))


def _columns(groups: Sequence[Group], high: float) -> list[Column]:
    columns: list[Column] = [[]]
    filled = 0.0
    for group in groups:
        name, rows = group.label, list(group.rows)
        while rows:
            filled += NAME if name else 0
            here = []
            while rows and (filled < high or not (here or columns[-1])):
                here.append(rows.pop(0))
                filled += _height(here[-1])
            if here:
                columns[-1].append(Group(name, tuple(here)))
                name = ""
            if rows:
                columns.append([])
                filled = 0.0
    return columns


def _height(row: Row) -> float:
    return 1 + MORE * (len(row.text) // CHARACTERS)
