"""What a look into a folder tells by itself: the names, sizes and formats of the files that are there.

The document is the listing that the folder source makes: `{"files": [{"path", "size"}], "more": n}`; where there are
`more` files than it names, it is not complete.
"""

from __future__ import annotations

from typing import Any

from fairkit.model.distribution import Distribution
from fairkit.model.evidence import Document
from fairkit.model.harvest import View
from fairkit.vocab import media_types

from ._cern_files import splits_by_path
from ._reading import Reading
from ._values import integer, parse_json, text

__all__ = ["HOLDS", "MEDIA_TYPE", "TITLE", "read", "recognises"]

TITLE = "Listing of a folder"
MEDIA_TYPE = "application/vnd.fairkit.folder+json"
HOLDS = frozenset({"distributions", "listing", "formats", "splits"})


def recognises(data: Any) -> bool:
    """Never: a listing is made by looking, not found in a file."""
    return False


def read(document: Document) -> View:
    """The files of a folder, as a dataset of which nothing else is known.

    Raises:
        UnreadableDocument: if the listing is not JSON.
    """
    data = parse_json(document, errors="replace")  # names of files may be any bytes
    more = integer(data.get("more")) if isinstance(data, dict) else None
    rows = data.get("files") if isinstance(data, dict) else None
    reading = Reading(document, data)
    reading.each("distributions", rows, "/files", _file)
    for name in reading.values:
        reading.how[name] = "extracted"
    files = [(file, f"/files/{index}") for index, file in enumerate(reading.values.get("distributions", ()))]
    if files:
        reading.put("listing", "index" if more else "complete", "/files", how="extracted")
        known = {found.name: None for file, _ in files if (found := media_types.of_file(file.name))}
        reading.put("formats", tuple(known), "/files", how="extracted")
        splits_by_path(reading, files)
    return reading.view("dataset", holds=HOLDS)


def _file(row: Any) -> Distribution | None:
    path = text(row.get("path")) if isinstance(row, dict) else None
    if path is None:
        return None
    known = media_types.of_file(path)
    return Distribution(name=path, byte_size=integer(row.get("size")), media_type=known.media_type if known else None)
