"""The site of a local repository: which request gets which answer. It reads, and changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from fairkit.dialects import dialect
from fairkit.errors import FairkitError, NotFound
from fairkit.ocfl.storage import PREFIX, Storage
from fairkit.vocab import media_types

from . import links, negotiation, pages
from .download import download
from .kept import Kept
from .library import Entry, Library, Unread
from .listing import Row

if TYPE_CHECKING:
    from werkzeug.routing import Map
    from werkzeug.wrappers import Request, Response

__all__ = ["Site"]

_HTML = "text/html; charset=utf-8"
_PAGE = 25
_MOST_KEPT = 64 * 1024 * 1024
"""Bytes of pages and other forms that are kept in memory."""
_MOST_WORDS = 20
_MOST_IN_MAP = 50_000
"""By the protocol of sitemaps."""
_LOCAL = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9.-]{1,253}))(?::[0-9]{1,5})?", re.ASCII)
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_INERT = "default-src 'none'; sandbox"
"""What a stranger's file, or anything but a page, may do, should a browser show it."""


class Site:
    """A WSGI application over one storage root, whose addresses begin with `base`."""

    def __init__(self, storage: Storage, base: str) -> None:
        self.library = Library(storage, base)
        self._hosts = frozenset((*_LOCAL, _ascii(urlsplit(base).hostname or "")))
        self._map, self._offers = _routes(), links.offers()
        self._bodies: Kept[bytes] = Kept(_MOST_KEPT, len)

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        from werkzeug.wrappers import Request

        request = Request(environ)
        response = self._answer(request)
        for name, value in _ALWAYS.items():
            response.headers.setdefault(name, value)
        if response.mimetype != "text/html":  # a page has a policy of its own
            response.headers["Content-Security-Policy"] = _INERT
        made: Iterable[bytes] = response(environ, start)
        return made

    def _answer(self, request: Request) -> Response:
        from werkzeug.exceptions import HTTPException

        # A name that somebody else pointed at this machine must not let a page of his read ours.
        found = _HOST.fullmatch(request.environ.get("HTTP_HOST", "").lower())
        if found is None or (found[1] or found[2]) not in self._hosts:
            return self._fault(request, 421, "this host is not served here", f"Ask {self.library.base}")
        try:
            endpoint, arguments = self._map.bind_to_environ(request.environ).match()
            return self._conditional(getattr(self, f"_{endpoint}")(request, **arguments), request)
        except NotFound as error:
            return self._fault(request, 404, error.what, error.remedy or "")
        except FairkitError as error:
            return self._fault(request, 500, error.what, error.remedy or "")
        except HTTPException as error:
            response = self._fault(request, error.code or 500, error.name, "Is the address right?")
            for name, value in error.get_headers(request.environ):
                if name.lower() in ("allow", "location", "content-range"):
                    response.headers[name] = value
            return response

    @staticmethod
    def _conditional(response: Response, request: Request) -> Response:
        if response.get_etag()[0] is not None:
            return response  # a file, which was made so
        response.add_etag()
        return response.make_conditional(request.environ)

    def _fault(self, request: Request, status: int, what: str, remedy: str) -> Response:
        what, remedy = self.library.told(what), self.library.told(remedy)
        if request.path.startswith("/api/") or negotiation.prefers_json(request.headers.get("Accept", "")):
            response = _json({"status": status, "error": what, "remedy": remedy}, status=status)
        else:
            response = _made(pages.fault(self.library, status, what, remedy), _HTML, status=status)
        response.headers["Vary"] = "Accept"
        return response

    # ── what there is

    def _search(self, request: Request) -> Response:
        query, hits, number, count = self._hits(request)
        shown = self.library.shown(hits[(number - 1) * _PAGE : number * _PAGE])
        return _made(pages.search(query, shown, self.library, number=number, pages=count, total=len(hits)), _HTML)

    def _api_search(self, request: Request) -> Response:
        query, hits, number, count = self._hits(request)
        shown = self.library.shown(hits[(number - 1) * _PAGE : number * _PAGE])
        rows = [{"id": one.name, "error": one.what} if isinstance(one, Unread) else self._row(one) for one in shown]
        return _json({"query": query, "total": len(hits), "page": number, "pages": count, "records": rows})

    def _api_record(self, request: Request, name: str) -> Response:
        entry = self.library.entry(name)
        total = self.library.assessment(entry).scores.total
        score = None if total is None else {"low": total.low, "high": total.high}
        return _json({**self._row(entry), "score": score})

    def _hits(self, request: Request) -> tuple[str, list[Row], int, int]:
        query = " ".join(request.args.get("q", "")[:500].split()[:_MOST_WORDS])
        hits = self.library.found(query)
        count = max(1, -(-len(hits) // _PAGE))
        written = request.args.get("page", "1")
        number = int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 1
        return query, hits, min(max(number, 1), count), count

    def _row(self, entry: Entry) -> dict[str, Any]:
        return {
            "id": entry.object.id,
            "url": self.library.page(entry.object.name),
            "title": entry.resource.title,
            "version": entry.version.number,
            "created": entry.version.created,
        }

    def _record(self, request: Request, name: str, number: int | None = None) -> Response:
        entry = self.library.entry(name, number)
        asked = negotiation.chosen(request.headers.get("Accept", ""), self._offers)
        if asked is None or asked.name == "page":
            response = _made(self._told(entry, "page"), _HTML)
        else:
            here = self.library.page(entry.object.name, entry.version.number)
            response, place = self._form(entry, asked.name)
            response.headers["Content-Location"] = f"{here}/{place}"
        response.headers["Link"] = links.header(self.library, entry)
        response.headers["Vary"] = "Accept"
        return response

    def _form(self, entry: Entry, form: str) -> tuple[Response, str]:
        """A form of a page that is not HTML, and where it has an address of its own."""
        body = self._told(entry, form)
        if form == "linkset":
            return _made(body, links.LINKSET), "linkset"
        if form == "linkset_text":
            return _made(body, links.LINKSET_TEXT), "linkset.txt"
        return _made(body, links.media_type(form)), f"export/{form}"

    def _told(self, entry: Entry, form: str) -> bytes:
        """The bytes of a form, which are made once while they are asked for."""
        own = {"page": pages.record, "linkset": links.linkset, "linkset_text": links.linkset_text}
        write = dialect(form).write if form not in own else None  # type: ignore[attr-defined]
        make = partial(write, entry.resource) if write else partial(own[form], self.library, entry)
        return self._bodies.get((entry.object.id, entry.version.number, entry.stamp, form), make)

    def _export(self, request: Request, name: str, form: str, number: int | None = None) -> Response:
        if form not in links.EXPORTS:
            raise NotFound(f"there is no export {form}", value=form, remedy=f"There are: {', '.join(links.EXPORTS)}")
        entry = self.library.entry(name, number)
        response, _ = self._form(entry, form)
        response.headers["Link"] = links.of_export(self.library, entry.object, entry.version)
        return response

    def _linkset(self, request: Request, name: str, number: int | None = None) -> Response:
        asked = negotiation.chosen(request.headers.get("Accept", ""), self._offers[-2:])
        response, _ = self._form(self.library.entry(name, number), asked.name if asked else "linkset")
        response.headers["Vary"] = "Accept"
        return response

    def _linkset_text(self, request: Request, name: str, number: int | None = None) -> Response:
        return self._form(self.library.entry(name, number), "linkset_text")[0]

    def _file(self, request: Request, name: str, key: str, number: int | None = None) -> Response:
        object, version = self.library.stored(name, number)
        content = version.files.get(key)
        if content is None:
            what = f"version {version.number} of {object.id} has no file {key}"
            raise NotFound(what, value=key, remedy="Its page names them.")
        known = media_types.of_file(key)
        kind = links.stored_as(key) or (known.media_type if known else "application/octet-stream")
        response = download(request, content, name=key.rsplit("/", 1)[-1], media_type=kind)
        response.headers["Link"] = links.of_file(self.library, object, version)
        return response

    def _sitemap(self, request: Request) -> Response:
        from xml.sax.saxutils import escape

        names = (row.id.removeprefix(PREFIX) for row in self.library.rows()[:_MOST_IN_MAP])
        rows = "".join(f"<url><loc>{escape(self.library.page(name))}</loc></url>" for name in names)
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{space}">{rows}</urlset>\n'
        return _made(body.encode(), "application/xml")

    def _icon(self, request: Request) -> Response:
        return _made(b"", "image/x-icon", status=204)  # browsers ask for one; there is none

    def _robots(self, request: Request) -> Response:
        return _made(f"User-agent: *\nAllow: /\nSitemap: {self.library.base}/sitemap.xml\n".encode(), "text/plain")


def _routes() -> Map:
    from werkzeug.routing import Map, PathConverter, Rule

    class Name(PathConverter):
        """The name of a file, which may have a line's end in it."""

        regex = r"[^/][\s\S]*?"

    def rule(path: str, endpoint: str) -> Rule:
        return Rule(path, endpoint=endpoint, methods=["GET", "HEAD"])

    of_record = [
        rule(f"/records/<name>{version}{rest}", endpoint)
        for version in ("", "/versions/<int:number>")
        for rest, endpoint in (
            ("", "record"),
            ("/linkset", "linkset"),
            ("/linkset.txt", "linkset_text"),
            ("/export/<form>", "export"),
            ("/files/<name:key>", "file"),
        )
    ]
    fixed = (
        ("/", "search"),
        ("/api/records", "api_search"),
        ("/api/records/<name>", "api_record"),
        ("/sitemap.xml", "sitemap"),
        ("/robots.txt", "robots"),
        ("/favicon.ico", "icon"),
    )
    return Map(
        [*of_record, *(rule(path, endpoint) for path, endpoint in fixed)],
        merge_slashes=False,
        converters={"name": Name},
    )


def _ascii(host: str) -> str:
    """A host as browsers send it."""
    try:
        return host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError:
        return host


def _made(body: bytes, kind: str, *, status: int = 200) -> Response:
    from werkzeug.wrappers import Response

    return Response(body, status=status, content_type=kind)


def _json(data: Any, *, status: int = 200) -> Response:
    body = json.dumps(data, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace")
    return _made(body + b"\n", "application/json", status=status)
