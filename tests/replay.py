"""A recorded web in place of the real one: the transport of a session answers from a case's folder.

The form of a case and the rule by which it answers are told in the README beside the cases (`data/fuji` of the shared
reference data).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fairkit.http import Limits, Request, Response, Session

__all__ = ["Replay", "case_folders"]

_WHEN = "2026-01-01T00:00:00+00:00"
_PORTS = {"http": 80, "https": 443}


def case_folders(root: Path, *prefixes: str) -> list[Path]:
    """The folders of the cases whose name starts with one of the prefixes (`mut`, `combo`, `page`), sorted."""
    found = sorted((root / "data" / "fuji" / "cases").iterdir())
    return [folder for folder in found if folder.name.startswith(prefixes)]


class Replay:
    """Answers as the case in `folder` recorded; what it did not record is 404.

    `target` is what is to be assessed, `log` lists (method, URL, Accept header) of every hop.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.case: dict[str, Any] = json.loads((folder / "case.json").read_bytes())
        self.target: str = self.case["target"]
        self.log: list[tuple[str, str, str]] = []
        self._entries: dict[str, list[dict[str, Any]]] = {}
        for entry in self.case["http"]:
            self._entries.setdefault(_key(entry["url"]), []).append(entry)

    def session(self, **options: Any) -> Session:
        """A session that speaks to this case, without pauses."""
        return Session(transport=self, sleep=lambda _: None, **options)

    def send(self, request: Request, limits: Limits) -> Response:
        accept = request.headers.get("accept", "")
        self.log.append((request.method, request.url, accept))
        entry = self._chosen(request.url, accept)
        if entry is None:
            return Response(404, request.url, {"content-type": "text/plain"}, b"not in the case", _WHEN)
        headers = {name.lower(): value for name, value in entry.get("headers", {}).items()}
        return Response(entry["status"], request.url, headers, self._body(entry, request.method), _WHEN)

    def _body(self, entry: dict[str, Any], method: str) -> bytes:
        name = entry.get("body_file")
        return (self.folder / name).read_bytes() if name and method != "HEAD" else b""

    def _chosen(self, url: str, accept: str) -> dict[str, Any] | None:
        """The entry of the first media range that one names; the one without `accept` where a range takes anything."""
        entries = self._entries.get(_key(url), [])
        plain = next((entry for entry in entries if not entry.get("accept")), None)
        for wanted in _ranges(accept):
            named = next((entry for entry in entries if wanted in entry.get("accept", ())), None)
            if named and wanted not in ("*/*", "text/*"):
                return named
            if plain and wanted in ("*/*", "text/*", "text/html", "application/xhtml+xml"):
                return plain
        return plain


def _key(url: str) -> str:
    """The URL without its fragment; the case of the host, a default port and an empty path make no difference."""
    parts = urlsplit(url)
    port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    return parts._replace(netloc=f"{parts.hostname or ''}{port}", path=parts.path or "/", fragment="").geturl()


def _ranges(accept: str) -> Iterator[str]:
    """The media ranges of an Accept header, the most wanted first."""
    found = []
    for part in (accept or "*/*").split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        weight = next((piece[2:] for piece in parameters if piece.startswith("q=")), "1")
        found.append((float(weight), media.lower()))
    yield from (media for _, media in sorted(found, key=lambda pair: -pair[0]) if media)
