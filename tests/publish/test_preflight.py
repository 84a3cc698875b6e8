"""Whatever a repository would refuse is found before: each kind of error, seeded into what is well, by its code."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.dialects import invenio as dialect
from fairkit.http import Session
from fairkit.model.agent import Agent, Funding
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Relation
from fairkit.model.resource import FIELDS, Kind, Resource
from fairkit.publish.places import Place, place
from fairkit.publish.preflight import CODES, problems
from fairkit.publish.preflight.folder import written
from fairkit.publish.release import Release
from fairkit.publish.sending import LocalFile
from fairkit.repositories.invenio import Invenio
from tests.conftest import ROOT
from tests.dialects.resources import resources
from tests.servers.invenio.real import Instance

ZENODO = place(zenodo=True)
ADA = Agent(name="Example, Ada", type="person", identifiers=(Identifier(scheme="orcid", value="0000-0002-1825-0097"),))
CLEAN = Resource(
    title="Toy jets with and without a Higgs boson",
    description="Six hundred wide jets from invented proton-proton collisions at 13 TeV.",
    version="1.0.0",
    license="CC-BY-4.0",
    language="en",
    keywords=("jets",),
    creators=(ADA,),
    contributors=(Agent(name="Sample, Bo", role="DataCurator"),),
    publisher=Agent(name="CERN"),
    date_created="2026-01-01",
    date_published="2026-02-01",
    funding=(Funding(funder=Agent(name="CERN"), award="7"),),
    relations=(Relation(type="IsDerivedFrom", identifier=Identifier(scheme="doi", value="10.1000/182")),),
)
TOML = """[resource]
title = "Toy jets"
created = "2026-01-01"

[[creators]]
name = "Example, Ada"

[[files]]
path = "a.csv"
bytes = 5
checksum = "sha256:{}"

