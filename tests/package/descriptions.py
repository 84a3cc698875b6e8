"""Descriptions for the tests of what people read: one that is rich, and one that a stranger wrote to do harm."""

from __future__ import annotations

from fairkit.formats import Facts
from fairkit.model.agent import Agent
from fairkit.model.distribution import Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import Resource
from fairkit.model.variable import Meaning, Split, Table, Variable
from fairkit.package.words import (
    Description,
    FileFacts,
    Finding,
    Guess,
    Histogram,
    Lengths,
    Overlap,
    Padded,
    Statistics,
)

__all__ = ["hostile", "rich"]


def rich(word: str = "jets") -> Description:
    """A description in which everything is told, with a `word` wherever a stranger could have written."""
    pt = Variable(
        name=f"{word}_pt", dtype="float32", unit=word, description=word, role="feature", group=word, shape=(60,),
        padding="0", missing="-999", range=(0.0, None), count=word, columns=f"{word}_{{0..59}}",
        meanings=(Meaning(by=word, value=word, name=word, unit=word, description=word),),
    )  # fmt: skip
    y = Variable(name=f"{word}_y", dtype="int8", role="label", classes=(("0", word), ("1", f"{word} too")))
    table = Table(name=word, entry_count=1200, columns=(pt, y))
    file = Distribution(name=f"{word}.parquet", byte_size=123_456, media_type=word, tables=(table,))
    resource = Resource(
        title=word, description=f"{word}\n\nmore {word}", version=word, license=word, keywords=(word,),
        identifiers=(Identifier(scheme="doi", value="10.5281/zenodo.1234"), Identifier(scheme="local", value=word)),
        creators=(Agent(name=word, identifiers=(Identifier(scheme="orcid", value="0000-0002-1825-0097"),)),),
        publisher=Agent(name=word), date_published="2026-11-21", access="open", access_conditions=word,
        distributions=(file,), formats=("Parquet", word), byte_size=123_456, file_count=1, entry_count=1200,
        variables=(pt, y), usage=word, usage_rules=(word,), requirements=(word,), citation=word, methodology=word,
        validation=word,
        splits=(
            Split(name=word, entry_count=1000, files=(file.name,), description=word, digest=f"sha256:{word}"),
            Split(name="test", entry_count=200),
        ),
        activities=(Activity(name=word, description=word, software=(Entity(name=word, version=word),), ended=word),),
        relations=(Relation(type=word, title=word, identifier=Identifier(scheme="url", value="https://example.org/")),),
    )  # fmt: skip
    values = (("0", 700), ("1", 500))
    return Description(
        target=word,
        resource=resource,
        facts=(FileFacts(path=file.name, facts=Facts(format="parquet", tables=(table,))),),
        guessed=(Guess(subject="test", field="files", value=word, why=word),),
        stats=(
            Statistics(
                variable=pt.name, entries=1200, count=72_000, nan=3, infinite=2, null=1, missing=4, zeros=6000,
                minimum=-1.0, maximum=250.5, mean=33.3, std=12.0, quantile_error=0.1,
                quantiles=((0.05, 1.0), (0.25, 10.0), (0.5, 30.0), (0.75, 50.0), (0.95, 90.0)),
                histogram=Histogram(low=0.0, high=200.0, counts=(5, 0, 40, 20, 1), below=1, above=2),
                lengths=Lengths(least=0, most=60, mean=20.0, empty=4),
                padded=Padded(value="0", places=6000, least=0, most=60, mean=55.0, mean_used=36.0, std_used=9.0),
            ),
            Statistics(variable=y.name, entries=1200, count=1200, zeros=700, minimum=0.0, maximum=1.0, values=values),
            Statistics(variable=y.name, split=word, count=1000, values=(("0", 600), ("1", 400))),
            Statistics(variable=y.name, split="test", count=200, values=(("0", 100), ("1", 100))),
        ),
        overlaps=(Overlap(one=word, other="test", rows=0, columns=(word, "b", "c", "d", "e")),),
        findings=(
            Finding(kind="leak", text=f"{word} equals the label", file="fairkit.toml", line=12),
            Finding(kind="note", text=word),
        ),
    )  # fmt: skip


def hostile(payload: str) -> Description:
    """A description that a stranger filled with a payload."""
    return rich(payload)
