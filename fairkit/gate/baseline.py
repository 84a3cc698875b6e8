"""A baseline: which metrics passed before, so that none of them may fall back.

It is a saved JSON report, or the part of one that a comparison needs: what fairkit writes holds targets, checklists
and statuses, sorted and without times, a metric to a line, so that its changes read well in a diff.
"""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, ClassVar, NamedTuple

from fairkit.assess.assessment import Assessment, ChecklistRow
from fairkit.errors import UnreadableDocument, UsageError
from fairkit.model.base import Frozen, Told, read_json, word
from fairkit.model.outcome import Status

__all__ = ["Baseline", "Entry", "Met", "changes"]


@word
class Met(Frozen):
    """One metric, as it was met."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "ignore"}
    metric: str
    status: Status


@word
class Entry(Frozen):
    """One target by one checklist; what else a report says of them is left out."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "ignore"}
    target: Annotated[str, Told("As it was named")]
    checklist: ChecklistRow
    results: Annotated[tuple[Met, ...], Told("One for each metric, by its name")]

    @property
    def statuses(self) -> dict[str, Status]:
        """The status of each metric."""
        return {met.metric: met.status for met in self.results}


class Baseline(NamedTuple):
    """What was found before, and `where` it is written down."""

    entries: tuple[Entry, ...]
    where: str = "the baseline"

    @classmethod
    def parse(cls, body: bytes, *, where: str) -> Baseline:
        """The baseline in the bytes of a file.

        Raises:
            UnreadableDocument: if it is neither a baseline nor a JSON report.
        """
        from pydantic import ValidationError

        try:
            return cls(read_json(tuple[Entry, ...], body), where)
        except ValidationError as error:
            said = error.errors(include_url=False)[0]["msg"]
            what = f"{where} is no baseline, nor a report that fairkit wrote: {said}"
            remedy = "Name the JSON that assess --json or --update-baseline has written."
            raise UnreadableDocument(what, value=where, remedy=remedy) from None

    def entry(self, assessment: Assessment) -> Entry | None:
        """What it has of the target of an assessment, by the same checklist; its version may be another."""
        key = _key(assessment.target, assessment.checklist.id)
        return next((entry for entry in self.entries if _key(entry.target, entry.checklist.id) == key), None)

    def hold(self, assessments: Sequence[Assessment]) -> None:
        """Refuse a baseline that knows something, but none of what is assessed.

        Raises:
            UsageError: naming the targets of both.
        """
        if not self.entries or any(self.entry(assessment) for assessment in assessments):
            return
        theirs = ", ".join(sorted({f"{entry.target} by {entry.checklist.id}" for entry in self.entries}))
        ours = ", ".join(sorted({f"{each.target} by {each.checklist.id}" for each in assessments}))
        remedy = "Name its own baseline, or add this to it with --update-baseline."
        raise UsageError(f"{self.where} is a baseline of {theirs}, not of {ours}", value=self.where, remedy=remedy)

    def updated(self, assessments: Iterable[Assessment]) -> Baseline:
        """The baseline with what is found now. What could not be tried keeps the status that it had."""
        found = {_key(entry.target, entry.checklist.id): entry for entry in self.entries}
        for each in assessments:
            before = self.entry(each)
            found[_key(each.target, each.checklist.id)] = _entry(each, before.statuses if before else {})
        return self._replace(entries=tuple(found[key] for key in sorted(found)))

    def dump(self) -> bytes:
        """The baseline as JSON: sorted, a metric to a line, no times."""
        blocks = ",\n".join(_block(entry) for entry in self.entries)
        return f"[\n{blocks}\n]\n".encode("utf-8", "backslashreplace") if blocks else b"[]\n"


def changes(entry: Entry | None, assessment: Assessment) -> Iterator[str]:
    """What differs from the baseline without being a regression, in words."""
    if entry is None:
        yield "new: the baseline does not have it"
        return
    version, before = assessment.checklist.version, entry.statuses
    now = {row.metric: row.status for row in assessment.results}
    if entry.checklist.version != version:
        yield f"the baseline is by version {entry.checklist.version} of {entry.checklist.id}, this by {version}"
    if new := [metric for metric in now if metric not in before]:
        yield f"new since the baseline: {', '.join(new)}"
    if gone := [metric for metric in before if metric not in now]:
        yield f"in the baseline, and no longer asked: {', '.join(gone)}"
    for metric, status in now.items():
        if before.get(metric) == "pass" and status in ("pending", "not-applicable"):
            yield f"{metric} passed in the baseline, and is {status} now"


def _key(target: str, checklist: str) -> tuple[str, str]:
    """What makes two entries the same: `./jets/` is `jets`, and a URL stays as it is."""
    return (target if "://" in target else posixpath.normpath(target), checklist)


def _entry(assessment: Assessment, before: dict[str, Status]) -> Entry:
    rows = sorted(assessment.results, key=lambda row: row.metric)
    results = (
        Met(metric=row.metric, status=before.get(row.metric, row.status) if row.status == "unknown" else row.status)
        for row in rows
    )
    return Entry(target=assessment.target, checklist=assessment.checklist, results=tuple(results))


def _block(entry: Entry) -> str:
    head = {"target": entry.target, "checklist": {"id": entry.checklist.id, "version": entry.checklist.version}}
    rows = ",\n".join(f"    {_line({'metric': met.metric, 'status': met.status})}" for met in entry.results)
    results = f"[\n{rows}\n  ]" if rows else "[]"
    lines = [f'  "{key}": {_line(value)}' for key, value in head.items()]
    return "{\n" + ",\n".join([*lines, f'  "results": {results}']) + "\n}"


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
