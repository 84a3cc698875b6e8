"""A comparison as a table for the terminal: a column for each document, the worst fields first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fairkit.report import Style
from fairkit.report._harmless import harmless

from .comparison import WORST_FIRST, Cell, Comparison, Row, Verdict

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

__all__ = ["render"]

_MARKS: dict[Verdict, tuple[str, str, str]] = {
    "contradicts": ("!", "bold red", "contradicts"),
    "lost": ("✗", "red", "lost"),
    "poorer": ("◐", "yellow", "poorer"),
    "withheld": ("…", "blue", "withheld"),
    "no-place": ("–", "dim", "no place for it"),
    "richer": ("+", "cyan", "richer"),
    "same": ("✓", "green", "same"),
    "reference": ("", "", "told"),
}
"""The mark, the colour and the words of each verdict."""
_LONGEST = 90
_LONGEST_VERBOSE = 200


def render(comparison: Comparison, *, style: Style) -> bytes:
    """The table, what each document comes to, and what none tells; `verbose` tells values, and where they stand."""
    from rich.padding import Padding

    from fairkit.report._console import drawn

    blocks = [_heading(comparison), _table(comparison, verbose=style.verbose), _sums(comparison)]
    if comparison.nowhere:
        blocks.append(_line("told by none: ", ", ".join(name.replace("_", " ") for name in comparison.nowhere)))
    blocks += [_line("not read: ", fault) for fault in comparison.unread]
    return drawn([blocks[0], *(Padding(block, (1, 0, 0, 0)) for block in blocks[1:])], style=style)


def _heading(comparison: Comparison) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    names = " and ".join(harmless(target, longest=120) for target in comparison.targets)
    parts = [Text(names, "bold")]
    if any(document.url.startswith("showcase:") for document in comparison.documents):
        parts.append(Text("These are the documents of the showcase that is shipped, not the record.", "yellow"))
    return Group(*parts)


def _line(head: str, text: str) -> Text:
    from rich.text import Text

    return Text.assemble((head, "dim"), (harmless(text, longest=1000), "dim"))


def _grid(comparison: Comparison) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column("", overflow="fold")
    for document in comparison.documents:
        table.add_column(Text(harmless(document.name, longest=60)), ratio=1, overflow="fold")
    return table


def _table(comparison: Comparison, *, verbose: bool) -> Table:
    from rich.text import Text

    table = _grid(comparison)
    for row in sorted(comparison.rows, key=lambda row: WORST_FIRST.index(row.verdict)):
        first = next(number for number, cell in enumerate(row.cells) if cell.verdict == "reference")
        table.add_row(
            _field(row), *(_cell(cell, early=number < first, verbose=verbose) for number, cell in enumerate(row.cells))
        )
        if verbose:
            table.add_row(*[Text()] * (len(row.cells) + 1))
    return table


def _field(row: Row) -> Text:
    from rich.text import Text

    return Text(row.field.replace("_", " "), _MARKS[row.verdict][1] if row.verdict == "contradicts" else "bold")


def _cell(cell: Cell, *, early: bool, verbose: bool) -> Text:
    """The value where it is told first, else the verdict; what stands `early`, before that, cannot have lost it."""
    from rich.text import Text

    mark, colour, words = _MARKS[cell.verdict]
    longest = _LONGEST_VERBOSE if verbose else _LONGEST
    said = harmless(cell.says or "", longest=longest)
    why = harmless(cell.why or "", longest=longest)
    if cell.verdict == "reference":
        found = Text(said)
    elif cell.verdict == "lost" and early:
        found = Text("· says nothing", "dim")
    else:
        found = Text(f"{mark} {why or words}", colour)
    if verbose and cell.pointer is not None:
        if cell.verdict != "reference":
            found.append(f"\n{said}", "")
        how = "" if cell.how == "given" else f" ({cell.how})"
        found.append(f"\nat {harmless(cell.pointer, longest=120)}{how}", "dim")
    return found


def _sums(comparison: Comparison) -> Table:
    """How many fields each document keeps, loses and contradicts."""
    from rich.text import Text

    table = _grid(comparison)
    columns = [
        Counter(row.cells[number].verdict for row in comparison.rows) for number in range(len(comparison.documents))
    ]
    for verdict in reversed(WORST_FIRST):
        if any(column[verdict] for column in columns):
            _, colour, words = _MARKS[verdict]
            table.add_row(words, *(Text(str(column[verdict] or ""), colour) for column in columns))
    return table
