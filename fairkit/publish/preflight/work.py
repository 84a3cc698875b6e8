"""What is wrong with the work as it is described: its texts, its rights, its dates, who may have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from fairkit import settings
from fairkit.model.resource import Resource
from fairkit.publish.problem import Problem, problem
from fairkit.repositories import Rules
from fairkit.vocab import licences

__all__ = ["of_work"]

_ASKED = {
    "title": "title-missing",
    "creators": "creators-missing",
    "description": "description-missing",
    "license": "licence-missing",
}
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_TWO_DIGITS = re.compile(r"\d{2}([-/. ]\d{1,2}([-/. ]\d{1,2})?)?|\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|&[A-Za-z]{2,8};")
_CLOSED = re.compile(r"\bCC-BY(-NC)?(-ND|-NC)|\bCC-BY-NC|\bopen-rail\b", re.IGNORECASE)
_MADE_FOR = {"dataset": "data", "model": "models", "documentation": "documents", "font": "fonts"}
_WORKS = {"software": "software", "documentation": "documentation", "environment": "an environment"}
_SHORTEST_TITLE = 3
_SHORTEST_DESCRIPTION = 30
_DATES = ("date_published", "date_created", "date_modified")


def of_work(work: Resource, rules: Rules) -> Iterator[Problem]:
    """Everything that is wrong with the description of a work; `rules` say what the repository asks for."""
    yield from _missing(work, rules)
    yield from _texts(work)
    yield from _rights(work)
    yield from _days(work)
    yield from _access(work)


def _missing(work: Resource, rules: Rules) -> Iterator[Problem]:
    """What everybody asks of a record; it blocks where the repository publishes nothing without it."""
    for field, code in _ASKED.items():
        value = getattr(work, field)
        if not value or not str(value).strip():
            yield problem(code, field=field, blocks=field in rules.required)
    if work.publisher is None:
        yield problem("publisher-missing", field="publisher")
    if not (work.version or "").strip():
        yield problem("version-missing", field="version")


def _texts(work: Resource) -> Iterator[Problem]:
    title, description = (work.title or "").strip(), (work.description or "").strip()
    if 0 < len(title) < _SHORTEST_TITLE:
        yield problem("title-short", f"the title {title!r} is too short", field="title")
    if title.isupper() and len(title.split()) > 1 and sum(map(str.isalpha, title)) > 10:
        yield problem("title-capitals", field="title")
    if found := _TAG.search(title):
        yield problem("title-html", f"the title has HTML in it: {found[0]}", field="title")
    if 0 < len(description) < _SHORTEST_DESCRIPTION:
        yield problem("description-short", f"the description is {description!r} and no more", field="description")
    if work.language and not _LANGUAGE.fullmatch(work.language.strip()):
        yield problem("language-unknown", f"{work.language!r} is no code of a language", field="language")
    for keyword in work.keywords:
        if "," in keyword or ";" in keyword:
            yield problem("keyword-commas", f"the keyword {keyword[:60]!r} is a list", field="keywords")


def _rights(work: Resource) -> Iterator[Problem]:
    if not work.license or not work.license.strip():
        return
    known = licences.find(work.license)
    if known is None:
        yield problem("licence-unknown", f"the licence {work.license[:80]!r} is none that is known", field="license")
        return
    if known.made_for and work.kind not in known.made_for:
        made_for = _MADE_FOR.get(known.made_for[0], known.made_for[0])
        what = f"{known.id} is a licence for {made_for}, and this is {_WORKS.get(work.kind, f'a {work.kind}')}"
        yield problem("licence-unfit", what, field="license")
    if _CLOSED.search(known.id):
        yield problem("licence-closed", f"{known.id} forbids some uses of the work", field="license")


def _days(work: Resource) -> Iterator[Problem]:
    for field in _DATES:
        written = getattr(work, field)
        if not written or is_date(written):
            continue
        code = "date-two-digits" if _TWO_DIGITS.fullmatch(written.strip()) else "date-wrong"
        yield problem(code, f"{field} is {written[:40]!r}, which is no date", field=field)
    published, created = work.date_published, work.date_created
    if published and is_date(published):
        if _first(published) > settings.now()[:10]:
            yield problem(
                "date-future", f"it is said to be published on {published}: in the future", field="date_published"
            )
        if created and is_date(created) and _first(created) > _last(published):
            what = f"it is said to be made on {created} and published before, on {published}"
            yield problem("date-order", what, field="date_created")


def is_date(written: str) -> bool:
    """Whether a text is a year, a month, a day or a moment of ISO 8601, or an interval of two of them."""
    parts = [part.partition("T")[0] for part in written.strip().split("/")]
    return len(parts) <= 2 and all(map(_is_part, parts))


def _is_part(written: str) -> bool:
    if not _DAY.fullmatch(written):
        return False
    try:
        return bool(date.fromisoformat((written + "-01-01")[:10]))
    except ValueError:
        return False


def _first(written: str) -> str:
    """The first day that a date may mean."""
    return (written.strip().partition("/")[0].partition("T")[0] + "-01-01")[:10]


def _last(written: str) -> str:
    """Not before the last day that a date may mean."""
    return (written.strip().rpartition("/")[2].partition("T")[0] + "-12-31")[:10]


def _access(work: Resource) -> Iterator[Problem]:
    until = (work.embargo_until or "").strip()
    if work.access == "embargoed" and not until:
        yield problem("embargo-endless", field="access")
    if work.access == "restricted" and not (work.access_conditions or "").strip():
        yield problem("restricted-how", field="access")
    if not until:
        return
    if not is_date(until) or len(until) != len("2026-01-01"):
        yield problem("embargo-wrong", f"the embargo ends on {until[:40]!r}, which is no day", field="embargo_until")
    elif work.access != "embargoed":
        what = f"an embargo until {until} is named, and access is {work.access or 'open'}"
        yield problem("embargo-open", what, field="embargo_until")
    elif until <= settings.now()[:10]:
        yield problem("embargo-past", f"the embargo ended on {until}", field="embargo_until")
