"""File formats: which one is meant by an extension, a media type or a name, and can it be read in the long run?"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from .table import index, load

__all__ = ["Format", "compression_of", "find", "formats", "of_file"]


class Format(NamedTuple):
    """A file format; the first of its `extensions` and `media_types` is the usual one.

    `open`: published, and free to implement. `self_describing`: names and types of the data are inside. `scientific`:
    made for or by research, `community` naming the field that shares it. `unsafe`: to load it is to run its code.
    """

    name: str
    extensions: tuple[str, ...]
    media_types: tuple[str, ...]
    open: bool
    self_describing: bool
    tabular: bool
    scientific: bool
    community: str
    compression: bool
    archive: bool
    unsafe: bool
    aliases: tuple[str, ...]

    @property
    def container(self) -> bool:
        """Whether it only holds files of other formats, and tells nothing of theirs: gzip, ZIP, tar."""
        return (self.compression or self.archive) and not (self.scientific or self.self_describing)

    @property
    def media_type(self) -> str:
        """The usual media type, or the general one of bytes."""
        return self.media_types[0] if self.media_types else "application/octet-stream"


@cache
def formats() -> tuple[Format, ...]:
    """Every format of the table."""
    return load("media_types", Format)


@cache
def _by_spelling() -> dict[str, Format]:
    return index(
        formats(),
        lambda row: {text.casefold() for text in (row.name, *row.extensions, *row.media_types, *row.aliases)},
    )


@cache
def _by_extension() -> dict[str, Format]:
    return index(formats(), lambda row: row.extensions)


@lru_cache(maxsize=4096)
def find(text: str) -> Format | None:
    """The format that a name, an extension with or without its dot, a data tier or a media type means, in any case.

    The parameters of a media type are ignored; an unknown `application/…+json` is JSON (RFC 6839).
    """
    spelling = text.split(";")[0].strip().casefold().removeprefix(".")
    known = _by_spelling()
    if found := known.get(spelling):
        return found
    _, plus, suffix = spelling.rpartition("+")
    return known.get(f"application/{suffix}") if plus and "/" in spelling else None


def of_file(name: str) -> Format | None:
    """The format of a file by its name; a compressed file has that of its content (`x.csv.gz` is CSV)."""
    return _of_suffixes(*_suffixes(name)[-2:])


@lru_cache(maxsize=4096)
def _of_suffixes(*suffixes: str) -> Format | None:
    last_but_one, last = ("", "", *suffixes)[-2:]
    known = _by_extension()
    whole = known.get(f"{last_but_one}.{last}") or known.get(last)
    if whole is not None and whole.compression and not whole.archive:
        return known.get(last_but_one, whole)
    return whole


def compression_of(name: str) -> Format | None:
    """How the content of a file is compressed by its name (`x.csv.gz`: gzip), none where it is not."""
    *_, last = ["", *_suffixes(name)]
    found = _by_extension().get(last)
    return found if found is not None and found.compression else None


def _suffixes(name: str) -> list[str]:
    """What follows the stem of a file, or of a URL's path; the leading dot of `.txt` hides a file and ends no stem."""
    path = re.split(r"[?#]", name)[0] if "://" in name else name
    base = path.strip().replace("\\", "/").rpartition("/")[2].casefold().lstrip(".")
    return base.split(".")[1:]
