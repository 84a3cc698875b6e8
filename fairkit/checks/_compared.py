"""What consistency checks compare in long lists, read once: thousands of files, hundreds of variables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from fairkit.model.distribution import Distribution
from fairkit.model.variable import Variable

from ._shared import once

__all__ = ["Counted", "Named", "Summed", "Worded", "counted", "named", "summed", "worded"]

_DIGITS = {
    "adler32": 8,
    "crc32": 8,
    "crc32c": 8,
    "md5": 32,
    "sha1": 40,
    "sha224": 56,
    "sha256": 64,
    "sha384": 96,
    "sha512": 128,
    "sha3-256": 64,
    "sha3-512": 128,
    "blake2b": 128,
    "blake2s": 64,
    "blake3": 64,
}
"""The hexadecimal digits of each algorithm's checksum."""
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_SHORT = ("1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th")
_PLACES = {word: place for words in (_ORDINALS, _SHORT) for place, word in enumerate(words, 1)}
_COUNTED = re.compile(rf"\b({'|'.join(_PLACES)})\s+([a-z]+)", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_NUMBERED = re.compile(r"(?<![A-Za-z])([A-Za-z]+)_?(\d{1,3})(?!\d)")


class Named(NamedTuple):
    """How many things there are, and the names that more than one of them bears."""

    total: int
    repeated: list[str]


def named(names: Iterable[str]) -> Named:
    """The names in short."""
    every = list(names)
    if len(set(every)) == len(every):
        return Named(len(every), [])
    return Named(len(every), [name for name, times in Counter(every).items() if times > 1])


class Summed(NamedTuple):
    """How many checksums there are, and what is wrong with the first that is."""

    total: int
    fault: str


@once
def summed(distributions: tuple[Distribution, ...]) -> Summed:
    """The checksums in short."""
    every = [checksum for file in distributions for checksum in file.checksums]
    for algorithm, length in dict.fromkeys([(checksum.algorithm, len(checksum.value)) for checksum in every]):
        if algorithm not in _DIGITS:
            return Summed(len(every), f"{algorithm} is not known")
        if length != _DIGITS[algorithm]:
            return Summed(len(every), f"{algorithm} has {_DIGITS[algorithm]} digits, not {length}")
    digits = "".join([checksum.value for checksum in every])
    return Summed(len(every), "" if _hexadecimal(digits) else "there are other characters than hexadecimal digits")


def _hexadecimal(digits: str) -> bool:
    """Whether there is nothing else; the quickest way for thousands, which alone would forgive blanks between pairs."""
    try:
        bytes.fromhex(digits)
    except ValueError:
        return False
    return digits.isalnum() or not digits


class Worded(NamedTuple):
    """How many variables are described, and the names of those that share their words, group by group."""

    described: int
    alike: list[list[str]]


@once
def worded(variables: tuple[Variable, ...]) -> Worded:
    """The descriptions in short; variables of one name count once, since it is their names that are wrong."""
    texts = [(row.group, row.description) for row in variables if row.description]
    if len(set(texts)) == len(texts):
        return Worded(len(texts), [])
    names: dict[tuple[str | None, str], dict[str, None]] = {}
    for row in variables:
        if row.description:
            names.setdefault((row.group, row.description), {})[row.name] = None
    return Worded(len(texts), [list(each) for each in names.values() if len(each) > 1])


class Counted(NamedTuple):
    """How many variables are numbered in the name and counted in words, and those whose words count otherwise."""

    total: int
    wrong: list[str]


class _Words(NamedTuple):
    """What the words of a variable count, each with its noun, and the figures among them."""

    places: list[tuple[int, str]]
    figures: list[str]

    @property
    def order(self) -> tuple[list[int], list[str]]:
        """What tells the variable from its neighbours."""
        return [place for place, _ in self.places], self.figures


@once
def counted(variables: tuple[Variable, ...]) -> Counted:
    """Where names and words both count: `jet2_pt`, the momentum of the second jet."""
    rows: dict[str, _Words] = {}
    for row in variables:
        if row.description and (found := _COUNTED.findall(row.description)) and _NUMBERED.search(row.name):
            places = [(_PLACES[word.lower()], noun.lower()) for word, noun in found]
            rows[row.name] = _Words(places, _FIGURES.findall(row.description))
    if not rows:
        return Counted(0, [])
    wrong = {*_miscounted(rows, _zero_based(variables)), *_copied(rows)}
    return Counted(len(rows), [name for name in rows if name in wrong])


def _zero_based(variables: tuple[Variable, ...]) -> frozenset[str]:
    """The things whose numbers begin at 0: there is a `jet0` or a `jet_0`."""
    numbers = [_NUMBERED.findall(row.name) for row in variables]
    return frozenset([thing.lower() for each in numbers for thing, number in each if int(number) == 0])


def _miscounted(rows: dict[str, _Words], zero_based: frozenset[str]) -> Iterator[str]:
    """The variables whose name and words count the same thing and come to another number."""
    for name, words in rows.items():
        spoken = {noun.removesuffix("s"): place for place, noun in reversed(words.places)}
        for thing, number in _NUMBERED.findall(name):
            place = spoken.get(thing.lower().removesuffix("s"))
            if place is not None and place != int(number) + (thing.lower() in zero_based):
                yield name


def _copied(rows: dict[str, _Words]) -> Iterator[str]:
    """The variables that count as their neighbour does, where the words tell other such neighbours apart.

    Neighbours differ in one number: `jet1_pt` and `jet2_pt`, of which only the second can be the second jet's.
    """
    pairs = [(thing, name, rows[before].order == rows[name].order) for thing, before, name in _neighbours(rows)]
    told_apart = {thing for thing, _, alike in pairs if not alike}
    return (name for thing, name, alike in pairs if alike and thing in told_apart)


def _neighbours(rows: dict[str, _Words]) -> Iterator[tuple[str, str, str]]:
    """What is numbered, with the names of two variables that differ in that number alone, by one."""
    for name in rows:
        for found in _NUMBERED.finditer(name):
            start, end = found.span(2)
            before = f"{name[:start]}{int(found[2]) - 1}{name[end:]}"
            if before in rows:
                yield name[:start], before, name
