"""Predictions and labels to results: numbers with all that is needed to understand and to repeat them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from typing import Annotated

from fairkit.errors import UsageError
from fairkit.model.ai import Result
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word
from fairkit.vocab import metrics

from .data import Data
from .measuring import Measured, Wanted, measured
from .rows import Columns, Rows, joined, labels
from .trainings import aggregated, chosen

__all__ = ["Scoring", "digest", "score", "together"]


@word
class Scoring(Frozen):
    """What came of predictions that were scored."""

    predictions: Annotated[tuple[str, ...], Term(SDO.object, "The files of predictions, one for each training")]
    labels: Annotated[str, Term(FAIRKIT.labels, "The file of labels")]
    rows: Annotated[int, Term(FAIRKIT.entryCount, "How many rows were scored")]
    classes: Annotated[tuple[str, ...], Term(FAIRKIT.classOrder, "The classes; of two, the second is the signal")]
    results: Annotated[tuple[Result, ...], Term(FAIRKIT.evaluation, "The numbers")]
    recorded: Annotated[str | None, Term(SDO.hasPart, "The file that they were written to")] = None
    notes: Annotated[tuple[str, ...], Term(FAIRKIT.note, "What a reader should know")] = ()


def score(
    predictions: Sequence[str],
    truths: str,
    *,
    what: Wanted,
    columns: Columns | None = None,
    aggregations: Sequence[str] = (),
    data: Data | None = None,
    commit: str | None = None,
) -> Scoring:
    """Score files of predictions, each of another training of the model, against the labels in the file `truths`.

    Raises:
        UsageError: if there are not the same rows in all files, a value is not finite, or nothing tells the classes.
        UnreadableDocument: if a file cannot be read.
    """
    if not predictions:
        raise UsageError("no predictions were named", remedy="As in: fairkit benchmark score predictions.csv")
    ways = chosen(aggregations, len(predictions))
    known = labels(truths, columns or Columns())
    every: list[list[Measured]] = []
    notes: dict[str, None] = {}
    classes = known.classes
    for path in predictions:
        rows = joined(path, known)
        classes = rows.classes
        every.append(measured(rows, what))
        notes |= dict.fromkeys((*rows.notes, *_range(rows, path)))
    data = data or Data()
    notes |= dict.fromkeys(_of_other_rows(data, len(known.truth), truths))
    if len(predictions) > 1 and len(set(map(_digest_of, predictions))) < len(predictions):
        notes["some of the files of predictions are the same: the trainings spread less than they do"] = None
    found = [
        _result(one, way, group, data, commit)
        for way in ways
        for one, group in _numbers(way, every, predictions)
    ]  # fmt: skip
    return Scoring(
        predictions=tuple(predictions),
        labels=truths,
        rows=len(known.truth),
        classes=classes,
        results=tuple(found),
        notes=tuple(notes),
    )


def _numbers(
    way: str, every: Sequence[Sequence[Measured]], paths: Sequence[str]
) -> list[tuple[Measured, Sequence[str]]]:
    """Each number with the files that it comes from."""
    if way == "single":
        return [(one, [path]) for each, path in zip(every, paths, strict=True) for one in each]
    return [(one, paths) for one in aggregated(way, every)]


def _result(one: Measured, way: str, paths: Sequence[str], data: Data, commit: str | None) -> Result:
    known = metrics.find(one.metric)
    return Result(
        metric=one.metric,
        value=one.value,
        uncertainty=one.uncertainty,
        uncertainty_kind=one.kind if one.uncertainty is not None else None,
        trainings=len(paths),
        aggregation=way,
        operating_point=one.point,
        direction=known.better if known else None,
        dataset=data.dataset,
        version=data.version,
        split=data.split,
        split_digest=data.digest,
        code_commit=commit,
        predictions_digest=digest(paths),
    )


def digest(paths: Sequence[str]) -> str:
    """The sha256 of a file of predictions; of several, that of `together`."""
    return together([_digest_of(path) for path in paths])


def together(digests: Sequence[str]) -> str:
    """One digest as it is; of several, the sha256 over them in ascending order, a line for each."""
    if len(digests) == 1:
        return digests[0]
    told = "".join(one + "\n" for one in sorted(digests))
    return f"sha256:{hashlib.sha256(told.encode()).hexdigest()}"


def _digest_of(path: str) -> str:
    """The sha256 of a file."""
    with open(path, "rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _range(rows: Rows, path: str) -> Sequence[str]:
    low, high = float(rows.scores.min()), float(rows.scores.max())
    told = []
    if low < 0 or high > 1:
        where = f"the scores of {os.path.basename(path)} lie between {low:g} and {high:g}"
        told.append(f"{where}: they are no probabilities")
    if low == high:
        told.append(f"all scores of {os.path.basename(path)} are {low:g}")
    return told


def _of_other_rows(data: Data, rows: int, truths: str) -> Sequence[str]:
    if data.entries is not None and data.entries != rows:
        return (f"the split {data.split} has {data.entries:,} rows, and {os.path.basename(truths)} has {rows:,}",)
    if data.digest is None:
        return ("no digest tells of which rows these are numbers: name the data with --dataset and --split",)
    return ()
