"""Splits: which files are set aside for what, by what is documented, else by how files and folders are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from fairkit.model.variable import Split

from .words import FileFacts, Finding, Guess

__all__ = ["copies", "counted", "entries", "members"]

_NAMES = re.compile(
    r"(?<![a-z])(?:(?P<train>train(?:ing)?)|(?P<test>test(?:ing)?)|(?P<validation>val(?:id(?:ation)?)?|dev))(?![a-z])",
    re.IGNORECASE,
)
_WILD = re.compile(r"[*?\[]")
_FORMS = ("parquet", "hdf5", "root", "numpy", "csv", "json-lines", "pickle")
"""Formats from the one that is read best: of the same data in several, the first is counted."""
_SPELLINGS = {*_FORMS, "h5", "hdf", "npz", "npy", "pq", "tsv", "jsonl", "pkl"}


def entries(file: FileFacts) -> int | None:
    """The rows of the longest table of a file; None where it does not tell."""
    return max((table.entry_count for table in file.facts.tables if table.entry_count is not None), default=None)


def members(split: Split, paths: Iterable[str]) -> tuple[str, ...]:
    """The files that the names and patterns of a split mean; a folder means all that is in it."""
    names = {pattern.removeprefix("./") for pattern in split.files}
    patterns = [name for name in names if _WILD.search(name)]  # there may be thousands of names, and of files
    folders = {name.rstrip("/") for name in names}
    return tuple(
        path
        for path in paths
        if path in names or not folders.isdisjoint(_above(path)) or any(fnmatchcase(path, each) for each in patterns)
    )


def _above(path: str) -> Iterator[str]:
    """The folders that a path lies in."""
    at = path.find("/")
    while at >= 0:
        yield path[:at]
        at = path.find("/", at + 1)


def copies(files: Sequence[FileFacts]) -> dict[str, str]:
    """Each file that has the same data as another in another format, with that other one.

    They are called alike but for the format, have as many rows, and most columns by the same names.
    """
    ranked = sorted(files, key=lambda file: (_rank(file.facts.format), file.path))
    found: dict[str, str] = {}
    firsts: dict[tuple[str, int | None], list[FileFacts]] = {}
    for file in ranked:
        key = (_stem(file.path), entries(file))
        original = next((one for one in firsts.get(key, ()) if _alike(one, file)), None)
        if original is None:
            firsts.setdefault(key, []).append(file)
        else:
            found[file.path] = original.path
    return found


def _rank(form: str) -> int:
    return _FORMS.index(form) if form in _FORMS else len(_FORMS)


def _stem(path: str) -> str:
    *folders, name = path.lower().split("/")
    kept = [folder for folder in folders if folder not in _SPELLINGS]
    words = [word for word in re.split(r"[._-]", name.partition(".")[0]) if word not in (*_SPELLINGS, "padded")]
    return "/".join([*kept, "-".join(words)])


def _alike(one: FileFacts, other: FileFacts) -> bool:
    if one.facts.format == other.facts.format:
        return False
    a, b = ({column.name for table in file.facts.tables for column in table.columns} for file in (one, other))
    return 2 * len(a & b) > min(len(a), len(b))


def counted(
    documented: Sequence[Split],
    paths: Sequence[str],
    files: Sequence[FileFacts],
    *,
    where: tuple[str | None, int | None] = (None, None),
) -> tuple[tuple[Split, ...], tuple[Finding, ...], tuple[Guess, ...]]:
    """The splits with the numbers of their files and rows; where none is documented, those that paths suggest.

    A file that several splits share is counted in none of them.
    """
    findings: list[Finding] = []
    guessed: list[Guess] = []
    splits = tuple(documented)
    if not any(split.files for split in splits):
        splits, guessed = _suggested(splits, _by_path(paths))
    rows = {file.path: entries(file) for file in files}
    again = copies(files)
    every = [members(split, paths) for split in splits]
    times = Counter(path for mine in every for path in mine)
    made = []
    for split, mine in zip(splits, every, strict=True):
        if split.files and not mine:
            text = f"the split {split.name} names no file that is here"
            findings.append(Finding(kind="missing", text=text, file=where[0], line=where[1]))
        numbers = [rows.get(path) for path in mine if again.get(path) not in mine]
        total = (
            None
            if any(times[path] > 1 for path in mine) or not numbers or None in numbers
            else sum(n or 0 for n in numbers)
        )
        texts = _contradictions(split, total, len(mine))
        findings += [Finding(kind="conflict", text=text, file=where[0], line=where[1]) for text in texts]
        made.append(
            replace(
                split,
                entry_count=split.entry_count if split.entry_count is not None else total,
                file_count=split.file_count or len(mine) or None,
            )
        )
    return tuple(made), tuple(findings), tuple(guessed)


def _suggested(
    documented: tuple[Split, ...], named: dict[str, tuple[str, ...]]
) -> tuple[tuple[Split, ...], list[Guess]]:
    """The splits with the files whose paths say their name, and the guess that each is."""
    whole = documented or tuple(Split(name=name) for name in named)
    splits = tuple(replace(split, files=named.get(_usual(split.name), ())) for split in whole)
    return splits, [
        Guess(subject=split.name, field="files", value=_some(split.files), why="is in their paths")
        for split in splits
        if split.files
    ]


def _usual(name: str) -> str:
    found = _NAMES.fullmatch(name)
    return found.lastgroup or name if found else name


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (f" … ({len(names):,})" if len(names) > 3 else "")


def _contradictions(split: Split, total: int | None, number: int) -> Iterator[str]:
    said = split.entry_count
    if said is not None and total is not None and said != total:
        yield f"the split {split.name} is said to have {said:,} entries, and has {total:,}"
    if split.file_count is not None and number and split.file_count != number:
        yield f"the split {split.name} is said to have {split.file_count:,} files, and has {number:,}"


def _by_path(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The files by the one split that their paths name; only where there are several."""
    found: dict[str, list[str]] = {}
    for path in paths:
        names = {match.lastgroup for match in _NAMES.finditer(path)} - {None}
        if len(names) == 1:
            found.setdefault(str(names.pop()), []).append(path)
    order = ("train", "validation", "test")
    return {name: tuple(found[name]) for name in order if name in found} if len(found) > 1 else {}
