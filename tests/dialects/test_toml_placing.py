"""Where fields stand in a fairkit.toml: what is written there is read again."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.dialects import fairkit_toml
from fairkit.fix.edits import Edit
from fairkit.fix.toml import edited
from fairkit.model.agent import Agent, Funding
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import FIELDS, Subject
from fairkit.model.variable import Split, Variable

from .documents import read

ROR = (Identifier(scheme="ror", value="01ggx4157"),)
CERN = Agent(name="CERN", type="organisation", identifiers=ROR)
JO = Agent(
    name="Doe, Jo",
    type="person",
    identifiers=(Identifier(scheme="orcid", value="0000-0002-1825-0097"),),
    affiliations=(CERN,),
)
DOI = Identifier(scheme="doi", value="10.5281/zenodo.4")
PAGE = Identifier(scheme="url", value="https://example.org/a")
SHA = Checksum(algorithm="sha256", value="a" * 64)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", 'Jets "of" toys \x1b'),
        ("description", "two\nlines"),
        ("identifiers", (DOI, PAGE)),
        ("license", "CC0-1.0"),
        ("keywords", ("jets",)),
        ("subjects", (Subject(name="jets", scheme="PhySH", term="https://example.org"),)),
        ("creators", (JO, Agent(name="CMS"))),
        ("contributors", (Agent(name="Roe, Al", type="person", role="DataCurator"),)),
        ("publisher", CERN),
        ("funding", (Funding(funder=CERN, award="42", title="Toys", url="https://example.org"),)),
        ("date_created", "2019-05-31"),
        ("access", "open"),
        ("byte_size", 5),
        ("file_count", 2),
        ("formats", ("csv",)),
        ("supersedes", (DOI,)),
        ("distributions", (Distribution(name="a.csv", byte_size=1, media_type="text/csv", checksums=(SHA,)),)),
        ("variables", (Variable(name="pt", dtype="f4", unit="GeV", shape=(None, 3), range=(0.0, None), padding="-1"),)),
        ("splits", (Split(name="train", entry_count=5, files=("a.csv",), description="all"),)),
        ("relations", (Relation(type="IsDerivedFrom", identifier=DOI, title="Parent", kind="dataset"),)),
        ("usage_rules", ("weigh",)),
        ("code_repository", "https://example.org/code"),
    ],
)
def test_a_value_is_read_as_it_was_meant(field: str, value: Any) -> None:
    edits = [Edit(place, written) for place, written in fairkit_toml.encode(field, value).items()]
    assert edits
    view = read("fairkit-toml", edited("", edits))
    assert view.faults == ()
    assert getattr(view.resource, field) == value
    assert fairkit_toml.place(field) == view.pointers[field]


@pytest.mark.parametrize(("field", "value"), [("type", "Dataset"), ("activities", ()), ("implied_license", "CC0-1.0")])
def test_what_the_file_cannot_say_is_not_written(field: str, value: Any) -> None:
    assert fairkit_toml.encode(field, value) == {}


def test_nearly_every_field_has_a_place() -> None:
    nowhere = [field for field in FIELDS if not fairkit_toml.place(field)]
    assert nowhere == ["type", "implied_license", "listing", "channels", "verifications"]
