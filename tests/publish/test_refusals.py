"""What a repository refuses is told with the line of fairkit.toml that says it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairkit.errors import DepositError, MetadataRefused
from fairkit.publish.refusals import field_of, of_metadata, placed, told
from fairkit.repositories.invenio import Answer

TOML = """[resource]
title = "Jets"
license = "CC-BY-4.0"

[[creators]]
name = "Example, Ada"

[[creators]]
name = "Sample, Bo"
orcid = "0000-0002-1825-0097"

[access]
rights = "embargoed"
embargo_until = "2020-01-01"
"""


@pytest.mark.parametrize(
    ("named", "field"),
    [
        ("metadata.title", "title"),
        ("metadata.creators.0.person_or_org.identifiers", "creators"),
        ("metadata.rights.0.id", "license"),
        ("metadata.related_identifiers.2", "relations"),
        ("access.embargo.until", "embargo_until"),
        ("pids.doi", "identifiers"),
        ("files.enabled", None),
        ("", None),
    ],
)
def test_the_names_of_the_repository_mean_our_fields(named: str, field: str | None) -> None:
    assert field_of(named) == field


@pytest.mark.parametrize(
    ("named", "line"),
    [
        ("metadata.title", 2),
        ("metadata.creators.1.person_or_org.identifiers.0.identifier", 8),
        ("metadata.creators", 5),
        ("metadata.creators.7", 5),
        ("access.embargo.until", 14),
        ("metadata.version", None),
    ],
)
def test_the_line_is_that_of_the_entry_or_of_its_list(tmp_path: Path, named: str, line: int | None) -> None:
    (tmp_path / "fairkit.toml").write_text(TOML)
    [(told, why)] = placed(MetadataRefused([(named, "Not like this.")]), str(tmp_path)).errors
    assert why == "Not like this."
    assert told == (f"{tmp_path}/fairkit.toml:{line}: {named}" if line else named)


def test_without_a_file_the_words_of_the_repository_stay(tmp_path: Path) -> None:
    refused = MetadataRefused([("metadata.title", "Too short.")])
    assert placed(refused, str(tmp_path)).errors == refused.errors


BODY = {"metadata": {"resource_type": {"id": "dataset"}, "rights": [{"id": "cc-by-4.0"}, {"id": "odd-1.0"}]}}
LACKS = "the repository's vocabulary has no"
SHORT = {"message": "A validation error occurred.", "errors": [{"field": "metadata.title", "messages": ["Short."]}]}


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"message": "Invalid value odd-1.0."}, [("metadata.rights.1", f"{LACKS} odd-1.0")]),
        ({"message": "Invalid value dataset."}, [("metadata.resource_type", f"{LACKS} dataset")]),
        (SHORT, [("metadata.title", "Short.")]),
    ],
)
def test_metadata_that_are_refused_whole_are_told_by_field(data: object, errors: list[tuple[str, str]]) -> None:
    fault = of_metadata(Answer(400, data), BODY)
    assert isinstance(fault, MetadataRefused)
    assert list(fault.errors) == errors


@pytest.mark.parametrize("message", ["Invalid value nosuch.", "Invalid value", "Unable to decode JSON data."])
def test_what_is_not_in_the_body_is_told_as_it_is(message: str) -> None:
    fault = of_metadata(Answer(400, {"message": message}), BODY)
    assert type(fault) is DepositError
    assert told(Answer(400, {"message": message})) in fault.what
