"""The files of an InvenioRDM record: entries by their key in the one shape, a list in the older one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from fairkit.model.distribution import Distribution
from fairkit.vocab import media_types

from ._cern_files import checksum
from ._reading import Reading
from ._values import integer, items, text

__all__ = ["block", "read", "rows"]

_ABOUT_FILES = frozenset({"distributions", "listing", "file_count", "byte_size"})


def block(record: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """One of the record's objects (`links`, `access` …), empty where it is missing or something else."""
    found = record.get(name)
    return found if isinstance(found, dict) else {}


def rows(record: Mapping[str, Any], name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The objects in one of the record's lists, each with the end of its pointer."""
    return ((f"/{name}{end}", row) for end, row in items(record.get(name)) if isinstance(row, dict))


def read(reading: Reading, record: Mapping[str, Any]) -> frozenset[str]:
    """Give the fields about files; return those that the record withholds.

    Strangers are not shown the entries of restricted files: then the record is silent about what it has.
    """
    listed = text(block(record, "links").get("files"))
    found = [(file, where) for where, row in _entries(record) if (file := _file(row, listed))]
    if not found:
        return _ABOUT_FILES if _has_hidden(record) else frozenset()
    reading.found("distributions", found)
    reading.put("listing", "complete", found[0][1], how="extracted")
    totals = block(record, "files")
    reading.put("file_count", integer(totals.get("count")), "/files/count")
    reading.put("byte_size", integer(totals.get("total_bytes")), "/files/total_bytes")
    return frozenset()


def _entries(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    files = record.get("files")
    if not isinstance(files, dict):
        yield from ((f"/files{end}", row) for end, row in items(files))
        return
    entries = files.get("entries")
    if isinstance(entries, dict):
        for key, row in entries.items():
            yield f"/files/entries/{key.replace('~', '~0').replace('/', '~1')}", row
    else:
        yield from ((f"/files/entries{end}", row) for end, row in items(entries))


def _file(row: Any, listed: str | None) -> Distribution | None:
    name = (text(row.get("key")) or text(row.get("filename"))) if isinstance(row, dict) else None
    if name is None:
        return None
    links = block(row, "links")
    address = text(links.get("content")) or text(links.get("download")) or text(links.get("self"))
    if address is None and listed:  # releases before 12 do not link the entries
        address = f"{listed}/{quote(name, safe='')}/content"
    known = media_types.of_file(name)
    digest = checksum(text(row.get("checksum")))
    return Distribution(
        name=name,
        content_url=address,
        byte_size=integer(row.get("size")),
        media_type=known.media_type if known else text(row.get("mimetype")),
        checksums=(digest,) if digest else (),
    )


def _has_hidden(record: Mapping[str, Any]) -> bool:
    """Whether there are files that were not shown."""
    files = record.get("files")
    if isinstance(files, dict):
        return files.get("enabled") is True and "entries" not in files
    return block(record, "metadata").get("access_right") in ("embargoed", "restricted")
