"""Relation types, their inverses and their spellings."""

from __future__ import annotations

import pytest
from datacite import schema45

from fairkit.vocab import relations

CATEGORIES = {"provenance", "structure", "version", "documentation", "citation", "software", "other"}


@pytest.mark.parametrize(
    ("spelling", "type_"),
    [
        ("IsDerivedFrom", "IsDerivedFrom"),
        ("isderivedfrom", "IsDerivedFrom"),
        ("isChildOf", "IsDerivedFrom"),
        ("isParentOf", "IsSourceOf"),
        ("isPartOf", "IsPartOf"),
        ("isProducedBy", "IsCompiledBy"),
        ("isSiblingOf", "IsSiblingOf"),
        ("isRelatedTo", "Relates"),
        ("isBasedOn", "IsDerivedFrom"),
        ("wasDerivedFrom", "IsDerivedFrom"),
        ("dcterms:isReplacedBy", "IsObsoletedBy"),
        ("unheard-of", None),
        ("", None),
    ],
)
def test_a_relation_type_is_found_by_any_spelling(spelling: str, type_: str | None) -> None:
    found = relations.find(spelling)
    assert (found and found.type) == type_


@pytest.mark.parametrize("row", relations.relation_types(), ids=lambda row: row.type)
def test_the_inverse_of_the_inverse_is_the_relation(row: relations.RelationType) -> None:
    back = relations.inverse(row)
    if row.type == "IsPublishedIn":
        assert back is None
    else:
        assert back is not None
        assert relations.inverse(back) is row
        assert (back.category, back.qualified, back.datacite) == (row.category, row.qualified, row.datacite)


@pytest.mark.parametrize("row", relations.relation_types(), ids=lambda row: row.type)
def test_every_category_is_known(row: relations.RelationType) -> None:
    assert row.category in CATEGORIES


def test_a_vague_relation_is_not_qualified() -> None:
    assert [row.type for row in relations.relation_types() if not row.qualified] == ["Relates", "Other"]


def test_datacite_4_5_has_no_relation_type_that_the_table_lacks() -> None:
    theirs = set(schema45.validator.schema["definitions"]["relationType"]["enum"])
    ours = {row.type for row in relations.relation_types() if row.datacite}
    assert theirs <= ours
    assert ours - theirs <= {"HasTranslation", "IsTranslationOf", "Other"}  # newer than 4.5
