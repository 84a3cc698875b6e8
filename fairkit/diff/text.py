"""A difference as text for the terminal: scores then and now, what became worse, what better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fairkit.report import Style
from fairkit.report._harmless import harmless
from fairkit.report._wording import LETTERS, MARKS, percent

from .difference import Change, Difference, Only, ScoreChange

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text

__all__ = ["render"]


def render(differences: Sequence[Difference], *, style: Style) -> bytes:
    """A block for each difference; `verbose` tells changed messages too."""
    from rich.padding import Padding

    from fairkit.report._console import drawn

    blocks: list[RenderableType] = []
    for number, difference in enumerate(differences):
        parts = _parts(difference, verbose=style.verbose)
        blocks += [Padding(part, (1 if number or place else 0, 0, 0, 0)) for place, part in enumerate(parts)]
    return drawn(blocks, style=style)


def _parts(difference: Difference, *, verbose: bool) -> list[RenderableType]:
    parts = [_heading(difference), _scores(difference.scores)]
    for said, colour, changes in (("worse", "red", difference.worse), ("better", "green", difference.better)):
        if changes:
            parts.append(_changes(said, colour, changes, verbose=verbose))
    if verbose and difference.reworded:
        parts.append(_changes("said otherwise", "cyan", difference.reworded, verbose=True))
    parts += [_only(said, rows) for said, rows in _alone(difference) if rows]
    return [*parts, _rest(difference, verbose=verbose)]


def _heading(difference: Difference) -> RenderableType:
    from rich.console import Group
    from rich.text import Text

    then, now = difference.then, difference.now
    names = dict.fromkeys(harmless(each.target, longest=120) for each in (then, now))
    dates = f"{harmless(then.assessed_at)} → {harmless(now.assessed_at)}"
    lines = [Text(" → ".join(names), "bold"), Text(f"checklist {now.checklist} {now.version} · {dates}", "dim")]
    return Group(*lines, *(Text(f"! {harmless(note)}", "yellow") for note in difference.notes))


def _scores(changes: Sequence[ScoreChange]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    table.add_column("")
    for head in ("then", "now", ""):
        table.add_column(head, justify="right", no_wrap=True)
    for change in changes:
        table.add_row(Text(LETTERS[change.letter], "bold"), percent(change.then), percent(change.now), _step(change))
    return table


def _step(change: ScoreChange) -> Text:
    """By how much the score rose or fell, in points of a hundred; of an interval its low end."""
    from rich.text import Text

    if change.then is None or change.now is None:
        return Text("")
    step = 100 * (change.now.low - change.then.low)
    if abs(step) < 0.05:
        return Text("=", "dim")
    return Text(f"{step:+.1f}", "green" if step > 0 else "red")


def _changes(said: str, colour: str, changes: Sequence[Change], *, verbose: bool) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="bold")
    table.add_column(Text(f"{said} ({len(changes)})", colour), overflow="fold", no_wrap=False)
    table.add_column("", no_wrap=True)
    table.add_column("", no_wrap=True, justify="right")
    table.add_column("", ratio=1, overflow="fold")
    for change in changes:
        moved = f"{MARKS[change.then]} {change.then} → {MARKS[change.now]} {change.now}"
        gained = f"{change.gained:+.2g}" if change.gained else ""
        message = Text(harmless(change.said_now))
        if verbose and change.said_then != change.said_now:
            message = Text.assemble((harmless(change.said_then), "dim"), ("\n→ ", "dim"), harmless(change.said_now))
        moved = change.now if change.then == change.now else moved
        table.add_row(
            Text(f"  {harmless(change.metric, longest=80)}", "bold"), Text(moved), Text(gained, colour), message
        )
    return table


def _alone(difference: Difference) -> list[tuple[str, Sequence[Only]]]:
    return [("asked only then", difference.only_then), ("asked only now", difference.only_now)]


def _only(said: str, rows: Sequence[Only]) -> Text:
    from rich.text import Text

    names = ", ".join(f"{harmless(row.metric, longest=80)} ({row.status})" for row in rows)
    return Text.assemble((f"{said}: ", "bold"), names)


def _rest(difference: Difference, *, verbose: bool) -> Text:
    from rich.text import Text

    told = [f"{difference.unchanged} unchanged"]
    if difference.reworded and not verbose:
        told.append(f"{len(difference.reworded)} only said otherwise (-v shows them)")
    if difference.same_evidence:
        told.append("the evidence is the same")
    return Text(" · ".join(told), "dim")
