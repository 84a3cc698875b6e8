"""Resources of every kind with any value in every field."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from fairkit.model.agent import Agent, Funding
from fairkit.model.ai import Channel, DataUse, Result, Tensor, Verification
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import FIELDS, KINDS, Resource, Subject
from fairkit.model.variable import Split, Variable
from fairkit.vocab import relations

__all__ = ["resources"]

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
MAYBE = st.none() | TEXT
COUNT = st.none() | st.integers(0, 2**63 - 1)
NUMBER = st.none() | st.floats(allow_nan=False, allow_infinity=False)


def many(one: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=3).map(tuple)


IDENTIFIER = st.builds(Identifier, scheme=st.sampled_from(["doi", "url", "orcid", "toy"]), value=TEXT) | st.just(
    Identifier(scheme="doi", value="10.1000/182")
)
CHECKSUM = st.builds(Checksum, algorithm=TEXT, value=TEXT)
AGENT_TYPE = st.sampled_from(["person", "organisation", "agent"])
HOME = st.builds(Agent, name=TEXT, type=AGENT_TYPE, identifiers=many(IDENTIFIER))
AGENT = st.builds(Agent, name=TEXT, type=AGENT_TYPE, identifiers=many(IDENTIFIER), affiliations=many(HOME), role=MAYBE)
ENTITY = st.builds(Entity, name=TEXT, version=MAYBE, identifier=st.none() | IDENTIFIER, checksums=many(CHECKSUM))
RANGE = st.none() | st.tuples(NUMBER, NUMBER)
TENSOR = st.builds(
    Tensor,
    name=TEXT,
    dtype=MAYBE,
    shape=st.none() | many(st.none() | TEXT | st.integers(0, 9)),
    description=MAYBE,
    meaning=st.sampled_from([None, "probability", "logit", "score", "value", "class"]),
    classes=many(TEXT),
    range=RANGE,
    sums_to=NUMBER,
)
PARTS: dict[str, st.SearchStrategy[Any]] = {
    "identifiers": many(IDENTIFIER),
    "supersedes": many(IDENTIFIER),
    "superseded_by": many(IDENTIFIER),
    "subjects": many(st.builds(Subject, name=TEXT, scheme=MAYBE, term=MAYBE)),
    "creators": many(AGENT),
    "contributors": many(AGENT),
    "publisher": st.none() | AGENT,
    "funding": many(st.builds(Funding, funder=AGENT, award=MAYBE, title=MAYBE, url=MAYBE)),
    "license": st.sampled_from([None, "CC-BY-4.0", "CC0-1.0", "GPL-3.0-only", "MIT OR Apache-2.0", "our own terms"]),
    "access": st.sampled_from([None, "open", "embargoed", "restricted", "metadata-only"]),
    "listing": st.sampled_from(["complete", "index", "absent"]),
    "distributions": many(
        st.builds(
            Distribution,
            name=TEXT,
            content_url=MAYBE,
            byte_size=COUNT,
            media_type=MAYBE,
            checksums=many(CHECKSUM),
            role=st.sampled_from(["data", "index"]),
        )
    ),
    "byte_size": COUNT,
    "file_count": COUNT,
    "entry_count": COUNT,
    "variables": many(
        st.builds(
            Variable,
            name=TEXT,
            dtype=MAYBE,
            unit=MAYBE,
            description=MAYBE,
            role=MAYBE,
            group=MAYBE,
            shape=st.none() | many(st.none() | st.integers(0, 9)),
            padding=MAYBE,
            missing=MAYBE,
            range=st.none() | st.tuples(NUMBER, NUMBER),
            term=MAYBE,
        )
    ),
    "splits": many(
        st.builds(Split, name=TEXT, entry_count=COUNT, file_count=COUNT, files=many(TEXT), description=MAYBE)
    ),
    "relations": many(
        st.builds(
            Relation,
            type=TEXT | st.sampled_from([row.type for row in relations.relation_types()]),
            identifier=st.none() | IDENTIFIER,
            title=MAYBE,
            kind=MAYBE,
        )
    ),
    "activities": many(
        st.builds(
            Activity,
            name=TEXT,
            used=many(ENTITY),
            generated=many(ENTITY),
            software=many(ENTITY),
            parameters=many(st.tuples(TEXT, TEXT)),
            agent=st.none() | AGENT,
            started=MAYBE,
            ended=MAYBE,
            description=MAYBE,
        )
    ),
    "inputs": many(TENSOR),
    "outputs": many(TENSOR),
    "parameter_count": COUNT,
    "channels": many(
        st.builds(
            Channel,
            input=TEXT,
            index=st.integers(0, 99),
            variable=TEXT,
            unit=MAYBE,
            description=MAYBE,
            shift=NUMBER,
            scale=NUMBER,
            clip=RANGE,
            padding=MAYBE,
            range=RANGE,
        )
    ),
    "data_uses": many(
        st.builds(
            DataUse,
            role=st.sampled_from(["trained", "validated", "tested"]),
            identifier=st.none() | IDENTIFIER,
            title=MAYBE,
            version=MAYBE,
            split=MAYBE,
            files=many(TEXT),
            digest=MAYBE,
            license=MAYBE,
            score=NUMBER,
        )
    ),
    "results": many(
        st.builds(
            Result,
            metric=TEXT,
            value=st.floats(allow_nan=False, allow_infinity=False),
            uncertainty=NUMBER,
            uncertainty_kind=MAYBE,
            trainings=COUNT,
            aggregation=MAYBE,
            operating_point=MAYBE,
            direction=st.sampled_from([None, "higher", "lower"]),
            dataset=st.none() | IDENTIFIER,
            version=MAYBE,
            split=MAYBE,
            split_digest=MAYBE,
            code_commit=MAYBE,
            predictions_digest=MAYBE,
        )
    ),
    "verifications": many(
        st.builds(
            Verification,
            model_digest=TEXT,
            inputs_digest=TEXT,
            outputs_digest=TEXT,
            runtime=TEXT,
            rows=st.integers(0, 99),
            passed=st.booleans(),
            relative_tolerance=st.floats(0, 1),
            absolute_tolerance=st.floats(0, 1),
            largest_difference=NUMBER,
            power=st.sampled_from([None, "power", "no power"]),
            noise=NUMBER,
            faults=many(TEXT),
            when=MAYBE,
        )
    ),
}
_PLAIN_TUPLES = {"keywords", "formats", "usage_rules", "requirements", "conforms_to", "tasks"}


@st.composite
def resources(draw: st.DrawFn) -> Resource:
    """A resource of any kind; about half of its fields are left empty."""
    kind = draw(st.sampled_from(KINDS))
    names = [name for name in FIELDS if name != "implied_license"]
    chosen = draw(st.sets(st.sampled_from(names), max_size=len(names)))
    plain = {name: many(TEXT) if name in _PLAIN_TUPLES else MAYBE for name in names}
    return Resource(kind=kind, **{name: draw((plain | PARTS)[name]) for name in sorted(chosen)})
