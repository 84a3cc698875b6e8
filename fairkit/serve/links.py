"""The typed links of an object: what a page is about, who made it, its licence, its files, and what describes it.

FAIR Signposting (https://signposting.org/FAIR): the same links stand in the header of a page and in its link set.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple
from urllib.parse import quote

from fairkit.dialects import dialect
from fairkit.dialects._writing import json_bytes
from fairkit.ocfl.storage import Object, Version
from fairkit.registry import DIALECTS

from .library import Entry, Library

__all__ = ["EXPORTS", "LINKSET", "Link", "header", "linkset", "of_entry", "of_file", "stored_as"]

LINKSET = "application/linkset+json"
EXPORTS = ("schema-org", "datacite", "datacite-xml", "ro-crate", "croissant", "dcat-ap", "codemeta", "cff")
"""The dialects in which every object is told, the first one where nothing else is asked for."""
_PROFILES = {
    "ro-crate": "https://w3id.org/ro/crate",
    "croissant": "http://mlcommons.org/croissant/1.1",
    "datacite": "http://datacite.org/schema/kernel-4",
    "datacite-xml": "http://datacite.org/schema/kernel-4",
    "dcat-ap": "http://data.europa.eu/r5r/",
}
_TYPE = re.compile(r"[A-Za-z0-9][\w!#$&^.+-]{0,126}/[A-Za-z0-9][\w!#$&^.+-]{0,126}", re.ASCII)
"""RFC 6838, section 4.2."""
_URL = "!#$%&'()*+,/:;=?@[]~"
"""What stays as it is in an address (RFC 3986); a space, an angle or a line's end does not."""
_MOST_ITEMS = 50
"""Files that are named in the header; a link set names all of them."""


class Link(NamedTuple):
    """One typed link."""

    rel: str
    href: str
    type: str | None = None
    profile: str | None = None


def of_entry(library: Library, entry: Entry) -> list[Link]:
    """The links of a landing page."""
    told = json.loads(dialect("linkset").write(entry.resource))["linkset"][0]  # type: ignore[attr-defined]
    rels = ("cite-as", "type", "author", "license", "item", "collection", "predecessor-version", "successor-version")
    found = [
        Link(rel, quote(one["href"], safe=_URL), _type(one.get("type")))
        for rel in rels
        for one in told.get(rel, ())
        if isinstance(one.get("href"), str)
    ]
    page = library.page(entry.object.name, entry.version.number)
    for name in EXPORTS:
        kind = dialect(name).MEDIA_TYPE
        found += [Link("describedby", f"{page}/export/{name}", kind, _PROFILES.get(name))]
    if entry.version.number > 1:
        found.append(Link("predecessor-version", library.page(entry.object.name, entry.version.number - 1)))
    found.append(Link("latest-version", library.page(entry.object.name)))
    return found


def header(library: Library, entry: Entry) -> str:
    """The Link header of a landing page; of many files only the link set tells."""
    every = of_entry(library, entry)
    items = [link for link in every if link.rel == "item"]
    shown = every if len(items) <= _MOST_ITEMS else [link for link in every if link.rel != "item"]
    page = library.page(entry.object.name, entry.version.number)
    return ", ".join(map(_written, [*shown, Link("linkset", f"{page}/linkset", LINKSET)]))


def of_file(library: Library, object: Object, version: Version) -> str:
    """The Link header of a file: the page that it belongs to."""
    number = None if version.number == object.head else version.number
    return _written(Link("collection", library.page(object.name, number), "text/html"))


def linkset(library: Library, entry: Entry) -> bytes:
    """All links of a page and of its files (RFC 9264)."""
    anchor = entry.resource.landing_page
    context: dict[str, list[dict[str, object]]] = {}
    for link in of_entry(library, entry):
        row = {"href": link.href, "type": link.type, "profile": [link.profile] if link.profile else None}
        context.setdefault(link.rel, []).append({key: value for key, value in row.items() if value})
    back = [{"href": anchor, "type": "text/html"}]
    files = [one.content_url for one in entry.resource.distributions if one.content_url]
    return json_bytes(
        {"linkset": [{"anchor": anchor, **context}, *({"anchor": url, "collection": back} for url in files)]}
    )


def stored_as(name: str) -> str | None:
    """The media type of a document of a package, where a dialect knows it by its name."""
    for _, module in DIALECTS:
        if name in getattr(module, "FILE_NAMES", ()):
            return str(module.MEDIA_TYPE)
    return None


def _type(written: object) -> str | None:
    """A media type, where it is one: what a stranger wrote for it must not end the header or begin another link."""
    return written if isinstance(written, str) and _TYPE.fullmatch(written) else None


def _written(link: Link) -> str:
    more = "".join(f'; {key}="{value}"' for key, value in (("type", link.type), ("profile", link.profile)) if value)
    return f'<{link.href}>; rel="{link.rel}"{more}'
