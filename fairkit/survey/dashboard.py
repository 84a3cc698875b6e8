"""The dashboard of a survey: the scores by experiment and type, the commonest shortfalls and what each fix would gain.

One page, made and kept safe as the HTML report is.
"""

from __future__ import annotations

from collections.abc import Iterator

from fairkit import __version__
from fairkit.assess.assessment import ScoreRow
from fairkit.report._html_figures import bar
from fairkit.report._markup import Markup, tag, text
from fairkit.report._page import page
from fairkit.report._wording import LETTERS, percent

from .summary import ChecklistSummary, Failure, Group, Summary

__all__ = ["dashboard"]

_MOST = 25
"""Shortfalls that stand open; the rest are folded."""
_WORDS = {"experiment": "experiment", "type": "type", "kind": "kind", "license": "licence", "publisher": "publisher"}


def dashboard(summary: Summary, *, when: str) -> bytes:
    """The page; what strangers wrote is shown, and does nothing."""
    title = f"How FAIR are {summary.targets:,} targets?"
    foot = [tag("p", f"Made by fairkit {__version__} on {when}. This file loads nothing and runs nothing.")]
    return page(title, _main(summary), foot)


def _main(summary: Summary) -> Iterator[Markup]:
    if summary.errors:
        yield tag("p", "; ".join(f"{count:,} {what}" for what, count in summary.errors.items()), class_="card warning")
    for one in summary.checklists:
        yield tag("section", *_checklist(one), class_="card survey", aria_label=one.id)


def _checklist(one: ChecklistSummary) -> Iterator[Markup]:
    yield tag("h2", f"By the checklist {one.id} {one.version}")
    yield _table(["", *LETTERS.values()], [_scores("All", one.scores)])
    yield from _failures(one.failures)
    for name, groups in one.groups.items():
        if len(groups) > 1:
            rows = [_scores(group.name, group.scores, group) for group in groups]
            heads = [_WORDS[name].capitalize(), "Targets", *LETTERS.values()]
            yield tag("h3", f"By {_WORDS[name]}")
            yield tag("div", _table(heads, rows), class_="wide")


def _failures(failures: tuple[Failure, ...]) -> Iterator[Markup]:
    heads = ["Metric", "Gain", "Fail", "In part"]
    if failures:
        yield tag("h3", "What to mend first")
        yield tag(
            "p", "Gain: points of 100 by which the mean total would rise, were it mended everywhere.", class_="muted"
        )
        yield _table(heads, [_failure(failure) for failure in failures[:_MOST]])
    if failures[_MOST:]:
        rest = _table(heads, [_failure(failure) for failure in failures[_MOST:]])
        yield tag("details", tag("summary", f"{len(failures) - _MOST} more"), rest)


def _failure(failure: Failure) -> Markup:
    gain = tag("td", f"+{failure.gain * 100:.1f}", class_="number")
    metric = tag("th", text(failure.title), tag("code", f"{failure.metric}, {failure.level}"), scope="row")
    counts = [tag("td", f"{count:,}", class_="number") for count in (failure.fail, failure.partial)]
    return tag("tr", metric, gain, *counts)


def _scores(name: str, scores: dict[str, float | None], group: Group | None = None) -> Markup:
    cells = [tag("td", f"{group.targets:,}", class_="number")] if group else []
    for letter in LETTERS:
        mean = scores[letter]
        score = None if mean is None else ScoreRow(low=mean, high=mean)
        cells.append(tag("td", percent(score), bar(score), class_="score"))
    return tag("tr", tag("th", text(name, longest=120), scope="row"), *cells)


def _table(heads: list[str], rows: list[Markup]) -> Markup:
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in heads)))
    return tag("table", head, tag("tbody", *rows))
