"""What stands in documents beside their fields: addresses, typed links, and the classes of things.

Only the text is searched; nothing of a stranger's document is unfolded, and no more than the first million characters
are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from fairkit.model.harvest import View

from ._check import Seen

__all__ = ["addresses", "linked_types", "stated_types"]

_MOST = 1_000_000
_ADDRESS = re.compile(rb"""https?:\\?/\\?/(?:[^\s"'<>\\{}|^`]|\\/)+""")  # JSON may write a slash with one before it


def addresses(view: Seen, representations: Collection[str]) -> Iterator[str]:
    """The web addresses that stand in the documents of some representations, each once for a document."""
    for each in view.views:
        if each.representation in representations:
            yield from _addresses(each)


def _addresses(view: View) -> list[str]:
    found = dict.fromkeys(_ADDRESS.findall(view.document.body[:_MOST]))
    return [address.replace(b"\\", b"").decode("utf-8", "replace") for address in found]


def linked_types(view: Seen) -> list[str]:
    """The media types of the documents that the links of the pages lead to."""
    found = [view.data for view in view.views if view.representation == "signposting"]
    links = [link for data in found if isinstance(data, list) for link in data if isinstance(link, dict)]
    typed = [link.get("type") for link in links if link.get("rel") in ("describedby", "alternate")]
    return [media_type for media_type in dict.fromkeys(typed) if isinstance(media_type, str)]


def stated_types(view: Seen, representations: Collection[str] = ()) -> list[str]:
    """The local names of the types that documents give the work: in its field, and as the classes of JSON-LD.

    Any document counts, or those of some `representations`.
    """
    views = [each for each in view.views if not representations or each.representation in representations]
    stated = [each.resource.type for each in views if each.resource.type]
    stated += [name for each in views for node in _nodes(each.data) for name in _classes(node)]
    stated += [name for each in views for name in _general(each.data)]
    return list(dict.fromkeys(_local(name) for name in stated))


def _general(data: Any) -> list[str]:
    """The types of DataCite, which tells one in the words of several vocabularies."""
    types = data.get("types") if isinstance(data, dict) else None
    return [name for name in types.values() if isinstance(name, str)] if isinstance(types, dict) else []


def _nodes(data: Any) -> list[Mapping[str, Any]]:
    """The things that a JSON-LD document has at its top or in its graph, or a page in its markup."""
    top = data if isinstance(data, list) else [data]
    lists = [node.get(key) for node in top if isinstance(node, dict) for key in ("@graph", "microdata", "rdfa")]
    inner = [node for found in lists if isinstance(found, list) for node in found]
    return [node for node in [*top, *inner] if isinstance(node, dict)]


def _classes(node: Mapping[str, Any]) -> list[str]:
    written = node.get("@type")
    return [name for name in (written if isinstance(written, list) else [written]) if isinstance(name, str)]


def _local(name: str) -> str:
    """`Dataset` of `https://schema.org/Dataset` and of `schema:Dataset`; any other IRI stays as it is."""
    for prefix in ("https://schema.org/", "http://schema.org/", "schema:"):
        name = name.removeprefix(prefix)
    return name
