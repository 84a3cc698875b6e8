"""What an export loses: by the word of the dialect, and by what is read back from it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from fairkit.compare.export_loss import lost, told_fields
from fairkit.dialects import dialect, exports, reads
from fairkit.errors import UnknownName, UsageError
from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import Resource
from fairkit.model.variable import Variable
from tests.dialects.of_models import MODEL
from tests.dialects.resources import resources


def of(name: str, field: str, resource: Resource) -> tuple[str, str | None] | None:
    """How a field of a resource is lost in a dialect, and why; None if it is not."""
    return next(((one.how, one.why) for one in lost(resource, name) if one.field == field), None)


ORCID = Identifier(scheme="orcid", value="0000-0002-1825-0097")
HOMES = (Agent(name="CERN"), Agent(name="EPFL"))
ADA = Agent(name="Example, Ada", type="person", identifiers=(ORCID,), affiliations=HOMES)
EDITOR = Agent(name="A", role="Editor")


@pytest.mark.parametrize(
    ("name", "field", "resource", "found"),
    [
        ("schema-org", "title", Resource(title="x"), None),
        ("cff", "splits", Resource(title="x"), None),
        ("cff", "usage", Resource(usage="Gently."), ("no-place", None)),
        ("cff", "contributors", Resource(contributors=(ADA,)), ("lost", None)),
        ("cff", "creators", Resource(creators=(ADA,)), None),
        ("cff", "date_published", Resource(date_published="2026"), ("lost", None)),
        ("datapackage", "date_created", Resource(date_created="2026-11-01"), None),
        (
            "datapackage",
            "variables",
            Resource(
                distributions=(Distribution(name="x.csv"),),
                variables=(Variable(name="a", dtype="float32", role="label"), Variable(name="b", role="weight")),
            ),
            ("poorer", "without the role of 2 variables; other dtype of 1 variable"),
        ),
        ("datapackage", "variables", Resource(variables=(Variable(name="a"),)), ("lost", None)),
        (
            "datapackage",
            "distributions",
            Resource(distributions=(Distribution(name="a"), Distribution(name="../b"))),
            ("poorer", "without ../b"),
        ),
        (
            "codemeta",
            "relations",
            Resource(
                relations=(
                    Relation(type="IsPartOf", identifier=Identifier(scheme="doi", value="10.1000/182")),
                    *(Relation(type="IsPartOf", title=f"Title {number}") for number in range(5)),
                )
            ),
            ("poorer", "without Title 0, Title 1, Title 2, 2 relations more"),
        ),
        ("codemeta", "contributors", Resource(contributors=(EDITOR,)), ("poorer", "without the role of 1 name")),
    ],
)
def test_what_is_lost(name: str, field: str, resource: Resource, found: tuple[str, str | None] | None) -> None:
    assert of(name, field, resource) == found


def test_a_better_checksum_is_kept_and_the_others_are_not_missed() -> None:
    sums = (Checksum(algorithm="md5", value="aa"), Checksum(algorithm="sha256", value="bb"))
    assert of("datapackage", "distributions", Resource(distributions=(Distribution(name="x", checksums=sums),))) is None


def test_what_is_told_is_counted() -> None:
    assert told_fields(Resource(title="x", listing="complete", implied_license="CC0-1.0", byte_size=0)) == (
        "title",
        "byte_size",
    )
    assert lost(Resource(), "cff") == ()


@pytest.mark.parametrize(
    ("name", "error"), [("klingon", UnknownName), ("fairkit-toml", UsageError), ("folder", UsageError)]
)
def test_what_is_not_written_has_no_loss(name: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        lost(Resource(), name)


@pytest.mark.parametrize("name", exports())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(resource=resources())
def test_every_loss_is_of_a_field_that_is_told(name: str, resource: Resource) -> None:
    losses = lost(resource, name)
    assert len({loss.field for loss in losses}) == len(losses)
    told = told_fields(resource)
    assert [loss.field for loss in losses] == [field for field in told if field in {loss.field for loss in losses}]
    holds = dialect(name).HOLDS
    assert {loss.field for loss in losses if loss.how == "no-place"} == set(told) - holds
    assert reads(name) or all(loss.how == "no-place" for loss in losses)


def test_less_of_several_uses_of_data_is_counted() -> None:
    [use] = MODEL["data_uses"]
    work = Resource(kind="model", title="T", data_uses=(use, replace(use, role="tested")))
    [loss] = [one for one in lost(work, "hf-card") if one.field == "data_uses"]
    assert (loss.how, loss.why) == ("poorer", "without the files of 2 data uses, the digest of 2 data uses")
