"""The blocks of the text report, made of rich's tables.

All that comes from metadata passes through `_text`: it is a `Text`, whose markup rich never reads, of harmless
characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from fairkit.assess.assessment import Assessment, Proof, ResultRow, ScoreRow
from fairkit.model.outcome import Status

from ._harmless import harmless
from ._ranking import by_reason, lost, score_with, shortfalls, with_status
from ._wording import FIXES, LETTERS, counts, grade, heading, letters, percent, points, quoted, several, warned
from ._wording import MARKS as _SIGNS

__all__ = ["MARKS", "block", "closing"]

_COLOURS: dict[Status, str] = {
    "fail": "red",
    "partial": "yellow",
    "unknown": "magenta",
    "pending": "blue",
    "pass": "green",
    "not-applicable": "dim",
}
_GRADES = {"good": "green", "middling": "yellow", "poor": "red"}
MARKS = {status: (_SIGNS[status], colour) for status, colour in _COLOURS.items()}
"""The mark and the colour of each status."""
_LONGEST_BAR = 50


def block(assessment: Assessment, *, width: int, verbose: bool) -> RenderableType:
    """One assessment: what it is of, the bars, the findings, and what would gain most."""
    parts = [_header(assessment), *(_banner(*each) for each in warned(assessment))]
    told = verbose or not assessment.is_empty  # of nothing there is little to tell
    if told:
        parts.append(_bars(assessment, width))
    parts.append(_counts(assessment.results))
    short = shortfalls(assessment.results)
    if short:
        parts.append(_findings(short, verbose=verbose))
    if told:
        parts.extend(_rest(assessment.results, verbose=verbose))
    if not assessment.is_empty:
        parts.append(_hint(assessment, short))
    return Group(parts[0], *(Padding(part, (1, 0, 0, 0)) for part in parts[1:]))


def closing(assessments: Sequence[Assessment]) -> RenderableType:
    """The scores of all, a line each; side by side where they are of one target by several checklists."""
    named = several(assessments)
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold", pad_edge=False)
    of_one = named and len({each.target for each in assessments}) == 1
    if not of_one:
        table.add_column("target", overflow="fold")
    if named:
        table.add_column("checklist", overflow="fold", style="" if of_one else "dim")
    for column in (*LETTERS, "passed"):
        table.add_column(column, justify="right", no_wrap=True)
    for each in assessments:
        names = [*([] if of_one else [each.target]), *([each.checklist.id] if named else [])]
        table.add_row(*map(_text, names), *map(percent, letters(each).values()), _passed(each.results))
    return table


def _passed(results: Sequence[ResultRow]) -> str:
    """How many of the metrics that are asked are met: `41 of 63`."""
    asked = [row.status for row in results if row.status not in ("not-applicable", "pending")]
    return f"{asked.count('pass')} of {len(asked)}"


def _text(value: str, style: str = "", *, longest: int = 400) -> Text:
    return Text(harmless(value, longest=longest), style)


def _hanging(gap: int) -> Table:
    """A grid for rows of a sign and a text, whose wrapped lines stay clear of the sign."""
    grid = Table.grid(padding=(0, gap, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    return grid


def _header(assessment: Assessment) -> RenderableType:
    resource, checklist = assessment.resource, assessment.checklist
    about = [resource.kind, *resource.identifiers[:1], resource.url or ""] if resource else []
    read = ", ".join(document.representation for document in assessment.documents) or "nothing"
    how = [f"target {assessment.target}", f"checklist {checklist.id} {checklist.version}", f"read {read}"]
    lines = [" · ".join(harmless(word, longest=120) for word in words if word) for words in (about, how)]
    return Group(_text(heading(assessment), "bold", longest=200), *(Text(line, "dim") for line in lines if line))


def _banner(word: str, text: str) -> RenderableType:
    grid = _hanging(2)
    grid.add_row(Text(f" {word} ", "bold reverse yellow"), Text(text, "yellow"))
    return grid


def _bars(assessment: Assessment, width: int) -> RenderableType:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, justify="right")
    room = min(_LONGEST_BAR, width - 30)
    for letter, score in letters(assessment).items():
        first, others = LETTERS[letter][0], LETTERS[letter][1:]
        label = Text.assemble("  ", (first, "bold cyan"), others) if letter != "total" else Text("  Total", "bold")
        grid.add_row(label, _bar(score, room), Text(percent(score), "bold"))
    return grid


def _bar(score: ScoreRow | None, room: int) -> Text:
    """What is certain solid, what may come with the unknown light; full only where nothing is missing."""
    if score is None:
        return Text("·" * room, "dim")
    colour = _GRADES[grade(score)]
    solid, reach = int(score.low * room), int(score.high * room)
    parts = ("█" * solid, colour), ("░" * (reach - solid), colour), ("·" * (room - reach), "dim")
    return Text.assemble(*parts)


def _counts(results: Sequence[ResultRow]) -> RenderableType:
    told = (Text(f"{MARKS[status][0]} {n} {status}", MARKS[status][1]) for status, n in counts(results).items())
    return Padding(Text("   ").join(told), (0, 0, 0, 2))


def _findings(rows: Sequence[ResultRow], *, verbose: bool) -> RenderableType:
    """A row for each result: its mark, what was found, and under it what to do."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column()
    table.add_column("metric", overflow="fold")
    table.add_column("of")
    table.add_column("lost", justify="right", no_wrap=True)
    table.add_column("what was found → what to do", ratio=1, overflow="fold")
    for row in rows:
        mark, colour = MARKS[row.status]
        missing = points(lost(row)) if lost(row) else ""
        answer = [_text(f"answer: {row.answer}", "dim")] if row.answer else []
        told = Group(*answer, _text(row.message), *_advice(row), *(_proofs(row.evidence) if verbose else ()))
        table.add_row(Text(mark, colour), _text(row.metric, "bold"), _text(row.principle), Text(missing, "dim"), told)
    return table


