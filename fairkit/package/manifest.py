"""The manifest: the sha256 of every file of a package but its own, in the form that `sha256sum -c` reads.

A line is the digest, two blanks and the name. Where a name has a backslash, a line feed or a carriage return, these are
escaped and the line begins with a backslash (GNU coreutils, "md5sum invocation").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, NamedTuple

from fairkit.model.base import FAIRKIT, SDO, Frozen, Term, word

from . import names

__all__ = ["MOST_BYTES", "Entry", "Manifest", "parse", "write"]

MOST_BYTES = 256 * 1024 * 1024
"""A manifest of more bytes than this is not read: it would name more than a million files."""

_LINE = re.compile(r"(?P<escaped>\\?)(?P<digest>[0-9A-Fa-f]{64}) [ *](?P<name>.*)", re.DOTALL)
_TAGGED = re.compile(r"(?P<escaped>\\?)SHA256 \((?P<name>.*)\) = (?P<digest>[0-9A-Fa-f]{64})", re.DOTALL)
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_MEANT = {written: meant for meant, written in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\(.?)", re.DOTALL)


@word
class Entry(Frozen):
    """A file of a package."""

    path: Annotated[str, Term(SDO.name, "Its path from the top of the package")]
    sha256: Annotated[str, Term(FAIRKIT.checksumValue, "The digest of its bytes")]


class Manifest(NamedTuple):
    """What a manifest says, and in which of its lines it says nothing that can be followed."""

    entries: tuple[Entry, ...]
    faults: tuple[str, ...]


def write(entries: Iterable[Entry]) -> bytes:
    """The manifest of these files, sorted by their names' bytes."""
    ordered = sorted(entries, key=lambda entry: entry.path.encode("utf-8", "surrogateescape"))
    return "".join(map(_line, ordered)).encode("utf-8", "surrogateescape")


def _line(entry: Entry) -> str:
    name = "".join(_ESCAPES.get(letter, letter) for letter in entry.path)
    return f"{'' if name == entry.path else chr(92)}{entry.sha256}  {name}\n"


def parse(body: bytes) -> Manifest:
    """The files that a manifest names; lines that are none, and names that lead out of the package, are faults.

    Comments, `*` before a name, `./` at its beginning and the form of `--tag` are read as sha256sum writes them.
    """
    found: dict[str, Entry] = {}
    faults: list[str] = []
    for number, written in enumerate(body.decode("utf-8", "surrogateescape").split("\n"), 1):
        line = written.removesuffix("\r")  # one that belongs to a name is escaped
        if not line or line.startswith("#"):
            continue
        entry = _entry(line)
        if isinstance(entry, str):
            faults.append(f"line {number}: {entry}")
        elif found.setdefault(entry.path, entry) is not entry:
            faults.append(f"line {number}: {entry.path!r} is named twice")
    return Manifest(tuple(found.values()), tuple(faults))


def _entry(line: str) -> Entry | str:
    """The file of a line, or what is wrong with it."""
    match = _LINE.fullmatch(line) or _TAGGED.fullmatch(line)
    if match is None:
        return "it is no digest and name"
    name: str | None = match["name"]
    if match["escaped"]:
        name = _unescaped(match["name"])
    if name is None:
        return f"its name is escaped as no name can be: {match['name']!r}"
    while name.startswith("./"):
        name = name[2:]
    why = names.fault(name)
    return f"{name!r} is refused: {why}" if why else Entry(path=name, sha256=match["digest"].lower())


def _unescaped(written: str) -> str | None:
    wrong = [pair for pair in _ESCAPED.finditer(written) if pair[0] not in _MEANT]
    return None if wrong else _ESCAPED.sub(lambda pair: _MEANT[pair[0]], written)
