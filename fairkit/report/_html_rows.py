"""The results of an assessment in HTML: a table for each letter, a group of rows for each principle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby

from fairkit.assess.assessment import Advice, Assessment, Proof, ResultRow, TestedRow
from fairkit.model.outcome import Status

from ._html_figures import bar
from ._markup import Markup, join, link, tag, text
from ._wording import LETTERS, MARKS, letters, percent, points, quoted

__all__ = ["advised", "mark", "tables"]

_PRINCIPLES = {
    "F1": "An identifier, unique and lasting",
    "F2": "Described richly enough to be found",
    "F3": "The metadata name the data",
    "F4": "Indexed where people search",
    "A1": "Had by its identifier, over a standard protocol",
    "A1.1": "An open and free protocol",
    "A1.2": "Access rules that the protocol can carry",
    "A2": "Metadata that outlive the data",
    "I1": "A formal language that machines share",
    "I2": "Vocabularies that are FAIR themselves",
    "I3": "Qualified links to other things",
    "R1": "Described richly enough to be reused",
    "R1.1": "A clear licence",
    "R1.2": "Where it comes from",
    "R1.3": "The standards of its community",
}
"""What each principle asks, in a few words of our own."""
_HEADS = tag(
    "thead",
    tag(
        "tr",
        *(tag("th", name, scope="col") for name in ("Status", "Metric", "What was found and what to change", "Worth")),
    ),
)


def tables(assessment: Assessment, prefix: str) -> Iterator[Markup]:
    """A section for each letter that has results; `prefix` begins the ids of the rows."""
    numbered = [(f"{prefix}-m{number}", row) for number, row in enumerate(assessment.results, 1)]
    scores = letters(assessment)
    for letter, name in LETTERS.items():
        rows = [(id_, row) for id_, row in numbered if _letter(row) == letter]
        if rows and letter != "total":
            head = tag("h3", tag("span", letter, class_="letter"), f"{name} ", tag("small", percent(scores[letter])))
            yield tag("section", head, bar(scores[letter]), *_table(name, rows), class_="results")
    others = [(id_, row) for id_, row in numbered if _letter(row) == "total"]
    if others:
        yield tag("section", tag("h3", "Other principles"), *_table("Other principles", others), class_="results")


def _letter(row: ResultRow) -> str:
    """The letter that a result belongs to; `total` is that of none."""
    return row.principle[:1] if row.principle[:1] in LETTERS else "total"


def _table(name: str, numbered: Sequence[tuple[str, ResultRow]]) -> Iterator[Markup]:
    ordered = sorted(numbered, key=lambda each: each[1].principle)
    groups = [_principle(name, list(rows)) for name, rows in groupby(ordered, key=lambda each: each[1].principle)]
    yield tag("table", tag("caption", f"{name}: results", class_="unseen"), _HEADS, *groups)
    yield tag("p", "Nothing here passes the filter.", class_="nothing")


def _principle(name: str, numbered: Sequence[tuple[str, ResultRow]]) -> Markup:
    said = tag("th", tag("b", name), f" {_PRINCIPLES.get(name, '')}", scope="rowgroup", colspan=4)
    return tag("tbody", tag("tr", said, class_="principle"), *(_row(id_, row) for id_, row in numbered))


def _row(id_: str, row: ResultRow) -> Markup:
    metric = tag("th", text(row.title), tag("code", text(row.metric, longest=80)), scope="row")
    found = tag("td", tag("p", row.message), advised(row.fix), *_found(row), *_folded(row), class_="found")
    worth = tag("td", tag("span", row.level), tag("span", _earned(row), class_="earned"), class_="worth")
    return tag("tr", tag("td", mark(row.status)), metric, found, worth, id=id_, class_=f"{row.status} {row.level}")


@cache
def mark(status: Status) -> Markup:
    """A status: its sign, and its name in words."""
    return tag("span", tag("span", MARKS[status], aria_hidden="true"), tag("span", status), class_=f"mark {status}")


def _earned(row: ResultRow) -> str:
    return f"{points(row.points)} of {points(row.possible)}" if row.possible else ""


def advised(fix: Advice | None) -> Markup:
    """What to change, with a value to begin with."""
    if fix is None:
        return join([])
    value = []
    if fix.field and fix.suggestion:
        value = [tag("code", text(f'{fix.field} = "{fix.suggestion}"', longest=160))]
    return tag("p", text(fix.remedy), *value, class_="fix")


def _found(row: ResultRow) -> Iterator[Markup]:
    if row.answer is not None:
        yield tag("p", tag("span", "Answer: ", class_="muted"), row.answer)
    if row.maturity is not None:
        yield tag("p", tag("span", "Maturity: ", class_="muted"), str(row.maturity))


def _folded(row: ResultRow) -> Iterator[Markup]:
    """The tests and the evidence, folded."""
    if row.tests or row.evidence:
        parts = [_tests(row.tests)] if row.tests else []
        parts += [tag("ul", *map(_proof, row.evidence), class_="proofs")] if row.evidence else []
        said = join([_number(len(row.tests), "test"), _number(len(row.evidence), "place")], " · ")
        yield tag("details", tag("summary", said), *parts)


def _number(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def _tests(tests: Iterable[TestedRow]) -> Markup:
    return tag("ul", *map(_test, tests), class_="tests")


def _test(test: TestedRow) -> Markup:
    worth = f", worth {points(test.worth)}" if test.worth is not None else ""
    answer = f": {test.answer}" if test.answer else ""
    return tag("li", mark(test.status), tag("code", test.check), f" on {test.on}{worth}{answer}")


def _proof(proof: Proof) -> Markup:
    line = f" line {proof.line}" if proof.line else ""
    where = [link(proof.document), tag("code", text(f"#{proof.pointer}", longest=120)), line]
    return tag("li", tag("span", *where, class_="where"), tag("code", text(quoted(proof.value), longest=160)))
