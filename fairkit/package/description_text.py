"""A description as text for the terminal: what it is, its splits, its variables, what a person should look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairkit.model.variable import Variable
from fairkit.report import Style
from fairkit.report._console import drawn, width_of
from fairkit.report._harmless import harmless

from . import _words_shown as shown
from .words import Description, Finding, Statistics

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

__all__ = ["render"]

_GRAVE = frozenset({"unreadable", "conflict", "missing", "leak", "overlap", "range"})
_MOST_VARIABLES = 60
"""Variables that are told unless all are asked for."""
_MOST_FINDINGS = 20
_WIDE = 110
"""Columns of the terminal from which there is room for the spread of values."""


def render(found: Description, *, style: Style) -> bytes:
    """The whole; `verbose` tells every variable and every finding."""
    from rich.padding import Padding

    blocks: list[RenderableType] = [_heading(found)]
    if found.resource.splits:
        blocks.append(_splits(found))
    if found.resource.variables:
        blocks.append(_variables(found, style))
    if found.findings:
        blocks.append(_findings(found, style))
    return drawn([blocks[0], *(Padding(block, (1, 0, 0, 0)) for block in blocks[1:])], style=style)


def _heading(found: Description) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    one = found.resource
    facts = [
        f"{one.file_count:,} files" if one.file_count and one.file_count > 1 else "",
        shown.size(one.byte_size) if one.byte_size is not None else "",
        f"{one.entry_count:,} entries" if one.entry_count is not None else "",
        ", ".join(one.formats),
        one.license or "",
        f"version {one.version}" if one.version else "",
    ]
    lines = [Text(harmless(shown.title(found), longest=200), "bold")]
    if one.title:
        lines.append(Text(harmless(found.target, longest=200), "dim"))
    lines.append(Text(harmless(" · ".join(fact for fact in facts if fact))))
    return Group(*lines)


def _grid(*columns: str) -> Table:
    from rich.table import Table

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name in columns:
        right = name in ("entries", "files", "min", "mean", "max", "std")
        fixed = right or name in ("unit", "role", "distribution")
        least = 12 if name == "variable" else None
        table.add_column(name, justify="right" if right else "left", no_wrap=fixed, overflow="fold", min_width=least)
    return table


def _splits(found: Description) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    table = _grid("split", "entries", "files", "digest of its rows", "")
    guesses = shown.guesses_of(found)
    for split in found.resource.splits:
        guess = guesses.get((split.name, "files"))
        table.add_row(
            Text(harmless(split.name, longest=40), "bold"),
            "" if split.entry_count is None else f"{split.entry_count:,}",
            "" if split.file_count is None else f"{split.file_count:,}",
            Text(harmless((split.digest or "").removeprefix("sha256:")[:16]), "dim"),
            Text("guessed from paths" if guess else "", "yellow"),
        )
    told = [
        Text(harmless(text), "green" if well else "bold red")
        for well, text in shown.compared(found.resource, found.overlaps)
    ]
    return Group(table, *told)


def _variables(found: Description, style: Style) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    whole, guesses = shown.whole(found), shown.guesses_of(found)
    numbers = ["min", "mean", "max", "distribution"] if whole else []
    if whole and width_of(style) >= _WIDE:
        numbers.insert(2, "std")
    table = _grid("variable", "type", "unit", "role", *numbers, "")
    every = found.resource.variables
    kept = every if style.verbose else every[:_MOST_VARIABLES]
    for one in kept:
        guess = guesses.get((one.name, "role"))
        said = one.role or (f"{guess.value}?" if guess else "")
        role = Text(harmless(said, longest=20), "" if one.role else "yellow")
        stats = whole.get(one.name)
        cells = [_cell(name, stats) for name in numbers]
        name = Text(harmless(one.name, longest=60), "bold")
        table.add_row(name, harmless(shown.shape(one)), harmless(one.unit or ""), role, *cells, _remarks(one, stats))
    rest = Text(f"{len(every) - len(kept):,} more: --verbose tells all", "dim")
    return Group(table, rest) if len(kept) < len(every) else table


def _cell(name: str, stats: Statistics | None) -> str:
    if stats is None:
        return ""
    if name == "distribution":
        return shown.spark(stats)
    return shown.number(getattr(stats, {"min": "minimum", "max": "maximum"}.get(name, name)))


def _remarks(one: Variable, stats: Statistics | None) -> Text:
    """The description where nothing was counted; else what is special about the values."""
    from rich.text import Text

    if stats is None:
        return Text(harmless(one.description or "", longest=160), "dim")
    return Text(" · ".join(_special(one, stats)), "dim")


def _special(one: Variable, stats: Statistics) -> Iterator[str]:
    if one.classes or one.role == "label":
        yield from (
            f"{harmless(value, longest=20)}: {share:.0%}" for value, _, _, share in shown.classes(one, stats)[:6]
        )
    if stats.nan:
        yield f"{stats.nan:,} NaN"
    if stats.infinite:
        yield f"{stats.infinite:,} infinite"
    if stats.null:
        yield f"{stats.null:,} null"
    if stats.missing:
        yield f"{stats.missing:,} missing"
    if stats.lengths:
        yield f"lists of {stats.lengths.least:,} to {stats.lengths.most:,}"
    if stats.padded:
        yield f"padded with {harmless(stats.padded.value, longest=20)}, {stats.padded.mean:.1f} used"
    if stats.minimum is None and stats.values:
        yield ", ".join(harmless(value, longest=20) for value, _ in stats.values[:4])


def _findings(found: Description, style: Style) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    ordered = sorted(found.findings, key=lambda one: one.kind not in _GRAVE)
    kept = ordered if style.verbose else ordered[:_MOST_FINDINGS]
    lines = [Text("To look at", "bold"), *(_finding(one) for one in kept)]
    if len(kept) < len(ordered):
        lines.append(Text(f"{len(ordered) - len(kept):,} more: --verbose tells all", "dim"))
    return Group(*lines)


def _finding(one: Finding) -> Text:
    from rich.text import Text

    where = shown.place(one)
    return Text.assemble(
        (f"{one.kind}: ", "red" if one.kind in _GRAVE else "yellow"),
        harmless(one.text),
        (f"  {harmless(where, longest=120)}" if where else "", "dim"),
    )
