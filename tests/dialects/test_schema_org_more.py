"""What Croissant and RO-Crate say in schema.org beyond what pages of the wild do."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.dialects._jsonld import main_node
from fairkit.dialects._reading import Reading
from fairkit.dialects._schema_org_more import read
from fairkit.model.agent import Agent
from fairkit.model.evidence import Document
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.variable import Variable

DOI = Identifier(scheme="doi", value="10.1000/182")


def told(**words: Any) -> dict[str, Any]:
    """The fields of a node with these words; `dct_replaces` is dct:replaces."""
    data = {"@context": "https://schema.org", "@type": "Dataset"} | {k.replace("_", ":"): v for k, v in words.items()}
    reading = Reading(Document(representation="croissant", media_type="", url="", body=b""), data)
    read(reading, main_node(data))
    return reading.values


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ({"additionalType": "Dataset/Simulated"}, {"type": "Dataset/Simulated"}),
        ({"dct_accessRights": "restricted"}, {"access": "restricted"}),
        ({"dct_accessRights": "for friends"}, {}),
        ({"dct_available": "2027-01-01"}, {"embargo_until": "2027-01-01"}),
        ({"dct_replaces": {"@id": "https://doi.org/10.1000/182"}}, {"supersedes": (DOI,)}),
        ({"dct_isReplacedBy": [{"@type": "PropertyValue", "propertyID": "doi", "value": "10.1000/182"}]},
         {"superseded_by": (DOI,)}),
        ({"size": [{"value": 3, "unitText": "files"}, {"value": "7", "unitText": "entries"}]},
         {"file_count": 3, "entry_count": 7}),
        ({"size": [{"value": 9, "unitText": "byte"}]}, {"byte_size": 9}),
        ({"size": "12 kB"}, {"byte_size": 12_000}),
        ({"usageInfo": "https://example.org/how"}, {"usage": "https://example.org/how"}),
        ({"usageInfo": [{"name": "Rule", "text": "Weigh."}, {"text": "Read it."}]},
         {"usage": "Read it.", "usage_rules": ("Weigh.",)}),
        ({"temporalCoverage": "2015/2018"}, {"date_created": "2015/2018"}),
        ({"review": {"@type": "Review", "reviewBody": "Counted."}}, {"validation": "Counted."}),
        ({"isBasedOn": {"@id": "https://doi.org/10.1000/182"}, "prov_wasDerivedFrom": "https://doi.org/10.1000/182"},
         {"relations": (Relation(type="IsDerivedFrom", identifier=DOI),)}),
        ({"dct_relation": {"additionalType": ["Compiles", "https://schema.org/Dataset"], "sameAs": "doi:10.1000/182"}},
         {"relations": (Relation(type="Compiles", identifier=DOI, kind="dataset"),)}),
        ({"hasPart": {"@type": "File", "@id": "a.csv"}}, {}),
        ({"contributor": {"@type": "Role", "roleName": "Editor", "contributor": {"@type": "Person", "name": "Bo"}}},
         {"contributors": (Agent(name="Bo", type="person", role="Editor"),)}),
        ({"contributor": {"@type": "Role", "contributor": {"@type": "Role", "name": "x"}}}, {}),
        ({"creator": {"@type": "Thing", "name": "Bo"}}, {"creators": (Agent(name="Bo"),)}),
    ],
)  # fmt: skip
def test_what_words_say(words: dict[str, Any], fields: dict[str, Any]) -> None:
    assert told(**words) == fields


@pytest.mark.parametrize(
    ("beside", "fields"),
    [
        ("dtype: float32", {"dtype": "float32"}),
        ("shape: [null, 4]", {"shape": (None, 4)}),
        ("shape: [-1]", {}),
        ("shape: [true]", {}),
        ("shape: [" + "[" * 10_000, {}),
        ('shape: {"a": 1}', {}),
        ('classes: [["0", "no"]]', {"classes": (("0", "no"),)}),
        ('classes: [["0"]]', {}),
        ("meanings: [{}]", {}),
        ("name: other", {}),
        ("just words", {}),
        ("role: ", {}),
    ],
)
def test_what_stands_beside_a_variable(beside: str, fields: dict[str, Any]) -> None:
    rows = told(variableMeasured={"name": "pt", "valueReference": [beside]})["variables"]
    assert rows == (Variable(name="pt", **fields),)
