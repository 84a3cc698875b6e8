"""One assessment in HTML: what it is of, its scores, what to change first, its results, and what was read."""

from __future__ import annotations

from collections.abc import Iterator

from fairkit.assess.assessment import Assessment, DocumentRow, ResultRow
from fairkit.model.outcome import Status

from ._facts import moment
from ._html_figures import bar, ring
from ._html_rows import advised, tables
from ._markup import Markup, join, link, tag, text
from ._ranking import lost, score_with, shortfalls
from ._wording import FIXES, LETTERS, MARKS, counts, heading, letters, percent, points, warned

__all__ = ["section"]


def section(assessment: Assessment, prefix: str) -> Markup:
    """The assessment; every id in it begins with `prefix`."""
    title = f"{prefix}-title"
    parts = [
        tag("h2", tag("bdi", text(heading(assessment), longest=200)), id=title),
        *_about(assessment),
        *(tag("p", tag("strong", word), f" {said}", class_="warning") for word, said in warned(assessment)),
        _scores(assessment),
        _first(assessment, prefix),
        *tables(assessment, prefix),
        _read(assessment),
    ]
    return tag("section", *parts, id=prefix, class_="assessment", aria_labelledby=title)


def _about(assessment: Assessment) -> Iterator[Markup]:
    resource, checklist = assessment.resource, assessment.checklist
    if resource:
        known = [tag("span", resource.kind), *(tag("code", text(i, longest=120)) for i in resource.identifiers[:3])]
        known += [link(resource.url)] if resource.url else []
        yield tag("p", join(known, " · "), class_="about")
    how = {
        "Target": tag("code", text(assessment.target, longest=120)),
        "Checklist": tag("b", text(f"{checklist.id} {checklist.version}", longest=120)),
        "Assessed": tag("time", assessment.assessed_at, datetime=moment(assessment)),
    }
    yield tag("dl", *(tag("div", tag("dt", name), tag("dd", said)) for name, said in how.items()), class_="how")


def _scores(assessment: Assessment) -> Markup:
    scores = letters(assessment)
    lines = [
        tag("tr", tag("th", LETTERS[letter], scope="row"), tag("td", bar(score)), tag("td", percent(score)))
        for letter, score in scores.items()
        if letter != "total"
    ]
    total = tag("div", ring(scores["total"]), tag("span", LETTERS["total"]), class_="total")
    told = [total, tag("table", tag("caption", "Scores", class_="unseen"), *lines), _counts(assessment)]
    if any(score and score.low < score.high for score in scores.values()):
        told.append(tag("p", "The light end of a score is what could not be tried.", class_="legend"))
    return tag("div", *told, class_="scores")


def _counts(assessment: Assessment) -> Markup:
    found = counts(assessment.results).items()
    return tag("ul", *(tag("li", _count(status, number)) for status, number in found), class_="counts")


def _count(status: Status, number: int) -> Markup:
    sign = tag("span", MARKS[status], aria_hidden="true")
    return tag("span", sign, tag("span", tag("b", str(number)), f" {status}"), class_=f"mark {status}")


def _first(assessment: Assessment, prefix: str) -> Markup:
    """The fixes that would gain most, and the score that they would give."""
    fixes = shortfalls(assessment.results)[:FIXES]
    if assessment.is_empty:
        return join([])
    if not fixes:
        return tag("p", "Nothing that could be tried falls short.", class_="fine")
    ids = {id(row): f"{prefix}-m{number}" for number, row in enumerate(assessment.results, 1)}
    items = [_fix(row, ids[id(row)]) for row in fixes]
    now, then = percent(assessment.scores.total), percent(score_with(assessment, fixes))
    gain = tag("p", "This would lift the total from ", tag("b", now), " to ", tag("b", then), ".")
    return tag("div", tag("h3", "What to change first"), tag("ol", *items), gain, class_="first")


def _fix(row: ResultRow, id_: str) -> Markup:
    about = tag("p", tag("a", text(row.metric, longest=80), href=f"#{id_}"), f" · {row.title}", class_="muted")
    gain = tag("span", f"+{points(lost(row))}", tag("span", " points", class_="unseen"), class_="gain")
    return tag("li", gain, advised(row.fix), tag("p", row.message), about)


def _read(assessment: Assessment) -> Markup:
    names = ("Form", "Document", "Media type", "Bytes", "SHA-256")
    heads = tag("tr", *(tag("th", name, scope="col") for name in names))
    rows = map(_document, assessment.documents)
    table = tag("table", tag("caption", "Documents", class_="unseen"), tag("thead", heads), tag("tbody", *rows))
    digest = tag("p", "Digest of the evidence: ", tag("code", text(assessment.evidence_digest, longest=120)))
    number = len(assessment.documents)
    said = tag("summary", f"What was read: {number or 'no'} document{'' if number == 1 else 's'}")
    return tag("details", said, tag("div", table, class_="wide"), digest, class_="read")


def _document(document: DocumentRow) -> Markup:
    cells = [
        text(document.representation, longest=80),
        link(document.url),
        tag("code", text(document.media_type, longest=80)),
        f"{document.size:,}",
        tag("code", text(document.sha256, longest=80)),
    ]
    return tag("tr", *(tag("td", cell) for cell in cells))
