"""Checklists: principle -> metric -> tests -> check. All of it is data; the only join is the name of a check.

The loader binds checks and parameters once and refuses what does not exist, naming what does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from pydantic import TypeAdapter, ValidationError

from fairkit import checks, resources
from fairkit.checks import Check, Seen
from fairkit.errors import ChecklistError, UnknownName
from fairkit.model.outcome import Outcome
from fairkit.model.resource import FIELDS, KINDS
from fairkit.registry import DIALECTS

from .checklist_file import ChecklistFile, MetricTable, TableOfTest

__all__ = ["WEIGHTS", "BoundTest", "Checklist", "Metric", "load", "names", "parse"]

WEIGHTS = {"essential": 3.0, "important": 2.0, "useful": 1.0}


@dataclass(frozen=True, slots=True)
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
    run: Callable[[Seen], Outcome]
    """The check with its parameters; it still wants its observations, if it needs any."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A row of a checklist."""

    id: str
    principle: str
    title: str
    level: str
    about: str
    applies: frozenset[str]
    scoring: str
    points: float
    remedy: str
    """What to do, if the checklist has its own words for it; else the check that falls short has."""
    tests: tuple[BoundTest, ...]
    alone: BoundTest | None
    """Its test, if that is the only one, looks at the merged resource and needs no observation: most are so."""


@dataclass(frozen=True, slots=True)
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
    """The shipped checklist called `name`.

    Raises:
        UnknownName: listing the known ones.
        ChecklistError: if its file is wrong.
    """
    if name not in names():
        raise UnknownName("checklist", name, names())
    return parse(resources.read_bytes("checklists", f"{name}.toml"), where=f"checklists/{name}.toml")


def parse(body: bytes, *, where: str) -> Checklist:
    """The checklist in the bytes of a TOML file; `where` names it in errors.

    Raises:
        ChecklistError: for an unknown check, kind, field or dialect, a wrong parameter, a duplicate id, an unknown key.
    """
    try:
        written = ChecklistFile.model_validate(tomllib.loads(body.decode()))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ChecklistError(f"{where} is not readable TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ChecklistError(f"{where}: {place}: {first['msg']}", value=first.get("input")) from None
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
        points=table.points or WEIGHTS[table.level],
        remedy=table.remedy or "",
        tests=tests,
        alone=_alone(tests, table.scoring),
    )


def _alone(tests: tuple[BoundTest, ...], scoring: str) -> BoundTest | None:
    first = tests[0]
    simple = len(tests) == 1 and scoring != "sum" and first.on == "resource" and not first.check.needs
    return first if simple else None


def _test(table: TableOfTest, number: str, where: str) -> BoundTest:
    try:
        check = checks.find(table.check)
    except UnknownName as error:
        raise ChecklistError(f"{where}: {error.what}", value=table.check, remedy=error.remedy) from None
    _bindable(table.params, check, where)
    if table.on not in ("resource", "each"):
        _dialects((table.on,), where)
    fields = check.fields | frozenset(table.params.get("fields", ()))
    return BoundTest(
        id=table.id or number,
        check=check,
        on=table.on,
        params=table.params,
        points=table.points,
        maturity=table.maturity,
        answer=table.answer,
        fields=fields,
        places=fields - {"kind"} - check.instead,
        run=partial(check.run, **table.params) if table.params else check.run,
    )


def _bindable(params: Mapping[str, Any], check: Check, where: str) -> None:
    """Refuse parameters that the check does not take, of which it needs more, or that are of the wrong type."""
    if not params and not check.run.__code__.co_kwonlyargcount:  # most: reading the signature takes 30 µs each
        return
    known = check.parameters
    _known(params, known, f"parameter of {check.name}", where)
    for name, parameter in known.items():
        if name in params:
            _typed(params[name], parameter.annotation, f"{where}: the parameter {name!r} of {check.name}")
        elif parameter.default is parameter.empty:
            raise ChecklistError(f"{where}: {check.name} needs the parameter {name!r}", value=dict(params))
    _known(params.get("fields", ()), FIELDS, "field", where)


def _typed(value: Any, type_: Any, where: str) -> None:
    try:
        TypeAdapter(type_).validate_python(value, strict=True)
    except ValidationError as error:
        raise ChecklistError(f"{where}: {error.errors()[0]['msg']}", value=value) from None


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
