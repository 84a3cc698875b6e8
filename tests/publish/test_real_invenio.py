"""The command line publishes on the real InvenioRDM software, and what it leaves there is what was packaged."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from fairkit.http import Session
from fairkit.publish.apply import Deposit, Way, mark
from fairkit.publish.journal import HOME, opened
from fairkit.repositories.invenio import Invenio
from tests.conftest import ROOT
from tests.servers.invenio.real import Instance, Unavailable, running

from .bench import Release

pytestmark = pytest.mark.invenio

_VERSIONS = count(1)


class Ran(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> Any:
        return json.loads(self.out)


class Author:
    """Somebody with a folder like no other and a token, at one repository."""

    def __init__(
        self,
        instance: Instance,
        folder: Path,
        *,
        token: str | None = None,
        example: str = "jets",
        words: str = "Toy jets",
    ) -> None:
        self.instance, self.root = instance, folder / example
        self.token = instance.tokens["owner"] if token is None else token
        shutil.copytree(ROOT / "examples" / example, self.root, ignore=shutil.ignore_patterns(HOME))
        self.version, own = "1.0.0", f"{os.getpid()}.{next(_VERSIONS)}"
        for name in ("fairkit.toml", "CITATION.cff"):
            self.edit(name, words, f"{words} {own}")  # those of others in this account are other works
        self.release(f"1.{own}")

    def release(self, version: str) -> None:
        """Raise the version, wherever it is written."""
        for name in ("fairkit.toml", "CITATION.cff"):
            self.edit(name, f"version: {self.version}", f"version: {version}", f'"{self.version}"', f'"{version}"')
        self.version = version

    def edit(self, name: str, *pairs: str) -> None:
        path = self.root / name
        text = path.read_text()
        for before, after in zip(pairs[::2], pairs[1::2], strict=True):
            text = text.replace(before, after)
        path.write_text(text)

    def begin(self, *words: str) -> subprocess.Popen[str]:
        environment = {
            **os.environ,
            "FAIRKIT_TOKEN": self.token,
            "FAIRKIT_TRUSTED_URLS": self.instance.url,
            "FAIRKIT_DOI_URL": self.instance.resolver,
        }
        command = [sys.executable, "-m", "fairkit", *words]
        pipes: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, env=environment, text=True, **pipes)

    def run(self, *words: str) -> Ran:
        process = self.begin(*words)
        out, err = process.communicate(timeout=300)
        assert self.token not in out + err
        return Ran(process.returncode, out, err)

    def publish(self, *words: str, public: bool = True) -> Ran:
        more = ("--publish", "--yes") if public else ()
        return self.run("publish", str(self.root), "--invenio", self.instance.url, "--json", "--quiet", *more, *words)

    def published(self, *words: str, public: bool = True) -> dict[str, Any]:
        ran = self.publish(*words, public=public)
        assert ran.code == 0, ran.err
        told: dict[str, Any] = ran.told
        return told

    def works(self) -> list[dict[str, Any]]:
        """The drafts and records of this very folder, the newest version of it."""
        listed = self.instance.asked("GET", "/user/records?size=100&sort=newest&allversions=true")["hits"]["hits"]
        return [hit for hit in listed if hit["metadata"].get("version") == self.version]

    def check(self, told: Mapping[str, Any], *, published: bool = True) -> None:
        """There is one deposit of this release, with the files of its package."""
        [work] = self.works()
        assert (work["id"], work["is_published"]) == (told["id"], published)
        part = "" if published else "/draft"
        there = self.instance.asked("GET", f"/records/{told['id']}{part}/files")["entries"]
        package = self.root / HOME / "package"
        every = [path for path in package.rglob("*") if path.is_file() and not path.name.startswith(".")]
        wanted = {path.relative_to(package).as_posix(): path.stat().st_size for path in every}
        assert {row["key"]: row["size"] for row in there} == wanted
        assert all(row["status"] == "completed" for row in there)


@pytest.fixture
def author(invenio: Instance, tmp_path: Path) -> Author:
    return Author(invenio, tmp_path)


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Instance]]:
    """Instances with settings of their own."""
    from contextlib import ExitStack

    with ExitStack() as opened:

        def start(**settings: str) -> Instance:
            try:
                return opened.enter_context(running(tmp_path_factory.mktemp("own"), **settings))
            except Unavailable as reason:
                pytest.skip(str(reason))

        yield start


# ── what becomes of the score

LOST = {
    "F1-consistent-page": "its page is an address of the server, not that of its DOI: there is nothing to compare",
    "F3-named": "the links of its page (Signposting) name no identifier",
    "F1-publisher": "the record names its publisher, and has no place for the identifier of it",
    "I2-subjects": "subjects are words there, unless the repository has their vocabulary",
    "I2-units": "variables have no place there: they are in the files",
    "I2-variables": "variables have no place there",
    "I3-identified": "references are text there, without an identifier",
    "I3-exported": "the schema.org export leaves relations out",
    "R1-variables": "variables have no place there",
    "R1-units": "variables have no place there",
    "R1-roles": "variables have no place there",
    "R1-entries": "the number of entries has no place there",
    "R1-splits": "splits have no place there",
    "R1-cryptographic": "the server computes md5 only; sha256 is in the manifest of the package",
    "R1-consistent-entries": "the number of entries has no place there",
    "R1-consistent-variables": "variables have no place there",
    "R1-weights": "variables have no place there",
    "R1-usage": "how to use it is a description among others there",
    "R1.2-software": "the steps of its making have no place there",
    "R1.2-steps": "the steps of its making have no place there",
    "R1.2-validated": "how it was checked is a description among others there",
    "R1.2-cited": "a preferred citation is a reference among others there",
}
"""Every metric that the package passes and its record does not, and why."""


def test_the_record_scores_what_the_package_did_less_what_the_server_leaves_out(author: Author) -> None:
    told = author.published()
    author.check(told)
    package = _statuses(author.run("assess", str(author.root / HOME / "package"), "--json"))
    record = _statuses(author.run("assess", "url", told["url"], "--json"))
    lost = {metric for metric, status in package.items() if status == "pass" and record[metric] != "pass"}
    assert lost == LOST.keys()
    assert told["doi"].lower() in author.instance.dois


def _statuses(ran: Ran) -> dict[str, str]:
    assert ran.code == 0, ran.err
    [made] = ran.told
    return {row["metric"]: row["status"] for row in made["results"]}


# ── the ways of a deposit


def test_a_second_run_changes_nothing(author: Author) -> None:
    first = author.published()
    before = author.works()
    second = author.published()
    assert (second["id"], second["steps"]) == (first["id"], [])
    assert author.works() == before


def test_a_draft_is_published_later_and_keeps_its_doi(author: Author) -> None:
    draft = author.published(public=False)
    author.check(draft, published=False)
    record = author.published()
    assert (record["doi"], record["steps"]) == (draft["doi"], ["published it"])
    author.check(record)


def test_a_new_version_stays_in_its_concept(author: Author) -> None:
    first = author.published()
    author.release(f"{author.version}.2")
    refused = author.publish()
    assert (refused.code, "--new-version" in refused.err) == (2, True)
    second = author.published("--new-version")
    assert second["id"] != first["id"]
    assert second["concept"] == first["concept"]
    author.check(second)
    assert author.published("--new-version")["steps"] == []


def test_a_new_version_names_the_doi_of_the_old_one_as_superseded(author: Author) -> None:
    first = author.published()
    author.edit("fairkit.toml", "[resource]\n", f'[resource]\ndoi = "{first["doi"]}"\n')
    author.release(f"{author.version}.1")
    second = author.published("--new-version")
    assert second["concept"] == first["concept"]
    author.check(second)
    metadata = author.instance.asked("GET", f"/records/{second['id']}")["metadata"]
    related = [(one["identifier"], one["relation_type"]["id"]) for one in metadata["related_identifiers"]]
    assert (first["doi"], "isnewversionof") in related
    made = json.loads((author.root / HOME / "package" / "datacite.json").read_bytes())
    assert made["doi"] == second["doi"]
    assert json.dumps(made).count(first["doi"]) == 1
    assert author.published()["steps"] == []


@pytest.mark.parametrize("words", [("--embargo", "2099-01-31"), ("--restricted",)])
def test_files_stay_closed_as_long_as_they_shall(author: Author, words: tuple[str, ...]) -> None:
    told = author.published(*words)
    access = author.instance.asked("GET", f"/records/{told['id']}")["access"]
    assert (access["record"], access["files"]) == ("public", "restricted")
    assert access["embargo"].get("until") == (words[1] if len(words) > 1 else None)
    author.check(told)


def test_a_community_reviews_and_publishes(author: Author) -> None:
    name = f"toys-{os.getpid()}"
    author.instance.community(name)
    asked = author.published("--community", name, public=False)
    assert (asked["published"], asked["steps"][-1]) == (False, f"asked {name} for a review")
    assert author.published("--community", name, public=False)["steps"] == []
    review = author.instance.asked("GET", f"/records/{asked['id']}/draft")["parent"]["review"]["id"]
    author.instance.asked("POST", f"/requests/{review}/actions/accept", {}, who="admin")
    done = author.published("--community", name, public=False)
    assert (done["published"], done["id"], done["steps"]) == (True, asked["id"], [])
    author.check(done)


def test_a_draft_is_discarded_and_another_one_made(author: Author) -> None:
    first = author.published(public=False)
    gone = author.run("discard", str(author.root), "--invenio", author.instance.url, "--yes")
    assert (gone.code, first["id"] in gone.err) == (0, True)
    assert author.works() == []
    second = author.published(public=False)
    assert second["id"] != first["id"]
    author.check(second, published=False)


def test_a_record_cannot_be_discarded(author: Author) -> None:
    told = author.published()
    assert author.run("discard", str(author.root), "--invenio", author.instance.url, "--yes").code == 2
    author.check(told)


# ── what goes wrong


@pytest.mark.parametrize("public", [False, True])
def test_a_lost_journal_makes_no_second_deposit(author: Author, *, public: bool) -> None:
    first = author.published(public=public)
    shutil.rmtree(author.root / HOME)
    second = author.published(public=public)
    assert second["id"] == first["id"]
    author.check(second, published=public)


def test_twenty_runs_of_one_release_make_one_record(invenio: Instance, tmp_path: Path) -> None:
    """In one process, for Python need not start twenty times: every second one without the journal."""
    (tmp_path / "a.bin").write_bytes(os.urandom(1000))
    found = set()
    with Session(credentials={invenio.url: f"Bearer {invenio.tokens['owner']}"}, trusted=[invenio.url]) as session:
        repository = Invenio(invenio.url, session, pause=time.sleep)
        for number in range(20):
            if number % 2:
                shutil.rmtree(tmp_path / HOME)
            with opened(tmp_path, invenio.url) as journal:
                found.add(Deposit(repository, journal, Release(tmp_path)).run(Way(publish=True)).draft.id)
        word = mark(Release(tmp_path).release).value
        assert [{str(hit["id"])} for hit in repository.mine(f'"{word}"')] == [found]


def test_a_wrong_token_is_told(invenio: Instance, tmp_path: Path) -> None:
    ran = Author(invenio, tmp_path, token="wrong-canary-7c1e").publish()
    assert (ran.code, "token" in ran.err) == (4, True)


def test_a_licence_that_the_server_does_not_know_is_told_with_its_line(author: Author) -> None:
    author.edit("fairkit.toml", "CC0-1.0", "CDLA-Permissive-2.0")
    author.edit("CITATION.cff", "CC0-1.0", "CDLA-Permissive-2.0")
    ran = author.publish()
    assert (ran.code, _line_of(author, "license = ") in ran.err) == (2, True), ran.err
    assert "has no cdla-permissive-2.0" in ran.err
    assert author.works() == []


def test_a_field_that_the_server_refuses_is_told_with_its_line(author: Author) -> None:
    author.release(f"{author.version}.{'9' * 200}")
    ran = author.publish()
    assert (ran.code, _line_of(author, "version = ") in ran.err) == (2, True), ran.err
    assert "Longer than maximum length" in ran.err


def _line_of(author: Author, start: str) -> str:
    lines = (author.root / "fairkit.toml").read_text().splitlines()
    return f"fairkit.toml:{next(number for number, text in enumerate(lines, 1) if text.startswith(start))}: "


def test_what_a_person_changed_is_not_overwritten_unasked(author: Author) -> None:
    draft = author.published(public=False)
    path = f"/records/{draft['id']}/draft"
    now = author.instance.asked("GET", path)
    body = {part: now[part] for part in ("metadata", "access", "files")}
    author.instance.asked("PUT", path, body | {"metadata": body["metadata"] | {"title": "A better title"}})
    ran = author.publish()
    assert (ran.code, "were changed in the repository" in ran.err) == (2, True)
    assert author.works()[0]["metadata"]["title"] == "A better title"
    done = author.published("--overwrite")
    author.check(done)
    assert author.works()[0]["metadata"]["title"].startswith("Toy jets")


@pytest.mark.parametrize("step", ["describe", "filled"])
def test_a_server_that_stops_in_the_middle_is_gone_on_with(
    own: Callable[..., Instance], tmp_path: Path, step: str
) -> None:
    instance = own()
    author = Author(instance, tmp_path)
    words = ("publish", str(author.root), "--invenio", instance.url, "--publish", "--yes", "--json", "-q")
    process = author.begin(*words)
    _wait_for(author.root, step)
    instance.server.kill()
    instance.server.wait()
    _, err = process.communicate(timeout=300)
    assert process.returncode in (3, 5), err
    instance.start()
    author.check(author.published())


def _wait_for(root: Path, step: str) -> None:
    for _ in range(6000):
        written = b"".join(path.read_bytes() for path in (root / HOME).glob("*.jsonl"))
        if f'"step": "{step}"'.encode() in written:
            return
        time.sleep(0.01)
    raise AssertionError(f"{step} did not come")


def test_publishing_that_is_answered_with_an_error_may_be_done(own: Callable[..., Instance], tmp_path: Path) -> None:
    instance = own(RDM_EAGER_PROPAGATES="1")
    author = Author(instance, tmp_path)
    author.published(public=False)
    instance.registry.kill()
    instance.registry.wait()
    author.check(author.published())
    [answered] = [status for call, status in _calls(instance) if call.endswith("/actions/publish")]
    assert answered == 500


def test_a_hundred_files_stay_within_the_rate_limit(own: Callable[..., Instance], tmp_path: Path) -> None:
    """The process of its own deposits 99 files and their description; the limit is Zenodo's, for 10 s, not a minute."""
    instance = own(RDM_RATELIMIT="1", RDM_RATE_AUTH="100 per 10 second")
    for number in range(99):
        (tmp_path / f"{number}.bin").write_bytes(bytes([number]) * 100)
    command = [sys.executable, "-m", "tests.publish.depositor", instance.url, str(tmp_path)]
    environment = {**os.environ, "FAIRKIT_TOKEN": instance.tokens["owner"]}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=300, stdout=subprocess.DEVNULL)
    assert len(Release(tmp_path).files(None)) == 100
    every = _calls(instance)
    assert len(every) <= 2 * 100 + 10
    assert 429 not in {status for _, status in every}


def _calls(instance: Instance) -> list[tuple[str, int]]:
    """What was asked of the API, and with which status it was answered."""
    plain = re.sub(r"\x1b\[\d+m", "", (instance.folder / "server.log").read_text())
    return [(call, int(status)) for call, status in re.findall(r'"([A-Z]+ /api\S*) HTTP/1.1" (\d+)', plain)]
