"""An InvenioRDM repository on loopback: its API, its exports, its landing pages, and the resolver of its DOIs.

What it answers is what release 14.0.5 answers; `test_invenio.py` holds it against recordings of that. With
`zenodo=True` plain JSON is in the older shape, as Zenodo has it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.servers.invenio import exports
from tests.servers.loopback import Answer, LoopbackServer, Request

__all__ = ["DATACITE", "RDM", "Repository", "record"]

Record = Mapping[str, Any]

RDM = "application/vnd.inveniordm.v1+json"
DATACITE = "application/vnd.datacite.datacite+json"
_JSON, _JSONLD = "application/json", "application/ld+json"
_BASE = "https://repository.example"
_ORDER = (RDM, _JSON, _JSONLD, DATACITE)


def record(number: str, concept: str, **metadata: Any) -> dict[str, Any]:
    """A published record with one file, in the form in which the repository keeps it; more metadata, or other."""
    api, page = f"{_BASE}/api/records/{number}", f"{_BASE}/records/{number}"
    prefix = "10.5281/zenodo." if number.isdigit() else "10.5072/"
    term = {"id": "dataset", "title": {"en": "Dataset"}}
    row = {
        "id": "01f3b639-0a18-4c92-a737-3f4b9445f7e9",
        "checksum": "md5:4df2e2211e512cc1b4d3a2f0e6b1c0aa",
        "ext": "csv",
        "size": 5,
        "mimetype": "text/csv",
        "storage_class": "L",
        "key": "jets.csv",
        "metadata": {},
        "access": {"hidden": False},
        "links": {"self": f"{api}/files/jets.csv", "content": f"{api}/files/jets.csv/content"},
    }
    told = {
        "resource_type": term,
        "creators": [
            {
                "person_or_org": {
                    "type": "personal",
                    "name": "Example, Ada",
                    "given_name": "Ada",
                    "family_name": "Example",
                    "identifiers": [{"identifier": "0000-0002-1825-0097", "scheme": "orcid"}],
                },
                "affiliations": [{"name": "CERN"}],
            }
        ],
        "title": "Toy jets",
        "publisher": "The toy repository",
        "publication_date": "2026-11-21",
        "subjects": [{"subject": "jets"}, {"subject": "toys"}],
        "rights": [
            {
                "id": "cc-by-4.0",
                "title": {"en": "Creative Commons Attribution 4.0 International"},
                "props": {"url": "https://creativecommons.org/licenses/by/4.0/", "scheme": "spdx"},
            }
        ],
        "description": "<p>Jets for a <b>bar</b>.</p>",
    }
    return {
        "id": number,
        "created": "2026-11-21T22:22:01.581592+00:00",
        "updated": "2026-11-21T22:22:01.662357+00:00",
        "links": {
            "self": api,
            "self_html": page,
            "files": f"{api}/files",
            "latest": f"{api}/versions/latest",
            "latest_html": f"{page}/latest",
        },
        "revision_id": 4,
        "parent": {
            "id": concept,
            "access": {"owned_by": {"user": "1"}, "settings": {"accept_conditions_text": None}},
            "communities": {},
            "pids": {"doi": {"identifier": prefix + concept, "provider": "datacite", "client": "datacite"}},
        },
        "versions": {"is_latest": True, "index": 1},
        "is_published": True,
        "is_draft": False,
        "pids": {
            "doi": {"identifier": prefix + number, "provider": "datacite", "client": "datacite"},
            "oai": {"identifier": f"oai:repository.example:{number}", "provider": "oai"},
        },
        "metadata": told | metadata,
        "custom_fields": {},
        "access": {
            "record": "public",
            "files": "public",
            "embargo": {"active": False, "reason": None},
            "status": "open",
        },
        "files": {"enabled": True, "order": [], "count": 1, "total_bytes": 5, "entries": {"jets.csv": row}},
        "status": "published",
        "deletion_status": {"is_deleted": False, "status": "P"},
    }


class Repository(LoopbackServer):
    """Serves `records`; ids in `drafts`, `restricted` and `tombstones` have no public record. `doi/` resolves DOIs."""

    def __init__(self, *records: Record, zenodo: bool = False, port: int = 0) -> None:
        super().__init__(port=port)
        self.records = {str(one["id"]): self._moved(one) for one in records}
        self.drafts: set[str] = set()
        self.restricted: set[str] = set()
        self.tombstones: dict[str, Any] = {}
        self.zenodo = zenodo

    def _moved(self, one: Any) -> Any:
        """The record with the addresses of this server, wherever it was recorded."""
        home = urlsplit(one["links"]["self"])
        return json.loads(json.dumps(one).replace(f"{home.scheme}://{home.netloc}", self.url))

    def answer(self, request: Request) -> Answer:
        path = unquote(urlsplit(request.target).path)
        for pattern, view in _ROUTES:
            if found := pattern.fullmatch(path):
                return view(self, request, found[1])
        return _page(404, "Page not found")

    def concept(self, name: str) -> str | None:
        """The latest record of all versions that are called together by this name."""
        every = [number for number, one in self.records.items() if one["parent"]["id"] == name]
        return max(every, default=None, key=lambda number: self.records[number]["versions"]["index"])

    def api(self, request: Request, name: str) -> Answer:
        if name in self.tombstones:
            return _json(410, {"status": 410, "message": "Record deleted", "tombstone": self.tombstones[name]})
        if name in self.restricted:
            return _problem(403, "Permission denied.")
        if name in self.drafts:
            return _problem(404, "The persistent identifier is not registered.")
        if latest := self.concept(name):
            return _redirect(302, f"/api/records/{latest}")
        if name not in self.records:
            return _problem(404, "The persistent identifier does not exist.")
        kind = _negotiated(request.accept)
        if kind is None:
            return _problem(406, f"Invalid 'Accept' header. Expected one of: {', '.join(sorted(_ORDER))}")
        linkset = f'<{self.url}/api/records/{name}> ; rel="linkset" ; type="application/linkset+json"'
        return _json(200, self.body(name, kind), kind, {"link": linkset, "etag": '"4"'})

    def body(self, name: str, kind: str) -> Any:
        """The record in a media type."""
        one = self.records[name]
        if kind == _JSON and self.zenodo:
            return exports.legacy(one)
        if kind in (_JSONLD, DATACITE):
            return exports.schema_org(one) if kind == _JSONLD else exports.datacite(one)
        return one

    def page(self, request: Request, name: str) -> Answer:
        if name in self.tombstones:
            return _page(410, "Gone")
        if name in self.restricted:
            return _redirect(302, f"/login/?next=%2Frecords%2F{name}")
        if latest := self.concept(name):
            return _redirect(302, f"/records/{latest}")
        if name not in self.records:
            return _page(404, "Page not found")
        one = self.records[name]
        return _page(200, one["metadata"]["title"], {"link": exports.links(one)})

    def resolved(self, request: Request, doi: str) -> Answer:
        """What the resolver of DOIs and its registry answer: metadata by content negotiation, else a redirect."""
        owners = (name for name, one in self.records.items() if one["pids"].get("doi", {}).get("identifier") == doi)
        name = next(owners, None)
        if name is None:
            return _page(404, "DOI not found")
        if DATACITE in request.accept:
            return _json(200, self.body(name, DATACITE), DATACITE)
        return _redirect(302, f"{self.url}/records/{name}")


def _negotiated(accept: str) -> str | None:
    """The media type that is wanted most of those that there are; the general one stands for all."""
    wanted = []
    for part in accept.split(","):
        kind, _, parameters = (piece.strip() for piece in part.partition(";"))
        quality = float(parameters.removeprefix("q=")) if parameters.startswith("q=") else 1.0
        wanted.append((quality, _JSON if kind in ("*/*", "") else kind))
    known = [(quality, kind) for quality, kind in wanted if kind in _ORDER]
    return max(known, default=(0.0, None), key=lambda pair: pair[0])[1]


def _json(status: int, body: Any, kind: str = _JSON, headers: Mapping[str, str] | None = None) -> Answer:
    written = json.dumps(body, ensure_ascii=False).encode()
    return Answer(status, written, {"content-type": kind, **(headers or {})})


def _problem(status: int, message: str) -> Answer:
    return _json(status, {"status": status, "message": message})


def _redirect(status: int, where: str) -> Answer:
    return Answer(status, b"<!doctype html>", {"content-type": "text/html; charset=utf-8", "location": where})


def _page(status: int, title: str, headers: Mapping[str, str] | None = None) -> Answer:
    written = f'<!DOCTYPE html>\n<html lang="en"><head><title>{html.escape(title)}</title></head><body></body></html>\n'
    return Answer(status, written.encode(), {"content-type": "text/html; charset=utf-8", **(headers or {})})


View = Callable[..., Answer]

_ROUTES: tuple[tuple[re.Pattern[str], View], ...] = (
    (re.compile(r"/api/records/([^/]+)"), Repository.api),
    (re.compile(r"/records/([^/]+)"), Repository.page),
    (re.compile(r"/doi/(.+)"), Repository.resolved),
)
