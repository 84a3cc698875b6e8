"""A mending as text for the terminal: what it gains, the values that are proposed, the questions that are left."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from fairkit.report import Style
from fairkit.report._harmless import harmless
from fairkit.report._wording import percent

from .gains import Gain
from .mending import Entry, Mending

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

__all__ = ["diff", "render"]

_MOST_QUESTIONS = 10
_LONGEST_LINE = 400
_COLOURS = {"+": "\x1b[32m", "-": "\x1b[31m", "@": "\x1b[36m"}


def diff(mending: Mending) -> str:
    """What changes in the text of a TOML file, as a unified diff; empty where nothing does."""
    if mending.before is None or mending.after is None:
        return ""
    before, after = mending.before.splitlines(), mending.after.splitlines()
    name = mending.document or ""
    lines = difflib.unified_diff(before, after, name, name, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def render(mending: Mending, *, style: Style) -> bytes:
    """The whole; `verbose` tells every question and what was found wanting."""
    from rich.padding import Padding

    from fairkit.report._console import drawn

    blocks: list[RenderableType] = [_heading(mending)]
    own = [entry for entry in mending.entries if entry.question is None and entry.document == mending.dialect]
    others = [entry for entry in mending.entries if entry.question is None and entry.document != mending.dialect]
    questions = [entry for entry in mending.entries if entry.question is not None]
    if own:
        blocks.append(_values("Values that the evidence holds", own, mending))
    if others:
        blocks.append(_values("What other forms of the metadata lose: ask whoever makes them", others, mending))
    if questions:
        blocks.append(_questions(questions, mending, verbose=style.verbose))
    if not mending.entries:
        blocks.append(_quiet("Nothing that could be tried falls short."))
    told = drawn([blocks[0], *(Padding(block, (1, 0, 0, 0)) for block in blocks[1:])], style=style)
    changes = diff(mending)
    return told + b"\n" + _coloured(changes, style=style) if changes else told


def _heading(mending: Mending) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    lines = [Text(harmless(mending.target, longest=120), "bold")]
    if mending.document is None:
        lines.append(Text("None of its documents is of a kind that fairkit edits: values are shown only.", "yellow"))
    else:
        lines.append(Text(f"document {harmless(mending.document, longest=200)}", "dim"))
    for gain in mending.gains:
        now, then = percent(gain.then), percent(gain.now)
        kept = gain.then == gain.now
        said = f"{now}, which no value at hand changes" if kept else f"{now} → {then} with the values below"
        lines.append(Text(f"checklist {gain.checklist}: {said}"))
    return Group(*lines)


def _quiet(text: str) -> Text:
    from rich.text import Text

    return Text(text, "green")


def _grid(title: str, colour: str) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column(Text("gain", "dim"), justify="right", no_wrap=True)
    table.add_column(Text(title, colour), ratio=1, overflow="fold")
    return table


def _values(title: str, entries: Sequence[Entry], mending: Mending) -> Table:
    from rich.console import Group
    from rich.text import Text

    table = _grid(title, "green" if entries[0].document == mending.dialect else "yellow")
    for entry in entries:
        value = Text.assemble((f"{_place(entry, mending)} ", "bold"), harmless(entry.says or "", longest=120))
        source = Text(f"from {harmless(entry.source or '', longest=120)}{_mended(entry)}", "dim")
        table.add_row(_gain(entry), Group(value, source))
    return table


def _questions(entries: Sequence[Entry], mending: Mending, *, verbose: bool) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    table = _grid("Questions that only people can answer", "cyan")
    shown = entries if verbose else entries[:_MOST_QUESTIONS]
    for entry in shown:
        question = Text.assemble((f"{_place(entry, mending)} ", "bold"), harmless(entry.question or ""))
        parts = [question]
        if verbose:
            parts.append(Text(harmless(entry.found or ""), "dim"))
        if entry.suggestion:
            parts.append(Text(f"as a beginning: {harmless(entry.suggestion, longest=80)}", "cyan"))
        parts.append(Text(_mended(entry).removeprefix("; "), "dim"))
        table.add_row(_gain(entry), Group(*parts))
    left = len(entries) - len(shown)
    return Group(table, Text(f"… and {left} more, which -v shows", "dim")) if left else table


def _place(entry: Entry, mending: Mending) -> str:
    """Where the answer goes, as a reader of that document would write it."""
    if entry.field is None:
        return "the metadata:"
    if entry.document != mending.dialect:
        return f"{entry.document}, {entry.field.replace('_', ' ')}:"
    if entry.pointer is None:
        return f"{entry.field.replace('_', ' ')} (no place for it in {entry.document}):"
    if entry.document == "fairkit-toml":
        return harmless(entry.pointer.strip("/").replace("/", "."), longest=120) + ":"
    return harmless(entry.pointer, longest=120) + ":"


def _gain(entry: Entry) -> Text:
    """By how many points of a hundred the totals rise, one below the other; of a question at most."""
    from rich.text import Text

    if entry.only_with_others:
        return Text("·", "dim")
    most = "≤ " if entry.question is not None else ""
    lines = [f"{most}{_points(gain):+.1f}" for gain in entry.gains if gain.metrics] or ["–"]
    return Text("\n".join(lines), "green" if entry.question is None else "cyan")


def _points(gain: Gain) -> float:
    return 100 * (gain.now.low - gain.then.low) if gain.then and gain.now else 0.0


def _mended(entry: Entry) -> str:
    """The metrics that earn more, by checklist where there are several."""
    named: Iterable[str] = (
        f"{gain.checklist} {', '.join(gain.metrics)}" if len(entry.gains) > 1 else ", ".join(gain.metrics)
        for gain in entry.gains
        if gain.metrics
    )
    told = " · ".join(named)
    together = ", with the others" if entry.only_with_others else ""
    return f"; mends {told}{together}" if told else ""


def _coloured(changes: str, *, style: Style) -> bytes:
    """The diff, each line harmless and whole: a wrapped line would be none that a file has."""
    lines = [(_COLOURS.get(line[:1], "") if style.colour else "", _shown(line)) for line in changes.splitlines()]
    return "".join(f"{code}{line}\x1b[0m\n" if code else f"{line}\n" for code, line in lines).encode()


def _shown(line: str) -> str:
    """A line with its indent, which `harmless` would close up."""
    sign, rest = line[:1], line[1:]
    blanks = len(rest) - len(rest.lstrip(" "))
    return f"{sign}{' ' * min(blanks, 40)}{harmless(rest, longest=_LONGEST_LINE)}"
