"""Many at once: threads over one portal and processes over one cache say the same, to the byte."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from fairkit import resources, settings
from fairkit.assess import checklist
from fairkit.assess.assessment import assess, dump
from fairkit.assess.checklist import Checklist
from fairkit.dialects import harvest
from fairkit.evidence import Gatherer
from fairkit.http import Cache, Session
from fairkit.sources import Target, Wants
from tests.conftest import ROOT
from tests.servers.cern_open_data import Portal

AT_ONCE = 64
PROCESSES = 8
EPOCH = "1795219200"  # 2026-11-21
OURS: Checklist = checklist.load("fairkit")
WANTS = Wants(OURS.needs, OURS.fields, online=True)
RECORDS = ("700", "701", "atlas-160006")
Visit = Callable[[Portal], None]


@pytest.fixture(autouse=True)
def _same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


@pytest.fixture
def shared_session(portal: Portal, visit: Visit) -> Iterator[Session]:
    visit(portal)
    with Session(trusted=settings.trusted()) as session:
        yield session


def assessed(session: Session, record: str) -> bytes:
    """One record, from its target to the bytes of its report."""
    [report] = Gatherer(session).gather(Target(record, keyword="record"), WANTS)
    return dump([assess(harvest(report.evidence), OURS, when=settings.now(), lines=True)])


def all_at_once(one: Callable[[str], bytes]) -> dict[str, set[bytes]]:
    """What threads that all begin together say of each record; an error of any is raised."""
    ready = Barrier(AT_ONCE)

    def begun(record: str) -> bytes:
        ready.wait(timeout=60)
        return one(record)

    asked = [RECORDS[number % len(RECORDS)] for number in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        said = list(pool.map(begun, asked))
    return {record: {body for name, body in zip(asked, said, strict=True) if name == record} for record in RECORDS}


def alone(portal: Portal) -> dict[str, set[bytes]]:
    with Session(trusted=[portal.url]) as session:
        return {record: {assessed(session, record)} for record in RECORDS}


def test_with_a_session_each(portal: Portal, visit: Visit) -> None:
    visit(portal)

    def one(record: str) -> bytes:
        with Session(trusted=settings.trusted()) as session:
            return assessed(session, record)

    assert all_at_once(one) == alone(portal)


def test_with_one_session_for_all(portal: Portal, shared_session: Session) -> None:
    assert all_at_once(lambda record: assessed(shared_session, record)) == alone(portal)
    assert len(shared_session.requests) >= AT_ONCE


def test_with_one_cache_for_all(portal: Portal, visit: Visit, tmp_path: Path) -> None:
    visit(portal)

    def one(record: str) -> bytes:
        with Session(trusted=settings.trusted(), cache=Cache(tmp_path)) as session:
            return assessed(session, record)

    assert all_at_once(one) == alone(portal)
    assert not list(tmp_path.glob("*.tmp"))


def processes(words: list[str], environment: dict[str, str]) -> list[tuple[int, bytes, bytes]]:
    """The code, the output and the errors of processes that run at the same time."""
    command = [sys.executable, "-m", "fairkit", *words]
    running = [
        subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(PROCESSES)
    ]
    told = [(process.communicate(timeout=120), process.returncode) for process in running]
    return [(code, out, err) for (out, err), code in told]


def test_processes_over_one_cache_folder(tmp_path: Path) -> None:
    file = resources.folder("showcase") / "12102" / "native.json"
    environment = os.environ | {"FAIRKIT_CACHE": str(tmp_path), "PYTHONHASHSEED": "random"}
    said = processes(["assess", str(file), "--json"], environment)
    assert {(code, err) for code, _, err in said} == {(0, b"")}
    assert len({out for _, out, _ in said}) == 1
    assert said[0][1].startswith(b"[")


def test_processes_that_fetch_into_one_cache_folder(portal: Portal, visit: Visit, tmp_path: Path) -> None:
    visit(portal)
    environment = os.environ | {"FAIRKIT_CACHE": str(tmp_path)}
    said = processes(["assess", "record", "700", "--json", "-q"], environment)
    assert {(code, err) for code, _, err in said} == {(0, b"")}
    assert len({out for _, out, _ in said}) == 1
    assert not list(tmp_path.glob("*.tmp"))
