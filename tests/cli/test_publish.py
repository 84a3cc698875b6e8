"""Publishing as a user calls it: what it answers, what it says, and that no token shows anywhere."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from fairkit.publish.journal import HOME
from tests.servers.invenio.deposits import TOKEN
from tests.servers.invenio.http import Served

from .conftest import Ran

MEAGRE = '[resource]\ntitle = "Toy jets"\n\n[[creators]]\nname = "Example, Ada"\n'
"""Enough for a repository, and not for the gate."""

Run = Callable[..., Ran]


@pytest.fixture
def meagre(tmp_path: Path) -> str:
    root = tmp_path / "meagre"
    root.mkdir()
    (root / "fairkit.toml").write_text(MEAGRE)
    (root / "a.csv").write_text("pt,eta\n1,2\n")
    return str(root)


@pytest.fixture
def called(run: Run, server: Served, tmp_path: Path) -> Run:
    """A call for the server; no byte of the token is in what it says, or in what it leaves on the disk."""

    def call(*words: object, stdin: str | None = None) -> Ran:
        ran = run("publish", *words, "--invenio", server.url, stdin=stdin)
        left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        assert TOKEN not in ran.out + ran.err
        assert TOKEN.encode() not in left
        return ran

    return call


def journal(root: str) -> str:
    [path] = Path(root, HOME).glob("*.jsonl")
    return path.read_text()


def test_it_makes_a_draft_and_a_second_run_changes_nothing(called: Run, server: Served, jets: str) -> None:
    first = called(jets)
    assert (first.code, "a draft, DOI 10.5072/" in first.out) == (0, True)
    [draft] = server.deposits.drafts
    assert b"10.5072/" in draft.holds()["datacite.json"]
    again = called(jets)
    assert (again.code, "all of it was done already" in again.out) == (0, True)
    assert (len(server.deposits.drafts), server.deposits.records) == (1, [])


def test_it_publishes_and_a_second_run_changes_nothing(called: Run, server: Served, jets: str) -> None:
    assert called(jets, "--publish", "--yes").code == 0
    again = called(jets, "--publish", "--yes")
    assert (again.code, "all of it was done already" in again.out) == (0, True)
    assert (len(server.deposits.records), server.deposits.drafts) == (1, [])


@pytest.mark.parametrize("token", [None, "wrong"])
def test_without_a_good_token_it_ends_with_4(
    called: Run, server: Served, jets: str, monkeypatch: pytest.MonkeyPatch, token: str | None
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", jets)
    if token is None:
        monkeypatch.delenv("FAIRKIT_INVENIO_TOKEN")
    else:
        monkeypatch.setenv("FAIRKIT_INVENIO_TOKEN", token)
    ran = called(jets)
    assert ran.code == 4
    assert "FAIRKIT_INVENIO_TOKEN" in ran.err if token is None else "deposit:write" in ran.err
    assert not server.deposits.works


@pytest.mark.parametrize("where", [["--zenodo"], ["--zenodo", "--sandbox"], ["--to", "invenio:https://a.example"]])
def test_a_dry_run_needs_no_token_and_no_network(
    run: Run, jets: str, monkeypatch: pytest.MonkeyPatch, where: list[str]
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", jets)
    ran = run("publish", jets, *where, "--dry-run")
    assert ran.code == 0
    assert ("REAL" in ran.out) == ("--sandbox" not in where)
    assert "train.parquet" in ran.out
    assert "send 17 files" in ran.out


def test_the_gate_blocks_with_1(called: Run, server: Served, meagre: str) -> None:
    ran = called(meagre)
    assert (ran.code, "the gate blocks it" in ran.err) == (1, True)
    assert not server.deposits.works


def test_what_the_gate_blocks_may_be_let_through_and_is_recorded(called: Run, server: Served, meagre: str) -> None:
    ran = called(meagre, "--no-gate")
    assert (ran.code, "LET THROUGH" in ran.err) == (0, True)
    assert '"let_through": ["' in journal(meagre)
    [draft] = server.deposits.drafts
    assert draft.body["metadata"]["publisher"] == server.url.partition("//")[2]


def test_what_the_repository_would_refuse_blocks_with_2(called: Run, server: Served, jets: str) -> None:
    Path(jets, "empty.csv").touch()
    ran = called(jets, "--no-gate")
    assert (ran.code, "[file-empty]" in ran.err) == (2, True)
    assert not server.deposits.requests


def test_a_secret_blocks_with_2_and_is_not_shown(called: Run, jets: str) -> None:
    secret = "ghp_" + "aB3" * 12
    Path(jets, "notes.txt").write_text(f"it is {secret}\n")
    ran = called(jets)
    assert (ran.code, "notes.txt:1: notes.txt holds a GitHub Token [secret]" in ran.err) == (2, True)
    assert secret not in ran.out + ran.err


def test_a_dry_run_tells_the_problems_with_their_lines(called: Run, jets: str) -> None:
    path = Path(jets, "fairkit.toml")
    path.write_text(path.read_text().replace('orcid = "0000-0002-1825-0097"', 'orcid = "0000-0002-1825-0098"'))
    ran = called(jets, "--dry-run")
    line = path.read_text().partition("orcid =")[0].count("\n") + 1
    assert (ran.code, f"{path}:{line}: " in ran.out, "[orcid-wrong]" in ran.out) == (2, True, True)


def test_nobody_publishes_by_accident(called: Run, server: Served, jets: str) -> None:
    ran = called(jets, "--publish")
    assert (ran.code, "--yes" in ran.err) == (2, True)
    assert not server.deposits.works


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--token", "canary"], "No such option"),
        (["--publish", "--community", "cms"], "asked to review"),
        (["--embargo", "2020-01-01"], "not in the future"),
        (["--embargo", "2999-01-01", "--restricted"], "contradict"),
        (["--version-of", "jets"], "is no DOI"),
        (["--new-record", "--new-version"], "no record of its own"),
        (["--zenodo"], "more than one repository"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_2(called: Run, jets: str, words: list[str], why: str) -> None:
    ran = called(jets, *words)
    assert (ran.code, why in ran.err) == (2, True), ran.err


@pytest.mark.parametrize("words", [["--dry-run"], [], ["--publish", "--yes"]])
def test_its_json_keeps_to_the_published_schema(called: Run, jets: str, words: list[str]) -> None:
    rules = json.loads(resources.read_bytes("schemas", "publish.schema.json"))
    ran = called(jets, *words, "--json")
    assert ran.code == 0
    Draft202012Validator(rules).validate(json.loads(ran.out))


def test_a_new_version_needs_a_former_one(called: Run, server: Served, jets: str) -> None:
    ran = called(jets, "--new-version")
    assert (ran.code, "--version-of" in ran.err) == (2, True), ran.err
    assert not server.deposits.works


def test_another_release_is_no_new_record_by_accident(called: Run, server: Served, jets: str) -> None:
    assert called(jets, "--publish", "--yes").code == 0
    Path(jets, "make_jets.py").write_text("# another\n")
    refused = called(jets, "--publish", "--yes")
    assert (refused.code != 0, "--new-version" in refused.err) == (True, True)
    assert called(jets, "--publish", "--yes", "--new-version").code == 0
    first, second = server.deposits.records
    assert first.concept == second.concept


@pytest.mark.parametrize("how", ["--version-of", "fairkit.toml"])
def test_a_lost_journal_is_made_good_by_the_doi(called: Run, server: Served, jets: str, how: str) -> None:
    assert called(jets, "--publish", "--yes").code == 0
    [first] = server.deposits.records
    shutil.rmtree(Path(jets, HOME))
    Path(jets, "make_jets.py").write_text("# another\n")
    words = ["--version-of", f"https://doi.org/{first.doi}"] if how == "--version-of" else ["--new-version"]
    if how == "fairkit.toml":
        path = Path(jets, "fairkit.toml")
        path.write_text(path.read_text().replace("[resource]\n", f'[resource]\ndoi = "{first.doi}"\n', 1))
    ran = called(jets, "--publish", "--yes", *words)
    assert ran.code == 0, ran.err
    assert [one.concept for one in server.deposits.records] == [first.concept] * 2


def test_a_stated_doi_keeps_a_lost_journal_from_making_another_record(called: Run, server: Served, jets: str) -> None:
    assert called(jets, "--publish", "--yes").code == 0
    [first] = server.deposits.records
    path = Path(jets, "fairkit.toml")
    path.write_text(path.read_text().replace("[resource]\n", f'[resource]\ndoi = "{first.doi}"\n', 1))
    shutil.rmtree(Path(jets, HOME))
    again = called(jets, "--publish", "--yes")
    assert (again.code, len(server.deposits.works)) == (0, 1)
    shutil.rmtree(Path(jets, HOME))
    Path(jets, "make_jets.py").write_text("# another\n")
    refused = called(jets, "--publish", "--yes")
    assert (refused.code, "--new-version" in refused.err, len(server.deposits.works)) == (2, True, 1)


def test_a_doi_that_leads_nowhere_makes_no_record(called: Run, server: Served, jets: str) -> None:
    ran = called(jets, "--version-of", "10.5072/nosuch-12345")
    assert (ran.code, "no record with the DOI" in ran.err) == (2, True)
    assert not server.deposits.works


def test_closed_files_are_closed(called: Run, server: Served, jets: str) -> None:
    assert called(jets, "--embargo", "2999-01-01").code == 0
    [draft] = server.deposits.drafts
    assert draft.body["access"]["files"] == "restricted"
    assert draft.body["access"]["embargo"]["until"] == "2999-01-01"


def test_a_community_is_asked(called: Run, server: Served, jets: str) -> None:
    assert called(jets, "--community", "cms").code == 0
    [draft] = server.deposits.drafts
    assert draft.review == "cms"


def test_too_many_files_become_archives(called: Run, server: Served, jets: str) -> None:
    many = Path(jets, "runs")
    many.mkdir()
    for number in range(101):
        (many / f"{number:03d}.txt").write_text(f"run {number}\n")
    told = called(jets, "--dry-run")
    assert (told.code, "runs.zip: 101 files" in told.out, "1 ZIP" in told.out) == (0, True, True)
    assert not list(Path(jets, HOME, "zips").glob("*.zip"))
    assert called(jets).code == 0
    [draft] = server.deposits.drafts
    assert "runs.zip" in draft.holds()
    assert len(draft.holds()) == 18
    assert "all of it was done already" in called(jets).out


def test_a_repository_that_is_not_there_could_not_be_asked(
    run: Run, jets: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRKIT_INVENIO_TOKEN", TOKEN)
    monkeypatch.setattr("time.sleep", lambda _: None)
    ran = run("publish", jets, "--invenio", "http://127.0.0.1:9")
    assert ran.code in (3, 5)
    assert TOKEN not in ran.out + ran.err


def state(root: str, doi: object) -> None:
    """Write a DOI into what people write about the folder."""
    path = Path(root, "fairkit.toml")
    path.write_text(path.read_text().replace("[resource]\n", f'[resource]\ndoi = "{doi}"  # the first\n', 1))
    cff = Path(root, "CITATION.cff")
    cff.write_text(cff.read_text().rstrip() + f"\ndoi: {doi}\nreferences:\n  - type: data\n    doi: {doi}\n")


@pytest.mark.parametrize("lost", [False, True])
def test_a_new_version_has_its_own_doi_and_names_the_old_one_as_superseded(
    called: Run, run: Run, server: Served, jets: str, lost: bool
) -> None:
    assert called(jets, "--publish", "--yes").code == 0
    [first] = server.deposits.records
    state(jets, first.doi)
    kept = {name: Path(jets, name).read_bytes() for name in ("fairkit.toml", "CITATION.cff")}
    Path(jets, "make_jets.py").write_text("# another\n")
    if lost:
        shutil.rmtree(Path(jets, HOME))
    ran = called(jets, "--publish", "--yes", "--new-version")
    assert (ran.code, "doi-taken" in ran.err) == (0, False), ran.err
    second = server.deposits.records[-1]
    held = second.holds()
    metadata = json.loads(held["datacite.json"])
    assert metadata["doi"] == second.doi
    assert [one["relationType"] for one in metadata["relatedIdentifiers"] if one["relatedIdentifier"] == first.doi] == [
        "IsNewVersionOf"
    ]
    assert json.dumps(metadata).count(str(first.doi)) == 1
    related = second.body["metadata"]["related_identifiers"]
    assert [one["relation_type"]["id"] for one in related if one["identifier"] == first.doi] == ["isnewversionof"]
    assert f'doi = "{second.doi}"  # the first'.encode() in held["fairkit.toml"]
    assert f"\ndoi: {second.doi}\nreferences:\n  - type: data\n    doi: {first.doi}\n".encode() in held["CITATION.cff"]
    assert {name: Path(jets, name).read_bytes() for name in kept} == kept
    package = Path(jets, HOME, "package")
    assert run("verify", package).code == 0
    assert "disagree" not in run("validate", package).out
    before = len(server.deposits.requests)
    assert called(jets, "--publish", "--yes").code == 0
    assert {method for method, _ in server.deposits.requests[before:]} == {"GET"}
    assert {path.name: path.read_bytes() for path in package.iterdir() if path.is_file()}.items() >= held.items()


def test_the_doi_of_all_versions_is_that_of_none(called: Run, server: Served, jets: str) -> None:
    assert called(jets, "--publish", "--yes").code == 0
    [first] = server.deposits.records
    concept = f"10.5072/{first.concept}"
    state(jets, concept)
    Path(jets, "make_jets.py").write_text("# another\n")
    ran = called(jets, "--publish", "--yes", "--new-version")
    assert ran.code == 0, ran.err
    second = server.deposits.records[-1]
    metadata = json.loads(second.holds()["datacite.json"])
    assert metadata["doi"] == second.doi
    assert [one["relationType"] for one in metadata["relatedIdentifiers"] if one["relatedIdentifier"] == concept] == [
        "IsVersionOf"
    ]


def test_a_work_of_the_same_name_is_asked_about_where_nothing_else_tells(
    called: Run, server: Served, jets: str
) -> None:
    assert called(jets, "--publish", "--yes").code == 0
    [first] = server.deposits.records
    shutil.rmtree(Path(jets, HOME))
    Path(jets, "make_jets.py").write_text("# another\n")
    refused = called(jets, "--publish", "--yes")
    assert (refused.code, f"--version-of {first.doi}" in refused.err, "--new-record" in refused.err) == (2, True, True)
    assert len(server.deposits.works) == 1
    assert called(jets, "--publish", "--yes", "--new-record").code == 0
    assert len({one.concept for one in server.deposits.records}) == 2


def test_documents_written_anew_after_publishing_are_told_and_change_nothing(
    called: Run, server: Served, jets: str
) -> None:
    assert called(jets, "--publish", "--yes").code == 0
    before = len(server.deposits.requests)
    path = Path(jets, "fairkit.toml")
    path.write_text(path.read_text().replace("Made to show how", "Made to tell how"))
    ran = called(jets, "--publish", "--yes")
    assert (ran.code, "differ from those of the record" in ran.out, "--new-version" in ran.out) == (0, True, True)
    assert "done already" not in ran.out
    assert {method for method, _ in server.deposits.requests[before:]} == {"GET"}
    told = json.loads(called(jets, "--publish", "--yes", "--json").out)
    assert {"datacite.json", "fairkit.toml"} <= {*told["stale"]}


@pytest.mark.parametrize(
    ("place", "code"), [("repository", 2), ("more/repository", 2), (".", 2), (".repository", 0), ("../repository", 0)]
)
def test_a_repository_among_the_data_is_refused(
    run: Run, jets: str, monkeypatch: pytest.MonkeyPatch, place: str, code: int
) -> None:
    monkeypatch.chdir(jets)
    ran = run("publish", ".", *(() if place == "repository" else ("--local", place)))
    assert (ran.code, "published with it" in ran.err) == (code, code == 2), ran.err
    assert run("publish", ".", "--local", place).code == code
