"""The form of a checklist file: `checklists/<id>.toml`. The published schema is made from these classes."""

from dataclasses import field
from typing import Annotated, Any, Literal

from fairkit.model.base import Frozen, Told, word

__all__ = ["ChecklistFile", "Level", "MetricTable", "TableOfTest", "of_tables"]

Level = Literal["essential", "important", "useful"]


@word
class TableOfTest(Frozen):
    """One question to one check."""

    check: Annotated[str, Told("The name of the check; `fairkit list checks` has them all")]
    id: Annotated[str | None, Told("Its id; the metric's id and a number otherwise")] = None
    on: Annotated[str, Told("resource, each (document by itself), or a dialect")] = "resource"
    params: Annotated[
        dict[str, Any], Told("What to set of the check's parameters", json_schema_extra={"default": {}})
    ] = field(default_factory=dict)
    points: Annotated[float | None, Told("What it is worth; equal shares otherwise", ge=0)] = None
    maturity: Annotated[int | None, Told("The maturity that passing it shows", ge=0)] = None
    answer: Annotated[str | None, Told("The graded answer that passing it stands for")] = None


@word
class MetricTable(Frozen):
    """One row of a checklist."""

    id: Annotated[str, Told("Its id in this checklist", min_length=1)]
    principle: Annotated[str, Told("The FAIR principle: F1 … R1.3", pattern=r"^[FAIR][0-9](\.[0-9])?$")]
    title: Annotated[str | None, Told("What it asks; the first check's title otherwise")] = None
    level: Annotated[Level, Told("How much it weighs")] = "important"
    about: Annotated[Literal["metadata", "data"], Told("What it judges")] = "metadata"
    applies: Annotated[tuple[str, ...], Told("The kinds it is asked of; all otherwise")] = ()
    scoring: Annotated[Literal["all", "best", "sum"], Told("How its tests make one result")] = "all"
    points: Annotated[float | None, Told("What it is worth; by its level otherwise", gt=0)] = None
    remedy: Annotated[str | None, Told("What to do; the check's own advice otherwise")] = None
    otherwise: Annotated[str | None, Told("The graded answer where no test passes")] = None
    tests: Annotated[tuple[TableOfTest, ...], Told("The tests", min_length=1)]


@word
class ChecklistFile(Frozen):
    """A checklist: data that join metrics to checks."""

    id: Annotated[str, Told("Its id, and the name of its file", pattern=r"^[a-z0-9][a-z0-9.-]*$")]
    version: Annotated[str, Told("Its version")]
    title: Annotated[str, Told("Its name")]
    description: Annotated[str, Told("Where it comes from and what it is for")] = ""
    reads: Annotated[tuple[str, ...], Told("The dialects it looks at; all otherwise")] = ()
    extends: Annotated[str | None, Told("The checklist whose metrics it takes over")] = None
    drop: Annotated[tuple[str, ...], Told("Ids of metrics that it does not take over")] = ()
    metric: Annotated[tuple[MetricTable, ...], Told("The rows")] = ()


def of_tables(data: dict[str, Any]) -> ChecklistFile:
    """The file that parsed TOML is, where that is known to have the right form."""
    metrics = [
        MetricTable(**row | {"tests": tuple([TableOfTest(**test) for test in row["tests"]])})
        for row in data.get("metric", ())
    ]
    return ChecklistFile(**data | {"metric": tuple(metrics)})
