"""Typed links: of a Link header (RFC 8288), of a page's link tags and of a link set (RFC 9264), as one document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from fairkit.dialects._page import Link, absolute
from fairkit.model.evidence import Document

__all__ = ["LINKSET", "Link", "document", "header", "linkset"]

LINKSET = "application/linkset+json"

_MOST_LINKS = 5_000
_MOST_CHARACTERS = 64 * 1024
_TARGET = re.compile(r"\s{0,20}<([^<>]{0,8000})>")
# The length of a quoted value is bounded, so that many unclosed quotes cost no more than one.
_PARAMETER = re.compile(r'\s*;\s*([\w!#$&+.^`|~*-]{1,40})(?:\s*=\s*(?:"((?:[^"\\]|\\.){0,2000})"|([^\s;,"]*)))?')
_QUOTED = re.compile(r"\\(.)")
# What a page says to browsers about itself, and not about what it describes.
_FOR_BROWSERS = frozenset({
    "stylesheet", "icon", "shortcut", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "preload",
    "modulepreload", "prefetch", "preconnect", "dns-prefetch", "prerender", "manifest", "search", "opensearch",
    "next", "prev", "previous", "first", "last", "up", "pingback", "webmention", "edituri", "wlwmanifest",
    "shortlink", "amphtml", "me", "noopener", "noreferrer", "nofollow", "bookmark", "help", "contents", "home", "top",
})  # fmt: skip


def header(written: str, url: str) -> list[Link]:
    """The links of a Link header that came from `url`; what is malformed is skipped to the next comma."""
    written = written[:_MOST_CHARACTERS]
    found: list[Link] = []
    position = 0
    while len(found) < _MOST_LINKS:
        target = _TARGET.match(written, position)
        if target:
            parameters, position = _parameters(written, target.end())
            found += _of_header(url, target[1], parameters)
        comma = written.find(",", position)
        if comma < 0:
            return found
        position = comma + 1
    return found


def _parameters(written: str, position: int) -> tuple[dict[str, str], int]:
    found: dict[str, str] = {}
    while parameter := _PARAMETER.match(written, position):
        name, quoted, token = parameter.groups()
        found.setdefault(name.lower(), _QUOTED.sub(r"\1", quoted) if quoted is not None else token or "")
        position = parameter.end()
    return found, position


def _of_header(url: str, target: str, parameters: dict[str, str]) -> Iterator[Link]:
    href = absolute(url, target)
    anchor = absolute(url, parameters["anchor"]) if "anchor" in parameters else None
    for rel in dict.fromkeys(parameters.get("rel", "").lower().split()) if href else ():
        yield Link(href or "", rel, parameters.get("type") or None, parameters.get("profile") or None, anchor)


def linkset(body: bytes, url: str) -> list[Link]:
    """The links of a link set in JSON; none where it is no link set."""
    try:
        contexts = json.loads(body)["linkset"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return []
    rows = (row for row in contexts if isinstance(row, dict)) if isinstance(contexts, list) else iter(())
    found = (link for row in rows for link in _of_context(row, url))
    return [link for link, _ in zip(found, range(_MOST_LINKS), strict=False)]


def _of_context(row: dict[str, Any], url: str) -> Iterator[Link]:
    anchor = absolute(url, row["anchor"]) if isinstance(row.get("anchor"), str) else None
    for rel, targets in row.items():
        for target in targets if isinstance(targets, list) else ():
            href = target.get("href") if isinstance(target, dict) else None
            if isinstance(href, str) and (leads := absolute(url, href)):
                yield Link(leads, rel.lower(), _text(target.get("type")), _text(target.get("profile")), anchor)


def _text(value: Any) -> str | None:
    """A text, or the first of a list of texts."""
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, str) else None


def document(url: str, **links: Iterable[Link]) -> Document | None:
    """The links of the page at `url`, by where they stood (`header`, `html`, `linkset`); None where none counts."""
    rows = [
        {**link._asdict(), "from": where}
        for where, found in links.items()
        for link in found
        if link.rel not in _FOR_BROWSERS and not link.rel.startswith("schema.")
    ]
    if not rows:
        return None
    body = json.dumps(rows[:_MOST_LINKS], ensure_ascii=False, indent=1).encode("utf-8", "replace")
    return Document(representation="signposting", media_type=LINKSET, url=url, body=body)
