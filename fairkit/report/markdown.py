"""Markdown for the summary of a CI job and for pull requests: all scores, then what falls short and what to do.

GitHub drops a summary of more than a mebibyte whole. This one stays far below: it is made of pieces, and where there is
no room for all, the less important ones are left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import accumulate
from typing import NamedTuple

from fairkit.assess.assessment import Assessment, Proof, ResultRow
from fairkit.model.outcome import Status

from . import Style
from ._gfm import code, text
from ._ranking import by_reason, lost, score_with, shortfalls, with_status
from ._wording import (
    FIXES,
    LETTERS,
    MARKS,
    counts,
    heading,
    letters,
    percent,
    points,
    quoted,
    several,
    warned,
)

__all__ = ["LINES", "MEDIA_TYPE", "TITLE", "render"]

TITLE = "Markdown for the summary of a CI job"
MEDIA_TYPE = "text/markdown; charset=utf-8"
LINES = True

_LARGEST = 250_000
"""Bytes, with room for the line that tells what was left out."""
_PLACES = 5
"""How many places are quoted for each metric."""
_NAMED = 200
"""How many metrics a line names."""


class _Rank(IntEnum):
    """What a piece is, the most important first."""

    SUMMARY = 0
    HEAD = 1
    FINDING = 2
    REST = 3
    EVIDENCE = 4


_NOUNS = {
    _Rank.SUMMARY: "rows of the summary",
    _Rank.HEAD: "assessments",
    _Rank.FINDING: "findings",
    _Rank.REST: "lists of what else was asked",
    _Rank.EVIDENCE: "lists of evidence",
}


class _Piece(NamedTuple):
    """Lines that stand together or not at all."""

    rank: _Rank
    lines: str
    counted: bool = True
    """Whether it is told if it is left out; the head of a table is not."""


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """The report in fewer than 256 kB; the style for the terminal changes nothing."""
    pieces = list(_summary(assessments))
    for each in assessments:
        pieces.extend(_assessment(each))
    kept = _fitting(pieces)
    body = "".join(piece.lines for number, piece in enumerate(pieces) if number in kept)
    left = Counter(piece.rank for number, piece in enumerate(pieces) if number not in kept and piece.counted)
    return f"{body}{_left_out(left)}".encode()


def _fitting(pieces: Sequence[_Piece]) -> frozenset[int]:
    """The numbers of the pieces for which there is room: by rank, then in their order, up to the first too many."""
    order = sorted(range(len(pieces)), key=lambda number: pieces[number].rank)
    sizes = accumulate(len(pieces[number].lines.encode()) for number in order)
    return frozenset(number for number, size in zip(order, sizes, strict=True) if size <= _LARGEST)


def _left_out(left: Counter[_Rank]) -> str:
    if not left:
        return ""
    told = ", ".join(f"{left[rank]:,} {_NOUNS[rank]}" for rank in sorted(left))
    return f"\n*Left out to keep this short: {told}. The JSON and HTML reports have all of it.*\n"


def _summary(assessments: Sequence[Assessment]) -> Iterator[_Piece]:
    """The scores of all, a row each."""
    named = several(assessments)
    heads = ["target", *(["checklist"] if named else []), *LETTERS, "falls short", "not tried"]
    lines = f"## How FAIR is it?\n\n{_row(heads)}{_row(['---'] * len(heads))}"
    yield _Piece(_Rank.SUMMARY, lines if assessments else "Nothing was assessed.\n", counted=False)
    for each in assessments:
        found = counts(each.results)
        short, untried = found.get("fail", 0) + found.get("partial", 0), found.get("unknown", 0)
        cells = [code(each.target, longest=80), *([code(each.checklist.id, longest=80)] if named else [])]
        scores = map(percent, letters(each).values())
        yield _Piece(_Rank.SUMMARY, _row([*cells, *scores, str(short), str(untried)]))


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _assessment(assessment: Assessment) -> Iterator[_Piece]:
    yield _Piece(_Rank.HEAD, _head(assessment))
    short = shortfalls(assessment.results)
    if short:
        heads = ["", "metric", "level", "lost", "what was found → what to change"]
        yield _Piece(_Rank.FINDING, f"\n{_row(heads)}{_row(['---'] * len(heads))}", counted=False)
        yield from (_Piece(_Rank.FINDING, _finding(row)) for row in short)
    rest = "".join(f"- {line}\n" for line in _rest(assessment.results))
    if rest:
        yield _Piece(_Rank.REST, f"\n{rest}")
    proven = [row for row in short if row.evidence]
    if proven:
        yield _Piece(_Rank.EVIDENCE, _evidence(proven))


def _head(assessment: Assessment) -> str:
    """What was assessed, and what would gain most."""
    resource, checklist = assessment.resource, assessment.checklist
    about = [text(resource.kind), *(code(name, longest=120) for name in resource.identifiers[:1])] if resource else []
    about += [
        f"target {code(assessment.target, longest=120)}",
        f"checklist {code(f'{checklist.id} {checklist.version}')}",
    ]
    told = [f"### {text(heading(assessment), longest=200)}", " · ".join(about)]
    told += [f"> **{word}** {said}" for word, said in warned(assessment)]
    told.append(
        " · ".join(f"{MARKS[status]} {number} {status}" for status, number in counts(assessment.results).items())
    )
    told.append("" if assessment.is_empty else _hint(assessment))
    return "".join(f"\n{each}\n" for each in told if each)


def _hint(assessment: Assessment) -> str:
    fixes = shortfalls(assessment.results)[:FIXES]
    if not fixes:
        return "Nothing that could be tried falls short."
    now, then = percent(assessment.scores.total), percent(score_with(assessment, fixes))
    return f"Most to gain: {_names(fixes)} would lift the total from {now} to **{then}**."


def _names(rows: Sequence[ResultRow]) -> str:
    more = f" and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else ""
    return ", ".join(code(row.metric, longest=80) for row in rows[:_NAMED]) + more


def _finding(row: ResultRow) -> str:
    told = [text(row.message)]
    if row.fix:
        told.append(f"→ {text(row.fix.remedy)}")
        if row.fix.field and row.fix.suggestion:
            told.append(code(f'{row.fix.field} = "{row.fix.suggestion}"'))
    return _row([MARKS[row.status], code(row.metric, longest=80), row.level, points(lost(row)), "<br>".join(told)])


def _rest(results: Sequence[ResultRow]) -> Iterator[str]:
    """What could not be tried, is pending, passed, or was not asked: a line each."""
    for reason, rows in by_reason(with_status(results, "unknown")).items():
        yield f"{MARKS['unknown']} not tried: {_names(rows)}: {text(reason)}"
    others: tuple[tuple[Status, str], ...] = (
        ("pending", "pending until it is deposited"),
        ("pass", "passed"),
        ("not-applicable", "not asked"),
    )
    for status, said in others:
        if rows := with_status(results, status):
            yield f"{MARKS[status]} {said}: {_names(rows)}"


def _evidence(rows: Sequence[ResultRow]) -> str:
    """Where what falls short was read, folded."""
    lines = [line for row in rows for line in _proofs(row)]
    return "".join(["\n<details>\n<summary>Evidence of what falls short</summary>\n\n", *lines, "\n</details>\n"])


def _proofs(row: ResultRow) -> Iterator[str]:
    yield f"- {code(row.metric, longest=80)}\n"
    yield from (f"  - {_proof(proof)}\n" for proof in row.evidence[:_PLACES])
    if len(row.evidence) > _PLACES:
        yield f"  - and {len(row.evidence) - _PLACES:,} more places\n"


def _proof(proof: Proof) -> str:
    line = f", line {proof.line}" if proof.line else ""
    return f"{code(f'{proof.document}#{proof.pointer}', longest=120)}{line}: {code(quoted(proof.value), longest=120)}"
