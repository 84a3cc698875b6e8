"""The faults of the network played before the real software: one record in the end, whole, and no orphan."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from fairkit.errors import FairkitError
from fairkit.http import Session
from fairkit.http.transport import RequestsTransport
from fairkit.publish.apply import Deposit
from fairkit.publish.journal import opened
from fairkit.publish.result import Way
from fairkit.repositories.invenio import Invenio
from tests.servers.faults import Fault, Faulty, Killed
from tests.servers.invenio.real import Instance

from .bench import Release

pytestmark = pytest.mark.invenio

CASES = [
    (step, kind)
    for step in ("create", "reserve", "update", "announce", "content", "commit", "publish")
    for kind in ("lost", "504-done", "refused", "killed-after")
] + [("create", "twice"), ("content", "corrupted"), ("content", "twice"), ("commit", "twice"), ("publish", "twice")]


def run(invenio: Instance, root: Path, *faults: Fault) -> None:
    """One run of a process against the real software, with faults on the way there."""
    trusted = frozenset([invenio.url])
    transport = Faulty(RequestsTransport(trusted=trusted), faults)
    credentials = {invenio.url: f"Bearer {invenio.tokens['owner']}"}
    with Session(transport=transport, credentials=credentials, trusted=trusted, sleep=lambda seconds: None) as session:
        repository = Invenio(invenio.url, session, pause=lambda seconds: time.sleep(min(seconds, 0.05)))
        with opened(root, invenio.url) as journal:
            Deposit(repository, journal, Release(root)).run(Way(publish=True))


@pytest.mark.parametrize(("step", "kind"), CASES)
def test_one_record_is_there_in_the_end(invenio: Instance, tmp_path: Path, step: str, kind: str) -> None:
    root = tmp_path / "set"
    (root / "sub").mkdir(parents=True)
    (root / "a.bin").write_bytes(f"{step} {kind} ".encode() * 500)
    (root / "sub" / "b #?ä.bin").write_bytes(bytes(range(256)) * 4)
    for faults in ([Fault(step, kind)], [], []):
        try:
            run(invenio, root, *faults)
        except (FairkitError, Killed):
            continue
    mark = Release(root).body(None)["metadata"]["identifiers"][0]["identifier"]
    credentials = {invenio.url: f"Bearer {invenio.tokens['owner']}"}
    session = Session(credentials=credentials, trusted=[invenio.url])
    repository = Invenio(invenio.url, session, pause=time.sleep)
    ours = [hit for hit in repository.mine() if mark in str(hit["metadata"].get("identifiers"))]
    assert [hit["is_published"] for hit in ours] == [True]
    files = repository.as_files(repository.files(str(ours[0]["id"]), published=True).data)
    assert {file.key: file.size for file in files.values()} == {
        path.relative_to(root).as_posix(): path.stat().st_size
        for path in root.rglob("*")
        if path.is_file() and ".fairkit" not in path.parts
    }
