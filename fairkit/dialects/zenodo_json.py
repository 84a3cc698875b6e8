""".zenodo.json: what Zenodo's archiving of a repository is told, in the words of its older deposit API.

The file is the `metadata` of a deposit, without anything around it.
"""

from __future__ import annotations

from typing import Any

from fairkit.model.evidence import Document
from fairkit.model.harvest import View

from . import _invenio_legacy as legacy
from . import _invenio_shared as shared
from ._reading import Reading
from ._values import parse_json, text

__all__ = ["FILE_NAMES", "HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises"]

TITLE = "Metadata for a deposit on Zenodo (.zenodo.json)"
MEDIA_TYPE = "application/json"
FILE_NAMES = (".zenodo.json",)
HOLDS = frozenset({
    "access", "access_conditions", "code_repository", "contributors", "creators", "date_created", "date_modified",
    "date_published", "description", "embargo_until", "funding", "identifiers", "keywords", "language", "license",
    "methodology", "publisher", "relations", "subjects", "superseded_by", "supersedes", "title", "type", "version",
})  # fmt: skip
_AROUND = "/metadata"


def recognises(data: Any) -> bool:
    """Whether parsed JSON is such metadata: it says what is uploaded, beside other keys of a deposit."""
    keys = data.keys() if isinstance(data, dict) else frozenset()
    return "upload_type" in keys and not keys.isdisjoint({"title", "creators", "access_right", "license"})


def read(document: Document) -> View:
    """The work that is to be deposited: a dataset, where the file does not say.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    reading = Reading(document, data)
    metadata = data if isinstance(data, dict) else {}
    legacy.read(reading, {"metadata": metadata})
    reading.pointers = {name: where.removeprefix(_AROUND) for name, where in reading.pointers.items()}
    return reading.view(shared.kind(text(metadata.get("upload_type"))) or "dataset", holds=HOLDS)
