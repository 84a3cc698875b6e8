"""What the documents of a folder tell that fairkit.toml may not yet have, each value with its origin."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from fairkit.dialects import harvest
from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.harvest import Harvest, View
from fairkit.model.locate import line_finder
from fairkit.model.resource import FIELDS
from fairkit.sources import Target, Wants

from . import _prose, model_origins
from .initiation import How
from .layout import Folder, open_inside
from .told import Told

__all__ = ["LICENCES", "OWN", "Origins", "Told", "documents", "gathered"]

OWN = frozenset({"fairkit-toml", "variables-csv"})
"""The dialects of what people write for fairkit by hand."""
LICENCES = ("LICENSE", "LICENCE", "COPYING")
"""What files with the text of a licence are called."""
_ASIDE = OWN | {"folder", "provenance", "results", "verification", "channels-csv"}
_MOST_BYTES = 1024 * 1024
_READMES = (".md", ".rst", ".txt", "")


class Origins(NamedTuple):
    """What was told of each field, the most reliable first; and what is no more than a proposal."""

    told: Mapping[str, tuple[Told, ...]]
    proposals: Mapping[str, Told]
    views: tuple[tuple[str, View], ...]
    """The documents that were read, by their names."""
    read: Harvest
    notes: tuple[str, ...] = ()


def documents(root: str) -> Harvest:
    """What the documents of a folder tell, read as for an assessment, without the network.

    Raises:
        UnreadableDocument: if its fairkit.toml or CITATION.cff is broken.
    """
    gatherer = Gatherer(lambda: Session(offline=True))
    report = gatherer.gather(Target(root, "folder"), Wants(frozenset(), frozenset(FIELDS), False))[0]
    return harvest(report.evidence)


def gathered(folder: Folder) -> Origins:
    """All that documents, README and LICENSE of a folder tell.

    Raises:
        UnreadableDocument: if its fairkit.toml or CITATION.cff is broken.
    """
    read = documents(str(folder.root))
    every = [(_name(folder, view), view) for view in read.views if view.representation not in _ASIDE]
    views, others = model_origins.chosen(every)
    told: dict[str, list[Told]] = {}
    proposals: dict[str, Told] = {}
    for name, view in views:
        _add(told, name, view)
    cards = {name for name, view in views if view.representation == "hf-card"}
    for name, span in _prosaic(folder, cards):
        each = Told(span.value, "extracted" if span.sure else "guessed", name, span.line, span.quote)
        if span.field == "creators" and not span.sure:  # who holds the rights need not have made it
            proposals.setdefault(span.field, each)
        else:
            told.setdefault(span.field, []).append(each)
    for field, each in model_origins.around(folder, views):
        told.setdefault(field, []).append(each)
    notes = tuple(f"{name} is another model file: inputs, outputs and weights are not told from it" for name in others)
    return Origins({field: tuple(those) for field, those in told.items()}, proposals, tuple(views), read, notes)


def _name(folder: Folder, view: View) -> str:
    """The name of a document: of a model file its path, as it may lie deep in the folder."""
    if view.representation == "model-file":
        return os.path.relpath(view.document.url, folder.root).replace(os.sep, "/")
    return os.path.basename(view.document.url)


def _add(told: dict[str, list[Told]], name: str, view: View) -> None:
    line = line_finder()
    header = view.representation == "model-file"
    for field, pointer in view.pointers.items():
        if header and field == "formats":  # those of all files are known
            continue
        how = view.told(field)
        means: How = "extracted" if how == "extracted" else "guessed" if how == "guessed" else "read"
        value = getattr(view.resource, field)
        told.setdefault(field, []).append(Told(value, means, name, None if header else line(view.document, pointer)))


def _prosaic(folder: Folder, cards: set[str]) -> Iterator[tuple[str, _prose.Span]]:
    """What README and LICENSE tell in words; a README that is a card was read as one."""
    for name in folder.describing:
        stem, ending = os.path.splitext(name)
        if stem.upper() == "README" and ending.lower() in _READMES and name not in cards:
            yield from ((name, span) for span in _prose.readme(_read(folder, name) or ""))
    for name in folder.describing:
        if name.upper().partition(".")[0] in LICENCES:
            yield from ((name, span) for span in _prose.licence(_read(folder, name) or ""))


def _read(folder: Folder, name: str) -> str | None:
    """The text of a document at the top; None where it is none that can be read."""
    try:
        with open(open_inside(folder.root, name, links=True), "rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return None
