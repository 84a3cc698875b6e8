"""fairkit.toml: every key lands in its field, and what is wrong is named while the rest is read."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import fairkit_toml
from fairkit.dialects._toml_tables import Gate
from fairkit.errors import UnreadableDocument, UsageError
from fairkit.model.agent import Agent, Funding
from fairkit.model.ai import DataUse, Result, Tensor
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.evidence import Document
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity, Relation
from fairkit.model.resource import Subject
from fairkit.model.variable import Split, Variable
from tests.conftest import ROOT

from .documents import WRONG, assert_sane, read

JETS = """\
[resource]
kind = "dataset"
title = "Toy jets"
alternate_title = "/Toy/Jets"
description = "Jets for a bar."
doi = "10.5281/zenodo.1"
identifiers = ["ark:/12148/btv1b8449691v", "https://example.org/jets"]
landing_page = "https://example.org/jets"
catalogue = "A catalogue"
version = "1.10"
license = "cc-by-4.0"
keywords = ["jets", "toys"]
subjects = [{ name = "Physics", scheme = "FOS", term = "https://example.org/fos/1.3" }]
language = "en"
created = 2026-05-31
published = 2026
modified = "2026-06"
citation = "Example, A.: Toy jets"
conforms_to = ["https://example.org/profile"]
supersedes = ["doi:10.5281/zenodo.0"]
superseded_by = ["doi:10.5281/zenodo.2"]

[[creators]]
name = "Example, Ada"
orcid = "0000-0002-1825-0097"
affiliation = "CERN"
ror = "https://ror.org/01ggx4157"

[[creators]]
name = "The Toys"
type = "organisation"

[[contributors]]
name = "Bob"
role = "DataCurator"

[publisher]
name = "CERN"
ror = "01ggx4157"

[[funding]]
funder = "Example Fund"
ror = "01ggx4157"
award = "42"
title = "Toys"
url = "https://example.org/grant"

[access]
rights = "embargoed"
conditions = "ask"
embargo_until = 2027-01-31

[data]
entries = 20
files = 2
bytes = 1_000
formats = ["csv"]

[[files]]
path = "more/jets.csv"
url = "https://example.org/more/jets.csv"
bytes = 500
media_type = "text/csv"
checksum = "adler32:1"

[[variables]]
name = "pt"
type = "float32"
unit = "GeV"
description = "transverse momentum"
role = "feature"
group = "jet"
shape = [-1, 3]
padding = 0
missing = -999.5
range = [20, inf]
term = "https://example.org/pt"

[[variables]]
name = "label"
shape = []
missing = "n/a"

[[splits]]
name = "train"
entries = 15
files = ["jets.csv"]
description = "by event number"

[[relations]]
type = "isBasedOn"
to = "https://doi.org/10.1000/182"
title = "The events"
kind = "dataset"

[[relations]]
type = "IsDocumentedBy"
to = "a blackboard"

[provenance]
methodology = "thought of"
validation = "looked at"

[[provenance.steps]]
name = "generation"
description = "dice"
software = [{ name = "Pythia", version = "8.3", identifier = "https://github.com/toy/pythia" }]
inputs = ["cards"]
outputs = ["jets.csv"]
parameters = { seed = 1, tune = "A14", fast = true, cut = 0.5 }
started = 2026-01-02T03:04:05Z
ended = "2026-01-03"

[usage]
how = "read it"
rules = ["cite it"]
code_repository = "https://github.com/toy/jets"
requirements = ["Python 3.11"]

[model]
tasks = ["jet tagging"]
architecture = "interaction network"
parameters = 18162
intended_use = "Tagging jets"
out_of_scope = "Other detectors"
validity = "Jets above 300 GeV"
limitations = "Simulation only"

[[model.inputs]]
name = "tracks"
type = "float32"
shape = ["batch", 30, -1]

[[model.outputs]]
name = "p"
meaning = "probability"
classes = ["QCD", "Hbb"]
range = [0, inf]
sums_to = 1

[[model.data]]
role = "trained"
id = "recid:12102"
version = "1"
split = "train"
files = ["train/1.root"]
license = "cc0-1.0"
score = 0.9

