"""How deposits stand, and away with a draft."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from fairkit import resources
from tests.servers.invenio.deposits import TOKEN
from tests.servers.invenio.http import Served

from .conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture
def draft(run: Run, server: Served, jets: str) -> str:
    """A folder of which there is a draft."""
    assert run("publish", jets, "--invenio", server.url).code == 0
    return jets


def test_what_was_not_published_has_no_deposit(run: Run, jets: str) -> None:
    ran = run("status", jets)
    assert (ran.code, ran.out) == (0, f"{jets} was not published yet\n")


def test_by_the_journal_it_needs_no_network_and_no_token(
    run: Run, draft: str, server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAIRKIT_INVENIO_TOKEN")
    asked = len(server.deposits.requests)
    ran = run("status", draft)
    assert (ran.code, "draft, by the journal: r0001-00000, DOI 10.5072/r0001-00000" in ran.out) == (0, True)
    assert len(server.deposits.requests) == asked


@pytest.mark.parametrize("state", ["draft", "published", "gone"])
def test_the_repository_is_asked_where_it_is_named(run: Run, draft: str, server: Served, state: str) -> None:
    [work] = server.deposits.drafts
    if state == "published":
        work.published = True
    elif state == "gone":
        server.deposits.works.clear()
    ran = run("status", draft, "--invenio", server.url)
    assert (ran.code, f": {state}: {work.id}" in ran.out) == (0, True)


def test_its_json_keeps_to_the_published_schema(run: Run, draft: str, server: Served) -> None:
    rules = json.loads(resources.read_bytes("schemas", "status.schema.json"))
    for words in ([], ["--invenio", server.url]):
        ran = run("status", draft, *words, "--json")
        Draft202012Validator(rules).validate(json.loads(ran.out))
        assert TOKEN not in ran.out + ran.err


@pytest.mark.parametrize("verb", ["status", "discard"])
def test_no_folder_is_told_with_2(run: Run, server: Served, tmp_path: Path, verb: str) -> None:
    ran = run(verb, tmp_path / "nowhere", "--invenio", server.url)
    assert (ran.code, "there is no folder" in ran.err) == (2, True)


def test_a_draft_is_discarded_once(run: Run, draft: str, server: Served) -> None:
    ran = run("discard", draft, "--invenio", server.url, "--yes")
    assert (ran.code, "discarded the draft r0001-00000" in ran.err) == (0, True)
    assert not server.deposits.works
    again = run("discard", draft, "--invenio", server.url, "--yes")
    assert (again.code, "there is no draft" in again.err) == (0, True)


def test_what_was_discarded_keeps_to_the_published_schema(run: Run, draft: str, server: Served) -> None:
    rules = json.loads(resources.read_bytes("schemas", "discard.schema.json"))
    for name in ("r0001-00000", None):
        told = json.loads(run("discard", draft, "--invenio", server.url, "--yes", "--json").out)
        Draft202012Validator(rules).validate(told)
        assert told["id"] == name


def test_after_a_draft_is_discarded_another_can_be_made(run: Run, draft: str, server: Served) -> None:
    assert run("discard", draft, "--invenio", server.url, "--yes").code == 0
    assert run("publish", draft, "--invenio", server.url).code == 0
    assert len(server.deposits.drafts) == 1


def test_nobody_discards_by_accident(run: Run, draft: str, server: Served) -> None:
    ran = run("discard", draft, "--invenio", server.url)
    assert (ran.code, "--yes" in ran.err) == (2, True)
    assert len(server.deposits.drafts) == 1


def test_what_is_published_cannot_be_discarded(run: Run, draft: str, server: Served) -> None:
    assert run("publish", draft, "--invenio", server.url, "--publish", "--yes").code == 0
    ran = run("discard", draft, "--invenio", server.url, "--yes")
    assert (ran.code, "cannot be discarded" in ran.err) == (2, True)
    assert len(server.deposits.records) == 1


def test_without_a_good_token_nothing_is_discarded(
    run: Run, draft: str, server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIRKIT_INVENIO_TOKEN", "wrong")
    assert run("discard", draft, "--invenio", server.url, "--yes").code == 4
    assert len(server.deposits.drafts) == 1
