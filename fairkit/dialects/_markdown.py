"""What a README tells in words: its heading, its sections and their texts, without the marks of Markdown."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import NamedTuple

from ._html import plain

__all__ = ["Section", "code", "heading", "section", "sections", "summary"]

_MOST_CHARACTERS = 200_000
_LONGEST = 5_000
_HEADING = re.compile(r"(#{1,6})[ \t]+(.{1,300})")
_FENCE = re.compile(r"[ ]{0,3}(```|~~~)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,1000}\)")
_LINK = re.compile(r"\[([^\[\]]{0,1000})\]\([^()]{0,1000}\)")
_MARKS = re.compile(r"(?<!\w)[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}(?!\w)")
_ITEM = re.compile(r"^[ \t]{0,20}(?:[-*+>]|\d{1,3}\.)[ \t]+", re.MULTILINE)
_UNFINISHED = re.compile(r"\bmore information needed\b", re.IGNORECASE)


class Section(NamedTuple):
    """A heading of a `level` (1 to 6; 0 before the first), its title, the text under it, and the code in that text."""

    level: int
    title: str
    text: str
    code: str


def sections(text: str) -> list[Section]:
    """The sections of a text, in their order; what is in fences of code has no headings."""
    heads: list[tuple[int, str]] = [(0, "")]
    words: list[list[str]] = [[]]
    codes: list[list[str]] = [[]]
    fence = ""
    for line in _COMMENT.sub("", text[:_MOST_CHARACTERS]).splitlines():
        marks = _FENCE.match(line)
        title = None if fence else _HEADING.match(line)
        if marks and fence in ("", marks[1]):
            fence = "" if fence else marks[1]
        elif title:
            heads.append((len(title[1]), title[2].strip(" \t#")))
            words.append([])
            codes.append([])
        else:
            (codes if fence else words)[-1].append(line)
    every = zip(heads, words, codes, strict=True)
    return [Section(level, title, "\n".join(told), "\n".join(code)) for (level, title), told, code in every]


def heading(every: list[Section]) -> str | None:
    """The title of the whole: its first heading of the highest level."""
    return next((_words(one.title) for one in every if one.level == 1), None)


def section(every: list[Section], titles: Container[str]) -> str | None:
    """The words of the first section with one of the titles (lower case), and of the sections in it."""
    return next((words for part in _parts(every, titles) if (words := _told(part))), None)


def code(every: list[Section], titles: Container[str]) -> str | None:
    """The code in the first section with one of the titles, and in the sections in it."""
    found = ("\n".join(one.code for one in part).strip() for part in _parts(every, titles))
    return next((block[:_LONGEST] for block in found if block), None)


def summary(every: list[Section]) -> str | None:
    """The first words of the text."""
    return next((words for one in every if (words := _told([one]))), None)


def _parts(every: list[Section], titles: Container[str]) -> Iterator[list[Section]]:
    for index, one in enumerate(every):
        if one.title.lower().removesuffix("[optional]").strip(" :.") in titles:
            inner = range(index + 1, len(every))
            end = next((place for place in inner if every[place].level <= one.level), len(every))
            yield every[index:end]


def _told(part: list[Section]) -> str | None:
    """The words of some sections; those that still hold what a template put there tell nothing."""
    words = (_words(one.text) for one in part if not _UNFINISHED.search(one.text))
    return " ".join(filter(None, words))[:_LONGEST] or None


def _words(text: str) -> str | None:
    for mark, kept in ((_IMAGE, ""), (_LINK, r"\1"), (_ITEM, ""), (_MARKS, "")):
        text = mark.sub(kept, text)
    return plain(text)
