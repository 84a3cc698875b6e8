"""The plain words of schema.org for a resource."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from fairkit.dialects._schema_org_nodes import agent, checksums, properties
from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource
from fairkit.model.variable import Variable

from .written import ADA, RICH

DOI = Identifier(scheme="doi", value="10.1000/182")


def test_a_person_is_known_by_the_first_identifier_that_leads_somewhere() -> None:
    one = replace(ADA, identifiers=(Identifier(scheme="inspire", value="INSPIRE-00000001"), *ADA.identifiers))
    node = agent(one)
    assert (node["@id"], node["familyName"], node["givenName"]) == (
        "https://orcid.org/0000-0002-1825-0097",
        "Example",
        "Ada",
    )
    assert [row["propertyID"] for row in node["identifier"]] == ["inspire"]
    assert node["affiliation"][0]["url"] == "https://ror.org/01ggx4157"
    assert agent(Agent(name="Somebody")) == {"@type": "Thing", "name": "Somebody"}


@pytest.mark.parametrize(
    ("relation", "word", "node"),
    [
        (Relation(type="IsDerivedFrom", identifier=DOI), "isBasedOn", {"@id": "https://doi.org/10.1000/182"}),
        (Relation(type="Cites", identifier=DOI), "citation", {"@id": "https://doi.org/10.1000/182"}),
        (Relation(type="Cites", title="P"), "dct:relation", {"name": "P", "additionalType": ["Cites"]}),
        (
            Relation(type="HasPart", identifier=DOI, kind="dataset"),
            "dct:relation",
            {
                "@id": "https://doi.org/10.1000/182",
                "additionalType": ["HasPart", "https://schema.org/Dataset"],
            },
        ),
        (Relation(type="made up", title="x"), "dct:relation", {"name": "x", "additionalType": ["made up"]}),
    ],
)
def test_relations_have_the_word_that_means_them(relation: Relation, word: str, node: dict[str, Any]) -> None:
    said = properties(Resource(relations=(relation,)))
    assert said == {word: [{"@type": "CreativeWork"} | node]}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"access": "open"}, {"isAccessibleForFree": True}),
        ({"access": "restricted"}, {"dct:accessRights": "restricted"}),
        ({"date_created": "2025/2026"}, {"temporalCoverage": "2025/2026"}),
        ({"date_created": "2025", "date_published": "soon"}, {"dateCreated": "2025"}),
        (
            {"usage_rules": ("Weigh.",)},
            {"usageInfo": [{"@type": "CreativeWork", "name": "Rule", "text": "Weigh."}]},
        ),
        ({"entry_count": 0}, {"size": [{"@type": "QuantitativeValue", "value": 0, "unitText": "entries"}]}),
    ],
)
def test_how_fields_are_said(fields: dict[str, Any], said: dict[str, Any]) -> None:
    assert properties(Resource(**fields)) == said


def test_a_variable_says_beside_it_what_there_is_no_word_for() -> None:
    [node] = properties(Resource(variables=(RICH.variables[0],)))["variableMeasured"]
    assert (node["unitText"], node["minValue"], node["propertyID"]) == ("GeV", 20.0, "https://example.org/terms/pt")
    assert {"dtype: float32", "role: feature", "shape: [null]", "count: n_jets"} <= set(node["valueReference"])
    assert "valueReference" not in properties(Resource(variables=(Variable(name="x"),)))["variableMeasured"][0]


def test_a_checksum_without_a_word_is_an_identifier() -> None:
    every = tuple(Checksum(algorithm=kind, value="ab") for kind in ("sha256", "md5", "adler32"))
    assert checksums(every, "sha256") == {"sha256": "ab", "identifier": ["md5:ab", "adler32:ab"]}
    assert checksums((), "sha256") == {}
