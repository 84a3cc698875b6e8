"""Works that fall short in ways that the evidence can mend."""

from __future__ import annotations

import json
from typing import Any

from fairkit.dialects import harvest
from fairkit.model.evidence import Document, Evidence
from fairkit.model.harvest import Harvest

__all__ = ["DATACITE", "RECORD", "folder", "record"]

RECORD: dict[str, Any] = {
    "recid": "7",
    "type": {"primary": "Dataset", "secondary": ["Derived"]},
    "experiment": ["CMS"],
    "title": "Jets of toys with tracks",
    "authors": [{"name": "Doe, Jo", "note": "keeps the keys"}, {"name": "Roe, Al"}],
    "date_published": "31 May 2019",
    "license": {},
    "files": [
        {"key": "a.root", "uri": "root://eospublic.cern.ch//a.root", "size": 10, "checksum": "adler32:00000001"},
        {"key": "b.root", "uri": "root://eospublic.cern.ch//b.root", "size": 5, "checksum": "adler32:00000002"},
    ],
    "dataset_semantics": [
        {"variable": "pt", "unit": "gigaelectronvolt", "description": "momentum", "x/y~z": 1},
        {"variable": "n", "unit": "1"},
    ],
}
_ORCID = {"nameIdentifier": "0000-0002-1825-0097", "nameIdentifierScheme": "ORCID"}
DATACITE: dict[str, Any] = {
    "doi": "10.5555/7",
    "titles": [{"title": "Jets of toys with tracks"}],
    "creators": [
        {"name": "Doe, Jo", "nameIdentifiers": [_ORCID]}
    ],
    "publicationYear": 2019,
    "publisher": "CERN",
    "subjects": [{"subject": "jets"}, {"subject": "tracks"}],
    "descriptions": [{"descriptionType": "Abstract", "description": "Jets with pt < 5 GeV. " * 20}],
    "rightsList": [{"rightsIdentifier": "CC0-1.0"}],
}  # fmt: skip


def document(name: str, body: bytes | str, url: str = "") -> Document:
    raw = body.encode() if isinstance(body, str) else body
    return Document(representation=name, media_type="application/json", url=url or f"{name}.json", body=raw)


def record(native: Any = None, *, datacite: Any = DATACITE) -> Harvest:
    """A record with its DataCite document, if it has one."""
    found = [document("cern-open-data", json.dumps({"metadata": RECORD} if native is None else native))]
    found += [document("datacite", json.dumps(datacite))] if datacite else []
    return harvest(Evidence(target="record 7", source="cern-open-data", documents=tuple(found)))


def folder(toml: str | None, *names: str, cff: str | None = None) -> Harvest:
    """A folder with files of seven bytes each, and what describes it."""
    found = [] if toml is None else [document("fairkit-toml", toml, "jets/fairkit.toml")]
    found += [document("cff", cff, "jets/CITATION.cff")] if cff else []
    listing = {"files": [{"path": name, "size": 7} for name in names], "more": 0}
    found.append(document("folder", json.dumps(listing), "jets"))
    return harvest(Evidence(target="jets", source="folder", basis="local", documents=tuple(found)))
