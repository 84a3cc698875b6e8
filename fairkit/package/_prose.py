"""What a README and a LICENSE tell in words: heading, first paragraph, `Key: value` lines, which licence it is.

Each is found with the words that tell it, so that a person can see at a glance whether it was understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from fairkit.model.agent import Agent
from fairkit.vocab import dates, identifiers, licences

__all__ = ["Span", "licence", "readme"]

_MOST = 200_000
_LONGEST = 5_000
_LONGEST_TITLE = 200
_HEADING = re.compile(r"(#{1,6})[ \t]+(.{1,300})")
_UNDERLINE = re.compile(r"\s{0,3}(={3,}|-{3,}|~{3,}|\*{3,})\s*")
_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_NOT_PROSE = re.compile(r"\s*(?:[|<>{\\]|\[!\[|!\[|\.\. |[-*_=]{3,}\s*$|\s{4})")
_MARKS = (
    (re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,1000}\)"), ""),
    (re.compile(r"\[([^\[\]]{0,1000})\]\([^()]{0,1000}\)"), r"\1"),
    (re.compile(r"(?<!\w)[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}(?!\w)"), ""),
)
_UNFINISHED = re.compile(r"\bmore information needed\b|\b(?:todo|tbd|lorem ipsum)\b", re.IGNORECASE)
_KEYS = {
    "title": "title", "name": "title", "dataset": "title", "data set": "title", "dataset name": "title",
    "description": "description", "abstract": "description", "summary": "description",
    "author": "creators", "authors": "creators", "creator": "creators", "creators": "creators",
    "created by": "creators",
    "license": "license", "licence": "license", "version": "version", "doi": "identifiers", "keywords": "keywords",
    "citation": "citation", "how to cite": "citation", "date": "date_created", "created": "date_created",
    "released": "date_published", "published": "date_published", "publication date": "date_published",
    "homepage": "landing_page", "home page": "landing_page", "repository": "code_repository",
}  # fmt: skip
_GAP = r"[*_ \t]{0,4}"
_LINE = re.compile(
    rf"[ \t>*_#-]{{0,8}}({'|'.join(sorted(_KEYS, key=len, reverse=True))}){_GAP}[:=]{_GAP}(\S.{{0,{_LONGEST}}})",
    re.IGNORECASE,
)
_WEB = re.compile(r"https?://[^\s<>()\[\]]{3,500}")
_AND = re.compile(r"\s*;\s*|\s+(?:and|&)\s+|,\s+and\s+", re.IGNORECASE)


class Span(NamedTuple):
    """A value for a field, the line from 1 on which it was found, and the words that tell it."""

    field: str
    value: Any
    line: int
    quote: str
    sure: bool = True
    """Whether the words say it; else they suggest it."""


def readme(text: str) -> list[Span]:
    """What a README tells, in Markdown, reStructuredText or plain text; each field once, stated ones first."""
    lines = text[:_MOST].splitlines()
    found: dict[str, Span] = {}
    for span in (*_stated(lines), *_title(lines), *_paragraph(lines)):
        found.setdefault(span.field, span)
    return list(found.values())


def _stated(lines: list[str]) -> Iterator[Span]:
    """The lines like `License: CC-BY-4.0`, and the line below a heading that asks for a licence."""
    asked = False
    for number, line in _outside_code(lines):
        match, mark = _LINE.fullmatch(line), _HEADING.fullmatch(line.rstrip())
        field, words = (_KEYS[match[1].lower()], _plain(match[2])) if match else ("license", _plain(line))
        value = _value(field, words) if match or (asked and words) else None
        if value:
            yield Span(field, value, number, line.strip())
        if words:
            asked = mark is not None and _KEYS.get(_plain(mark[2]).strip(" :#").lower()) == "license"


def _value(field: str, words: str) -> Any:
    """What the words after a key mean; None where they mean nothing of the kind."""
    if field == "license":
        known = licences.find(words.rstrip("."))
        return known.id if known else None
    if field == "identifiers":
        known_id = identifiers.identify(words if ":" in words or "/" in words else "")
        return (known_id,) if known_id and known_id.scheme == "doi" and identifiers.is_valid(known_id) else None
    if field in ("date_created", "date_published"):
        return dates.iso(words)
    if field in ("landing_page", "code_repository"):
        found = _WEB.search(words)
        return found[0] if found else None
    if field == "keywords":
        return tuple(dict.fromkeys(word.strip() for word in re.split(r"[,;]", words) if word.strip()))[:50]
    if field == "creators":
        return _names(words)
    return None if _UNFINISHED.search(words) else words[: _LONGEST_TITLE if field == "title" else _LONGEST]


def _names(words: str) -> tuple[Agent, ...]:
    """The names in a list: `A. One, B. Two and C. Three`, or `One, A.; Two, B.`; none where that is unclear."""
    parts = [part.strip(" ,.") for part in _AND.split(words)]
    if ";" not in words:
        parts = [name.strip(" .") for part in parts for name in part.split(",")]
        if not all(len(name.split()) > 1 for name in parts if name):
            return ()
    names = [name for name in parts if name]
    if not all(1 < len(name) < 80 and not re.search(r"[\d@/<>:]", name) for name in names):
        return ()
    return tuple(Agent(name=name) for name in dict.fromkeys(names))


def _title(lines: list[str]) -> Iterator[Span]:
    """The first heading: with `#`, or underlined; else a short first line with nothing below it."""
    every = list(_outside_code(lines))
    for place, (number, line) in enumerate(every):
        mark = _HEADING.fullmatch(line.rstrip())
        below = every[place + 1][1] if place + 1 < len(every) else ""
        words = _plain(mark[2].strip(" #") if mark else line)
        headed = mark or (_UNDERLINE.fullmatch(below) and not _NOT_PROSE.match(line))
        if words and headed and len(words) <= _LONGEST_TITLE:
            yield Span("title", words, number, words)
            return
    yield from _first_line([(number, line) for number, line in every if line.strip()])


def _first_line(filled: list[tuple[int, str]]) -> Iterator[Span]:
    """A short line that stands by itself above all else."""
    if len(filled) < 2 or filled[1][0] == filled[0][0] + 1 or _NOT_PROSE.match(filled[0][1]):
        return
    number, words = filled[0][0], _plain(filled[0][1])
    if len(words) <= _LONGEST_TITLE / 2 and not words.endswith((".", ":", "!", "?")) and re.search(r"\w{2}", words):
        yield Span("title", words, number, words, sure=False)


def _paragraph(lines: list[str]) -> Iterator[Span]:
    """The first paragraph of prose below the title."""
    block: list[tuple[int, str]] = []
    titles = {number for span in _title(lines) for number in (span.line, span.line + 1)}
    for number, line in [*_outside_code(lines), (0, "")]:
        prose = line.strip() and not _HEADING.fullmatch(line.rstrip()) and not _NOT_PROSE.match(line)
        underline = _UNDERLINE.fullmatch(line) is not None
        if prose and not underline and not (number in titles and number == min(titles)):
            block.append((number, line))
            continue
        words = "" if underline else _plain(" ".join(line for _, line in block))
        if re.search(r"\w{2}", words) and not _UNFINISHED.search(words) and not _LINE.fullmatch(block[0][1]):
            yield Span("description", words[:_LONGEST], block[0][0], words)
            return
        block = []


def _outside_code(lines: list[str]) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(lines, 1):
        mark = _FENCE.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        elif not fence:
            yield number, line


def _plain(words: str) -> str:
    for mark, kept in _MARKS:
        words = mark.sub(kept, words)
    printable = "".join(letter if letter.isprintable() else " " for letter in words)
    return " ".join(printable.split())


_PHRASES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("CC0-1.0", "cc0 1.0 universal", ()),
    ("CC-BY-NC-ND-4.0", "attribution-noncommercial-noderivatives 4.0 international", ()),
    ("CC-BY-NC-SA-4.0", "attribution-noncommercial-sharealike 4.0 international", ()),
    ("CC-BY-NC-4.0", "attribution-noncommercial 4.0 international", ()),
    ("CC-BY-ND-4.0", "attribution-noderivatives 4.0 international", ()),
    ("CC-BY-SA-4.0", "attribution-sharealike 4.0 international", ()),
    ("CC-BY-4.0", "attribution 4.0 international", ()),
    ("AGPL-3.0-only", "gnu affero general public license", ("version 3",)),
    ("LGPL-3.0-only", "gnu lesser general public license", ("version 3",)),
    ("LGPL-2.1-only", "gnu lesser general public license", ("version 2.1",)),
    ("GPL-3.0-only", "gnu general public license", ("version 3",)),
    ("GPL-2.0-only", "gnu general public license", ("version 2",)),
    ("Apache-2.0", "apache license", ("version 2.0",)),
    ("MPL-2.0", "mozilla public license version 2.0", ()),
    ("MPL-2.0", "mozilla public license, version 2.0", ()),
    ("EUPL-1.2", "european union public licence", ("1.2",)),
    ("ODbL-1.0", "open database license", ("1.0",)),
    ("ODC-By-1.0", "open data commons attribution license", ()),
    ("PDDL-1.0", "open data commons public domain dedication", ()),
    ("CDLA-Permissive-2.0", "community data license agreement", ("permissive", "2.0")),
    ("BSL-1.0", "boost software license", ("version 1.0",)),
    ("Unlicense", "free and unencumbered software released into the public domain", ()),
    ("BSD-3-Clause", "redistribution and use in source and binary forms", ("neither the name",)),
    ("BSD-2-Clause", "redistribution and use in source and binary forms", ()),
    ("ISC", "permission to use, copy, modify, and/or distribute this software for any purpose", ()),
    ("MIT", "permission is hereby granted, free of charge, to any person obtaining a copy", ()),
)
"""A licence, the phrase that only its text has, and others that must stand in it as well; the closest first."""
_EITHER = ("AGPL", "LGPL", "GPL")
_SPDX = re.compile(r"SPDX-License-Identifier:[ \t]*([^\n]{1,200})")
_YEARS = r"\d{4}(?:[ \t]{0,3}[-,–][ \t]{0,3}\d{4}){0,20},?"
_COPYRIGHT = re.compile(
    rf"^[ \t]{{0,40}}copyright[ \t:]{{1,20}}(?:\(c\)|©)?[ \t]{{0,9}}{_YEARS}[ \t]{{1,9}}(?:by )?([^\n\d<(]{{3,80}})",
    re.IGNORECASE | re.MULTILINE,
)


def licence(text: str) -> list[Span]:
    """Which licence a text is, and who holds the rights in it; the latter is no more than a proposal."""
    text = text[:_MOST]
    found = [_licence(text)]
    holder = _COPYRIGHT.search(text)
    if holder and (name := _plain(holder[1]).strip(" .,")):
        found.append(Span("creators", (Agent(name=name),), _line(text, holder.start()), _plain(holder[0]), sure=False))
    return [span for span in found if span]


def _licence(text: str) -> Span | None:
    named = _SPDX.search(text)
    known = licences.find(named[1].strip()) if named else None
    if named and known:
        return Span("license", known.id, _line(text, named.start()), _plain(named[0]))
    spaced = re.compile(r"\s+")
    plain = spaced.sub(" ", text).casefold()
    for spdx, phrase, others in _PHRASES:
        if phrase in plain and all(other in plain for other in others):
            where = re.search(r"\s+".join(map(re.escape, phrase.split())), text, re.IGNORECASE)
            line = _line(text, where.start()) if where else 1
            return Span("license", spdx, line, phrase, sure=not spdx.startswith(_EITHER))
    short = text.strip()
    whole = licences.find(short) if 0 < len(short) < 200 else None
    return Span("license", whole.id, 1, _plain(short)) if whole else None


def _line(text: str, offset: int) -> int:
    """The line of what a pattern found, which may begin with empty lines."""
    begin = offset + len(text[offset:]) - len(text[offset:].lstrip())
    return text.count("\n", 0, begin) + 1
