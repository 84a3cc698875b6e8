"""Identifiers: which scheme is a text written in, does it hold, where does it lead, and are two of them one?

The schemes stand in `vocabularies/identifier_schemes.csv`, the more telling first. A value is recognised behind one of
its scheme's `prefixes` (`doi:`, or a resolver without `https://`; `*` stands for any host), or `bare`: `yes` by the
pattern of the scheme, `no` never, else by a narrower pattern of its own; a bare value must also have the right check
digit.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from fairkit.errors import UnknownName
from fairkit.model.identifier import Identifier

from .check_digits import ALGORITHMS
from .table import index, load

__all__ = [
    "Scheme",
    "identify",
    "is_globally_unique",
    "is_persistent",
    "is_valid",
    "key",
    "same",
    "scheme",
    "schemes",
    "url",
]

_LONGEST = 8192
_HTTP = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_OPENING = " \t\n<([{\"'“‘«"
_TRAILING = " \t\n.,;:!?\"'“”‘’»"
_PAIRS = {")": "(", "]": "[", ">": "<", "}": "{"}


@cache
def _compiled(shape: str, case_insensitive: bool) -> re.Pattern[str]:
    return re.compile(shape, re.ASCII | (re.IGNORECASE if case_insensitive else 0))


class Scheme(NamedTuple):
    """A kind of identifier: `persistent` where somebody promises to keep its names resolvable or unique for good.

    `layout` says how a value is grouped: `4-4` in hyphenated groups of these lengths, `compact` without separators.
    `check` names an algorithm of `check_digits`, `policy` is where the promise is written.
    """

    scheme: str
    name: str
    kind: str
    persistent: bool
    globally_unique: bool
    pattern: str
    bare: str
    prefixes: tuple[str, ...]
    resolver: str
    case_insensitive: bool
    layout: str
    check: str
    policy: str

    def holds(self, value: str) -> bool:
        """Whether a value has the shape of this scheme, whatever its check digit."""
        return self._fits(value, self.pattern)

    def holds_bare(self, value: str) -> bool:
        """Whether a value without any prefix is of this scheme beyond doubt."""
        if self.bare == "no":
            return False
        shape = self.pattern if self.bare == "yes" else self.bare
        return self._fits(value, shape) and ALGORITHMS[self.check](value)

    def laid_out(self, value: str) -> str:
        """A value in the usual grouping: `0000000218250097` becomes `0000-0002-1825-0097`."""
        if not self.layout:
            return value
        figures = _SEPARATORS.sub("", value)
        if self.layout == "compact":
            return figures
        ends = [int(size) for size in self.layout.split("-")]
        starts = [sum(ends[:i]) for i in range(len(ends))]
        groups = [figures[start : start + size] for start, size in zip(starts, ends, strict=True)]
        return "-".join([*groups[:-1], groups[-1] + figures[sum(ends) :]])

    def _fits(self, value: str, shape: str) -> bool:
        return _compiled(shape, self.case_insensitive).fullmatch(value) is not None


@cache
def schemes() -> tuple[Scheme, ...]:
    """Every scheme, in the order in which they are tried."""
    return load("identifier_schemes", Scheme)


@cache
def _by_name() -> dict[str, Scheme]:
    return index(schemes(), lambda row: {row.scheme, *(p.removesuffix(":") for p in row.prefixes if p.endswith(":"))})


@cache
def _prefixes() -> tuple[tuple[str, Scheme], ...]:
    return tuple((prefix, row) for row in schemes() for prefix in dict.fromkeys((*row.prefixes, f"{row.scheme}:")))


def scheme(name: str) -> Scheme:
    """The scheme of this name or short prefix (`hdl` is `handle`), in any case; else UnknownName."""
    found = _by_name().get(name.strip().lower())
    if found is None:
        raise UnknownName("identifier scheme", name, [row.scheme for row in schemes()])
    return found


@lru_cache(maxsize=4096)
def identify(text: str) -> Identifier | None:
    """The identifier that a text is: bare, behind a prefix, or as the URL of a resolver; any other URL is a `url`.

    Spaces, quotes and punctuation around it are dropped. Never raises; what is no identifier gives none.
    """
    if len(text) > _LONGEST:
        return None
    text = _trimmed(text)
    return _behind_prefix(text) or _bare(text)


def url(identifier: Identifier) -> str | None:
    """Where an identifier resolves, or none: an ISBN and a UUID lead nowhere."""
    row = _known(identifier.scheme)
    if row is None or not row.resolver:
        return None
    if row.resolver == "{value}":
        return identifier.value
    return row.resolver.replace("{value}", quote(identifier.value, safe="/:;()@!$&'*+,~=-._"))


def is_persistent(identifier: Identifier) -> bool:
    """Whether the scheme promises persistence; an unknown scheme promises nothing."""
    row = _known(identifier.scheme)
    return row is not None and row.persistent


def is_globally_unique(identifier: Identifier) -> bool:
    """Whether no other thing in the world can bear this identifier."""
    row = _known(identifier.scheme)
    return row is not None and row.globally_unique


def is_valid(identifier: Identifier) -> bool:
    """Whether the value has the shape of its scheme and the right check digit; nothing is looked up."""
    return _is_valid(identifier.scheme, identifier.value)


@lru_cache(maxsize=4096)
def _is_valid(scheme: str, value: str) -> bool:
    row = _known(scheme)
    if row is None:
        return False
    value = row.laid_out(value)
    return row.holds(value) and ALGORITHMS[row.check](value)


@lru_cache(maxsize=256)
def _known(scheme: str) -> Scheme | None:
    """The row of a scheme, named in any case."""
    return _by_name().get(scheme.lower())


def same(first: Identifier, second: Identifier) -> bool:
    """Whether two identifiers name one thing, by the rules of their schemes for case, http and resolvers."""
    return key(first) == key(second)


def key(identifier: Identifier) -> tuple[str, str]:
    """What all identifiers of one thing in one scheme share, and no others."""
    if identifier.scheme == "url":
        identifier = identify(identifier.value) or identifier
    row = _known(identifier.scheme)
    if row is None:
        return identifier.scheme.lower(), identifier.value
    value = row.laid_out(identifier.value)
    if row.scheme == "url":
        protocol, _, rest = value.partition("://")
        host, slash, path = rest.partition("/")
        value = f"{protocol.lower().replace('https', 'http')}://{host.lower()}{slash}{path}".rstrip("/")
    return row.scheme, value.casefold() if row.case_insensitive else value


def _trimmed(text: str) -> str:
    """Without the spaces, quotes, brackets and punctuation that prose puts around an identifier."""
    text = text.strip().lstrip(_OPENING)
    while text and (text[-1] in _TRAILING or text.count(text[-1]) > text.count(_PAIRS.get(text[-1], text[-1]))):
        text = text[:-1].rstrip()
    return text


def _behind_prefix(text: str) -> Identifier | None:
    plain = _HTTP.sub("", text, count=1)
    lower = plain.lower()
    if len(lower) != len(plain):
        return None  # a letter of which lower case is longer: no prefix has one, and positions would be off
    for prefix, row in _prefixes():
        written = _after(prefix, plain, lower)
        if written is not None and (found := _read(row, written, from_url="/" in prefix)):
            return found
    return None


def _after(prefix: str, plain: str, lower: str) -> str | None:
    if prefix.startswith("*"):
        start = lower.find(prefix[1:])
        return plain[start + len(prefix) - 1 :] if start >= 0 else None
    return plain[len(prefix) :] if lower.startswith(prefix) else None


def _read(row: Scheme, written: str, *, from_url: bool) -> Identifier | None:
    """The value behind a prefix; that of a URL is decoded, and read again without query, fragment and last slash."""
    written = _trimmed(unquote(written) if from_url else written)
    readings = [written, re.split(r"[?#]", written)[0].rstrip("/")] if from_url else [written]
    for reading in readings:
        value = row.laid_out(reading)
        if row.holds(value):
            return Identifier(scheme=row.scheme, value=value)
    return None


def _bare(text: str) -> Identifier | None:
    for row in schemes():
        value = row.laid_out(text)
        if row.holds_bare(value):
            return Identifier(scheme=row.scheme, value=value)
    return None
