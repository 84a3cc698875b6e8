"""From the form in which CERN Open Data keeps its records to the one in which its API answers.

A kept record names the indexes of its files; the API opens them. What an index holds is nowhere in the kept
record, so its members are invented: always the same, as many and as large in all as the record says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zlib import adler32

__all__ = ["FILE_FIELDS", "envelope", "index_listing"]

Record = Mapping[str, Any]

SITE = "https://opendata.cern.ch"
SCHEMA = "http://opendata.cern.ch/schema/records/record-v1.0.0.json"
FILE_FIELDS = frozenset({"files", "_files", "_file_indices"})
INDEX_TYPES = {"index.json", "index.txt"}
# What one member takes in an index.json besides its URI and its name: keys, size, checksum, punctuation.
BYTES_AROUND_A_MEMBER = 105


def envelope(record: Record, *, files: bool = True) -> dict[str, Any]:
    """The API answer; fields that a record states itself, even `_file_indices`, are left as they are.

    The portal's address stands in the links, wherever the answer is served.
    """
    recid = record["recid"]
    bucket = _uuid(recid)
    stamp = f"{record['date_published']}-01-01T00:00:00.000000+00:00"
    metadata = {**_server_side(record, bucket=bucket), **{k: v for k, v in record.items() if k != "files"}}
    if not files:
        metadata = {key: value for key, value in metadata.items() if key not in FILE_FIELDS}
    links = {"self": f"{SITE}/api/records/{recid}", "bucket": f"{SITE}/api/files/{bucket}"}
    return {"id": recid, "created": stamp, "updated": stamp, "links": links, "metadata": metadata}


def index_listing(index: Record) -> list[dict[str, Any]]:
    """What the index.json behind an entry of `_file_indices` holds."""
    return [{key: member[key] for key in ("uri", "size", "checksum", "filename")} for member in index["files"]]


def _server_side(record: Record, *, bucket: str) -> dict[str, Any]:
    entries = record.get("files", [])
    availability = "on demand" if record.get("distribution", {}).get("availability") == "ondemand" else "online"
    files = [
        _stored(entry, key=_basename(entry["uri"]), bucket=bucket, availability=availability)
        for entry in entries
        if entry.get("type") not in INDEX_TYPES
    ]
    indices = _file_indices(record, availability)
    number = len(files) + sum(index["number_files"] for index in indices)
    return {
        "$schema": SCHEMA,
        "files": files,
        "_files": files,
        "_bucket": bucket,
        "availability": availability,
        "_availability_details": {availability: number} if number else {},
        "pids": {"oai": {"id": f"oai:cernopendata.cern:{record['recid']}"}},
        "_file_indices": indices,
    }


def _stored(entry: Record, *, key: str, bucket: str, availability: str) -> dict[str, Any]:
    return {
        "key": key,
        "filename": _basename(entry["uri"]),
        **entry,
        "availability": availability,
        "tags": {},
        "bucket": bucket,
        "file_id": _uuid(f"{bucket}/{key}/file"),
        "version_id": _uuid(f"{bucket}/{key}/version"),
    }


def _file_indices(record: Record, availability: str) -> list[dict[str, Any]]:
    """One entry for each index.json; an index.txt says the same again and is dropped."""
    indexes = [entry for entry in record.get("files", []) if entry.get("type") == "index.json"]
    uris = _member_uris(indexes, record.get("distribution", {}))
    sizes = _member_sizes([uri for group in uris for uri in group], record.get("distribution", {}))
    starts = accumulate((len(group) for group in uris), initial=0)
    return [
        _file_index(entry, record["recid"], list(zip(group, sizes[start:end], strict=True)), availability)
        for entry, group, (start, end) in zip(indexes, uris, pairwise(starts), strict=True)
    ]


def _file_index(entry: Record, recid: str, members: Sequence[tuple[str, int]], availability: str) -> dict[str, Any]:
    key = _basename(entry["uri"])
    bucket = _uuid(f"{recid}/{key}")
    files = [{"uri": uri, "size": size, "checksum": f"adler32:{adler32(uri.encode()):08x}"} for uri, size in members]
    return {
        "key": key,
        "description": entry.get("description", key),
        "number_files": len(members),
        "size": sum(size for _, size in members),
        "availability": {availability: len(members)},
        "bucket": bucket,
        "files": [
            _stored(file, key=f"{key}_{number}", bucket=bucket, availability=availability)
            for number, file in enumerate(files)
        ],
    }


def _member_uris(indexes: Sequence[Record], distribution: Record) -> list[list[str]]:
    """The numbers in the names go on from one index to the next where both lie in one folder."""
    counts = _members_per_index(indexes, distribution)
    seen: Counter[str] = Counter()
    uris = []
    for index, count in zip(indexes, counts, strict=True):
        name = _member_name(index, distribution)
        uris.append([name.format(number) for number in range(seen[name], seen[name] + count)])
        seen[name] += count
    return uris


def _members_per_index(indexes: Sequence[Record], distribution: Record) -> list[int]:
    """The files of a record over its indexes, by the room that each index has for them."""
    rooms = [
        index["size"] * 1000 // (BYTES_AROUND_A_MEMBER + _length_in_index(_member_name(index, distribution)))
        for index in indexes
    ]
    number = distribution.get("number_files")
    return [max(1, room // 1000) for room in rooms] if number is None else _shares(number, rooms)


def _length_in_index(name: str) -> int:
    return len(name) + len(_basename(name))


def _member_name(index: Record, distribution: Record) -> str:
    """A URI with a place for the number: `…/file-indexes/A_h5_file_index.json` lists `…/ntuple_merged_{}.h5`."""
    folder, _, _ = index["uri"].rpartition("/")
    formats = [name.lower() for name in distribution.get("formats", [])] or ["root"]
    named = _basename(index["uri"]).removesuffix("_file_index.json").rpartition("_")[2].lower()
    extension = named if named in formats else formats[-1]
    return f"{folder.removesuffix('/file-indexes')}/ntuple_merged_{{}}.{extension}"


def _member_sizes(uris: Sequence[str], distribution: Record) -> list[int]:
    """Bytes of each member: within a tenth of each other, together what the record says."""
    total = distribution.get("size", 1_000_000 * len(uris))
    return _shares(total, [950 + adler32(uri.encode()) % 100 for uri in uris])


def _shares(total: int, weights: Sequence[int]) -> list[int]:
    """Whole shares of `total` by `weights` that sum to it: the largest remainders get what rounding leaves."""
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda place: -(total * weights[place] % whole))
    for place in by_remainder[: total - sum(shares)] if weights else []:
        shares[place] += 1
    return shares


def _basename(uri: str) -> str:
    return uri.rpartition("/")[2]


def _uuid(name: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{SITE}/{name}"))
