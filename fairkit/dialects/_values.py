"""Values out of parsed documents: texts, numbers, lists and identifiers, whatever type a stranger gave them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, time
from functools import lru_cache
from typing import Any

from fairkit.errors import UnknownName, UnreadableDocument
from fairkit.model.evidence import Document
from fairkit.model.identifier import Identifier
from fairkit.vocab import identifiers
from fairkit.vocab.identifiers import Scheme

__all__ = ["EMPTY", "MOST_COUNTED", "identifier", "integer", "items", "parse_json", "parsed", "tamed", "text", "texts"]

EMPTY: tuple[Any, ...] = (None, "", (), [], {})
MOST_COUNTED = 2**63 - 1
"""The greatest number that is taken for a size or a count: 64 bits, as in every format that we write."""

_HALF_LETTER = re.compile(r"\\u[dD][89a-fA-F]")
_DECODER = json.JSONDecoder(parse_constant=lambda _: None)  # NaN and Infinity are not JSON
_WRAPPINGS = 4
_MOST_BITS = 14_000  # Python writes out no more than 4,300 digits


def parse_json(document: Document, *, errors: str = "strict") -> Any:
    """The parsed body of a JSON document; `errors` says what becomes of bytes that are no letters, as for `decode`.

    Raises:
        UnreadableDocument: if it is not JSON, or nested or sized beyond what the parser takes.
    """
    try:
        return parsed(document.body) if errors == "strict" else parsed(document.body, errors)  # as others ask for it
    except (ValueError, RecursionError) as error:
        what = f"{document.url} is not readable JSON: {error}"
        raise UnreadableDocument(what, value=document.url, remedy="Is it complete, and saved as UTF-8?") from None


@lru_cache(maxsize=1)  # a document is recognised, taken apart and read, one right after the other
def parsed(body: bytes, errors: str = "strict") -> Any:
    """The JSON in some bytes; it is shared, so nobody may change it.

    Raises:
        ValueError: if it is not JSON.
        RecursionError: if it is nested beyond what the parser takes.
    """
    written = body.decode(json.detect_encoding(body), errors)
    data = _DECODER.decode(written)
    return tamed(data) if _HALF_LETTER.search(written) else data


def tamed(data: Any, *, most: int = 5_000_000) -> Any:
    """A copy of parsed data as JSON has them: dates in ISO 8601, no half letters (lone surrogates).

    Raises:
        ValueError: if it unfolds into more than `most` values (the aliases of YAML multiply), or holds a whole number
            (hexadecimal in TOML) that Python would not write out.
    """
    room = iter(range(most))

    def copied(value: Any) -> Any:
        if next(room, None) is None:
            raise ValueError(f"it unfolds into more than {most:,} values")
        if isinstance(value, dict):
            return {str(copied(key)): copied(item) for key, item in value.items()}
        if isinstance(value, list):
            return [copied(item) for item in value]
        if isinstance(value, str):
            return value if value.isascii() else value.encode(errors="replace").decode()
        if isinstance(value, int) and value.bit_length() > _MOST_BITS:
            raise ValueError("it holds a whole number of thousands of digits")
        return value.isoformat() if isinstance(value, date | time) else value

    return copied(data)


def text(value: Any) -> str | None:
    """A non-empty string, stripped; a number as a string; the text of a JSON-LD value or of a list's first; or None."""
    if value is None:  # the two usual cases first: a record asks for some hundred texts
        return None
    if isinstance(value, str):
        return value.strip() or None
    for _ in range(_WRAPPINGS):
        if isinstance(value, dict):
            value = value.get("@value")
        elif isinstance(value, list):
            value = value[0] if value else None
        else:
            break
        if isinstance(value, str):
            return value.strip() or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def integer(value: Any) -> int | None:
    """A whole number at or above zero, also when written as text; else None."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit() and len(value) < 20:
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_COUNTED else None


def items(value: Any) -> Iterator[tuple[str, Any]]:
    """What stands in a list, or the one thing itself, each with the end of its pointer (`/0`, or nothing)."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield f"/{index}", item
    elif value not in EMPTY:
        yield "", value


def texts(value: Any) -> tuple[str, ...]:
    """The texts in a list, or the one text itself."""
    return tuple(found for _, item in items(value) if (found := text(item)))


def identifier(written: Any, scheme: str | None = None) -> Identifier | None:
    """The identifier that a value is; the `scheme` that the document states decides, if it is one that we know.

    A value that does not fit the stated scheme is kept as it stands, for a check to find. Bare digits without a scheme
    are nothing: only CERN Open Data means its own records by them.
    """
    value = text(written)
    if value is None:
        return None
    stated = _scheme(scheme[:100]) if scheme else None
    return _of_scheme(value, stated) if stated else _of_any(value)


def _of_scheme(value: str, stated: Scheme) -> Identifier | None:
    laid_out = stated.laid_out(value)
    prefixed = value.lower().startswith(f"{stated.scheme}:")
    if stated.holds(laid_out) and not prefixed:  # the usual case, for which no other scheme need be tried
        return Identifier(scheme=stated.scheme, value=laid_out)
    found = identifiers.identify(value)
    if "://" in value or (found and found.scheme == stated.scheme):
        return found
    return identifiers.identify(f"{stated.scheme}:{value}") or Identifier(scheme=stated.scheme, value=value)


def _of_any(value: str) -> Identifier | None:
    found = identifiers.identify(value)
    bare = not {":", "/"} & set(value)
    return None if bare and found and found.scheme == "cern-open-data" else found


@lru_cache(maxsize=256)
def _scheme(stated: str) -> Scheme | None:
    """A stated scheme in our table; None for one that it lacks, and for `url`, which any URL may be."""
    try:
        found = identifiers.scheme(stated.rstrip(": "))
    except UnknownName:
        return None
    return found if found.scheme != "url" else None
