"""Where the rows of a CSV file stand in its text: `/0` is the first row below the names of the columns."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["finder"]


def finder(text: str) -> Callable[[list[str]], int | None]:
    """What finds the offset of the row that a path begins with; blank lines are no rows."""
    starts: list[int] = []
    offset, quoted = 0, False
    for line in text.splitlines(keepends=True):
        if not quoted and line.strip():
            starts.append(offset)
        quoted ^= line.count('"') % 2 == 1  # a doubled quote changes nothing
        offset += len(line)

    def find(path: list[str]) -> int | None:
        if not path:
            return 0
        row = int(path[0]) + 1 if path[0].isascii() and path[0].isdigit() and len(path[0]) < 10 else len(starts)
        return starts[row] if row < len(starts) else None

    return find
