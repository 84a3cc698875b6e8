"""A leaderboard as text, Markdown, HTML and CSV: what strangers called their models is shown, and does nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence

from fairkit.report import _gfm
from fairkit.report._harmless import harmless
from fairkit.report._markup import Markup, tag
from fairkit.report._page import page
from fairkit.vocab import metrics

from .leaderboard import Board, Entry, Leaderboard, value
from .wording import named, with_error

__all__ = ["FORMS", "csv_of", "html", "markdown", "text"]

_HEADS = ("Rank", "Model", "Value", "Uncertainty", "Trainings", "Evidence")
_COLUMNS = (
    "metric", "operating_point", "direction", "dataset", "version", "split", "split_digest", "rank", "model", "target",
    "value", "uncertainty", "uncertainty_kind", "trainings", "aggregation", "tied", "standing", "recomputed",
    "code_commit", "predictions_digest",
)  # fmt: skip
_MARKS = {
    "recomputed": "recomputed from predictions",
    "differs": "DIFFERS from its predictions",
    "predictions": "predictions at hand, not scored",
    "self-reported": "self-reported, no predictions",
}
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _title(board: Board) -> str:
    known = metrics.find(board.metric)
    more = board.metric.partition(":")[2]
    name = (known.name if known else board.metric) + (f" ({more.strip()})" if known and more else "")
    point = f", {board.operating_point}" if board.operating_point not in (None, "none") else ""
    return f"{name}{point}"


def _rows_of(board: Board) -> str:
    parts = [named(board.dataset) or "dataset not told"]
    parts += [f"version {board.version}"] if board.version else []
    parts += [f"split {board.split}"] if board.split else []
    parts += [board.split_digest[:19]] if board.split_digest else ["no digest of the split"]
    better = f"{board.direction} is better" if board.direction else "direction not told"
    return f"{', '.join(parts)}; {better}"


def _cells(one: Entry) -> tuple[str, ...]:
    """The cells of a row; a rank that is shared within the uncertainties has a mark."""
    rank = "" if one.rank is None else f"{one.rank}{'=' if one.tied else ''}"
    trainings = "" if one.result.trainings is None else str(one.result.trainings)
    if one.result.aggregation and one.result.aggregation != "single":
        trainings = f"{one.result.aggregation} of {trainings or '?'}"
    told = with_error(value(one), one.result.uncertainty)
    return rank, one.model, told, one.result.uncertainty_kind or "not told", trainings, _evidence(one)


def _evidence(one: Entry) -> str:
    mark = _MARKS[one.standing]
    return f"{mark}: {one.remark}" if one.remark and one.standing != "self-reported" else mark


def text(told: Leaderboard) -> bytes:
    """Tables for a terminal, their columns aligned."""
    lines = []
    for board in told.boards:
        rows = [_HEADS, *(tuple(harmless(cell, longest=120) for cell in _cells(one)) for one in board.entries)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines += [harmless(_title(board)), f"  {harmless(_rows_of(board))}"]
        for row in rows:
            lines.append("  " + "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())
        lines += [f"  {harmless(note)}" for note in _said(board)] + [""]
    lines += [harmless(note) for note in told.notes]
    return "\n".join(lines).rstrip().encode("utf-8", "replace") + b"\n"


def _said(board: Board) -> Iterator[str]:
    if any(one.tied for one in board.entries):
        yield "= agrees with the best within the uncertainties"
    yield from (note for note in board.notes if "with the best" not in note)


def markdown(told: Leaderboard) -> bytes:
    """Tables in GitHub's Markdown."""
    lines = [f"# {_gfm.text(told.title)}", ""]
    for board in told.boards:
        lines += [f"## {_gfm.text(_title(board))}", "", _gfm.text(_rows_of(board)), ""]
        lines += [f"| {' | '.join(_HEADS)} |", f"| {' | '.join('---' for _ in _HEADS)} |"]
        lines += [f"| {' | '.join(_gfm.text(cell) for cell in _cells(one))} |" for one in board.entries]
        lines += ["", *(f"- {_gfm.text(note)}" for note in _said(board)), ""]
    lines += [f"- {_gfm.text(note)}" for note in told.notes]
    return "\n".join(lines).rstrip().encode("utf-8", "replace") + b"\n"


def html(told: Leaderboard) -> bytes:
    """One page, made and kept safe as the HTML report is."""
    notes = [tag("p", note, class_="card warning") for note in told.notes]
    foot = [tag("p", "Made by fairkit. This file loads nothing and runs nothing.")]
    return page(told.title, [*map(_section, told.boards), *notes], foot)


def _section(board: Board) -> Markup:
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in _HEADS)))
    rows = tag("tbody", *(tag("tr", *(tag("td", cell) for cell in _cells(one))) for one in board.entries))
    notes = [tag("p", note, class_="muted") for note in _said(board)]
    parts = [tag("h2", _title(board)), tag("p", _rows_of(board), class_="muted")]
    table = tag("div", tag("table", head, rows), class_="wide")
    return tag("section", *parts, table, *notes, class_="card survey", aria_label=_title(board))


def csv_of(told: Leaderboard) -> bytes:
    """One line for each number of each model; a text that a spreadsheet would run as a formula is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for board in told.boards:
        writer.writerows(_line(board, one) for one in board.entries)
    return out.getvalue().encode("utf-8", "replace")


def _line(board: Board, one: Entry) -> Sequence[str]:
    result = one.result
    known: Mapping[str, object] = {
        **{name: getattr(result, name) for name in _COLUMNS if hasattr(result, name)},
        **{name: getattr(one, name) for name in ("rank", "model", "target", "tied", "standing", "recomputed")},
        "metric": board.metric,
        "direction": board.direction,
        "dataset": named(board.dataset),
    }
    return [_cell(known[name]) for name in _COLUMNS]


def _cell(told: object) -> str:
    if told is None:
        return ""
    if isinstance(told, bool):
        return "yes" if told else "no"
    line = harmless(str(told))
    return f"'{line}" if isinstance(told, str) and line.startswith(_STARTS_A_FORMULA) else line


FORMS: Mapping[str, Callable[[Leaderboard], bytes]] = {"text": text, "markdown": markdown, "html": html, "csv": csv_of}
