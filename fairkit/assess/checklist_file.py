"""The form of a checklist file: `checklists/<id>.toml`. The published schema is made from these classes."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["ChecklistFile", "MetricTable", "TableOfTest"]

Level = Literal["essential", "important", "useful"]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class TableOfTest(_Table):
    """One question to one check."""

    check: Annotated[str, Field(description="The name of the check; `fairkit list checks` has them all")]
    id: Annotated[str | None, Field(description="Its id; the metric's id and a number otherwise")] = None
    on: Annotated[str, Field(description="resource, each (document by itself), or a dialect")] = "resource"
    params: Annotated[dict[str, Any], Field(description="What to set of the check's parameters")] = {}
    points: Annotated[float | None, Field(ge=0, description="What it is worth; equal shares otherwise")] = None
    maturity: Annotated[int | None, Field(ge=0, description="The maturity that passing it shows")] = None
    answer: Annotated[str | None, Field(description="The graded answer that passing it stands for")] = None


class MetricTable(_Table):
    """One row of a checklist."""

    id: Annotated[str, Field(min_length=1, description="Its id in this checklist")]
    principle: Annotated[str, Field(pattern=r"^[FAIR][0-9](\.[0-9])?$", description="The FAIR principle: F1 … R1.3")]
    title: Annotated[str | None, Field(description="What it asks; the first check's title otherwise")] = None
    level: Annotated[Level, Field(description="How much it weighs")] = "important"
    about: Annotated[Literal["metadata", "data"], Field(description="What it judges")] = "metadata"
    applies: Annotated[tuple[str, ...], Field(description="The kinds it is asked of; all otherwise")] = ()
    scoring: Annotated[Literal["all", "best", "sum"], Field(description="How its tests make one result")] = "all"
    points: Annotated[float | None, Field(gt=0, description="What it is worth; by its level otherwise")] = None
    remedy: Annotated[str | None, Field(description="What to do; the check's own advice otherwise")] = None
    tests: Annotated[tuple[TableOfTest, ...], Field(min_length=1, description="The tests")]


class ChecklistFile(_Table):
    """A checklist: data that join metrics to checks."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9.-]*$", description="Its id, and the name of its file")]
    version: Annotated[str, Field(description="Its version")]
    title: Annotated[str, Field(description="Its name")]
    description: Annotated[str, Field(description="Where it comes from and what it is for")] = ""
    reads: Annotated[tuple[str, ...], Field(description="The dialects it looks at; all otherwise")] = ()
    extends: Annotated[str | None, Field(description="The checklist whose metrics it takes over")] = None
    drop: Annotated[tuple[str, ...], Field(description="Ids of metrics that it does not take over")] = ()
    metric: Annotated[tuple[MetricTable, ...], Field(description="The rows")] = ()
