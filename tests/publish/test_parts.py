"""Parts: several at once, resumed by part, refused where a repository takes none; nothing lost, nothing doubled."""

from __future__ import annotations

import math
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairkit.errors import FairkitError, OutcomeUnknown, Unfinished, UnreadableDocument
from fairkit.http import Session
from fairkit.publish import parts
from fairkit.publish.apply import Deposit
from fairkit.publish.journal import HOME, opened
from fairkit.publish.parts import parting
from fairkit.publish.result import Result, Way
from fairkit.publish.sending import LocalFile
from fairkit.repositories.invenio import Invenio, Parting
from tests.conftest import ROOT
from tests.servers.faults import KINDS, Fault, Faulty, Killed
from tests.servers.invenio.deposits import BASE, TOKEN
from tests.servers.invenio.real import Instance

from .bench import Bench, Release

SIZE = 1000
LARGE = int(os.environ.get("FAIRKIT_LARGE_PART_FILE", str(48 * 1024 * 1024)))


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LEAST", 1500)
    monkeypatch.setattr(parts, "PART", SIZE)


class Parted(Bench):
    """A bench whose larger file, of 7,500 bytes, goes in eight parts."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        (self.root / "a.bin").write_bytes(bytes(range(250)) * 30)

    def run(self, *faults: Fault, version: str = "1", **how: Any) -> Result:
        transport = Faulty(self.server, faults)
        session = Session(
            transport=transport,
            credentials={BASE: f"Bearer {TOKEN}"},
            sleep=self.naps.append,
            retries=3,
            trusted=[BASE],
        )
        repository = Invenio(BASE, session, pause=self.naps.append)
        release = Release(self.root, version=version)
        try:
            with opened(self.root, BASE) as journal:
                deposit = Deposit(repository, journal, release, pause=self.naps.append, multipart=True)
                return deposit.run(Way(**{"publish": True, **how}))
        finally:
            self.seen += transport.seen


@pytest.fixture
def bench(tmp_path: Path) -> Parted:
    return Parted(tmp_path)


def test_a_large_file_goes_in_parts_and_a_small_one_whole(bench: Parted) -> None:
    bench.run()
    bench.check()
    assert sorted(bench.server.sent) == [500, *[SIZE] * 7]


def test_after_a_break_only_what_has_not_arrived_is_sent(bench: Parted) -> None:
    with pytest.raises(Killed):
        bench.run(Fault("part", "killed-before", first=5, times=99))
    before = len(bench.server.sent)
    assert 1 <= before <= 5
    bench.run()
    bench.check()
    assert len(bench.server.sent) <= 8 + parts.WORKERS


def test_other_bytes_are_not_gone_on_with(bench: Parted) -> None:
    with pytest.raises(Killed):
        bench.run(Fault("part", "killed-before", first=5, times=99), new_version=False)
    (bench.root / "about.json").write_text("{}")
    body = bytes(reversed((bench.root / "a.bin").read_bytes()))
    (bench.root / "a.bin").write_bytes(body)
    bench.server.sent.clear()
    bench.run()
    assert len(bench.server.sent) == 8
    assert bench.server.records[-1].holds()["a.bin"] == body


@pytest.mark.parametrize("how", ["never", "later"])
def test_where_parts_are_refused_the_whole_file_is_sent_and_nobody_asks_again(bench: Parted, how: str) -> None:
    bench.server.multipart = how
    bench.run(publish=False)
    bench.check(published=False)
    assert bench.server.sent == []
    asked = len([path for method, path in bench.server.requests if "/content/" in path])
    bench.run()
    bench.check()
    assert len([path for method, path in bench.server.requests if "/content/" in path]) == asked


def test_links_that_have_run_out_are_renewed(bench: Parted) -> None:
    bench.server.expired = 1
    bench.run()
    bench.check()
    assert len(bench.server.sent) == 8


def test_a_part_that_was_lost_there_is_seen_at_the_end(bench: Parted) -> None:
    """What the journal has and the repository has not: the digest after the commit tells."""
    with pytest.raises(Killed):
        bench.run(Fault("commit", "killed-before", first=0))
    draft = bench.server.drafts[-1]
    draft.files["a.bin"].parts.pop(3)
    bench.run()
    bench.check()


@pytest.mark.parametrize("told", [None, "multipart:d41d8cd98f00b204e9800998ecf8427e-8-1000"])
def test_a_digest_that_comes_late_is_waited_for_and_nothing_is_sent_again(bench: Parted, told: str | None) -> None:
    """Where a worker runs in the background, the real software answers the commit without a digest."""
    bench.server.late, bench.server.late_as = 5, told
    bench.run()
    bench.check()
    assert len(bench.server.sent) == 8


def test_a_digest_that_does_not_come_is_told_and_waited_for_by_the_next_run(bench: Parted) -> None:
    bench.server.late = 55
    with pytest.raises(Unfinished, match=r"has not computed the md5 of a\.bin"):
        bench.run()
    assert not bench.server.records
    bench.run()
    bench.check()
    assert len(bench.server.sent) == 8


def test_whoever_interrupts_waits_for_no_part(bench: Parted, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    one = parts.Parts._one

    def slow(*told: Any) -> None:
        time.sleep(0.1)
        one(*told)

    with monkeypatch.context() as broken:
        broken.setattr(parts, "wait", interrupted)
        broken.setattr(parts.Parts, "_one", slow)
        with pytest.raises(KeyboardInterrupt):
            bench.run()
    assert bench.server.sent == []
    bench.run()
    bench.check()


def test_a_file_that_changes_is_never_committed(bench: Parted, monkeypatch: pytest.MonkeyPatch) -> None:
    files = Release.files

    def changed(self: Release, doi: str | None) -> Any:
        found = files(self, doi)
        (bench.root / "a.bin").write_bytes(b"x" * 7500)
        return found

    monkeypatch.setattr(Release, "files", changed)
    with pytest.raises(UnreadableDocument, match="changed while it was sent"):
        bench.run()
    assert not any(file.committed for key, file in bench.server.drafts[-1].files.items() if key == "a.bin")


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("step", ["announce", "entry", "part", "commit", "list", "remove"])
@pytest.mark.parametrize("first", [0, 2])
def test_any_fault_ends_in_one_whole_record(bench: Parted, step: str, kind: str, first: int) -> None:
    bench.survive(Fault(step, kind, first=first), runs=4)
    bench.check()


@settings(max_examples=int(os.environ.get("FAIRKIT_SCHEDULES", "40")), deadline=None)
@given(data=st.data())
def test_any_schedule_ends_in_one_whole_record(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    steps = st.sampled_from(["announce", "entry", "part", "commit", "list", "update", "create", "publish", "remove"])
    kinds = st.sampled_from(sorted(KINDS))
    fault = st.builds(Fault, steps, kinds, st.integers(0, 9), st.integers(1, 3))
    faults = data.draw(st.lists(fault, max_size=4))
    bench = Parted(tmp_path_factory.mktemp("any"))
    bench.survive(*faults, runs=6)
    bench.check()


@given(st.integers(1, 10**13))
def test_parts_cover_a_file_and_are_not_too_many(size: int) -> None:
    plan = parting(LocalFile("a", "a", size, ""))
    if plan is None:
        assert size <= parts.LEAST
        return
    assert plan.parts <= 10_000
    assert math.ceil(size / plan.part_size) == plan.parts
    assert 0 < plan.length(plan.parts) <= plan.part_size


def test_the_last_part_is_what_is_left() -> None:
    plan = Parting(3, 1000, 2001)
    assert [plan.length(number) for number in (1, 2, 3)] == [1000, 1000, 1]


# ── the real software


@pytest.mark.invenio
def test_a_killed_upload_sends_at_most_a_part_for_each_worker_again(invenio: Instance, tmp_path: Path) -> None:
    """`FAIRKIT_LARGE_PART_FILE` is the size of the file; the bytes that arrive are counted between the two."""
    from tests.servers.counting import Counting

    root = tmp_path / "set"
    root.mkdir()
    (root / "note.bin").write_text(f"{time.time_ns()}")
    with open(root / "large.bin", "wb") as file:
        for block in range(16):
            file.seek(block * (LARGE // 16))
            file.write(f"{time.time_ns()} {block}".encode())
        file.truncate(LARGE)
    part = max(1024 * 1024, LARGE // 32)
    with Counting(invenio.url) as counting:
        command = [sys.executable, "-m", "tests.publish.sender", counting.url, str(root), str(part)]
        more = {**os.environ, "FAIRKIT_TOKEN": invenio.tokens["owner"]}
        first = subprocess.Popen(command, env=more, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert counting.wait_for(LARGE // 2, seconds=300), first.communicate()[1].decode()[-2000:]
        first.send_signal(signal.SIGKILL)
        first.communicate()
        again = subprocess.run(command, env=more, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1200)
        assert again.returncode == 0, again.stderr[-3000:]
        whole = math.ceil(LARGE / part) * part
        assert LARGE <= counting.bytes <= whole + parts.WORKERS * part, (counting.bytes - LARGE) / part
    assert re.search(r"published True", again.stdout)


def test_a_part_that_never_arrives_is_told(bench: Parted) -> None:
    with pytest.raises(OutcomeUnknown, match="did not arrive"):
        bench.run(Fault("part", "504", times=999))
    bench.run()
    bench.check()


def test_no_token_stays_in_the_journal(bench: Parted) -> None:
    with pytest.raises((FairkitError, Killed)):
        bench.run(Fault("part", "killed-after", first=3, times=99))
    written = b"".join(path.read_bytes() for path in (bench.root / HOME).glob("*.jsonl"))
    assert TOKEN.encode() not in written
    assert b'"part:' in written
