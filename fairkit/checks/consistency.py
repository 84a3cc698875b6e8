"""Consistency: do the metadata agree with themselves?"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from urllib.parse import unquote

from fairkit.model.identifier import Identifier
from fairkit.model.outcome import Fix, Outcome, fail, not_applicable, partial, passed
from fairkit.model.provenance import Relation
from fairkit.vocab import identifiers

from ._check import Seen, check, count
from ._compared import Named, counted, named, summed, worded

_MOST = 3
"""Names that a message quotes."""
_DATE = re.compile(r"[12]\d{3}(?:-\d\d(?:-\d\d)?)?(?![\d-])")
_DATES = {"date_created": "made", "date_published": "published", "date_modified": "changed"}
_TAIL = re.compile(r"/?(?:[?#].*)?$", re.DOTALL)
_QUOTED = {
    "arxiv": re.compile(
        r"arxiv(?:\.org/(?:abs|pdf)/|:)\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})", re.IGNORECASE
    ),
    "doi": re.compile(r"\b(10\.\d{4,9}/[^\s\"'<>]*[\w/])", re.IGNORECASE),
}
_VERSION = re.compile(r"v\d+$")
_WEIGHT = re.compile(r"(?:^|[^A-Za-z])weight|Weight|WEIGHT")


@check(fields={"entry_count", "splits"})
def entries_agree(view: Seen) -> Outcome:
    """The entries of the splits add up to the number that is claimed.

    Count again: one of the two is out of date, or an entry stands in two splits, or in none.
    """
    claimed, splits = view.resource.entry_count, view.resource.splits
    counts = [split.entry_count for split in splits if split.entry_count is not None]
    if not claimed or not counts or len(counts) < len(splits):
        return not_applicable("not everything to compare is stated")
    total, at = sum(counts), ("entry_count", "splits")
    if total == claimed:
        return passed("{claimed:,} entries both ways", *at, claimed=claimed)
    message = "{claimed:,} entries are claimed, {splits} of {total:,} entries stated"
    verdict = fail if total > claimed else partial  # some may be left out of every split on purpose
    told = {"claimed": claimed, "splits": count(len(splits), "split"), "total": total}
    return verdict(message, *at, fix=Fix("entry_count", str(total)), **told)


@check(fields={"distributions"})
def file_names_are_unique(view: Seen) -> Outcome:
    """No two files have the same name.

    Give the path inside the dataset with the name: of two files of one name, a download keeps one.
    """
    files = view.resource.distributions
    if not files:
        return not_applicable("no file is named")
    return _unique(named([file.name for file in files]), "file", "distributions")


@check(fields={"variables"})
def variable_names_are_unique(view: Seen) -> Outcome:
    """No two variables have the same name.

    Compare the list with the columns of the file: one of the two bears another's name.
    """
    rows = view.resource.variables
    if not rows:
        return not_applicable("no variable is described")
    return _unique(
        named([f"{row.group}/{row.name}" if row.group else row.name for row in rows]), "variable", "variables"
    )


def _unique(found: Named, noun: str, field: str) -> Outcome:
    if not found.repeated:
        return passed("no name twice in {things}", field, things=count(found.total, noun))
    return fail("more than one {noun} is called {names}", field, fix=Fix(field), noun=noun, names=_some(found.repeated))


def _some(names: list[str]) -> str:
    """The first of the names, and how many more there are."""
    quoted = ", ".join(names[:_MOST])
    return f"{quoted} and {len(names) - _MOST:,} more" if len(names) > _MOST else quoted


@check(fields={"variables"})
def variables_are_told_apart(view: Seen) -> Outcome:
    """No two variables are described in the same words.

    Say how they differ: where they do, a text was copied; where they do not, one of them is superfluous.
    """
    found = worded(view.resource.variables)
    if found.described < 2:
        return not_applicable("fewer than two variables are described")
    if not found.alike:
        return passed("{number:,} descriptions, all different", "variables", number=found.described)
    message = "{texts} of several variables, the first: {names}"
    told = {"texts": count(len(found.alike), "description"), "names": _some(found.alike[0])}
    return partial(message, "variables", fix=Fix("variables"), **told)


@check(fields={"variables"})
def ordinals_agree(view: Seen) -> Outcome:
    """What words count as first or second bears that number in the name of the variable.

    Compare it with its neighbours: a text that was copied from jet1_pt to jet2_pt still says "of the first jet".
    """
    found = counted(view.resource.variables)
    if not found.total:
        return not_applicable("no variable is counted in both name and words")
    if not found.wrong:
        return passed("{variables}, counted alike", "variables", variables=count(found.total, "variable"))
    message = "the words count otherwise than the names: {names}"
    return partial(message, "variables", names=_some(found.wrong), fix=Fix("variables"))


@check(fields={"distributions"})
def checksums_are_well_formed(view: Seen) -> Outcome:
    """Every checksum names a known algorithm and has as many hexadecimal digits as that makes.

    Write `sha256` and all of its 64 digits: what was cut off or misnamed proves nothing.
    """
    found = summed(view.resource.distributions)
    if not found.total:
        return not_applicable("there is no checksum")
    if found.fault:
        return fail("{fault}", "distributions", fault=found.fault, fix=Fix("distributions"))
    return passed("{checksums}, well formed", "distributions", checksums=count(found.total, "checksum"))


@check(fields={"identifiers", "landing_page"})
def page_agrees(view: Seen) -> Outcome:
    """The address of the page holds the identifier that is stated.

    Follow both: one of them belongs to another work.
    """
    page, own = view.resource.landing_page, view.resource.identifiers
    plain = _without_protocol(page) if page else ""
    pairs = [(i, plain[len(start) :]) for i in own if (start := _begins(i.scheme)) and plain.startswith(start)]
    if not pairs:
        return not_applicable("the page is not the address of an identifier")
    at, there = ("identifiers", "landing_page"), pairs[0][1]
    if any(i.value == value or _is_same(i, value) for i, value in pairs):
        return passed("the page is that of {there}", *at, there=there)
    return fail("the page is that of {there}, not of {own}", *at, there=there, own=pairs[0][0], fix=Fix("landing_page"))


@lru_cache(maxsize=256)
def _begins(scheme: str) -> str:
    """How the addresses of the identifiers of a scheme begin; empty where they have nothing in common."""
    return _without_protocol(identifiers.url(Identifier(scheme=scheme, value="")) or "")


def _without_protocol(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.")


def _is_same(own: Identifier, written: str) -> bool:
    """Whether the tail of an address names the same thing, in its own case and without what a page adds to it."""
    return identifiers.same(own, Identifier(scheme=own.scheme, value=_TAIL.sub("", unquote(written))))


@check(fields={"relations"})
def links_agree(view: Seen) -> Outcome:
    """A link leads to the DOI or the arXiv number that its own words quote.

    Follow it: a slip in the words misleads those who copy them, a slip in the link all others.
    """
    rows = [row for row in view.resource.relations if row.title and row.identifier]
    quoting = [(row, quoted) for row in rows if (quoted := _quoted(row))]
    if not quoting:
        return not_applicable("no link quotes the identifier that it leads to")
    wrong = [(row, quoted) for row, quoted in quoting if _number(row) not in quoted]
    if not wrong:
        return passed("{links} as quoted", "relations", links=count(len(quoting), "link"))
    row, quoted = wrong[0]
    told = {"quoted": quoted[0], "identifier": row.identifier}
    return fail("{quoted} is quoted, the link leads to {identifier}", "relations", fix=Fix("relations"), **told)


def _quoted(row: Relation) -> list[str]:
    """The numbers in the words of a link that belong to the scheme that it leads to."""
    pattern = _QUOTED.get(row.identifier.scheme) if row.identifier else None
    return [found.lower() for found in pattern.findall(row.title or "")] if pattern else []


def _number(row: Relation) -> str:
    """What a link leads to, without the version of a preprint."""
    return _VERSION.sub("", row.identifier.value.lower()) if row.identifier else ""


@check(fields=set(_DATES))
def dates_are_in_order(view: Seen) -> Outcome:
    """The work was made before it was published, and changed after that, if at all.

    Look the dates up again: two were swapped, or one has a slip in its year.
    """
    resource = view.resource
    told = {name: last for name in _DATES if (last := _last(getattr(resource, name)))}
    if len(told) < 2:
        return not_applicable("fewer than two dates are stated")
    at = tuple(told)
    if all(_is_before(early, late) for early, late in pairwise(told.values())):
        return passed(_dated(at), *at, **told)
    return fail("not in order: " + _dated(at), *at, fix=Fix(at[-1]), **told)


@lru_cache(maxsize=8)
def _dated(names: tuple[str, ...]) -> str:
    """The message that tells the dates of these names."""
    return ", ".join([f"{_DATES[name]} {{{name}}}" for name in names])


@lru_cache(maxsize=1024)  # most records have one of a few years
def _last(written: str | None) -> str | None:
    """The last day, month or year of what was written, if it is a date."""
    found = _DATE.match(written.rpartition("/")[2]) if written else None
    return found[0] if found else None


def _is_before(early: str, late: str) -> bool:
    """Whether one date is not after the other, as far as both are known: 2026 and 2026-05 do not contradict."""
    known = min(len(early), len(late))
    return early[:known] <= late[:known]


@check(fields={"supersedes", "superseded_by"})
def succession_is_declared(view: Seen) -> Outcome:
    """What the work takes the place of, and what takes its place, stands in a field of its own.

    A note in the description reaches people only: relate the two works by IsObsoletedBy and Obsoletes.
    """
    resource = view.resource
    at = [name for name in ("superseded_by", "supersedes") if getattr(resource, name)]
    if not at:
        return not_applicable("nothing says that it is part of a line")
    prose = [name for name in at if view.told(name) != "given"]
    named = ", ".join([str(other) for name in at for other in getattr(resource, name)])
    if prose:
        return partial("only its prose tells of {named}", *at, named=named, fix=Fix(prose[0]))
    return passed("{named}", *at, named=named)


@check(fields={"variables", "usage", "usage_rules"})
def weights_have_rules(view: Seen) -> Outcome:
    """Where there are weights, it is said how to apply them.

    Say when a weight must be applied, whether weights may be negative, and to what they add up.
    """
    resource = view.resource
    weights = [row for row in resource.variables if row.role == "weight" or _WEIGHT.search(row.name)]
    if not weights:
        return not_applicable("no variable is a weight")
    told = {"names": _some([row.name for row in weights])}
    if resource.usage_rules:
        return passed("there are rules, and {names}", "usage_rules", "variables", **told)
    if resource.usage and "weight" in resource.usage.lower():
        return passed("the usage tells how to apply {names}", "usage", "variables", **told)
    if all(row.description for row in weights):
        return partial("only described: {names}", "variables", fix=Fix("usage_rules"), **told)
    return fail("nothing is said about {names}", "variables", fix=Fix("usage_rules"), **told)
