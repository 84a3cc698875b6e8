"""The files of a CERN Open Data record: direct entries, index files, and the members of indexes.

The portal's sources name index files (`index.json`, `index.txt`) beside data files; its API takes the indexes out of
`files` and puts their members into `_file_indices`; a search with `skip_files` names no file at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.variable import Split
from fairkit.vocab import media_types

from ._reading import Reading
from ._values import integer, items, text, texts

__all__ = ["checksum", "read", "splits_by_path"]

_LENGTHS = {"adler32": 8, "crc32": 8, "md5": 32, "sha1": 40, "sha256": 64, "sha512": 128}
_SPELLINGS = {"alder32": "adler32", "sha-1": "sha1", "sha-256": "sha256", "sha-512": "sha512"}  # alder32: record 3901
_SPLIT = re.compile(r"/(?:(train)(?:ing)?|(test)(?:ing)?|val(?:id(?:ation)?)?)/", re.IGNORECASE)


def read(reading: Reading, record: Mapping[str, Any], base: str) -> frozenset[str]:
    """Give the fields about files; return those that the record withholds (a search answer without its files)."""
    claims = record.get("distribution")
    claims = claims if isinstance(claims, dict) else {}
    where = f"{base}/distribution"
    reading.put("formats", texts(claims.get("formats")), f"{where}/formats")
    reading.put("byte_size", integer(claims.get("size")), f"{where}/size")
    reading.put("file_count", integer(claims.get("number_files")), f"{where}/number_files")
    for name in ("number_events", "number_entries"):
        reading.put("entry_count", integer(claims.get(name)), f"{where}/{name}")
    found = [*_direct(record, base), *_members(record, base)]
    if found:
        reading.put("distributions", tuple(file for file, _ in found), found[0][1])
        reading.put("listing", _listing([file for file, _ in found]), found[0][1], how="extracted")
        splits_by_path(reading, found)
    searched = base.startswith("/hits") and not {"files", "_files", "_file_indices"} & record.keys()
    return frozenset({"distributions", "listing", "splits"}) if searched else frozenset()


def _direct(record: Mapping[str, Any], base: str) -> Iterator[tuple[Distribution, str]]:
    listed = "files" if record.get("files") else "_files"
    for end, row in items(record.get(listed)):
        file = _file(row)
        if file:
            yield file, f"{base}/{listed}{end}"


def _members(record: Mapping[str, Any], base: str) -> Iterator[tuple[Distribution, str]]:
    for end, index in items(record.get("_file_indices")):
        if not isinstance(index, dict):
            continue
        members = [(inner, _file(row)) for inner, row in items(index.get("files"))]
        yield from ((file, f"{base}/_file_indices{end}/files{inner}") for inner, file in members if file)
        if not any(file for _, file in members) and text(index.get("key")):
            size = integer(index.get("size"))
            yield Distribution(name=str(index["key"]), byte_size=size, role="index"), f"{base}/_file_indices{end}"


def _file(row: Any) -> Distribution | None:
    if not isinstance(row, dict):
        return None
    uri = text(row.get("uri"))
    name = text(row.get("filename")) or (uri.rpartition("/")[2] if uri else None) or text(row.get("key"))
    if not name:
        return None
    index = (text(row.get("type")) or "").startswith("index")
    known = media_types.of_file(name)
    digest = checksum(text(row.get("checksum")))
    return Distribution(
        name=name,
        content_url=uri,
        byte_size=integer(row.get("size")),
        media_type=known.media_type if known else None,
        checksums=(digest,) if digest else (),
        role="index" if index else "data",
    )


def checksum(written: str | None) -> Checksum | None:
    """`algorithm:digits` as the portal writes it; leading zeros that it left out are put back."""
    if written is None:
        return None
    algorithm, _, digits = written.lower().partition(":")
    algorithm = _SPELLINGS.get(algorithm, algorithm)
    if not digits or not algorithm:
        return None
    return Checksum(algorithm=algorithm, value=digits.zfill(_LENGTHS.get(algorithm, 0)))


def _listing(files: list[Distribution]) -> str:
    """Whether the files named are all the data, or whether index files stand for (some of) them."""
    return "index" if any(file.role == "index" for file in files) else "complete"


def splits_by_path(reading: Reading, found: list[tuple[Distribution, str]]) -> None:
    """Give the splits that only the folders of the files tell: `…/train/…` and `…/test/…`."""
    names: dict[str, list[Distribution]] = {}
    first = ""
    for file, pointer in found:
        match = _SPLIT.search("/" + (file.content_url or file.name))
        if match:
            first = first or pointer
            names.setdefault("train" if match[1] else "test" if match[2] else "validation", []).append(file)
    if len(names) > 1:
        splits = tuple(
            Split(name=name, file_count=None if any(f.role == "index" for f in files) else len(files))
            for name, files in names.items()
        )
        reading.put("splits", splits, first, how="extracted")
