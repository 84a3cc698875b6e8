"""What the dialects that are written share: texts that any reader takes, and nothing that says nothing."""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from fairkit.model.base import Frozen
from fairkit.model.identifier import Identifier
from fairkit.vocab import dates, identifiers, licences

from ._values import EMPTY, tamed

__all__ = ["address", "is_date", "json_bytes", "licence_url", "sound", "stated"]

Given = TypeVar("Given")

_HALF_LETTER = re.compile("[\ud800-\udfff]")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)


def json_bytes(data: Any) -> bytes:
    """Data as a JSON document: UTF-8 whatever texts were given, indented for people, a newline at its end."""
    return json.dumps(tamed(data), ensure_ascii=False, indent=2, allow_nan=False).encode() + b"\n"


def sound(value: Given) -> Given:
    """A word of the model, or a tuple of such, in whose texts each half letter (a lone surrogate) is a question mark.

    Nothing can write those down, and what takes addresses apart breaks over them.
    """
    made: Any = value
    if isinstance(value, str):
        if not value.isascii() and _HALF_LETTER.search(value):
            made = value.encode(errors="replace").decode()
    elif isinstance(value, tuple):
        inner = [sound(one) for one in value]
        made = value if all(map(operator.is_, inner, value)) else tuple(inner)
    elif isinstance(value, Frozen):  # of a file with many columns, most that could be said is not
        said = ((name, old) for name, old in vars(value).items() if old is not None and old != ())
        changed = {name: new for name, old in said if (new := sound(old)) is not old}
        made = replace(value, **changed) if changed else value  # type: ignore[type-var]
    found: Given = made
    return found


def stated(node: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The keys of a node that say something; `False` and 0 do."""
    return {key: value for key, value in dict(node).items() if value not in EMPTY or value is False}


def address(identifier: Identifier | None) -> str | None:
    """Where an identifier resolves on the web, if that leads back to it, and may be an IRI as it stands."""
    found = identifiers.url(identifier) if identifier else None
    if not identifier or not found or not found.startswith(("http://", "https://")) or not _is_plain(found):
        return None
    return found if identifiers.identify(found) == identifier else None


def is_date(written: str) -> bool:
    """Whether a text is a year, a month, a day or a time as ISO 8601 has them, such as every reader takes."""
    day, _, _ = written.partition("T")
    return dates.iso(day) == day and (day == written or _TIME.fullmatch(written) is not None)


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
