"""HTML: one file that loads nothing, runs nothing and is safe to open, for people to read, filter, print and keep.

A policy in the file itself lets the browser use its own style only, known by its hash: even what slipped through the
escaping could not run, load or send anything. The filters are radio buttons and rules of style.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from fairkit.assess.assessment import Assessment, ScoreRow

from . import Style
from ._facts import SHORT
from ._html_figures import bar
from ._html_section import section
from ._html_style import LEVELS
from ._markup import Markup, tag, text
from ._page import page
from ._wording import LETTERS, counts, heading, letters, percent, several

__all__ = ["LINES", "MEDIA_TYPE", "TITLE", "render"]

TITLE = "a page to read, filter and print, in one file"
MEDIA_TYPE = "text/html; charset=utf-8"
LINES = True


def render(assessments: Sequence[Assessment], *, style: Style) -> bytes:
    """The page; the style for the terminal changes nothing."""
    name = heading(assessments[0]) if len(assessments) == 1 else None
    return page(_title(assessments), _main(assessments), _foot(assessments), title=name)


def _title(assessments: Sequence[Assessment]) -> str:
    targets = len({each.target for each in assessments})
    checklists = len({each.checklist.id for each in assessments})
    asked = f"How FAIR are {targets} targets" if targets > 1 else "How FAIR is it"
    return f"{asked}, by {checklists} checklists?" if checklists > 1 else f"{asked}?"


def _main(assessments: Sequence[Assessment]) -> Iterator[Markup]:
    if len(assessments) > 1:
        yield _overview(assessments)
    if not assessments:
        yield tag("p", "Nothing was assessed.", class_="card")
    else:
        yield _filters(assessments)
    for number, each in enumerate(assessments, 1):
        yield section(each, f"a{number}")


def _overview(assessments: Sequence[Assessment]) -> Markup:
    """All scores side by side, each leading to its section."""
    named = several(assessments)
    names = ["Target", *(["Checklist"] if named else []), *LETTERS.values()]
    heads = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in names)))
    rows: list[Markup] = []
    for _, group in groupby(enumerate(assessments, 1), key=lambda each: each[1].target):
        rows.extend(_of_target(list(group), named=named))
    table = tag("table", tag("caption", "The scores of all", class_="unseen"), heads, tag("tbody", *rows))
    title = tag("h2", "Side by side", id="overview")
    return tag("section", title, tag("div", table, class_="wide"), class_="card overview", aria_labelledby="overview")


def _of_target(group: Sequence[tuple[int, Assessment]], *, named: bool) -> Iterator[Markup]:
    """The rows of one target: its name stands once, beside the checklists that it was judged by."""
    for place, (number, each) in enumerate(group):
        name = tag("bdi", text(heading(each), longest=90))
        target = [tag("code", text(each.target, longest=80))] if heading(each) != each.target else []
        cells = []
        if not named:
            cells.append(tag("th", tag("a", name, href=f"#a{number}"), *target, scope="row"))
        elif not place:
            cells.append(tag("th", name, *target, scope="rowgroup", rowspan=len(group)))
        if named:
            cells.append(tag("th", tag("a", text(each.checklist.id, longest=80), href=f"#a{number}"), scope="row"))
        yield tag("tr", *cells, *(_score(letter, score) for letter, score in letters(each).items()))


def _score(letter: str, score: ScoreRow | None) -> Markup:
    """A cell that says its letter where the page is too narrow for heads."""
    return tag("td", percent(score), bar(score), class_="score", data_of=letter)


def _filters(assessments: Sequence[Assessment]) -> Markup:
    found = counts(row for each in assessments for row in each.results)
    short = sum(number for status, number in found.items() if status in SHORT)
    statuses = {"all": sum(found.values()), "short": short} | {str(status): number for status, number in found.items()}
    levels: dict[str, int | None] = dict.fromkeys(("all", *LEVELS))
    sets = [_set("status", {key: number for key, number in statuses.items() if number}), _set("level", levels)]
    return tag("div", *sets, class_="filters", role="search", aria_label="Filter the results")


def _set(name: str, choices: Mapping[str, int | None]) -> Markup:
    buttons = (_choice(name, key, number) for key, number in choices.items())
    return tag("fieldset", tag("legend", name.capitalize()), *buttons)


def _choice(name: str, key: str, number: int | None) -> Markup:
    said = {"short": "falls short"}.get(key, key)
    count = [" ", tag("b", str(number))] if number is not None else []
    button = tag("input", type="radio", name=name, id=f"{name}-{key}", checked="" if key == "all" else None)
    return tag("label", button, said, *count)


def _foot(assessments: Sequence[Assessment]) -> Iterator[Markup]:
    versions = sorted({each.fairkit_version for each in assessments})
    yield tag("p", f"Made by fairkit {', '.join(versions)}. This file loads nothing and runs nothing.")
