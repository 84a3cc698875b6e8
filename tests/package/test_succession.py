"""Versions that follow others: which DOI is the work's own, in words and in the texts of people."""

from __future__ import annotations

import tomllib

import pytest

from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource
from fairkit.package.succession import Former, rewritten, succeeding

OLD, NEW, ALL = (Identifier(scheme="doi", value=f"10.5072/{name}") for name in ("old", "new", "all"))
ARK = Identifier(scheme="ark", value="ark:/12345/x")
FORMER: dict[str, Former] = {OLD.value: "version", ALL.value: "concept"}


def test_a_former_doi_is_superseded_and_not_its_own() -> None:
    found = succeeding(Resource(title="Jets", identifiers=(OLD, ARK, ALL)), FORMER)
    assert (found.identifiers, found.supersedes) == ((ARK,), (OLD,))
    assert found.relations == (
        Relation(type="IsNewVersionOf", identifier=OLD),
        Relation(type="IsVersionOf", identifier=ALL),
    )
    assert succeeding(found, FORMER) == found


def test_what_people_said_already_is_said_once() -> None:
    known = Relation(type="IsNewVersionOf", identifier=OLD)
    found = succeeding(Resource(identifiers=(OLD,), supersedes=(OLD,), relations=(known,)), FORMER)
    assert (found.supersedes, found.relations) == ((OLD,), (known,))


@pytest.mark.parametrize(
    ("name", "text", "made"),
    [
        ("fairkit.toml", '[resource]\ndoi = "10.5072/OLD" # mine\n', '[resource]\ndoi = "10.5072/new" # mine\n'),
        ("fairkit.toml", '[resource]\ndoi = "https://doi.org/10.5072/all"\n', '[resource]\ndoi = "10.5072/new"\n'),
        ("fairkit.toml", '[resource]\ndoi = "10.5072/other"\n', None),
        ("fairkit.toml", "[resource]\ndoi = 7\n", None),
        ("fairkit.toml", "resource = 7\n", None),
        ("fairkit.toml", "[resource", None),
        ("fairkit.toml", f"a = {'[' * 300}{']' * 300}\n", None),
        ("CITATION.cff", "doi: 10.5072/old\n", "doi: 10.5072/new\n"),
        ("CITATION.cff", "doi: 'https://doi.org/10.5072/old' # x\r\n", "doi: 'https://doi.org/10.5072/new' # x\r\n"),
        ("CITATION.cff", "identifiers:\n- value: 10.5072/old\n", "identifiers:\n- value: 10.5072/new\n"),
        ("CITATION.cff", "doi: 10.5072/older\n", None),
        ("CITATION.cff", "references:\n- doi: 10.5072/old\n", None),
    ],
)
def test_texts_have_the_new_doi_where_they_had_a_former_one(name: str, text: str, made: str | None) -> None:
    found = rewritten(name, text, NEW, FORMER)
    assert found is None if made is None else str(found).startswith(made)


def test_a_text_says_what_it_supersedes_once() -> None:
    for others in (["10.5072/x"], ["10.5072/old"]):
        text = f'[resource]\ndoi = "10.5072/old"\nsupersedes = ["{others[0]}"]\n'
        found = tomllib.loads(str(rewritten("fairkit.toml", text, NEW, FORMER)))["resource"]
        assert found == {"doi": "10.5072/new", "supersedes": list(dict.fromkeys([*others, "10.5072/old"]))}
