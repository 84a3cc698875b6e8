"""The typed links of an object: what a page is about, who made it, its licence, its files, and what describes it.

FAIR Signposting (https://signposting.org/FAIR): the same links stand in the header of a page and in its link sets.
Those tell of its files and of the documents that describe it, too, whose own headers lead back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from fairkit.dialects import dialect
from fairkit.dialects._writing import json_bytes
from fairkit.ocfl.storage import Object, Version
from fairkit.registry import DIALECTS

from .library import Entry, Library
from .negotiation import Offer

__all__ = [
    "EXPORTS",
    "LINKSET",
    "LINKSET_TEXT",
    "Link",
    "header",
    "linkset",
    "linkset_text",
    "media_type",
    "of_entry",
    "of_export",
    "of_file",
    "offers",
    "sets",
    "stored_as",
]

LINKSET, LINKSET_TEXT = "application/linkset+json", "application/linkset"
EXPORTS = ("schema-org", "datacite", "datacite-xml", "ro-crate", "croissant", "dcat-ap", "codemeta", "cff")
"""The dialects in which every object is told, the first one where nothing else is asked for."""
_PROFILES = {
    "ro-crate": "https://w3id.org/ro/crate",
    "croissant": "http://mlcommons.org/croissant/1.1",
    "codemeta": "https://w3id.org/codemeta/3.0",
    "datacite": "http://datacite.org/schema/kernel-4",
    "datacite-xml": "http://datacite.org/schema/kernel-4",
    "dcat-ap": "http://data.europa.eu/r5r/",
}
_ASKED = _PROFILES | {"croissant": "http://mlcommons.org/croissant", "codemeta": "https://w3id.org/codemeta"}
"""By which profiles they are asked for: of any version."""
_TYPE = re.compile(r"[A-Za-z0-9][\w!#$&^.+-]{0,126}/[A-Za-z0-9][\w!#$&^.+-]{0,126}", re.ASCII)
"""RFC 6838, section 4.2."""
_URL = "!#$%&'()*+,/:;=?@[]~"
"""What stays as it is in an address (RFC 3986); a space, an angle or a line's end does not."""
_MOST_BYTES = 12_000
"""Of a header: a client may refuse more, and proxies do. The link sets name what does not fit."""
_FIRST_TO_GO = ("item", "author", "license", "collection", "predecessor-version", "successor-version", "cite-as")


class Link(NamedTuple):
    """One typed link."""

    rel: str
    href: str
    type: str | None = None
    profile: str | None = None


def offers() -> list[Offer]:
    """The forms of a page, the page itself first."""
    forms = [Offer(name, dialect(name).MEDIA_TYPE, _ASKED.get(name)) for name in EXPORTS]
    return [Offer("page", "text/html"), *forms, Offer("linkset", LINKSET), Offer("linkset_text", LINKSET_TEXT)]


def media_type(form: str) -> str:
    """The Content-Type of an export, with its profile."""
    kind, profile = dialect(form).MEDIA_TYPE, _PROFILES.get(form)
    return f'{kind}; profile="{profile}"' if profile else kind


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
    found += [Link("describedby", url, kind, _PROFILES.get(name)) for name, url, kind in _exports(library, entry)]
    if entry.version.number > 1:
        found.append(Link("predecessor-version", library.page(entry.object.name, entry.version.number - 1)))
    found.append(Link("latest-version", library.page(entry.object.name)))
    return found


def sets(library: Library, object: Object, version: Version) -> list[Link]:
    """The links to the link sets."""
    here = library.page(object.name, version.number)
    return [Link("linkset", f"{here}/linkset", LINKSET), Link("linkset", f"{here}/linkset.txt", LINKSET_TEXT)]


def header(library: Library, entry: Entry) -> str:
    """The Link header of a landing page; what does not fit, as of many files, only the link sets tell."""
    shown = [*of_entry(library, entry), *sets(library, entry.object, entry.version)]
    written = ", ".join(map(_written, shown))
    for rel in _FIRST_TO_GO:
        if len(written) > _MOST_BYTES:
            shown = [link for link in shown if link.rel != rel]
            written = ", ".join(map(_written, shown))
    return written


def of_file(library: Library, object: Object, version: Version) -> str:
    """The Link header of a file: the page that it belongs to."""
    back = Link("collection", _page(library, object, version), "text/html")
    return ", ".join(map(_written, [back, *sets(library, object, version)]))


def of_export(library: Library, object: Object, version: Version) -> str:
    """The Link header of a document that describes a page."""
    back = Link("describes", _page(library, object, version), "text/html")
    return ", ".join(map(_written, [back, *sets(library, object, version)]))


def linkset(library: Library, entry: Entry) -> bytes:
    """All links of a page, of its files and of what describes it (RFC 9264, JSON).

    Profiles are left out: RFC 9264 has them as lists, over which the clients of Signposting stumble. The header, the
    text form and each document tell them.
    """
    rows = []
    for anchor, every in _contexts(library, entry):
        context: dict[str, list[dict[str, str]]] = {}
        for link in every:
            context.setdefault(link.rel, []).append({"href": link.href, **({"type": link.type} if link.type else {})})
        rows.append({"anchor": anchor, **context})
    return json_bytes({"linkset": rows})


def linkset_text(library: Library, entry: Entry) -> bytes:
    """The same as text, one link to a line (RFC 9264, section 4.1)."""
    every = _contexts(library, entry)
    return ",\n".join(f'{_written(link)}; anchor="{anchor}"' for anchor, own in every for link in own).encode() + b"\n"


def _contexts(library: Library, entry: Entry) -> Iterator[tuple[str, list[Link]]]:
    """What has links, by its address."""
    page, own = _page(library, entry.object, entry.version), of_entry(library, entry)
    yield page, own
    licence = [link for link in own if link.rel == "license"]
    for link in own:
        if link.rel == "item":
            yield link.href, [Link("collection", page, "text/html"), *licence]
    for _, url, _ in _exports(library, entry):
        yield url, [Link("describes", page, "text/html")]


def _exports(library: Library, entry: Entry) -> Iterator[tuple[str, str, str]]:
    here = library.page(entry.object.name, entry.version.number)
    for name in EXPORTS:
        yield name, f"{here}/export/{name}", dialect(name).MEDIA_TYPE


def _page(library: Library, object: Object, version: Version) -> str:
    return library.page(object.name, None if version.number == object.head else version.number)


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