[[splits]]
name = "train"
files = ["a.csv"]
""".format("0" * 64)


class Made(NamedTuple):
    """A release that is not made from a folder."""

    root: str = "/nowhere"
    resource: Resource = CLEAN
    doi: str | None = None
    files: tuple[LocalFile, ...] = (LocalFile("a.csv", "/nowhere/a.csv", 5, "0" * 64),)

    def expected(self) -> tuple[LocalFile, ...]:
        return self.files

    def contents(self) -> tuple[LocalFile, ...]:
        return self.files


def codes(release: Made | Release, where: Place = ZENODO) -> set[str]:
    return {one.code for one in problems(release, where)}


def doi(value: str) -> Identifier:
    return Identifier(scheme="doi", value=value)


def agent(scheme: str, *values: str) -> tuple[Agent, ...]:
    return (Agent(name="Example, Ada", identifiers=tuple(Identifier(scheme=scheme, value=value) for value in values)),)


def related(scheme: str, value: str) -> tuple[Relation, ...]:
    return (Relation(type="IsDerivedFrom", identifier=Identifier(scheme=scheme, value=value)),)


WORK: list[tuple[str, Mapping[str, Any]]] = [
    ("title-missing", {"title": None}),
    ("title-missing", {"title": "  "}),
    ("title-short", {"title": "ab"}),
    ("title-capitals", {"title": "TOY JETS OF THE LHC"}),
    ("title-html", {"title": "Jets at <i>13 TeV</i>"}),
    ("description-missing", {"description": None}),
    ("description-short", {"description": "Jets."}),
    ("language-unknown", {"language": "the Queen's English"}),
    ("version-missing", {"version": None}),
    ("keyword-commas", {"keywords": ("jets, Higgs",)}),
    ("publisher-missing", {"publisher": None}),
    ("creators-missing", {"creators": ()}),
    ("creators-many", {"creators": tuple(Agent(name=f"Example, {number}") for number in range(1001))}),
    ("creator-twice", {"creators": (ADA, ADA)}),
    ("creator-twice", {"creators": (Agent(name="Doe,  Jo"), Agent(name="doe, jo"))}),
    ("person-nameless", {"creators": (Agent(name=" , "),)}),
    ("contributor-role", {"contributors": (Agent(name="Sample, Bo"),)}),
    ("orcid-wrong", {"creators": agent("orcid", "0000-0002-1825-0098")}),
    ("ror-wrong", {"publisher": agent("ror", "01ggx4158")[0]}),
    ("identifier-twice", {"creators": agent("orcid", "0000-0002-1825-0097", "0000-0001-5109-3700")}),
    ("funder-missing", {"funding": (Funding(funder=Agent(name=" ")),)}),
    ("award-lonely", {"funding": (Funding(funder=Agent(name=""), award="7"),)}),
    ("award-page", {"funding": (Funding(funder=Agent(name="CERN"), url="the page"),)}),
    ("affiliation-twice", {"contributors": (replace(ADA, affiliations=(Agent(name="CERN"), Agent(name="CERN"))),)}),
    ("licence-missing", {"license": None}),
    ("licence-unknown", {"license": "our own terms"}),
    ("licence-unfit", {"license": "GPL-3.0-only"}),
    ("licence-closed", {"license": "CC-BY-NC-4.0"}),
    ("licence-closed", {"license": "CC-BY-ND-4.0"}),
    ("date-wrong", {"date_created": "spring"}),
    ("date-wrong", {"date_created": "2026-02-30"}),
    ("date-two-digits", {"date_created": "31/05/26"}),
    ("date-two-digits", {"date_modified": "26"}),
    ("date-future", {"date_published": "2999"}),
    ("date-order", {"date_created": "2026-03"}),
    ("embargo-endless", {"access": "embargoed"}),
    ("embargo-wrong", {"access": "embargoed", "embargo_until": "soon"}),
    ("embargo-wrong", {"access": "embargoed", "embargo_until": "2999"}),
    ("embargo-past", {"access": "embargoed", "embargo_until": "2020-01-01"}),
    ("embargo-open", {"access": "open", "embargo_until": "2999-01-01"}),
    ("restricted-how", {"access": "restricted"}),
    ("doi-wrong", {"relations": related("doi", "11.1000/182")}),
    ("arxiv-wrong", {"relations": related("arxiv", "hep")}),
    ("identifier-wrong", {"relations": related("isbn", "978-3-16-148410-1")}),
    ("doi-twice", {"identifiers": (doi("10.1000/1"), doi("10.1000/2"))}),
    ("doi-taken", {"identifiers": (doi("10.5281/zenodo.1234"),)}),
    ("doi-elsewhere", {"identifiers": (doi("10.1000/1"),)}),
    ("relation-nowhere", {"relations": (Relation(type="References", title="A book"),)}),
    ("relation-unknown", {"relations": (Relation(type="WasSeenBeside", identifier=doi("10.1000/182")),)}),
    ("relation-self", {"identifiers": (doi("10.1000/182"),)}),
]
FILES: list[tuple[str, list[tuple[str, int]]]] = [
    ("files-none", []),
    ("files-many", [(f"{number}.csv", 1) for number in range(101)]),
    ("quota", [("a", 30 * 10**9), ("b", 30 * 10**9)]),
    ("file-large", [("a", 60 * 10**9)]),
    ("file-empty", [("a.csv", 0)]),
    ("name-long", [("a" * 256, 1)]),
    ("name-control", [("a\tb", 1)]),
    ("name-bytes", [("a\udcff", 1)]),
    ("name-case", [("A.csv", 1), ("a.csv", 1)]),
    ("name-form", [("\u00e4.csv", 1), ("a\u0308.csv", 1)]),
    ("name-blank", [("sub /a.csv", 1)]),
    ("name-blank", [("a.", 1)]),
    ("name-reserved", [("sub/con.txt", 1)]),
    ("name-signs", [("a\\b.csv", 1)]),
]
IN_TOML: list[tuple[str, str, str, int | None]] = [
    ("toml-wrong", 'title = "Toy jets"', 'titel = "Toy jets"', 2),
    ("orcid-wrong", 'name = "Example, Ada"', 'name = "Example, Ada"\norcid = "0000-0002-1825-0098"', 7),
    ("ror-wrong", 'name = "Example, Ada"', 'name = "Example, Ada"\nror = "01ggx4158"', 7),
    ("doi-wrong", 'title = "Toy jets"', 'doi = "11.1/x"', 2),
    ("award-lonely", "[[splits]]", '[[funding]]\naward = "7"\n\n[[splits]]', None),
    ("question-open", "[[splits]]", "#? publisher: who publishes it?\n\n[[splits]]", 13),
    ("checksum-wrong", "0" * 64, "1" * 64, 8),
    ("size-wrong", "bytes = 5", "bytes = 6", 8),
    ("split-missing", 'files = ["a.csv"]', 'files = ["b*.csv"]', 13),
]


def test_what_is_well_has_no_problem(tmp_path: Path) -> None:
    assert problems(Made(), ZENODO) == ()
    (tmp_path / "fairkit.toml").write_text(TOML)
    assert problems(Made(root=str(tmp_path)), ZENODO) == ()


def test_the_example_has_none_but_notes(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples" / "jets", tmp_path / "jets")
    assert [one for one in problems(Release(str(tmp_path / "jets")), ZENODO) if one.blocks] == []


@pytest.mark.parametrize(("code", "changes"), WORK)
def test_an_error_in_the_description_is_found(code: str, changes: Mapping[str, Any]) -> None:
    assert code in codes(Made(resource=replace(CLEAN, **changes)))


@pytest.mark.parametrize(
    ("kind", "licence", "what", "remedy"),
    [
        ("model", "ODbL-1.0", "ODbL-1.0 is a licence for data, and this is a model", "suit models"),
        ("model", "GPL-3.0-only", "GPL-3.0-only is a licence for software, and this is a model", "suit models"),
        ("dataset", "GPL-3.0-only", "GPL-3.0-only is a licence for software, and this is a dataset", "suit data"),
        ("dataset", "bigscience-openrail-m", "LicenseRef-scancode-bigscience-open-rail-m is a licence for models, and"
         " this is a dataset", "suit data"),
        ("model", "CC-BY-NC-4.0", "CC-BY-NC-4.0 forbids some uses of the work", "work with models"),
        ("model", "bigscience-openrail-m",
         "LicenseRef-scancode-bigscience-open-rail-m forbids some uses of the work", "work with models"),
        ("model", None, "no licence is stated", "Apache-2.0"),
        ("dataset", None, "no licence is stated", "CC0-1.0"),
        ("model", "our own", "the licence 'our own' is none that is known", "SPDX"),
    ],
)  # fmt: skip
def test_a_licence_is_judged_by_what_the_work_is(kind: Kind, licence: str | None, what: str, remedy: str) -> None:
    told = {one.what: one.remedy for one in problems(Made(resource=replace(CLEAN, kind=kind, license=licence)), ZENODO)}
    assert remedy in told[what]


@pytest.mark.parametrize("licence", ["Apache-2.0", "BSD-3-Clause", "CC-BY-4.0", "CC0-1.0", "MIT OR GPL-3.0-only"])
def test_a_licence_that_suits_models_is_no_problem(licence: str) -> None:
    assert problems(Made(resource=replace(CLEAN, kind="model", license=licence)), ZENODO) == ()


def test_nothing_is_said_of_data_to_whom_publishes_a_model(tmp_path: Path) -> None:
    """Every problem that there is, seeded into a model, and what is said of it."""
    model = replace(CLEAN, kind="model")
    made = [Made(resource=replace(model, **changes)) for _, changes in WORK]
    made += [Made(resource=model, files=tuple(LocalFile(*row, "0" * 64) for row in _rows(files))) for _, files in FILES]
    made.append(Made(resource=model, files=(LocalFile("x.swp", "/nowhere/x.swp", 1, "0" * 64),)))
    told = [f"{one.what} {one.remedy}" for each in made for one in problems(each, ZENODO)]
    assert [words for words in told if re.search(r"\bdata(sets?)?\b(?!, and this is)", words)] == []


def _rows(files: list[tuple[str, int]]) -> list[tuple[str, str, int]]:
    return [(key, f"/nowhere/{key}", size) for key, size in files]


@pytest.mark.parametrize(("code", "files"), FILES, ids=[code for code, _ in FILES])
def test_an_error_in_the_files_is_found(code: str, files: list[tuple[str, int]]) -> None:
    made = tuple(LocalFile(key, f"/nowhere/{key}", size, "0" * 64) for key, size in files)
    assert code in codes(Made(files=made))


@pytest.mark.parametrize(("code", "old", "new", "line"), IN_TOML)
def test_an_error_in_the_file_is_found_with_its_line(
    tmp_path: Path, code: str, old: str, new: str, line: int | None
) -> None:
    path = tmp_path / "fairkit.toml"
    path.write_text(TOML.replace(old, new, 1))
    [found] = [one for one in problems(Made(root=str(tmp_path)), ZENODO) if one.code == code]
    assert found.place is not None
    assert found.place.startswith(str(path))
    assert line is None or found.place == f"{path}:{line}"


def test_a_field_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "fairkit.toml").write_text(TOML)
    creators = (Agent(name=" "),)
    found = problems(Made(root=str(tmp_path), resource=replace(CLEAN, creators=creators, date_created="x")), ZENODO)
    assert {(one.code, (one.place or "").rpartition(":")[2]) for one in found} == {
        ("date-wrong", "3"),
        ("person-nameless", "5"),
    }


def test_what_blocks_comes_first_and_depends_on_the_repository() -> None:
    work = replace(CLEAN, description=None, version=None)
    assert [one.blocks for one in problems(Made(resource=work), ZENODO)] == [True, False]
    anywhere = place(invenio="https://data.example.org")
    assert not any(one.blocks for one in problems(Made(resource=work), anywhere))


def test_the_doi_that_was_reserved_is_its_own() -> None:
    work = replace(CLEAN, identifiers=(doi("10.5281/zenodo.1234"),))
    assert codes(Made(resource=work, doi="10.5281/ZENODO.1234")) == set()


def test_there_are_forty_kinds_and_every_one_is_tried() -> None:
    seeded = {code for code, *_ in (*WORK, *FILES, *IN_TOML)}
    scanned = {code for code in CODES if code not in seeded}
    assert len(seeded) >= 40
    assert scanned == {
        "secret", "secret-file", "password", "stray-file", "email-list", "phone", "home-path", "photo-place",
        "scan-partly",
    }  # fmt: skip


@pytest.fixture
def real(invenio: Instance) -> Iterator[Invenio]:
    """The real software, asked by the owner of records."""
    token = invenio.tokens["owner"]
    with Session(credentials={invenio.url: f"Bearer {token}"}, trusted=[invenio.url]) as session:
        yield Invenio(invenio.url, session, pause=time.sleep)


@pytest.mark.invenio
def test_what_the_real_software_refuses_blocks(real: Invenio) -> None:
    """All of the seeded errors, and resources with any value in any field beside a title and creators."""
    here = place(invenio=real.base)

    def refused(work: Resource) -> list[tuple[str, str]]:
        named = work if work.publisher else replace(work, publisher=Agent(name=here.publisher))
        answer = real.create(dialect.draft(named, day="2026-11-27"))
        if answer.ok:
            real.discard(real.as_draft(answer.data).id)
            return [error for error in answer.errors if not error[0].startswith("files")]
        return list(answer.errors) or [("", answer.message)]

    @given(resources())
    @settings(max_examples=100, derandomize=True, database=None)
    def agree(work: Resource) -> None:
        stated = {field: getattr(work, field) for field in FIELDS if getattr(work, field)}
        told = replace(CLEAN, **{**stated, "title": CLEAN.title, "creators": CLEAN.creators})
        if errors := refused(told):
            assert any(one.blocks for one in problems(Made(resource=told), here)), errors

    assert refused(CLEAN) == []
    for code, changes in WORK:
        seeded = replace(CLEAN, **changes)
        if len(seeded.creators) < 1000 and refused(seeded):
            assert any(one.blocks for one in problems(Made(resource=seeded), here)), code
    agree()


@given(resources(), st.lists(st.tuples(st.text(max_size=9), st.integers(0, 2**40)), max_size=4))
@settings(max_examples=200)
def test_no_resource_and_no_name_breaks_it(work: Resource, files: list[tuple[str, int]]) -> None:
    made = tuple(LocalFile(key, key, size, "") for key, size in files)
    found = problems(Made(resource=work, files=made), ZENODO)
    assert {one.code for one in found} <= CODES.keys()
    assert all(one.what and one.remedy and str(one) for one in found)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_no_file_breaks_it(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    root = tmp_path_factory.mktemp("set")
    (root / "fairkit.toml").write_bytes(body)
    problems(Made(root=str(root)), ZENODO)


def test_a_pipe_or_a_link_out_is_not_read_as_metadata(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    os.mkfifo(tmp_path / "set" / "fairkit.toml")
    assert written(str(tmp_path / "set")) is None
    (tmp_path / "set" / "fairkit.toml").unlink()
    (tmp_path / "mine.toml").write_text("[resource]\ntitle = 'x'\n")
    (tmp_path / "set" / "fairkit.toml").symlink_to(tmp_path / "mine.toml")
    assert written(str(tmp_path / "set")) is None
