"""Steps and the recipe of a fairkit.toml: read as activities, written as they were read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.dialects import fairkit_toml
from fairkit.fix.edits import Edit
from fairkit.fix.toml import edited
from fairkit.model.agent import Agent
from fairkit.model.distribution import Checksum
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity

from .documents import assert_sane, read

SHA = Checksum(algorithm="sha256", value="a" * 64)
ADA = Agent(name="Example, Ada", type="person", identifiers=(Identifier(scheme="orcid", value="0000-0002-1825-0097"),))
PYTHIA = Entity(name="Pythia", version="8.310", identifier=Identifier(scheme="github", value="toy/pythia"))

RECIPE = f"""\
[recipe]
generator = "Pythia"
version = "8.310"
identifier = "https://github.com/toy/pythia"
card = "cards/ttbar.cmnd"
card_checksum = "sha256:{"a" * 64}"
container = "docker://toy/pythia:8.310"
container_checksum = "sha256:{"a" * 64}"
seeds = [1, 2, 3]
command = "main42 ttbar.cmnd out.hepmc"
parameters = {{ energy = 13000, tune = "Monash" }}
varied = ["energy", "tune"]

[[provenance.steps]]
name = "selection"
agent = {{ name = "Example, Ada", type = "person", orcid = "0000-0002-1825-0097" }}
inputs = ["events.hepmc", {{ name = "geometry.root", version = "3", checksum = "sha256:{"a" * 64}" }}]
outputs = [{{ name = "jets.parquet", identifier = "10.5281/zenodo.1" }}]
parameters = {{ algorithm = "anti-kt" }}
cuts = ["jet_pt > 200 GeV", "abs(jet_eta) < 2.4"]
"""
GENERATION = Activity(
    name="generation",
    software=(PYTHIA, Entity(name="docker://toy/pythia:8.310", checksums=(SHA,))),
    used=(Entity(name="cards/ttbar.cmnd", checksums=(SHA,)),),
    parameters=(
        ("seeds", "1, 2, 3"), ("command", "main42 ttbar.cmnd out.hepmc"), ("may be varied", "energy, tune"),
        ("energy", "13000"), ("tune", "Monash"),
    ),
)  # fmt: skip
SELECTION = Activity(
    name="selection",
    agent=ADA,
    used=(Entity(name="events.hepmc"), Entity(name="geometry.root", version="3", checksums=(SHA,))),
    generated=(Entity(name="jets.parquet", identifier=Identifier(scheme="doi", value="10.5281/zenodo.1")),),
    parameters=(("algorithm", "anti-kt"), ("cut", "jet_pt > 200 GeV"), ("cut", "abs(jet_eta) < 2.4")),
)


def test_a_recipe_is_the_first_step() -> None:
    view = read("fairkit-toml", RECIPE)
    assert_sane(view)
    assert view.faults == ()
    assert view.resource.activities == (GENERATION, SELECTION)
    assert view.pointers["activities"] == "/recipe"


def written(activities: tuple[Activity, ...]) -> dict[str, Any]:
    return fairkit_toml.encode("activities", activities)


@pytest.mark.parametrize(
    ("activities", "places"),
    [
        ((GENERATION, SELECTION), ["/recipe", "/provenance/steps"]),
        ((GENERATION,), ["/recipe"]),
        ((SELECTION, GENERATION), ["/provenance/steps"]),
        ((replace(GENERATION, agent=ADA),), ["/provenance/steps"]),
        ((Activity(name="generation", software=(PYTHIA,)),), ["/provenance/steps"]),
        ((Activity(name="generation", software=(PYTHIA,), parameters=(("command", "go"),)),), ["/recipe"]),
        ((), []),
    ],
)  # fmt: skip
def test_activities_are_written_where_they_are_told_whole(activities: tuple[Activity, ...], places: list[str]) -> None:
    told = written(activities)
    assert list(told) == places
    again = read("fairkit-toml", edited("", [Edit(place, value) for place, value in told.items()]))
    assert (again.resource.activities, again.faults) == (activities, ())


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("[recipe]\ncard = 'a.cmnd'", "recipe.generator: Field required"),
        ("[recipe]\ngenerator = 'x'\nseed = 1", "recipe.seed: no such key; did you mean 'seeds'?"),
        ("[[provenance.steps]]\nname = 'a'\ninputs = [{ nme = 'x' }]", "provenance.steps.0.inputs.0"),
        ("[[provenance.steps]]\nname = 'a'\nagent = 'Ada'", "provenance.steps.0.agent"),
    ],
)
def test_what_is_wrong_is_named(body: str, fault: str) -> None:
    view = read("fairkit-toml", body)
    assert_sane(view)
    assert view.faults[0].startswith(fault)


WORD = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=","), min_size=1, max_size=8)
MAYBE = st.none() | WORD
DOI = st.just(Identifier(scheme="doi", value="10.5281/zenodo.1"))
DIGEST = st.just((SHA,)) | st.just(())
THING = st.builds(Entity, name=WORD, version=MAYBE, identifier=st.none() | DOI, checksums=DIGEST)
PROGRAM = st.builds(Entity, name=WORD, version=MAYBE, identifier=st.none() | DOI, checksums=DIGEST)
SETTING = st.sampled_from(["seeds", "command", "may be varied", "cut", "energy", "tune"])
STEP = st.builds(
    Activity,
    name=st.sampled_from(["generation", "selection"]),
    used=st.lists(THING, max_size=2).map(tuple),
    generated=st.lists(THING, max_size=2).map(tuple),
    software=st.lists(PROGRAM, max_size=2).map(tuple),
    parameters=st.dictionaries(SETTING, WORD, max_size=4).map(lambda told: tuple(sorted(told.items(), key=_cut_last))),
    agent=st.none() | st.just(ADA),
    started=MAYBE,
    description=MAYBE,
)


def _cut_last(setting: tuple[str, str]) -> bool:
    return setting[0] == "cut"


@given(st.lists(STEP, max_size=3).map(tuple))
def test_any_steps_are_read_as_they_were_written(activities: tuple[Activity, ...]) -> None:
    edits = [Edit(place, value) for place, value in written(activities).items()]
    again = read("fairkit-toml", edited("", edits))
    assert (again.resource.activities, again.faults) == (activities, ())
