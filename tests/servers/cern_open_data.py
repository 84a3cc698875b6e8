"""A CERN Open Data portal on loopback, over records in the form in which the portal keeps them.

By hand: `python -m tests.servers.cern_open_data --records DIR [--port N]` prints its address. The same server
resolves the records' DOIs, under `/doi/`.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from threading import Event
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit
from zlib import crc32

from tests.servers.envelopes import envelope, index_listing
from tests.servers.loopback import Answer, Fault, LoopbackServer, Request
from tests.servers.serialisers import datacite, landing_page, schema_org, text

__all__ = ["Portal"]

Record = Mapping[str, Any]

JSON = "application/json"
JSON_LD = "application/ld+json"
DATACITE_JSON = "application/vnd.datacite.datacite+json"
WINDOW = 10_000
RATE_LIMIT = 60


class Portal(LoopbackServer):
    """Serves `records`, keyed by recid. The rate is limited only when a test asks for it."""

    def __init__(self, records: Mapping[str, Record], *, port: int = 0) -> None:
        super().__init__(port=port)
        self.records = dict(sorted(records.items(), key=lambda item: (len(item[0]), item[0])))
        self._paddings: dict[str, int] = {}
        self._limit: Fault | None = None

    @classmethod
    def from_folders(cls, *folders: Path, port: int = 0) -> Self:
        """A portal over every record in the JSON files of `folders`; a file holds one record or a list."""
        return cls({record["recid"]: record for folder in folders for record in _read_records(folder)}, port=port)

    def pad(self, prefix: str, size: int) -> None:
        """Repeat file members in records under `prefix` until the JSON has at least `size` bytes."""
        self._paddings[prefix] = size

    def rate_limit_after(self, requests: int, *, times: int = sys.maxsize, retry_after: int = 60) -> None:
        """Let so many requests through, then answer 429: to the next `times` of them, or to all from then on."""
        headers = {"retry-after": str(retry_after), "x-ratelimit-remaining": "0"}
        refusal = _problem(429, f"{RATE_LIMIT} per 1 minute").extended(headers)
        limit = Fault("/", times, answer=refusal, spared=requests)
        self.faults = [limit, *(fault for fault in self.faults if fault is not self._limit)]
        self._limit = limit

    def withdraw(self, recid: str) -> None:
        """Forget a record: the portal keeps no tombstones."""
        del self.records[recid]

    def resolve(self, recid: str) -> Record | None:
        """The record of that number, or of that number with its experiment before it: `12102`, `cms-12102`."""
        experiment, _, number = recid.rpartition("-")
        record = self.records.get(recid) or self.records.get(number)
        if record is None or recid == record["recid"]:
            return record
        return record if experiment in (name.lower() for name in record["experiment"]) else None

    def respond(self, request: Request) -> Answer:
        return super().respond(request).extended(self._rate_headers())

    def answer(self, request: Request) -> Answer:
        if request.method not in {"GET", "HEAD"}:
            return _text("This portal is only read.", status=403)
        path = unquote(urlsplit(request.target).path)
        for pattern, view in ROUTES:
            if match := pattern.fullmatch(path):
                return view(self, request, **match.groupdict())
        return _page_not_found()

    def record_json(self, request: Request, recid: str) -> Answer:
        record = self.resolve(recid)
        if record is None:
            return _problem(404, "PID does not exist.")
        if _prefers_json_ld(request.accept):
            return _cached(request, _json_ld(record))
        return _cached(request, _json(self._padded(envelope(record), request)))

    def search(self, request: Request) -> Answer:
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(request.target).query).items()}
        page, size = asked.get("page", "1"), asked.get("size", "10")
        if not (page.isdecimal() and size.isdecimal() and int(page) > 0):
            return _problem(400, "page and size are whole numbers.")
        if int(page) * int(size) > WINDOW:
            return _problem(400, f"Only the first {WINDOW} results can be paged through.")
        found = [record for record in self._matching(asked.get("q", "")) if _is_shown(record, asked)]
        start = (int(page) - 1) * int(size)
        hits = [envelope(record, files="skip_files" not in asked) for record in found[start : start + int(size)]]
        return _json({"hits": {"hits": hits, "total": len(found)}, "links": {}, "aggregations": {}})

    def page(self, request: Request, recid: str) -> Answer:
        record = self.resolve(recid)
        if record is None:
            return _page_not_found()
        headers = {"content-type": "text/html; charset=utf-8", "x-record-experiment": record["experiment"][0]}
        return Answer(body=landing_page(record).encode(), headers=headers)

    def export(self, request: Request, recid: str, form: str) -> Answer:
        record = self.resolve(recid)
        if record is None:
            return _page_not_found()
        return _json_ld(record) if form == "jsonld" else _json(envelope(record))

    def file_index(self, request: Request, recid: str, name: str, form: str) -> Answer:
        record = self.resolve(recid)
        indices = envelope(record)["metadata"]["_file_indices"] if record else []
        index = next((index for index in indices if index["key"] == f"{name}.json"), None)
        if index is None:
            return _page_not_found()
        if form == "txt":
            return _text("".join(f"{member['uri']}\n" for member in index["files"]))
        return _json(index_listing(index))

    def doi(self, request: Request, doi: str) -> Answer:
        """As a DOI resolver does: metadata to who asks for them, else the way to the landing page."""
        record = next((known for known in self.records.values() if _same_doi(known, doi)), None)
        if record is None:
            return _text("DOI not found", status=404)
        if DATACITE_JSON in request.accept:
            return _document(text(datacite(record)), DATACITE_JSON)
        return Answer(302, headers={"location": f"{self.url}/record/{record['recid']}"})

    def _matching(self, query: str) -> Iterator[Record]:
        """Records by `recid:`, by `doi:` (in this very case), or by all words in the title (in any case)."""
        name, colon, value = query.partition(":")
        if colon and name == "recid":
            record = self.resolve(value.strip('"'))
            return iter([record] if record else [])
        if colon and name == "doi":
            return (record for record in self.records.values() if record.get("doi") == value.strip('"'))
        words = query.replace('"', " ").lower().split()
        return (record for record in self.records.values() if all(word in record["title"].lower() for word in words))

    def _padded(self, answer: dict[str, Any], request: Request) -> dict[str, Any]:
        size = max((size for prefix, size in self._paddings.items() if request.target.startswith(prefix)), default=0)
        missing = size - len(json.dumps(answer))
        if missing <= 0:
            return answer
        answer = deepcopy(answer)
        indices = answer["metadata"]["_file_indices"]
        members = indices[-1]["files"] if indices else answer["metadata"]["files"]
        copy = members[-1] if members else {"key": "padding", "filename": "padding", "size": 0}
        members.extend([copy] * (missing // len(json.dumps(copy)) + 1))
        return answer

    def _rate_headers(self) -> dict[str, str]:
        """On every answer, even to requests let through; the reset is a fixed moment, to repeat byte for byte."""
        remaining = self._limit.spared if self._limit and self._limit.times else RATE_LIMIT - 1
        return {
            "x-ratelimit-limit": str(RATE_LIMIT),
            "x-ratelimit-remaining": str(remaining),
            "x-ratelimit-reset": "1767225600",
            "retry-after": "60",
        }


ROUTES: Sequence[tuple[re.Pattern[str], Callable[..., Answer]]] = (
    (re.compile(r"/api/records/?"), Portal.search),
    (re.compile(r"/api/records/(?P<recid>[^/]+)"), Portal.record_json),
    (re.compile(r"/record/(?P<recid>[^/]+)"), Portal.page),
    (re.compile(r"/record/(?P<recid>[^/]+)/export/(?P<form>json|jsonld)"), Portal.export),
    (re.compile(r"/record/(?P<recid>[^/]+)/file_index/(?P<name>[^/]+)\.(?P<form>json|txt)"), Portal.file_index),
    (re.compile(r"/doi/(?P<doi>10\..+)"), Portal.doi),
)


def _read_records(folder: Path) -> Iterator[Record]:
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        items = content if isinstance(content, list) else [content]
        # A list of what lies in the folder has recids too, but not the year that every record must have.
        yield from (item for item in items if "recid" in item and "date_published" in item)


def _is_shown(record: Record, asked: Mapping[str, str]) -> bool:
    """Records on tape are left out, without a word, unless asked for."""
    on_demand = record.get("distribution", {}).get("availability") == "ondemand"
    return asked.get("ondemand") == "true" or not on_demand


def _same_doi(record: Record, doi: str) -> bool:
    """DOIs know no case, though the search of the portal does."""
    stated: str = record.get("doi", "")
    return stated.casefold() == doi.casefold()


def _prefers_json_ld(accept: str) -> bool:
    qualities = {JSON: 0.0, JSON_LD: 0.0}
    for item in accept.split(","):
        media_type, *parameters = (part.strip() for part in item.split(";"))
        quality = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        qualities[media_type] = float(quality)
    return qualities[JSON_LD] > qualities[JSON]


def _cached(request: Request, answer: Answer) -> Answer:
    """304 if the client has these very bytes already."""
    tag = f'"{crc32(answer.body):08x}"'
    known = {known.strip().removeprefix("W/") for known in request.headers.get("if-none-match", "").split(",")}
    return Answer(304, headers={"etag": tag}) if known & {tag, "*"} else answer.extended({"etag": tag})


def _document(body: str, media_type: str, *, status: int = 200) -> Answer:
    return Answer(status, body.encode(), {"content-type": media_type})


def _json(document: object, *, status: int = 200) -> Answer:
    return _document(json.dumps(document), JSON, status=status)


def _json_ld(record: Record) -> Answer:
    return _document(text(schema_org(record)), JSON_LD)


def _text(body: str, *, status: int = 200) -> Answer:
    return _document(body, "text/plain; charset=utf-8", status=status)


def _problem(status: int, message: str) -> Answer:
    return _json({"status": status, "message": message}, status=status)


def _page_not_found() -> Answer:
    return _document("<!DOCTYPE html><title>Page not found</title>", "text/html; charset=utf-8", status=404)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Serve records as CERN Open Data does, on this machine only.")
    parser.add_argument("--records", type=Path, action="append", required=True, metavar="DIR")
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args(arguments)
    with Portal.from_folders(*asked.records, port=asked.port) as portal:
        sys.stdout.write(f"{portal.url}\n")
        sys.stdout.flush()
        with suppress(KeyboardInterrupt):
            Event().wait()


if __name__ == "__main__":
    main()