def _advice(row: ResultRow) -> Iterable[RenderableType]:
    if row.fix is None:
        return
    grid = _hanging(1)
    grid.add_row(Text("→", "cyan"), _text(row.fix.remedy, "cyan"))
    if row.fix.field and row.fix.suggestion:
        grid.add_row("", _text(f'{row.fix.field} = "{row.fix.suggestion}"', "bold cyan", longest=80))
    yield grid


def _proofs(evidence: Iterable[Proof]) -> Iterable[Text]:
    """Where it was read."""
    for proof in evidence:
        where = harmless(f"{proof.document}#{proof.pointer}", longest=120)
        yield Text(f"{where} = {harmless(quoted(proof.value), longest=80)}", "dim")


def _rest(results: Sequence[ResultRow], *, verbose: bool) -> Iterable[RenderableType]:
    """What could not be tried, is pending, passed, or was not asked: a line each; the last two in full if `verbose`."""
    unknown = by_reason(with_status(results, "unknown"))
    lines = [_Line("unknown", "not tried", rows, f": {reason}") for reason, rows in unknown.items()]
    lines.append(_Line("pending", "pending until it is deposited", with_status(results, "pending")))
    fine = [row for row in results if row.status in ("pass", "not-applicable")]
    if not verbose:
        lines.append(_Line("pass", "passed", [row for row in fine if row.status == "pass"]))
        lines.append(_Line("not-applicable", "not asked", [row for row in fine if row.status != "pass"]))
    if any(line.rows for line in lines):
        yield _lines(lines)
    if verbose and fine:
        yield _findings(fine, verbose=True)


class _Line(NamedTuple):
    status: Status
    said: str
    rows: Sequence[ResultRow]
    reason: str = ""


def _lines(lines: Iterable[_Line]) -> RenderableType:
    grid = _hanging(2)
    for line in lines:
        if line.rows:
            mark, colour = MARKS[line.status]
            names = ", ".join(harmless(row.metric, longest=80) for row in line.rows)
            grid.add_row(Text(mark, colour), Text(f"{line.said}: {names}{harmless(line.reason)}"))
    return grid


def _hint(assessment: Assessment, short: Sequence[ResultRow]) -> Text:
    """The fixes that would gain most, and the score that they would give."""
    if not short:
        return Text("Nothing that could be tried falls short.", "bold green")
    fixes = short[:FIXES]
    names = ", ".join(harmless(row.metric, longest=80) for row in fixes)
    now, then = percent(assessment.scores.total), percent(score_with(assessment, fixes))
    lead = ("Most to gain: ", "bold")
    return Text.assemble(lead, (names, "bold cyan"), " would lift the total from ", now, " to ", (then, "bold"), ".")
