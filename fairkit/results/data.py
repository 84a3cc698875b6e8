"""Which data predictions are of: the dataset, its version, and the rows of its split, by their digest."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from typing import NamedTuple

from fairkit.errors import UnreadableDocument, UsageError
from fairkit.formats._open import batches_of
from fairkit.http import Session
from fairkit.model.ai import DataUse
from fairkit.model.harvest import Harvest
from fairkit.model.identifier import Identifier
from fairkit.model.resource import FIELDS, Resource
from fairkit.sources import Target

from .columns import opened

__all__ = ["Data", "of_dataset", "of_model", "read", "rows_digest"]


class Data(NamedTuple):
    """The data that numbers were measured on; what nobody tells is None."""

    dataset: Identifier | None = None
    version: str | None = None
    split: str | None = None
    digest: str | None = None
    entries: int | None = None


def read(target: str | Target, *, session: Callable[[], Session] | None = None) -> Harvest:
    """What the documents of a target tell: a folder, a record, a DOI, saved evidence.

    Raises:
        UnknownTarget: if nothing recognises it.
        UnreadableDocument: if nothing could be read.
        Unreachable: if a service does not answer, or the network is not to be used.
    """
    from fairkit.dialects import harvest
    from fairkit.evidence import Gatherer
    from fairkit.sources import Wants, is_keyword, targets

    gatherer = Gatherer(session or (lambda: Session(offline=True)))
    if isinstance(target, str):
        keyword = is_keyword(target.partition(" ")[0]) and not os.path.isdir(target)
        [target] = targets(target.split(" ", 1) if keyword else [target])
    for report in gatherer.gather(target, Wants(frozenset(), frozenset(FIELDS), None)):
        found = harvest(report.evidence)
        if found.views:
            return found
    raise UnreadableDocument(f"nothing could be read of {target}", value=str(target), remedy="Is it the right target?")


def of_dataset(target: str, split: str | None, *, session: Callable[[], Session] | None = None) -> Data:
    """A split of a dataset; of a folder whose documents state no digest, the rows are read.

    Raises:
        UsageError: if the dataset has no such split, or several and none is named.
        FairkitError: if it cannot be read.
    """
    resource = read(target, session=session).resource
    if os.path.isdir(target):
        resource = _with_digests(target, resource)
    identifier = next((one for one in resource.identifiers if one.scheme == "doi"), None)
    identifier = identifier or next(iter(resource.identifiers), None)
    names = [one.name for one in resource.splits]
    if split is None and len(names) > 1:
        remedy = f"Name one with --split: {', '.join(names)}"
        raise UsageError(f"{target} has {len(names)} splits", value=target, remedy=remedy)
    known = next((one for one in resource.splits if split in (None, one.name)), None)
    if names and known is None:
        raise UsageError(f"{target} has no split {split!r}", value=split, remedy=f"It has: {', '.join(names)}")
    name = known.name if known else split
    entries = known.entry_count if known else None
    return Data(identifier, resource.version, name, known.digest if known else None, entries)


def _with_digests(root: str, resource: Resource) -> Resource:
    if resource.splits and all(one.digest for one in resource.splits):
        return resource
    from fairkit.package.description import describe

    return describe(root, stats=True).resource


def of_model(uses: Sequence[DataUse], split: str | None) -> Data:
    """The data that a model says it was tested on; nothing if it says none, or several."""
    tested = [one for one in uses if one.role == "tested" and split in (None, one.split)]
    if len(tested) != 1:
        return Data(split=split)
    [one] = tested
    return Data(one.identifier, one.version, one.split, one.digest)


def rows_digest(path: str) -> str:
    """The digest of the rows of a file, over all its columns, as splits are digested: whatever its format and order.

    Raises:
        UnreadableDocument: if it cannot be read.
        UsageError: if it holds no rows.
    """
    from fairkit.package import _rows

    file = opened(path)
    names = sorted(file.names)
    with tempfile.TemporaryDirectory(prefix="fairkit-rows-") as work:
        rows = os.path.join(work, "rows")
        with open(rows, "wb") as told:
            for batch in batches_of(path, file.table.name or None, format=file.format):
                told.write(_rows.digests(batch, names)[0].tobytes())
        return _rows.whole([rows])
