"""What two values of one field mean to each other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from fairkit.compare import likeness
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.provenance import Relation
from fairkit.model.resource import FIELDS, Resource
from fairkit.model.variable import Split, Variable
from tests.checks.judge import agent, identifier
from tests.dialects.resources import resources

DOI = "doi:10.7483/OPENDATA.CMS.JGJX.MS7Q"
ME, ME_TOO = "orcid:0000-0002-1825-0097", "orcid:0000-0001-5109-3700"


def relation(kind: str, to: str) -> Relation:
    return Relation(type=kind, identifier=identifier(to))


def file(size: int | None, *sums: str, name: str = "a.h5") -> Distribution:
    checksums = tuple(Checksum(algorithm=kind, value=value) for kind, _, value in (s.partition(":") for s in sums))
    return Distribution(name=name, byte_size=size, checksums=checksums)


@pytest.mark.parametrize(
    ("field", "one", "other", "verdict"),
    [
        ("license", "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/", "same"),
        ("license", "MIT OR Apache-2.0", "Apache-2.0 OR MIT", "same"),
        ("license", "CC0-1.0", "CC-BY-4.0", "contradicts"),
        ("license", "GPL-2.0-only", "GPL-2.0-or-later", "contradicts"),
        ("license", "CC0-1.0", "see our terms", "poorer"),
        ("license", "see our terms", "CC0-1.0", "richer"),
        ("license", "our terms", "Our terms.", "same"),
        ("license", "our terms", "their terms", "contradicts"),
        ("date_published", "2019-05-31", "2019", "poorer"),
        ("date_published", "2019", "2019-05-31", "richer"),
        ("date_published", "2019-05-31", "2019-05-31T12:00:00Z", "same"),
        ("date_published", "2019-05", "2019-06-01", "contradicts"),
        ("date_created", "2011/2012", "2011", "poorer"),
        ("date_created", "2011/2012", "2012", "contradicts"),
        ("date_published", "2019", "spring", "poorer"),
        ("byte_size", 244_910_603_204, 244_900_000_000, "poorer"),
        ("byte_size", 244_900_000_000, 244_910_603_204, "richer"),
        ("byte_size", 244_910_603_204, 244_000_000, "contradicts"),
        ("file_count", 182, 182, "same"),
        ("file_count", 182, 181, "contradicts"),
        ("landing_page", "https://opendata.cern.ch/record/12102", "http://opendata.cern.ch/record/12102", "same"),
        ("landing_page", "https://opendata.cern.ch/record/12102", "https://example.org/a", "contradicts"),
        ("title", "Jets with tracks at 13 TeV", "jets with tracks, at 13 TeV", "same"),
        ("title", "Jets with tracks at 13 TeV", "A catalogue of stars", "contradicts"),
        ("title", "Jets with tracks at 13 TeV", "Jets with tracks", "poorer"),
        ("description", "Jets with tracks", "Jets with tracks and many more words about them", "richer"),
        ("description", "Jets with tracks", "Another text", "poorer"),
        ("version", "1.0.0", "v1.0.0", "same"),
        ("version", "1.0.0", "1.0.1", "contradicts"),
        ("language", "en", "EN", "same"),
        ("language", "en-GB", "en", "poorer"),
        ("language", "en", "fr", "contradicts"),
        ("language", "en", "eng", "same"),
        ("type", "Dataset/Derived", "Dataset", "poorer"),
        ("type", "Dataset", "Software", "contradicts"),
        ("type", "Documentation/Activities", "Other", "poorer"),
        ("access", "open", "restricted", "contradicts"),
        ("keywords", ("Jets", "b tagging"), ("jets",), "poorer"),
        ("formats", ("h5",), ("HDF5",), "same"),
        ("publisher", agent("CERN"), agent("CERN Open Data Portal"), "same"),
        ("publisher", agent("CERN"), agent("DESY"), "contradicts"),
        ("identifiers", (identifier(DOI),), (identifier(DOI.upper().replace("DOI", "doi")),), "same"),
        ("identifiers", (identifier(DOI),), (identifier("doi:10.5281/zenodo.1"),), "contradicts"),
        ("identifiers", (identifier(DOI), identifier("cern-open-data:12102")), (identifier(DOI),), "poorer"),
        ("relations", (relation("IsDerivedFrom", DOI),), (relation("IsSourceOf", DOI),), "contradicts"),
        ("relations", (relation("IsDerivedFrom", DOI),), (relation("References", DOI),), "same"),
        ("variables", (Variable(name="pt", unit="GeV"),), (Variable(name="pt", unit="MeV"),), "contradicts"),
        ("variables", (Variable(name="pt", unit="GeV"),), (Variable(name="pt", unit="gigaelectronvolt"),), "same"),
        ("variables", (Variable(name="pt", unit="GeV"),), (Variable(name="pt"),), "poorer"),
        ("distributions", (file(1, "md5:aa"),), (file(1, "md5:ab"),), "contradicts"),
        ("distributions", (file(1, "md5:aa"),), (file(1, "sha256:ab"),), "same"),
        ("distributions", (file(1),), (file(2),), "contradicts"),
        ("distributions", (file(1), file(1, name="b")), (file(1),), "poorer"),
        ("splits", (Split(name="train", entry_count=7),), (Split(name="Train", entry_count=8),), "contradicts"),
    ],
)  # fmt: skip
def test_values_are_compared_by_what_they_mean(field: str, one: Any, other: Any, verdict: str) -> None:
    assert likeness(field, Resource(**{field: one}), Resource(**{field: other})).verdict == verdict


@pytest.mark.parametrize(
    ("one", "other", "verdict", "why"),
    [
        (agent("Duarte, Javier", ME), agent("Duarte, Javier"), "poorer", "without the ORCID of Duarte, Javier"),
        (agent("Duarte, Javier"), agent("Javier Duarte", ME), "richer", "also the ORCID of Duarte, Javier"),
        (agent("Duarte, Javier"), agent("J. Duarte"), "same", ""),
        (agent("Müller, Anna"), agent("Muller, A."), "same", ""),
        (agent("Duarte, Javier"), agent("Duarte, Jorge"), "contradicts", "Duarte, Jorge, not Duarte, Javier"),
        (agent("Duarte, Javier", ME), agent("D., Javier", ME), "same", ""),
        (agent("Doe, Jo", ME), agent("Doe, Jo", ME_TOO), "contradicts", "Doe, Jo has the ORCID 0000-0001-5109-3700"),
    ],
)
def test_people_are_known_by_identifiers_and_names(one: Any, other: Any, verdict: str, why: str) -> None:
    found = likeness("creators", Resource(creators=(one,)), Resource(creators=(other,)))
    assert found.verdict == verdict
    assert why in found.why


def test_the_alternate_title_is_no_contradiction() -> None:
    one = Resource(title="Jets of toys with tracks", alternate_title="/ToyJets/Run1/AODSIM")
    assert likeness("title", one, Resource(title="/ToyJets/Run1/AODSIM")).verdict == "poorer"
    assert likeness("title", one, Resource(title="/ToyStars/Run2/RAW")).verdict == "contradicts"


def test_a_creator_who_is_left_out_is_named() -> None:
    ours, theirs = (agent("Doe, Jo"), agent("Roe, Al"), agent("Poe, Ed")), (agent("Doe, Jo"),)
    found = likeness("creators", Resource(creators=ours), Resource(creators=theirs))
    assert found == ("poorer", "without Roe, Al, Poe, Ed")


@given(resources(), resources())
def test_any_two_values_can_be_compared(one: Resource, other: Resource) -> None:
    for field in FIELDS:
        if field != "listing" and getattr(one, field) not in (None, ()) and getattr(other, field) not in (None, ()):
            assert likeness(field, one, other).verdict in ("same", "poorer", "richer", "contradicts")
            assert likeness(field, one, one).verdict == "same", field
