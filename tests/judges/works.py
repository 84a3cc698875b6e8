"""The works that judges are shown: the example, records of the portal, and invented ones with all that a form needs."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from fairkit.dialects import cern_open_data
from fairkit.evidence.digests import digested
from fairkit.model.agent import Agent
from fairkit.model.evidence import Document
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.package.description import describe
from tests.conftest import ROOT
from tests.dialects.resources import resources

__all__ = ["RECORDS", "complete", "example", "model", "record"]

RECORDS = ("328", "12101", "12102", "12320", "93940")
"""Data and software, with DOIs and without, with and without a licence."""


@cache
def example() -> Resource:
    """The example jets with the digests of their files."""
    folder = str(ROOT / "examples" / "jets")
    found = describe(folder).resource
    sums = {file.name: file.checksums for file in digested(folder, found.distributions)}
    files = [replace(file, checksums=sums[file.name]) for file in found.distributions]
    return replace(found, distributions=tuple(files))


@cache
def model() -> Resource:
    """The example model, as if the jets that it was trained and tested on had a DOI."""
    found = describe(str(ROOT / "examples" / "hbb-model")).resource
    jets = Identifier(scheme="doi", value="10.5281/zenodo.9")
    return replace(found, data_uses=tuple(replace(use, identifier=jets) for use in found.data_uses))


def record(shared: Path, number: str) -> Resource:
    """A record of CERN Open Data."""
    body = (shared / "data" / "cern-open-data" / "records" / f"{number}.json").read_bytes()
    document = Document(representation="cern-open-data", media_type="application/json", url=number, body=body)
    return cern_open_data.read(document).resource


@st.composite
def complete(draw: st.DrawFn, /, **needed: Any) -> Resource:
    """Any resource that has a title, a description and a creator."""
    given = {"title": "Jets", "description": "Jets for a bar.", "creators": (Agent(name="Example, Ada"),)} | needed
    found = draw(resources())
    return replace(found, **{name: getattr(found, name) or value for name, value in given.items()})
