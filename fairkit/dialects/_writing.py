"""What the dialects that are written share: texts that any reader takes, and nothing that says nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fairkit.model.identifier import Identifier
from fairkit.vocab import identifiers, licences

from ._values import EMPTY, tamed

__all__ = ["address", "json_bytes", "licence_url", "stated"]


def json_bytes(data: Any) -> bytes:
    """Data as a JSON document: UTF-8 whatever texts were given, indented for people, a newline at its end."""
    return json.dumps(tamed(data), ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n"


def stated(node: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The keys of a node that say something; `False` and 0 do."""
    return {key: value for key, value in dict(node).items() if value not in EMPTY or value is False}


def address(identifier: Identifier | None) -> str | None:
    """Where an identifier resolves on the web, if that leads back to it, and may be an IRI as it stands."""
    found = identifiers.url(identifier) if identifier else None
    if not identifier or not found or not found.startswith(("http://", "https://")) or not _is_plain(found):
        return None
    return found if identifiers.identify(found) == identifier else None


def _is_plain(url: str) -> bool:
    """Whether an address has none of the signs that an IRI may not have (RFC 3987)."""
    return url.isprintable() and not set(' <>"{}|\\^`') & set(url)


def licence_url(licence: str | None) -> str | None:
    """The address of a licence in the SPDX list; None for a combination, and for a text that is none of them."""
    known = licences.find(licence) if licence else None
    if known is None or known.id != licence or set(" ()") & set(licence):
        return None
    url = f"https://spdx.org/licenses/{known.id}"
    return url if licences.find(url) == known else None
