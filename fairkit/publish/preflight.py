"""What would fail at the repository, found before the first byte is sent and without any network."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from fairkit import settings
from fairkit.model.agent import Agent
from fairkit.model.resource import Resource
from fairkit.repositories import Rules
from fairkit.vocab import identifiers, licences

from .places import Place
from .release import Release
from .sending import LocalFile

__all__ = ["Problem", "problems"]

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?")
_MOST_TOLD = 5


class Problem(NamedTuple):
    """What is wrong: a stable `code`, what was found, and what to do; most of them block."""

    code: str
    what: str
    remedy: str
    blocks: bool = True

    def __str__(self) -> str:
        return f"{'' if self.blocks else 'note: '}{self.what} [{self.code}]\n  {self.remedy}"


def problems(release: Release, place: Place) -> tuple[Problem, ...]:
    """Everything that would be refused, or would be regretted; what blocks comes first."""
    files = release.files(release.doi)
    found = [
        *_missing(release.resource, place.rules),
        *(one for check in _OF_WORK for one in check(release.resource)),
        *(one for rule in _OF_FILES for one in rule(files, place.rules)),
    ]
    return tuple(sorted(found, key=lambda one: not one.blocks))


# ── the metadata

_ASKED = {
    "title": ("title-missing", "the work has no title", "Write [resource] title."),
    "creators": ("creators-missing", "nobody is named who made it", "Write [[creators]], with their ORCIDs."),
    "description": ("description-missing", "the work has no description", "Write [resource] description."),
    "license": ("licence-missing", "no licence is stated", "Write [resource] license: CC-BY-4.0, CC0-1.0."),
}


def _missing(work: Resource, rules: Rules) -> Iterator[Problem]:
    """What everybody asks of a record; it blocks where the repository publishes nothing without it."""
    for field, (code, what, remedy) in _ASKED.items():
        value = getattr(work, field)
        if not value or not str(value).strip():
            yield Problem(code, what, remedy, blocks=field in rules.required)


def _texts(work: Resource) -> Iterator[Problem]:
    if work.title and len(work.title.strip()) < 3:
        yield Problem("title-short", f"the title {work.title!r} is too short", "A title has three letters or more.")


def _people(work: Resource) -> Iterator[Problem]:
    for who in (*work.creators, *work.contributors):
        yield from _person(who)


def _person(who: Agent) -> Iterator[Problem]:
    if not who.name.strip(" ,"):
        yield Problem("name-empty", "a creator or contributor has no name", "Write 'Family, Given', or the name.")
    for one in who.identifiers:
        if not identifiers.is_valid(one):
            what = f"{who.name} has {one}, which is no well-formed {one.scheme.upper()}"
            yield Problem(f"{one.scheme}-wrong", what, "Copy it again: its check digit does not fit.")
    schemes = Counter(one.scheme for one in who.identifiers)
    for scheme in (name for name, count in schemes.items() if count > 1):
        yield Problem("identifier-twice", f"{who.name} has more than one {scheme}", "Keep the right one.")


def _rights(work: Resource) -> Iterator[Problem]:
    if work.license and licences.find(work.license) is None:
        what = f"the licence {work.license!r} is none that is known"
        yield Problem("licence-unknown", what, "Write its SPDX id; another one is sent as its title.", blocks=False)


def _days(work: Resource) -> Iterator[Problem]:
    for field in ("date_published", "date_created", "date_modified"):
        written = getattr(work, field)
        if written and not _is_day(written):
            what = f"{field} is {written!r}, which is no date"
            yield Problem("date-wrong", what, "Write 2026, 2026-05 or 2026-05-31.")
    today = settings.now()[:10]
    if work.date_published and work.date_published[:10] > today:
        what = f"it is said to be published on {work.date_published}, which is in the future"
        yield Problem("date-future", what, "Leave [resource] published out, or name a day that has come.", blocks=False)


def _is_day(written: str) -> bool:
    if not _DAY.fullmatch(written[:21].partition("T")[0]):
        return False
    try:
        return all(bool(date.fromisoformat((part + "-01-01")[:10])) for part in written.partition("T")[0].split("/"))
    except ValueError:
        return False


def _embargo(work: Resource) -> Iterator[Problem]:
    until = work.embargo_until
    if work.access == "embargoed" and not until:
        yield Problem("embargo-endless", "the embargo has no end", "Write [access] embargo_until, or --embargo DATE.")
    if until and not _is_day(until):
        yield Problem("embargo-wrong", f"the embargo ends on {until!r}, which is no day", "Write 2027-01-31.")
    elif until and until <= settings.now()[:10]:
        yield Problem("embargo-past", f"the embargo ended on {until}", "Choose a later day, or open access.")


def _links(work: Resource) -> Iterator[Problem]:
    for relation in work.relations:
        if relation.identifier is not None and not identifiers.is_valid(relation.identifier):
            what = f"it {relation.type} {relation.identifier}, which is not well formed"
            yield Problem("relation-wrong", what, "Copy the identifier again.")
    for one in work.identifiers:
        if not identifiers.is_valid(one):
            yield Problem("identifier-wrong", f"its identifier {one} is not well formed", "Copy it again.")
    dois = [one.value for one in work.identifiers if one.scheme == "doi"]
    if len({doi.lower() for doi in dois}) > 1:
        yield Problem(
            "doi-twice", f"it has more than one DOI: {', '.join(dois)}", "One is its own: others are relations."
        )


def _funding(work: Resource) -> Iterator[Problem]:
    for grant in work.funding:
        if not grant.funder.name.strip():
            yield Problem("funder-missing", "a grant has no funder", "Write [[funding]] funder.")


_OF_WORK: tuple[Callable[[Resource], Iterator[Problem]], ...] = (
    _texts, _people, _rights, _days, _embargo, _links, _funding,
)  # fmt: skip

# ── the files


def _amount(files: Sequence[LocalFile], rules: Rules) -> Iterator[Problem]:
    whole = sum(file.size for file in files)
    if len(files) > rules.most_files:
        what = f"{len(files):,} files are more than the {rules.most_files} that {rules.name} takes"
        yield Problem("files-many", what, "Put them into fewer files: fairkit package --zip makes one.")
    if whole > rules.most_bytes:
        what = f"{whole:,} bytes are more than the {rules.most_bytes:,} that {rules.name} takes"
        yield Problem("quota", what, "Ask the repository for more, or publish in parts.")
    if not files and not rules.metadata_only:
        yield Problem("files-none", "there is no file to deposit", "Put the data into the folder.")
    for file in files:
        if file.size > rules.most_file_bytes:
            what = f"{file.key} has {file.size:,} bytes, more than the {rules.most_file_bytes:,} that a file may have"
            yield Problem("file-large", what, "Split it.")


def _empty(files: Sequence[LocalFile], rules: Rules) -> Iterator[Problem]:
    empty = [file.key for file in files if not file.size]
    if empty and not rules.empty_files:
        yield Problem(
            "file-empty", f"{_listed(empty)}: without content", f"{rules.name} takes no empty files: leave them out."
        )


def _names(files: Sequence[LocalFile], rules: Rules) -> Iterator[Problem]:
    for file in files:
        if len(file.key.encode("utf-8", "surrogateescape")) > rules.longest_name:
            what = f"the name {file.key[:60]}… is longer than {rules.longest_name} bytes"
            yield Problem("name-long", what, "Give it a shorter name.")
        if not file.key.isprintable():
            yield Problem("name-control", f"the name {file.key!r} has signs that cannot be printed", "Rename it.")
        if any("\ud800" <= letter <= "\udfff" for letter in file.key):
            yield Problem("name-bytes", f"the name {file.key!r} is no UTF-8", "Rename it.")
    yield from _alike(files, "name-case", "only in upper and lower case", lambda name: name.casefold())
    yield from _alike(
        files, "name-form", "only in how Unicode composes letters", lambda name: unicodedata.normalize("NFC", name)
    )


def _alike(files: Sequence[LocalFile], code: str, how: str, form: Callable[[str], str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for file in files:
        other = seen.setdefault(form(file.key), file.key)
        if other != file.key:
            what = f"{other} and {file.key} differ {how}: on many disks one replaces the other"
            yield Problem(code, what, "Rename one of them.")


def _composed(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_TOLD:,} more" if len(names) > _MOST_TOLD else ""
    return ", ".join(names[:_MOST_TOLD]) + more


_OF_FILES: tuple[Callable[[Sequence[LocalFile], Rules], Iterator[Problem]], ...] = (_amount, _empty, _names)
