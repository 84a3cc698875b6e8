"""A CERN Open Data portal on loopback that has the files of a record, too, and serves them in parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit
from zlib import adler32

from tests.servers.cern_open_data import Portal
from tests.servers.loopback import Answer, Request

__all__ = ["EOS", "FilePortal", "record"]

EOS = "/eos/opendata/cms/toys"
STORAGE = "root://eospublic.cern.ch/"
_RANGE = re.compile(r"bytes=(\d+)-(\d*)")


class FilePortal(Portal):
    """Serves `files`, bytes by their path below `EOS`, and one record, 800, that names them."""

    def __init__(self, files: Mapping[str, bytes], **fields: Any) -> None:
        super().__init__({"800": record(files, **fields)})
        self.files = dict(files)
        self.tags: dict[str, str] = {}

    def answer(self, request: Request) -> Answer:
        path = unquote(urlsplit(request.target).path)
        if not path.startswith(f"{EOS}/"):
            return super().answer(request)
        name = path.removeprefix(f"{EOS}/")
        if name not in self.files:
            return Answer(404, b"no such file")
        return _served(self.files[name], self.tags.get(name, f'"{adler32(self.files[name]):08x}"'), request)


def _served(body: bytes, tag: str, request: Request) -> Answer:
    """A file, or the part of it that is asked for, if it is still the same (RFC 9110, 13.1.5 and 14)."""
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    if asked is None or request.headers.get("if-range", tag) != tag:
        return Answer(200, body, {"etag": tag, "accept-ranges": "bytes"})
    start = int(asked[1])
    if start >= len(body):
        return Answer(416, b"", {"content-range": f"bytes */{len(body)}"})
    told = f"bytes {start}-{len(body) - 1}/{len(body)}"
    return Answer(206, body[start:], {"etag": tag, "content-range": told})


def record(files: Mapping[str, bytes], **fields: Any) -> dict[str, Any]:
    """A record of these files, in the form in which the portal's API tells them: behind an index."""
    members = [
        {
            "key": f"toys.json_{number}",
            "filename": name.rpartition("/")[2],
            "uri": f"{STORAGE}{EOS}/{name}",
            "size": len(body),
            "checksum": f"adler32:{adler32(body):08x}",
        }
        for number, (name, body) in enumerate(files.items())
    ]
    return {
        "abstract": {"description": "Toy files"},
        "date_published": "2024",
        "experiment": ["CMS"],
        "publisher": "CERN Open Data Portal",
        "recid": "800",
        "title": "Toy files",
        "type": {"primary": "Dataset", "secondary": ["Derived"]},
        "_file_indices": [{"key": "toys.json", "files": members}],
        **fields,
    }