[[model.results]]
metric = "AUC"
value = 0.99
trainings = 5
direction = "higher"
doi = "10.5281/zenodo.1"
split = "test"
"""
ROR = (Identifier(scheme="ror", value="01ggx4157"),)
DATA = tomllib.loads(JETS)


def test_a_full_file_fills_every_field_that_the_dialect_holds() -> None:
    view = read("fairkit-toml", JETS)
    assert_sane(view)
    assert view.faults == ()
    assert view.pointers.keys() == fairkit_toml.HOLDS | {"distributions", "listing"}


FULL: dict[str, tuple[Any, str]] = {
    "identifiers": (
        (
            Identifier(scheme="doi", value="10.5281/zenodo.1"),
            Identifier(scheme="ark", value="12148/btv1b8449691v"),
            Identifier(scheme="url", value="https://example.org/jets"),
        ),
        "/resource/doi",
    ),
    "title": ("Toy jets", "/resource/title"),
    "alternate_title": ("/Toy/Jets", "/resource/alternate_title"),
    "description": ("Jets for a bar.", "/resource/description"),
    "landing_page": ("https://example.org/jets", "/resource/landing_page"),
    "catalogue": ("A catalogue", "/resource/catalogue"),
    "version": ("1.10", "/resource/version"),
    "license": ("CC-BY-4.0", "/resource/license"),
    "keywords": (("jets", "toys"), "/resource/keywords"),
    "subjects": (
        (Subject(name="Physics", scheme="FOS", term="https://example.org/fos/1.3"),),
        "/resource/subjects",
    ),
    "language": ("en", "/resource/language"),
    "date_created": ("2026-05-31", "/resource/created"),
    "date_published": ("2026", "/resource/published"),
    "date_modified": ("2026-06", "/resource/modified"),
    "citation": ("Example, A.: Toy jets", "/resource/citation"),
    "conforms_to": (("https://example.org/profile",), "/resource/conforms_to"),
    "supersedes": ((Identifier(scheme="doi", value="10.5281/zenodo.0"),), "/resource/supersedes"),
    "superseded_by": ((Identifier(scheme="doi", value="10.5281/zenodo.2"),), "/resource/superseded_by"),
    "creators": (
        (
            Agent(
                name="Example, Ada",
                type="person",
                identifiers=(Identifier(scheme="orcid", value="0000-0002-1825-0097"),),
                affiliations=(Agent(name="CERN", type="organisation", identifiers=ROR),),
            ),
            Agent(name="The Toys", type="organisation"),
        ),
        "/creators",
    ),
    "contributors": ((Agent(name="Bob", role="DataCurator"),), "/contributors"),
    "publisher": (Agent(name="CERN", type="organisation", identifiers=ROR), "/publisher"),
    "funding": (
        (
            Funding(
                funder=Agent(name="Example Fund", type="organisation", identifiers=ROR),
                award="42",
                title="Toys",
                url="https://example.org/grant",
            ),
        ),
        "/funding",
    ),
    "access": ("embargoed", "/access/rights"),
    "access_conditions": ("ask", "/access/conditions"),
    "embargo_until": ("2027-01-31", "/access/embargo_until"),
    "entry_count": (20, "/data/entries"),
    "file_count": (2, "/data/files"),
    "byte_size": (1000, "/data/bytes"),
    "formats": (("csv",), "/data/formats"),
    "listing": ("complete", "/files"),
    "distributions": (
        (
            Distribution(
                name="more/jets.csv",
                content_url="https://example.org/more/jets.csv",
                byte_size=500,
                media_type="text/csv",
                checksums=(Checksum(algorithm="adler32", value="00000001"),),
            ),
        ),
        "/files",
    ),
    "variables": (
        (
            Variable(
                name="pt",
                dtype="float32",
                unit="GeV",
                description="transverse momentum",
                role="feature",
                group="jet",
                shape=(None, 3),
                padding="0",
                missing="-999.5",
                range=(20, None),
                term="https://example.org/pt",
            ),
            Variable(name="label", shape=(), missing="n/a"),
        ),
        "/variables",
    ),
    "splits": (
        (Split(name="train", entry_count=15, files=("jets.csv",), description="by event number"),),
        "/splits",
    ),
    "relations": (
        (
            Relation(
                type="IsDerivedFrom",
                identifier=Identifier(scheme="doi", value="10.1000/182"),
                title="The events",
                kind="dataset",
            ),
            Relation(type="IsDocumentedBy", title="a blackboard"),
        ),
        "/relations",
    ),
    "methodology": ("thought of", "/provenance/methodology"),
    "validation": ("looked at", "/provenance/validation"),
    "activities": (
        (
            Activity(
                name="generation",
                description="dice",
                software=(
                    Entity(name="Pythia", version="8.3", identifier=Identifier(scheme="github", value="toy/pythia")),
                ),
                used=(Entity(name="cards"),),
                generated=(Entity(name="jets.csv"),),
                parameters=(("seed", "1"), ("tune", "A14"), ("fast", "true"), ("cut", "0.5")),
                started="2026-01-02T03:04:05+00:00",
                ended="2026-01-03",
            ),
        ),
        "/provenance/steps",
    ),
    "usage": ("read it", "/usage/how"),
    "usage_rules": (("cite it",), "/usage/rules"),
    "code_repository": ("https://github.com/toy/jets", "/usage/code_repository"),
    "requirements": (("Python 3.11",), "/usage/requirements"),
    "tasks": (("jet tagging",), "/model/tasks"),
    "architecture": ("interaction network", "/model/architecture"),
    "parameter_count": (18162, "/model/parameters"),
    "intended_use": ("Tagging jets", "/model/intended_use"),
    "out_of_scope": ("Other detectors", "/model/out_of_scope"),
    "validity": ("Jets above 300 GeV", "/model/validity"),
    "limitations": ("Simulation only", "/model/limitations"),
    "inputs": ((Tensor(name="tracks", dtype="float32", shape=("batch", 30, None)),), "/model/inputs"),
    "outputs": (
        (Tensor(name="p", meaning="probability", classes=("QCD", "Hbb"), range=(0.0, None), sums_to=1.0),),
        "/model/outputs",
    ),
    "data_uses": (
        (
            DataUse(
                role="trained",
                identifier=Identifier(scheme="cern-open-data", value="12102"),
                version="1",
                split="train",
                files=("train/1.root",),
                license="CC0-1.0",
                score=0.9,
            ),
        ),
        "/model/data",
    ),
    "results": (
        (
            Result(
                metric="AUC",
                value=0.99,
                trainings=5,
                direction="higher",
                dataset=Identifier(scheme="doi", value="10.5281/zenodo.1"),
                split="test",
            ),
        ),
        "/model/results",
    ),
}


def test_the_table_below_has_every_field() -> None:
    assert FULL.keys() == read("fairkit-toml", JETS).pointers.keys()


@pytest.mark.parametrize("field", FULL)
def test_every_key_lands_in_its_field(field: str) -> None:
    view = read("fairkit-toml", JETS)
    assert (getattr(view.resource, field), view.pointers[field]) == FULL[field]


def test_a_wrong_row_is_left_out_and_its_neighbours_stay() -> None:
    rows = ["name = 'a'", "name = 3", "nme = 'c'", "name = 'd'\nunit = 5", "name = 'e'"]
    view = read("fairkit-toml", "\n".join(f"[[variables]]\n{row}" for row in rows))
    assert [variable.name for variable in view.resource.variables] == ["a", "d", "e"]
    assert [fault.partition(":")[0] for fault in view.faults] == [
        "variables.1.name", "variables.2.name", "variables.2.nme", "variables.3.unit",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("[resource\n", "line 1"),
        ("[resource]\ntitle = 'a'\ntitle = 'b'\n", "line 3"),
        (b"[resource]\ntitle = '\xe9'", "utf-8"),
        ("x = " + "[" * 5000, "recursion"),
        (".".join("a" * 3000) + " = 1", "recursion"),
        ("x = 0x" + "F" * 5000, "thousands of digits"),
        ("x = " + "9" * 5000, "digits"),
    ],
)
def test_broken_toml_says_where(body: str | bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument, match="there is not readable TOML") as error:
        read("fairkit-toml", body)
    assert said in str(error.value)


TOML_VALUES = st.recursive(
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_infinity=False)
    | st.dates()
    | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "type", "title", "files", "steps", "x", ""]), inner, max_size=3)
    ),
    max_leaves=10,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*DATA, "x", ""]), TOML_VALUES, min_size=1))
def test_any_toml_is_read(changes: dict[str, Any]) -> None:
    assert_sane(read("fairkit-toml", tomlkit.dumps(DATA | changes)))


def test_values_of_the_wrong_type_never_stop_the_reading() -> None:
    wrong = [value for value in WRONG if value not in (None, "\ud800") and "None" not in repr(value)]
    for table, rows in DATA.items():
        for key in rows if isinstance(rows, dict) else rows[0]:
            for value in wrong:
                changed = {**(rows if isinstance(rows, dict) else rows[0]), key: value}
                data = DATA | {table: changed if isinstance(rows, dict) else [changed, *rows]}
                assert_sane(read("fairkit-toml", tomlkit.dumps(data)))


def test_the_example_is_without_fault() -> None:
    view = read("fairkit-toml", (ROOT / "examples" / "jets" / "fairkit.toml").read_bytes())
    assert_sane(view)
    assert view.faults == ()
    assert view.resource.entry_count == 600


def asked(text: str, *above: str) -> Gate | None:
    written = Document(representation="fairkit-toml", media_type="application/toml", url="there", body=text.encode())
    return fairkit_toml.gate(written, *above)


def test_what_the_gate_asks_says_nothing_about_the_work() -> None:
    with_gate = read("fairkit-toml", f"{JETS}\n[gate]\nminimum = {{ total = 0.7 }}\n")
    assert (with_gate.resource, with_gate.faults) == (read("fairkit-toml", JETS).resource, ())


@pytest.mark.parametrize(
    ("text", "above", "least"),
    [
        ("[gate]\nminimum = { F = 0.5 }", (), 0.5),
        ("[gate]", (), None),
        ("[tool.fairkit.gate]\nminimum = { F = 0.5 }", ("tool", "fairkit"), 0.5),
    ],
)
def test_the_table_of_the_gate_is_read(text: str, above: tuple[str, ...], least: float | None) -> None:
    table = asked(text, *above)
    assert table is not None
    assert least == table.minimum.F


@pytest.mark.parametrize("text", ["", "tool = 1", "[tool]\nfairkit = 1", "[tool.other]"])
def test_where_there_is_no_such_table_there_is_no_policy(text: str) -> None:
    assert asked(text) is None
    assert asked(text, "tool", "fairkit") is None


def test_a_policy_with_a_fault_is_refused_whole() -> None:
    with pytest.raises(UsageError, match=r"gate\.minimum\.total: Input should be less than or equal to 1, not '7'"):
        asked("[gate]\nminimum = { F = 0.5, total = 7 }")
