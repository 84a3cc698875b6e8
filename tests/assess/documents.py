"""Real and shipped documents, as evidence."""

from __future__ import annotations

from pathlib import Path

from fairkit import resources
from fairkit.model.evidence import Document, Evidence, Observation

__all__ = ["REGISTERED", "of_record", "showcase"]

REGISTERED = (
    Observation(name="landing_page", value="200 OK"),
    Observation(name="identifier", value="resolves (302)"),
    Observation(name="registry", value="DataCite"),
)
_EXPORTS = {"schema-org": "{recid}.jsonld", "datacite": "{recid}.datacite.json"}


def document(representation: str, path: Path) -> Document:
    return Document(representation=representation, media_type="application/json", url=path.name, body=path.read_bytes())


def of_record(shared: Path, recid: str, *, exports: bool = True, observed: tuple[Observation, ...] = ()) -> Evidence:
    """The saved record of the portal, with its exports where there are some."""
    folder = shared / "data" / "cern-open-data"
    saved = next(path for place in ("records", "sample") if (path := folder / place / f"{recid}.json").exists())
    found = [("cern-open-data", saved)]
    if exports:
        found += [(name, folder / "derived" / form.format(recid=recid)) for name, form in _EXPORTS.items()]
    documents = tuple(document(name, path) for name, path in found if path.exists())
    return Evidence(target=recid, source="document", basis="saved", documents=documents, observations=observed)


def showcase(*, observed: tuple[Observation, ...] = ()) -> Evidence:
    """The showcase of record 12102, which is shipped."""
    names = {"cern-open-data": "native.json", "schema-org": "record.jsonld", "datacite": "datacite.json"}
    folder = resources.folder("showcase") / "12102"
    documents = tuple(document(name, folder / file) for name, file in names.items())
    return Evidence(target="12102", source="showcase", basis="showcase", documents=documents, observations=observed)
