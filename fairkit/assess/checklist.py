"""Checklists: principle -> metric -> tests -> check. All of it is data; the only join is the name of a check.

The loader binds checks and parameters once and refuses what does not exist, naming what does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Literal, TypeVar

from fairkit import checks, resources
from fairkit.checks import Check, Seen
from fairkit.errors import ChecklistError, UnknownName
from fairkit.model.base import adapter
from fairkit.model.outcome import Outcome
from fairkit.model.resource import FIELDS, KINDS
from fairkit.registry import DIALECTS

from .checklist_file import ChecklistFile, Level, MetricTable, TableOfTest, of_tables

__all__ = ["WEIGHTS", "BoundTest", "Checklist", "Metric", "load", "names", "parse"]

Given = TypeVar("Given")

WEIGHTS = {"essential": 3.0, "important": 2.0, "useful": 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class BoundTest:
    """A check, bound to its parameters and to what it looks at."""

    id: str
    check: Check
    on: str
    params: dict[str, Any]
    points: float | None
    maturity: int | None
    answer: str | None
    fields: frozenset[str]
    """The fields that the verdict depends on, with those that a parameter `fields` names."""
    places: frozenset[str]
    """Those that a document may have no place for: without the kind, which every document has, and what stands in."""
    question: str
    """The check and its parameters: tests that ask the same of the same thing have the same outcome."""
    run: Callable[[Seen], Outcome]
    """The check with its parameters; it still wants its observations, if it needs any."""


@dataclass(frozen=True, slots=True, eq=False)
class Metric:
    """A row of a checklist; each is itself alone, so that it is quickly found again."""

    id: str
    principle: str
    title: str
    level: Level
    about: Literal["metadata", "data"]
    applies: frozenset[str]
    scoring: str
    points: float
    remedy: str
    """What to do, if the checklist has its own words for it; else the check that falls short has."""
    otherwise: str | None
    """The graded answer where no test passes."""
    tests: tuple[BoundTest, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Checklist:
    """A checklist, ready to assess with."""

    id: str
    version: str
    title: str
    description: str
    reads: frozenset[str]
    metrics: tuple[Metric, ...]

    @property
    def needs(self) -> frozenset[str]:
        """The observations that its checks need."""
        return frozenset().union(*(test.check.needs for metric in self.metrics for test in metric.tests))

    @property
    def fields(self) -> frozenset[str]:
        """The fields that its verdicts depend on."""
        return frozenset().union(*(test.fields for metric in self.metrics for test in metric.tests))

    def metric(self, name: str) -> Metric:
        """The metric called `name`.

        Raises:
            UnknownName: listing the known ones.
        """
        found = next((metric for metric in self.metrics if metric.id == name), None)
        if found is None:
            raise UnknownName(f"metric of {self.id}", name, (metric.id for metric in self.metrics))
        return found


def names() -> list[str]:
    """The ids of the checklists that are shipped."""
    return resources.names("checklists", ".toml")


@cache
def load(name: str) -> Checklist:
    """The shipped checklist called `name`. Tests `parse` every one, so that its form is not judged again here.

    Raises:
        UnknownName: if there is none.
    """
    if name not in names():
        raise UnknownName("checklist", name, names())
    where = f"checklists/{name}.toml"
    return _bound(of_tables(_tables(resources.read_bytes("checklists", f"{name}.toml"), where)), where)


def parse(body: bytes, *, where: str) -> Checklist:
    """The checklist in the bytes of a TOML file; `where` names it in errors.

    Raises:
        ChecklistError: for an unknown check, kind, field or dialect, a wrong parameter, a duplicate id, an unknown key.
    """
    written = _judged(ChecklistFile, _tables(body, where), where)
    for metric in written.metric:
        for test in metric.tests:
            place = f"{where}, metric {metric.id}"
            _bindable(test.params, _check(test.check, place), place)
    return _bound(written, where)


def _tables(body: bytes, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(body.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ChecklistError(f"{where} is not readable TOML: {error}") from None


def _judged(kind: type[Given], value: Any, where: str, *, strict: bool = False) -> Given:
    """The value as a thing of a `kind`, if it is one; pydantic is loaded only for checklists of strangers."""
    from pydantic import ValidationError

    try:
        return adapter(kind).validate_python(value, strict=strict)
    except ValidationError as error:
        first = error.errors()[0]
        place = "".join(f"{part}." for part in first["loc"])[:-1]
        why = "this key is not permitted" if first["type"] == "unexpected_keyword_argument" else first["msg"]
        what = f"{where}: {place}: {why}" if place else f"{where}: {why}"
        raise ChecklistError(what, value=first.get("input")) from None


def _bound(written: ChecklistFile, where: str) -> Checklist:
    """The checklist with its checks found and its parameters set."""
    metrics = _inherited(written, where) | {metric.id: metric for metric in _metrics(written.metric, where)}
    _dialects(written.reads, where)
    return Checklist(
        id=written.id,
        version=written.version,
        title=written.title,
        description=written.description,
        reads=frozenset(written.reads),
        metrics=tuple(metrics.values()),
    )


def _inherited(written: ChecklistFile, where: str) -> dict[str, Metric]:
    """The metrics of the checklist that this one extends, without those that it drops."""
    _known(filter(None, [written.extends]), names(), "checklist", where)
    taken = {metric.id: metric for metric in load(written.extends).metrics} if written.extends else {}
    _known(written.drop, taken, "metric to drop", where)
    return {name: metric for name, metric in taken.items() if name not in written.drop}


def _metrics(tables: Iterable[MetricTable], where: str) -> list[Metric]:
    found: dict[str, Metric] = {}
    for table in tables:
        if table.id in found:
            raise ChecklistError(f"{where}: the id {table.id!r} stands there twice", value=table.id)
        found[table.id] = _metric(table, f"{where}, metric {table.id}")
    return list(found.values())


def _metric(table: MetricTable, where: str) -> Metric:
    _known(table.applies, KINDS, "kind", where)
    tests = tuple(_test(test, f"{table.id}-{number}", where) for number, test in enumerate(table.tests, 1))
    if table.scoring != "best" and not any(
        test.points or (test.points is None and table.scoring == "all") for test in tests
    ):
        raise ChecklistError(f"{where}: none of its tests is worth a point", value=[test.points for test in tests])
    first = tests[0].check
    return Metric(
        id=table.id,
        principle=table.principle,
        title=table.title or first.title,
        level=table.level,
        about=table.about,
        applies=frozenset(table.applies or KINDS),
        scoring=table.scoring,
        points=float(table.points or WEIGHTS[table.level]),
        remedy=table.remedy or "",
        otherwise=table.otherwise,
        tests=tests,
    )


def _test(table: TableOfTest, number: str, where: str) -> BoundTest:
    check = _check(table.check, where)
    if table.on not in ("resource", "each"):
        _dialects((table.on,), where)
    fields = check.fields | frozenset(table.params.get("fields", ()))
    return BoundTest(
        id=table.id or number,
        check=check,
        on=table.on,
        params=table.params,
        points=None if table.points is None else float(table.points),
        maturity=table.maturity,
        answer=table.answer,
        fields=fields,
        places=fields - {"kind"} - check.instead,
        question=f"{check.name} {sorted(table.params.items())}" if table.params else check.name,
        run=partial(check.run, **table.params) if table.params else check.run,
    )


def _check(name: str, where: str) -> Check:
    try:
        return checks.find(name)
    except UnknownName as error:
        raise ChecklistError(f"{where}: {error.what}", value=name, remedy=error.remedy) from None


def _bindable(params: Mapping[str, Any], check: Check, where: str) -> None:
    """Refuse parameters that the check does not take, of which it needs more, or that are of the wrong type."""
    known = check.parameters
    _known(params, known, f"parameter of {check.name}", where)
    for name, parameter in known.items():
        if name in params:
            place = f"{where}: the parameter {name!r} of {check.name}"
            _judged(parameter.annotation, params[name], place, strict=True)
        elif parameter.default is parameter.empty:
            raise ChecklistError(f"{where}: {check.name} needs the parameter {name!r}", value=dict(params))
    _known(params.get("fields", ()), FIELDS, "field", where)


def _dialects(written: Iterable[str], where: str) -> None:
    """Refuse a name that is no dialect; all are listed only then, for that takes a look through the plug-ins."""
    for name in written:
        if name not in DIALECTS:
            _known((name,), DIALECTS.names(), "dialect", where)


def _known(written: Iterable[str], known: Iterable[str], kind: str, where: str) -> None:
    """Refuse a name that is not among the known ones."""
    every = list(known)
    for name in written:
        if name not in every:
            error = UnknownName(kind, name, every)
            raise ChecklistError(f"{where}: {error.what}", value=name, remedy=error.remedy)
