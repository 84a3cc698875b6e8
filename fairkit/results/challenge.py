"""A challenge: a task, a metric, the data that may be used, and a split whose labels only its organiser has.

It stands in challenge.toml. What is hidden is named there by its digest, so that nobody can change it unseen.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from fairkit import atomic
from fairkit.errors import NotFound, UnknownName, UnreadableDocument, UsageError
from fairkit.formats import format_of
from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, Told, adapter, plain, word

from . import columns
from .data import Data, of_dataset, rows_digest
from .measuring import wanted
from .rows import Columns, Labels, labels
from .scoring import digest
from .wording import named

__all__ = ["FILE", "Allowed", "Challenge", "Hidden", "Rule", "Submitted", "begin", "read", "unlock", "write"]

FILE = "challenge.toml"
Rule = Literal["best", "last"]
_FORMATS = ("parquet", "csv", "hdf5", "numpy", "root")
_MOST_BYTES = 1024**3
_MOST_TEXT = 1024 * 1024
_HEAD = "# A challenge, written by fairkit challenge init. After the first submission nothing in it should change.\n\n"
_Finite = Annotated[float, Told("", allow_inf_nan=False)]


@word
class Allowed(Frozen):
    """Data that may be used to train."""

    dataset: Annotated[str, Term(SDO.identifier, "Its identifier, or where it lies")]
    version: Annotated[str | None, Term(SDO.version, "Its version")] = None


@word
class Hidden(Frozen):
    """The rows that are predicted, and whose labels are not told."""

    rows: Annotated[int, Term(FAIRKIT.entryCount, "How many rows there are")]
    dataset: Annotated[str | None, Term(FAIRKIT.evaluationData, "The data that they belong to")] = None
    version: Annotated[str | None, Term(SDO.version, "Their version")] = None
    split: Annotated[str | None, Term(FAIRKIT.split, "Their split")] = None
    split_digest: Annotated[str | None, Term(FAIRKIT.splitDigest, "sha256:… of the rows of that split")] = None
    labels_digest: Annotated[str | None, Term(FAIRKIT.labelsDigest, "sha256:… of the file of hidden labels")] = None
    label: Annotated[str, Term(FAIRKIT.labels, "The column of labels in it")] = "label"
    positive: Annotated[str | None, Term(FAIRKIT.positive, "The label that is the signal, if one is")] = None
    weight: Annotated[str | None, Term(FAIRKIT.weight, "The column of weights in it")] = None


@word
class Submitted(Frozen):
    """What a submission must be: a file of just these columns, with a row for each identifier."""

    identifier: Annotated[str, Term(SDO.identifier, "The column that names the rows")]
    scores: Annotated[tuple[str, ...], Term(FAIRKIT.score, "The columns of scores, in the order of the classes")] = (
        "score",
    )
    formats: Annotated[tuple[str, ...], Term(SDO.encodingFormat, "The formats that are read")] = _FORMATS
    most_bytes: Annotated[int, Term(FAIRKIT.limit, "A larger file is not opened", unit="byte")] = _MOST_BYTES
    range: Annotated[tuple[_Finite, _Finite] | None, Term(FAIRKIT.valueRange, "Least and greatest score")] = None


@word
class Challenge(Frozen):
    """What stands in challenge.toml."""

    title: Annotated[str, Term(SDO.name, "What it is called")]
    task: Annotated[str, Term(FAIRKIT.task, "What models are to do")]
    metric: Annotated[str, Term(FAIRKIT.metric, "By what they are ranked", vocabulary="metrics")]
    hidden: Annotated[Hidden, Term(FAIRKIT.hidden, "The rows that are predicted")]
    submission: Annotated[Submitted, Term(FAIRKIT.submission, "What a submission must be")]
    signal_efficiency: Annotated[_Finite | None, Term(FAIRKIT.operatingPoint, "Where the metric is taken")] = None
    rule: Annotated[Rule, Term(FAIRKIT.rule, "Which of several submissions of a team counts: best or last")] = "best"
    allowed: Annotated[tuple[Allowed, ...], Term(FAIRKIT.trainingData, "The data that may be used to train")] = ()


def begin(
    *,
    task: str,
    metric: str,
    target: str,
    split: str | None = None,
    truths: str | None = None,
    names: Columns | None = None,
    title: str | None = None,
    signal_efficiency: float | None = None,
    rule: str = "best",
    allowed: Sequence[str] = (),
    session: Any = None,
) -> Challenge:
    """A challenge on a split of a dataset, whose labels stand in the file `truths`, else in a file of that split.

    Raises:
        UsageError: if the metric is not computed, or no labels or no column that names the rows are found.
        FairkitError: if the data cannot be read.
    """
    what = wanted([metric], signal_efficiencies=() if signal_efficiency is None else [signal_efficiency])
    if rule not in ("best", "last"):
        raise UnknownName("rule", rule, ("best", "last"))
    data = of_dataset(target, split, session=session)
    known = labels(truths or _file_of(target, data.split), names or Columns())
    own = columns.identifiers(known.file)
    identifier = known.names.identifier or next(iter(own), None)
    if identifier is None:
        what_is_missing = f"no column of {known.file.path} names its rows"
        raise UsageError(what_is_missing, value=known.file.path, remedy="Name one with --id, as an event number.")
    beside = {identifier, *([known.names.weight] if known.names.weight else [])}
    point = what.signal_efficiencies[0] if what.metrics[0].startswith("background") else None
    return Challenge(
        title=title or task,
        task=task,
        metric=what.metrics[0],
        signal_efficiency=point,
        rule="last" if rule == "last" else "best",
        allowed=tuple(Allowed(dataset=one) for one in allowed) or (_allowed(target, data),),
        hidden=Hidden(
            rows=len(known.truth),
            dataset=named(data.dataset) or None,
            version=data.version,
            split=data.split,
            split_digest=data.digest,
            labels_digest=digest([truths]) if truths else None,
            label=columns.label(known.file, known.names.label, beside=beside | set(own[: len(known.file.names) - 1])),
            positive=known.names.positive,
            weight=known.names.weight,
        ),
        submission=Submitted(
            identifier=identifier,
            scores=("score",) if known.binary else tuple(f"score_{name}" for name in known.classes),
        ),
    )


def _allowed(target: str, data: Data) -> Allowed:
    where = named(data.dataset) or (os.path.basename(os.path.realpath(target)) if os.path.isdir(target) else target)
    return Allowed(dataset=where, version=data.version)


def _file_of(target: str, split: str | None) -> str:
    """A file of the split in a folder of data.

    Raises:
        UsageError: if there is none that can be read.
    """
    from fairkit.package.layout import look
    from fairkit.package.splits import members

    from .data import read

    if os.path.isdir(target):
        resource = read(target).resource
        chosen = next((one for one in resource.splits if one.name == split), None)
        inside = members(chosen, look(target).data) if chosen else ()
        ranked = sorted(inside, key=lambda path: (not path.endswith(".parquet"), path))
        if ranked:
            return os.path.join(target, ranked[0])
    what = f"the labels of the hidden rows are nowhere in {target}"
    raise UsageError(what, value=target, remedy="Name their file: --labels hidden.parquet. It stays with you.")


def write(root: str, told: Challenge, *, force: bool = False) -> str:
    """Write challenge.toml into a folder, which is made if it is not there, and return its path.

    Raises:
        UsageError: if another challenge stands there already, or it cannot be written.
    """
    path = Path(root, FILE)
    body = _text(told).encode()
    try:
        Path(root).mkdir(parents=True, exist_ok=True)
        there = path.read_bytes() if path.exists() else None
    except OSError as error:
        raise UsageError(f"{root} cannot be a folder of a challenge: {error.strerror}", value=root) from None
    if there not in (None, body) and not force:
        what = f"{path} holds another challenge already"
        raise UsageError(what, value=str(path), remedy="Choose another folder, or replace it with --force.")
    if there != body:
        atomic.write(path, body)
    return str(path)


def _text(told: Challenge) -> str:
    import tomlkit

    kept = _without_none(plain(told))
    tables = {name: kept.pop(name) for name in ("hidden", "submission", "allowed") if name in kept}
    return _HEAD + tomlkit.dumps({"challenge": kept, **tables})


def _without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_none(each) for name, each in value.items() if each not in (None, [])}
    return [_without_none(each) for each in value] if isinstance(value, list) else value


def read(root: str) -> Challenge:
    """The challenge of a folder.

    Raises:
        NotFound: if there is no challenge.toml in it.
        UnreadableDocument: if it is none.
    """
    from pydantic import ValidationError

    path = Path(root, FILE)
    try:
        with path.open("rb") as file:
            data = tomllib.loads(file.read(_MOST_TEXT).decode())
    except FileNotFoundError:
        what = f"there is no {FILE} in {root}"
        raise NotFound(what, value=root, remedy="Begin one: fairkit challenge init") from None
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableDocument(f"{path} cannot be read: {error}", value=str(path)) from None
    head = data.pop("challenge", {})
    try:
        told = adapter(Challenge).validate_python({**(head if isinstance(head, dict) else {}), **data})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise UnreadableDocument(f"{path}: {place}: {first['msg']}", value=place, remedy="Mend it.") from None
    for name in told.submission.formats:
        format_of(name)
    at = told.signal_efficiency
    return replace(told, metric=wanted([told.metric], signal_efficiencies=[] if at is None else [at]).metrics[0])


def unlock(told: Challenge, truths: str) -> Labels:
    """The hidden labels, held against their digest.

    Raises:
        UsageError: if they are others, or the challenge names no digest.
        UnreadableDocument: if they cannot be read.
    """
    hidden = told.hidden
    if not os.path.isfile(truths):
        raise NotFound(f"there is no file {truths}", value=truths, remedy="Name the hidden labels with --labels.")
    stated = hidden.labels_digest or hidden.split_digest
    if stated is None:
        raise UsageError("the challenge names no digest of what is hidden", remedy=f"Add labels_digest to {FILE}.")
    found = digest([truths]) if hidden.labels_digest else rows_digest(truths)
    if found != stated:
        what = f"{truths} does not hold the hidden labels: its digest is {found}, and not {stated}"
        raise UsageError(what, value=truths, remedy="Name the file that the challenge was begun with.")
    schema = told.submission
    names = Columns(schema.scores, hidden.label, hidden.weight, schema.identifier, hidden.positive)
    return labels(truths, names)
