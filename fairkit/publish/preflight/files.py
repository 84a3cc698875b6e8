"""What is wrong with the files of a release: how many, how large, and what they are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from fairkit.publish.problem import Problem, problem
from fairkit.publish.sending import LocalFile
from fairkit.repositories import Rules

__all__ = ["of_files"]

_MOST_TOLD = 5
_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"{name}{number}" for name in ("COM", "LPT") for number in range(1, 10))}
)
_SIGNS = frozenset('<>:"|?*\\')


def of_files(files: Sequence[LocalFile], rules: Rules) -> Iterator[Problem]:
    """Everything that is wrong with the files that would be sent."""
    yield from _amount(files, rules)
    yield from _empty(files, rules)
    for file in files:
        yield from _name(file.key, rules)
    yield from _alike(files)


def _amount(files: Sequence[LocalFile], rules: Rules) -> Iterator[Problem]:
    whole = sum(file.size for file in files)
    if len(files) > rules.most_files:
        yield problem(
            "files-many", f"{len(files):,} files are more than the {rules.most_files} that {rules.name} takes"
        )
    if whole > rules.most_bytes:
        yield problem("quota", f"{whole:,} bytes are more than the {rules.most_bytes:,} that {rules.name} takes")
    if not files and not rules.metadata_only:
        yield problem("files-none")
    for file in files:
        if file.size > rules.most_file_bytes:
            what = f"{file.key} has {file.size:,} bytes, more than the {rules.most_file_bytes:,} that a file may have"
            yield problem("file-large", what, place=file.key)


def _empty(files: Sequence[LocalFile], rules: Rules) -> Iterator[Problem]:
    empty = [file.key for file in files if not file.size]
    if empty and not rules.empty_files:
        yield problem("file-empty", f"without content, which {rules.name} does not take: {_listed(empty)}")


def _name(key: str, rules: Rules) -> Iterator[Problem]:
    if len(key.encode("utf-8", "surrogatepass")) > rules.longest_name:
        yield problem("name-long", f"the name {key[:60]!r}… is longer than {rules.longest_name} bytes")
    if any("\ud800" <= letter <= "\udfff" for letter in key):
        yield problem("name-bytes", f"the name {key!r} is no UTF-8")
    elif not key.isprintable():
        yield problem("name-control", f"the name {key!r} has signs that cannot be printed")
    parts = key.split("/")
    if any(part != part.strip() or part.endswith(".") for part in parts):
        yield problem("name-blank", f"{key!r} begins or ends with a blank, or ends with a dot")
    if any(part.partition(".")[0].upper() in _DEVICES for part in parts):
        yield problem("name-reserved", f"{key!r} is the name of a device on Windows")
    if _SIGNS & set(key):
        yield problem("name-signs", f"{key!r} has signs that Windows does not allow")


def _alike(files: Sequence[LocalFile]) -> Iterator[Problem]:
    composed: dict[str, str] = {}
    for file in files:
        other = composed.setdefault(_composed(file.key), file.key)
        if other != file.key:
            yield problem("name-form", f"{other!r} and {file.key!r} differ only in how Unicode composes letters")
    yield from _same(composed, "name-case", str.casefold)


def _same(names: dict[str, str], code: str, form: Callable[[str], str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(form(name), name)
        if other != name:
            yield problem(code, f"{names[other]} and {names[name]} differ only in upper and lower case")


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_TOLD:,} more" if len(names) > _MOST_TOLD else ""
    return ", ".join(names[:_MOST_TOLD]) + more
