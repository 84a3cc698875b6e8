"""What a repository refuses, with the place in fairkit.toml where it is mended."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from fairkit.dialects import fairkit_toml
from fairkit.errors import DepositError, MetadataRefused
from fairkit.model.locate import Lines
from fairkit.repositories.invenio import Answer

__all__ = ["field_of", "of_metadata", "placed", "refused", "told"]

_FILE = "fairkit.toml"
_UNKNOWN = re.compile(r"Invalid value (.+)\.")
"""How InvenioRDM 14 refuses an id that a vocabulary of it lacks; it does not say of which field."""
_FIELDS = {
    "title": "title", "additional_titles": "alternate_title", "publication_date": "date_published",
    "publisher": "publisher", "resource_type": "kind", "creators": "creators", "contributors": "contributors",
    "description": "description", "additional_descriptions": "methodology", "subjects": "keywords",
    "languages": "language", "version": "version", "rights": "license", "dates": "date_created",
    "identifiers": "identifiers", "related_identifiers": "relations", "references": "relations",
    "funding": "funding", "formats": "formats", "sizes": "byte_size", "access": "access", "embargo": "embargo_until",
    "pids": "identifiers",
}  # fmt: skip
"""The field of the resource for each word of the repository's own names."""


def field_of(named: str) -> str | None:
    """The field of the resource that a repository means by a name such as `metadata.creators.0.person_or_org`."""
    words = re.split(r"[.\[\]]+", named.removeprefix("metadata."))
    found = [_FIELDS[word] for word in words if word in _FIELDS]
    return found[-1] if words[0] == "access" and found else next(iter(found), None)


def placed(refused: MetadataRefused, root: str) -> MetadataRefused:
    """The same refusal, each field with the line of the folder's fairkit.toml that says it."""
    path = Path(root, _FILE)
    try:
        lines = Lines(path.read_text(encoding="utf-8"), "toml")
    except (OSError, UnicodeDecodeError):
        return refused
    return MetadataRefused(_placed(refused.errors, str(path), lines))


def _placed(errors: Iterable[tuple[str, str]], path: str, lines: Lines) -> Iterator[tuple[str, str]]:
    for named, why in errors:
        line = _line(named, lines)
        yield (f"{path}:{line}: {named}" if line else named), why


def _line(named: str, lines: Lines) -> int | None:
    """The line of the entry that is meant, else of its list."""
    field = field_of(named)
    pointer = fairkit_toml.place(field) if field else None
    if pointer is None:
        return None
    row = re.search(r"\.(\d+)(?:\.|$)", named)
    return (lines.line(f"{pointer}/{row[1]}") if row else None) or lines.line(pointer)


def of_metadata(answer: Answer, body: Mapping[str, Any]) -> DepositError:
    """The error for metadata that a repository refuses whole: what it lacks in its vocabularies it names by its id."""
    if answer.errors:
        return MetadataRefused(answer.errors)
    found = _UNKNOWN.fullmatch(answer.message)
    named = list(_places(body, found[1])) if found else []
    if not named:
        return refused("the metadata", answer)
    return MetadataRefused([(place, f"the repository's vocabulary has no {value}") for place, value in named])


def _places(data: Any, value: str, place: str = "") -> Iterator[tuple[str, str]]:
    """Where in the body an id stands."""
    rows: Iterable[tuple[Any, Any]] = data.items() if isinstance(data, Mapping) else enumerate(data)
    for key, row in rows:
        here = f"{place}.{key}" if place else str(key)
        if key == "id" and row == value:
            yield place, value
        elif isinstance(row, Mapping | list | tuple):
            yield from _places(row, value, here)


def told(answer: Answer) -> str:
    """What a repository answered, in a line."""
    errors = "; ".join(f"{field}: {why}" if field else why for field, why in answer.errors)
    return f"{answer.status} {answer.message}" + (f" ({errors})" if errors else "")


def refused(what: str, answer: Answer) -> DepositError:
    """The error for an answer that is a refusal."""
    return DepositError(f"the repository refuses {what}: {told(answer)}", value=answer.status)
