"""Filling a release of the portal: once, up to READY, whatever befalls it; and every reason why not."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairkit.errors import (
    AuthenticationError,
    DepositError,
    FairkitError,
    OutcomeUnknown,
    Unfinished,
    Unreachable,
    UsageError,
)
from fairkit.http import Session
from fairkit.publish.journal import HOME, opened
from fairkit.publish.releases import Released, cookie_of, drive, portal
from fairkit.repositories.cern_releases import Releases
from tests.cli.conftest import Ran, run
from tests.conftest import ROOT
from tests.servers.cern_releases import BASE, COOKIE, Portal, Release, Served
from tests.servers.faults import KINDS, Fault, Faulty, Killed

__all__ = ["run"]
Run = Callable[..., Ran]

RECORD = {
    "recid": "cms-7",
    "title": "Toy jets",
    "experiment": ["CMS"],
    "files": [{"uri": "root://eospublic.cern.ch//eos/opendata/cms/a", "size": 1, "checksum": "adler32:00000001"}],
}
SERIAL = "0123456789abcdef" * 4


class Bench:
    """A folder, a portal, and runs between them."""

    def __init__(self, folder: Path, **how: Any) -> None:
        self.folder, self.portal = folder, Portal(**how)
        self.seen: list[tuple[str, str]] = []
        self.cookies: list[tuple[str, str]] = []

    def run(self, *faults: Fault, cookie: str = COOKIE, records: list[Any] | None = None) -> Released:
        transport = Faulty(_Watched(self.portal, self.cookies), faults)
        session = Session(transport=transport, cookies={BASE: cookie}, sleep=lambda _: None, trusted=[BASE])
        with opened(self.folder, BASE) as journal:
            return drive(
                Releases(BASE, session),
                "cms",
                records or [RECORD],
                name="Toy jets",
                release=SERIAL,
                journal=journal,
                pause=lambda _: None,
            )

    def check(self) -> None:
        [one] = self.portal.releases["cms"]
        assert (one.status, one.records) == ("READY", [RECORD])
        assert not [url for url, cookie in self.cookies if cookie and not url.startswith(f"{BASE}/")]
        written = b"".join(path.read_bytes() for path in (self.folder / HOME).glob("*"))
        assert COOKIE.partition("=")[2].encode() not in written


class _Watched:
    """A transport that writes down where the cookie went."""

    def __init__(self, inner: Portal, seen: list[tuple[str, str]]) -> None:
        self.inner, self.seen = inner, seen

    def send(self, request: Any, limits: Any) -> Any:
        self.seen.append((request.url, request.headers.get("cookie", "")))
        return self.inner.send(request, limits)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_a_release_is_made_checked_and_left_at_ready(bench: Bench) -> None:
    found = bench.run()
    assert (found.id, found.status, found.errors, found.records) == (1, "READY", (), 1)
    assert found.url == f"{BASE}/releases/cms/1"
    assert found.steps == ("made the release 1",)
    bench.check()
    assert bench.run().steps == ()
    bench.check()


def test_other_records_take_the_place_of_ours(bench: Bench) -> None:
    bench.run()
    other = RECORD | {"title": "Toy jets, better"}
    assert bench.run(records=[other]).steps == ("wrote 1 records",)
    assert bench.portal.releases["cms"][0].records == [other]


@pytest.mark.parametrize("status", ["STAGING", "STAGED", "PUBLISHING", "PUBLISHED"])
def test_what_is_staged_is_left_alone(bench: Bench, status: str) -> None:
    bench.run()
    bench.portal.releases["cms"][0].status = status
    assert bench.run().status == status
    with pytest.raises(DepositError, match=f"is {status}, and its records are others"):
        bench.run(records=[RECORD | {"title": "other"}])


def test_checks_that_fail_are_told(bench: Bench) -> None:
    bench.portal.uris.add(str(RECORD["files"][0]["uri"]))  # type: ignore[index]
    found = bench.run()
    assert (found.status, found.errors) == (
        "DRAFT",
        (f"1 of the portal's checks fail: {BASE}/releases/cms/1 tells which",),
    )


def test_checks_that_do_not_end_are_told(tmp_path: Path) -> None:
    with pytest.raises(Unfinished, match="have not ended yet"):
        Bench(tmp_path, slow=1000).run()


@pytest.mark.parametrize("recid", ["cms-12102", "12102"])
def test_a_number_that_is_taken_is_told_before_anything_is_made(bench: Bench, recid: str) -> None:
    with pytest.raises(DepositError, match="has a record 12102 already"):
        bench.run(records=[RECORD | {"recid": recid}])
    assert bench.portal.releases["cms"] == []


def test_an_expired_cookie_is_told(bench: Bench) -> None:
    with pytest.raises(AuthenticationError, match="asks for a login"):
        bench.run(cookie="session=old")
    bench.run()
    bench.portal.logged_in = False
    with pytest.raises(AuthenticationError, match="the session is over"):
        bench.run()
    bench.portal.logged_in = True
    assert bench.run().steps == ()


@pytest.mark.parametrize("after", range(1, 8))
def test_a_cookie_that_expires_in_the_middle_is_told_and_gone_on_with(bench: Bench, after: int) -> None:
    send, count = bench.portal.send, [0]

    def expiring(request: Any, limits: Any) -> Any:
        count[0] += 1
        bench.portal.logged_in = count[0] <= after
        return send(request, limits)

    bench.portal.send = expiring  # type: ignore[method-assign]
    try:
        bench.run()
    except AuthenticationError as error:
        assert "session" in error.what  # noqa: PT017
    bench.portal.send, bench.portal.logged_in = send, True  # type: ignore[method-assign]
    bench.run()
    bench.check()


def test_a_curator_of_another_experiment_is_told(tmp_path: Path) -> None:
    with pytest.raises(AuthenticationError, match="no curator of cms") as error:
        Bench(tmp_path, curates=("atlas-curator",)).run()
    assert "cms-curator" in str(error.value.remedy)


def test_what_is_too_large_is_told_before_it_is_sent(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fairkit.repositories.cern_releases.MOST_BYTES", 100)
    with pytest.raises(UsageError, match="the portal takes 100"):
        bench.run()


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("step", ["releases", "release", "make", "rewrite", "away"])
def test_any_fault_at_any_step_ends_in_one_release(bench: Bench, step: str, kind: str) -> None:
    if step == "away":
        with pytest.raises((FairkitError, Killed)):
            bench.run(Fault("make", "twice"), Fault("releases", "killed-before", first=1))
    if step == "rewrite":
        bench.run(records=[RECORD | {"title": "before"}])
    for number in range(5):
        try:
            bench.run(*([Fault(step, kind)] if number == 0 else []))
        except (FairkitError, Killed):
            continue
        break
    bench.check()


def test_what_a_curator_changed_in_another_release_is_not_taken_away(bench: Bench) -> None:
    bench.run()
    one = bench.portal.releases["cms"][0]
    bench.portal.releases["cms"].append(Release(9, one.name, [RECORD | {"title": "edited"}], "READY"))
    bench.portal.releases["cms"].append(Release(10, one.name, [RECORD], "READY"))
    bench.run()
    assert [each.id for each in bench.portal.releases["cms"]] == [1, 9, 10], "nothing of ours was unanswered"


def test_a_release_is_found_again_under_another_name(bench: Bench) -> None:
    bench.run()
    bench.portal.releases["cms"][0].name = "Spring release"
    assert bench.run().steps == ()
    bench.portal.releases["cms"][0].name = f"A better title [fairkit {SERIAL[:16]}]"
    for path in (bench.folder / HOME).glob("*.jsonl"):
        path.unlink()
    assert bench.run().id == 1


def test_what_the_portal_adds_is_no_difference(bench: Bench) -> None:
    bench.run()
    bench.portal.releases["cms"][0].records = [
        RECORD | {"$schema": "x", "files": [{**RECORD["files"][0], "availability": "online"}]}  # type: ignore[dict-item]
    ]
    assert bench.run().steps == ()


def test_the_session_of_another_site_is_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "cookie"
    rows = ("other.example\tFALSE\t/\tTRUE\t0\tsession\ttheirs", ".portal.example\tTRUE\t/\tTRUE\t0\tsession\tours")
    path.write_text("\n".join(rows))
    path.chmod(0o600)
    assert cookie_of(str(path), BASE) == "session=ours"
    assert cookie_of(str(path), "https://www.portal.example") == "session=ours"
    with pytest.raises(AuthenticationError):
        cookie_of(str(path), "https://evilportal.example")


def test_a_list_that_cannot_be_had_says_nothing_of_the_work(bench: Bench) -> None:
    with pytest.raises(Unreachable):
        bench.run(Fault("releases", "500", times=99))


def test_a_portal_that_never_answers_is_told(bench: Bench) -> None:
    with pytest.raises(OutcomeUnknown, match="nobody can tell whether a release"):
        bench.run(Fault("make", "504", times=99))
    bench.run()
    bench.check()


@pytest.mark.parametrize(
    "written",
    [
        "abc.def-_",
        "session=abc.def-_\n",
        "# Netscape HTTP Cookie File\nportal.example\tFALSE\t/\tTRUE\t0\tsession\tabc.def-_\n",
        "#HttpOnly_portal.example\tFALSE\t/\tTRUE\t0\tsession\tabc.def-_\nportal.example\tFALSE\t/\tTRUE\t0\tx\ty\n",
    ],
)
def test_a_cookie_is_read_from_its_file(tmp_path: Path, written: str) -> None:
    path = tmp_path / "cookie"
    path.write_text(written)
    path.chmod(0o600)
    assert cookie_of(str(path), "https://portal.example") == "session=abc.def-_"


@pytest.mark.parametrize("written", ["", "a b", "a\nb", "session=", "x=\r\ny: z", "ä", "a;b"])
def test_what_is_no_cookie_is_told(tmp_path: Path, written: str) -> None:
    path = tmp_path / "cookie"
    path.write_text(written, "utf-8")
    path.chmod(0o600)
    with pytest.raises(AuthenticationError, match="there is no cookie"):
        cookie_of(str(path), "https://portal.example")


def test_a_cookie_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cookie"
    path.write_text("abc")
    path.chmod(0o644)
    with pytest.raises(UsageError, match="others can read it"):
        cookie_of(str(path), "https://portal.example")
    with pytest.raises(AuthenticationError, match="cannot be read"):
        cookie_of(str(tmp_path / "none"), "https://portal.example")
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o644


@pytest.mark.parametrize(
    "written", ["portal.example", "ftp://a.example", "http://portal.example", "https://a@b.example", "http://["]
)
def test_what_is_no_portal_is_told(written: str) -> None:
    with pytest.raises(UsageError):
        portal(written)


def test_from_a_folder_to_ready(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples" / "jets", "jets", ignore=shutil.ignore_patterns(".fairkit"))
    Path("cookie").write_text(COOKIE)
    Path("cookie").chmod(0o600)
    with Served(Portal(slow=0)) as served:
        words: tuple[str, ...] = ("publish", "jets", "--cern", "--experiment", "cms", "--recid", "cms-7")
        words += ("--session-cookie-file", "cookie", "--releases", served.url)
        ran = run(*words, "--json")
        assert ran.code == 0, ran.err
        told = json.loads(ran.out)
        assert (told["status"], told["records"], told["errors"]) == ("READY", 1, [])
        assert "all of it" not in run(*words).out
        assert len(served.portal.releases["cms"]) == 1
        served.portal.logged_in = False
        ran = run(*words)
        assert (ran.code, "asks for a login" in ran.err) == (4, True)
        served.portal.logged_in = True
        served.portal.recids.add("8")
        taken = run(*words[:-5], "cms-8", *words[-4:])
        assert (taken.code, COOKIE.partition("=")[2] in taken.err + taken.out) == (2, False)
