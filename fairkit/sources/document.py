"""A saved document: a record's JSON in any form, JSON-LD, DataCite, a fairkit.toml, a CITATION.cff, a card.

A file that holds several records is several targets. Nothing is looked up online, unless the user says so.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from fairkit.dialects import cern_open_data, parsed
from fairkit.errors import NotFound, UnreadableDocument
from fairkit.model.evidence import Document, Observation
from fairkit.registry import DIALECTS

from . import _online
from ._plan import Gathered, Plan, Read, Target, Wants

__all__ = ["EXAMPLES", "KEYWORDS", "TITLE", "identify", "matches", "plan"]

TITLE = "Saved documents: record JSON, JSON-LD, DataCite, fairkit.toml, CITATION.cff, cards"
KEYWORDS = ("file",)
EXAMPLES = ("file record.json", "./fairkit.toml")

# What a file that is several things at once is first: a DataCite envelope has titles, a portal record a recid, and
# Croissant and crates speak schema.org too.
_JSON = (".json", ".jsonld")
_BY_NAME = {
    "provenance.jsonld": "provenance",
    "codemeta.json": "codemeta",
    "datapackage.json": "datapackage",
    ".zenodo.json": "zenodo-json",
}
"""JSON that its name alone tells apart; to ask every dialect for its names would load them all for each record."""
_ORDER = ("cern-open-data", "datacite", "croissant", "ro-crate", "schema-org")


def matches(target: Target) -> bool:
    """Whether the target is a file that exists, or was said to be one."""
    return target.keyword in KEYWORDS or (target.keyword is None and os.path.isfile(target.word))


def plan(target: Target, wants: Wants) -> Plan:
    """Read the file and tell what it is.

    Raises:
        NotFound: if there is no such file.
        UnreadableDocument: if it is no document that fairkit reads.
    """
    answer = yield Read(target.word)
    if answer.error is not None:
        raise NotFound(f"{target.word} cannot be read: {answer.error}", value=target.word, remedy="Is the path right?")
    gathered = []
    for document in _documents(target.word, answer.body):
        documents, observations = [document], list[Observation]()
        if wants.online:
            observations = yield from _online.follow(documents)
        gathered.append(Gathered(document.url, "saved", tuple(documents), tuple(observations)))
    return gathered


def _documents(name: str, body: bytes) -> list[Document]:
    """The document in a file; each record apart where it holds several."""
    first = identify(name, body)
    if first.representation != "cern-open-data":
        return [first]
    found = list(cern_open_data.records(parsed(body)))
    if len(found) == 1:
        return [first]
    return [replace(first, url=f"{name}#{pointer}", body=json.dumps(record).encode()) for pointer, record in found]


def identify(name: str, body: bytes) -> Document:
    """The document that a file is, by its name or by what stands in it.

    Raises:
        UnreadableDocument: if it is none that fairkit reads.
    """
    if os.path.splitext(name)[1] in _JSON:  # a Path costs as much as reading a small file
        data = _parsed(name, body)
        found = _BY_NAME.get(os.path.basename(name))
        found = found or next((dialect for dialect in _speaking() if _module(dialect).recognises(data)), None)
    else:
        found = next((dialect for dialect in DIALECTS.names() if _claims(_module(dialect), Path(name), body)), None)
        data = None if found else _parsed(name, body)
        found = found or next((dialect for dialect in _speaking() if _module(dialect).recognises(data)), None)
    if found is None:
        what = f"{name} is JSON, but no record, JSON-LD or DataCite document"
        raise UnreadableDocument(what, value=name, remedy="fairkit list dialects  shows what can be read.")
    return Document(representation=found, media_type=_module(found).MEDIA_TYPE, url=name, body=body)


def _speaking() -> Iterator[str]:
    """The dialects by which a document is recognised: the likely ones first, so that the others need no loading."""
    yield from _ORDER
    yield from (name for name in DIALECTS.names() if name not in _ORDER)


def _module(dialect: str) -> Any:
    return DIALECTS.get(dialect)


def _claims(module: Any, path: Path, body: bytes) -> bool:
    """Whether a dialect claims files of this name, or of this ending; some look inside first."""
    names = getattr(module, "FILE_NAMES", ())
    endings = {Path(name).suffix for name in names} - {"", ".toml", ".csv"}
    named = path.name in names or path.suffix in endings
    return named and (not hasattr(module, "claims") or module.claims(body))


def _parsed(name: str, body: bytes) -> Any:
    try:
        return parsed(body)
    except (ValueError, RecursionError) as error:
        kind = "no document that fairkit reads" if body[:1] not in (b"{", b"[") else "broken JSON"
        what = f"{name} is {kind}: {error}"
        remedy = "fairkit reads JSON records, JSON-LD, DataCite JSON, fairkit.toml, CITATION.cff and cards (README.md)."
        raise UnreadableDocument(what, value=name, remedy=remedy) from None
