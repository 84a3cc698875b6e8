"""InvenioRDM records: the JSON of Zenodo and of every other repository that runs the same software.

Two shapes are one dialect: the software's own (`application/vnd.inveniordm.v1+json`, release 14), and the older one
that Zenodo's API still answers with to `application/json`. The second has no place for some of what the first tells.
"""

from __future__ import annotations

from typing import Any

from fairkit.model.evidence import Document
from fairkit.model.harvest import View

from . import _invenio_files, _invenio_legacy, _invenio_rdm
from ._invenio_writing import body as draft
from ._reading import Reading
from ._values import parse_json

__all__ = ["HOLDS", "MEDIA_TYPE", "TITLE", "draft", "read", "recognises"]

TITLE = "InvenioRDM record (JSON), of Zenodo and others"
MEDIA_TYPE = "application/vnd.inveniordm.v1+json"
HOLDS = frozenset({
    "access", "access_conditions", "alternate_title", "byte_size", "catalogue", "code_repository", "contributors",
    "creators", "date_created", "date_modified", "date_published", "description", "distributions", "embargo_until",
    "file_count", "formats", "funding", "identifiers", "keywords", "landing_page", "language", "license", "listing",
    "methodology", "publisher", "relations", "subjects", "superseded_by", "supersedes", "title", "type", "version",
})  # fmt: skip


def recognises(data: Any) -> bool:
    """Whether parsed JSON is a record or a draft, in either shape."""
    if not isinstance(data, dict) or not isinstance(data.get("metadata"), dict):
        return False
    return _is_legacy(data) or {"id", "pids", "access"} <= data.keys()


def _is_legacy(record: dict[str, Any]) -> bool:
    return "conceptrecid" in record or "access_right" in record["metadata"]


def read(document: Document) -> View:
    """The resource that a record describes.

    Raises:
        UnreadableDocument: if it is not JSON.
    """
    data = parse_json(document)
    reading = Reading(document, data)
    record = data if recognises(data) else {"metadata": {}}
    shape = _invenio_legacy if _is_legacy(record) else _invenio_rdm
    kind = shape.read(reading, record)
    withheld = _invenio_files.read(reading, record) | shape.LACKS
    return reading.view(kind, holds=HOLDS, withheld=withheld - reading.pointers.keys())
