"""Assessments made by hand, for the gate to judge."""

from __future__ import annotations

from fairkit.assess.assessment import Assessment
from fairkit.model.outcome import Status
from tests.report.made import made, row

_LEVELS = ("important", "useful")


def assessment(
    *,
    total: tuple[float, float] | None = (0.8, 0.8),
    url: str = "record.json",
    empty: bool = False,
    target: str = "t",
    checklist: str = "fairkit",
    version: str = "1",
    **statuses: Status,
) -> Assessment:
    """An assessment with a total score and a metric for each keyword: essential, unless its name begins otherwise."""
    rows = (
        row(name, status, level=next(filter(name.startswith, _LEVELS), "essential"), message="as found")
        for name, status in statuses.items()
    )
    return made(
        *rows,
        scores={"total": total},
        urls=() if empty else (url,),
        target=target,
        checklist={"id": checklist, "version": version},
    )
