"""Licences: which one does a text mean, what is it made for, and is it open?

Ids are those of the SPDX licence list; what our table lacks is looked up in the list that `license-expression` carries.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any, NamedTuple

from .table import index, load, plain

__all__ = ["Licence", "find", "licences"]

_LONGEST = 1000  # what is longer is the text of a licence, not its name
_PAGE_OF_ID = re.compile(r"(?:spdx\.org|opensource\.org|choosealicense\.com)/licenses?/([^/]+)$", re.IGNORECASE)
_PAGE_OF_CC = re.compile(r"creativecommons\.org/licenses/(by[a-z-]*)/(\d\.\d)(?:/([a-z]+))?$", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([a-z][\w-]*(?:\.[a-z][\w-]*)+(?:/\S*)?)", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:[?#].*|/|/deed(?:\.[\w-]+)?|/legalcode(?:\.[\w-]+)?|(?:\.[a-z]{2})?\.(?:html|txt|php|json|jsonld))$",
    re.IGNORECASE,
)
_TWICE = re.compile(r"([^()]+)\(([^()]+)\)")
_FILLERS = re.compile(r"\b(?:the|licen[cs]es?|version|international|unported|generic)\b|v\.? ?(?=\d)")
_CC_WORDS = {
    "creativecommons": "cc",
    "attribution": "by",
    "noncommercial": "nc",
    "sharealike": "sa",
    "noderivatives": "nd",
    "noderivs": "nd",
}
_LIKE_AN_EXPRESSION = re.compile(r"(?=[\w\s.+:()-]{2,500}$)(?:\S+|.*\b(?:and|or|with)\b.*)", re.IGNORECASE | re.DOTALL)
_EMPTY_BRACKET = re.compile(r"\(\s*(?:\)|(?:and|or|with)\b)", re.IGNORECASE)  # the parser (30.4) trips over these


class Licence(NamedTuple):
    """`made_for` names the kinds of work that the licence is written for, the main one first.

    `open` says that it conforms to the Open Definition (opendefinition.org); a licence of the SPDX list that our table
    lacks is not said to be open. The `id` of a combination is its SPDX expression, and it has no `url`.
    """

    id: str
    name: str
    url: str
    made_for: tuple[str, ...]
    open: bool
    aliases: tuple[str, ...] = ()


@cache
def licences() -> tuple[Licence, ...]:
    """The licences of our table."""
    return load("licences", Licence)


@lru_cache(maxsize=4096)
def find(text: str) -> Licence | None:
    """The licence that an SPDX id or expression, an address or a usual name means; none for what names no licence.

    Deprecated ids mean what SPDX replaced them by (`GPL-3.0` is `GPL-3.0-only`).
    """
    if len(text) > _LONGEST:
        return None
    name = _named(text)
    return _known().get(_key(name)) or _said_twice(name) or _beyond_table(name)


@cache
def _known() -> dict[str, Licence]:
    return index(licences(), lambda row: {_key(_named(text)) for text in (row.id, row.name, row.url, *row.aliases)})


def _named(text: str) -> str:
    """The id that an address stands for, else the address without protocol and tail; a name as it is."""
    written = _ADDRESS.fullmatch(text.strip())
    if written is None:
        return text.strip()
    address = written[1]
    while (shorter := _TAIL.sub("", address)) != address:
        address = shorter
    if found := _PAGE_OF_CC.fullmatch(address):
        return "-".join(["CC", *(part.upper() for part in found.groups() if part)])
    found = _PAGE_OF_ID.fullmatch(address)
    return found[1] if found else address


def _said_twice(name: str) -> Licence | None:
    """`The MIT License (MIT)`: a name, and the same again in brackets; any other words there may change the terms."""
    twice = _TWICE.fullmatch(name)
    if twice is None:
        return None
    outer, inner = (_known().get(_key(part)) for part in twice.groups())
    return outer if outer is inner else None


def _key(name: str) -> str:
    """What different spellings of one licence share; `+` counts, since `GPL-3.0+` is not `GPL-3.0`."""
    letters = plain(_FILLERS.sub(" ", name.casefold().replace("+", " orlater ")))
    for word, short in _CC_WORDS.items():
        letters = letters.replace(word, short)
    return letters


@cache
def _spdx() -> Any:
    from license_expression import get_spdx_licensing

    return get_spdx_licensing()


def _beyond_table(name: str) -> Licence | None:
    if not _LIKE_AN_EXPRESSION.fullmatch(name) or _EMPTY_BRACKET.search(name) or name.count("(") != name.count(")"):
        return None
    from license_expression import ExpressionError, ParseError

    try:
        return _read(_spdx().parse(name, validate=True, strict=True))
    except (ExpressionError, ParseError):
        return None


def _read(expression: Any) -> Licence | None:
    """A parsed expression: either of an OR will do, all of an AND must be kept."""
    if not expression.args:
        return _single(str(expression))
    parts = [part for part in map(_read, expression.args) if part]
    if len(parts) < len(expression.args):
        return None
    either = expression.operator.strip() == "OR"
    kinds = dict.fromkeys(kind for part in parts for kind in part.made_for)
    return Licence(
        id=str(expression),
        name=str(expression),
        url="",
        made_for=tuple(kinds) if either else _shared(kinds, parts),
        open=any(part.open for part in parts) if either else all(part.open for part in parts),
    )


def _shared(kinds: Iterable[str], parts: Iterable[Licence]) -> tuple[str, ...]:
    return tuple(kind for kind in kinds if all(kind in part.made_for for part in parts))


def _single(spdx_id: str) -> Licence | None:
    """One id of the SPDX list, with its exception if it has one; those outside of it (`LicenseRef-`) say nothing."""
    base = spdx_id.split(" WITH ")[0]
    if known := _known().get(_key(base)):
        return known if base == spdx_id else known._replace(id=spdx_id, name=spdx_id, aliases=())
    if base.startswith("LicenseRef-"):
        return None
    is_cc = base.startswith("CC-BY-")
    return Licence(
        id=spdx_id,
        name=spdx_id,
        url=f"https://spdx.org/licenses/{base}.html",
        made_for=("documentation", "dataset", "supplementary") if is_cc else ("software",),
        open=is_cc and "-NC" not in base and "-ND" not in base,
    )
