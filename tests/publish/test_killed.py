"""`kill -9` at random moments of a deposit: after one more run there is one record, whole, and no draft beside it.

`FAIRKIT_KILLS` and `FAIRKIT_REAL_KILLS` say how many moments are tried with the repository in memory, behind HTTP, and
with the real software.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from fairkit.http import Session
from fairkit.publish.apply import mark
from fairkit.publish.journal import HOME
from fairkit.publish.sending import md5_of
from fairkit.repositories.invenio import Invenio
from tests.servers.invenio.deposits import TOKEN
from tests.servers.invenio.http import Served
from tests.servers.invenio.real import Instance

from .bench import Release

KILLS = int(os.environ.get("FAIRKIT_KILLS", "12"))
REAL_KILLS = int(os.environ.get("FAIRKIT_REAL_KILLS", "6"))


class Bed(NamedTuple):
    """A repository, and how many seconds a deposit takes there."""

    url: str
    token: str
    seconds: float


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bed]:
    with Served(delay=0.005) as served:
        yield _measured(served.url, TOKEN, tmp_path_factory.mktemp("played"))


@pytest.fixture(scope="module")
def real(invenio: Instance, tmp_path_factory: pytest.TempPathFactory) -> Bed:
    return _measured(invenio.url, invenio.tokens["owner"], tmp_path_factory.mktemp("real"))


@pytest.mark.parametrize("number", range(KILLS))
def test_a_deposit_that_was_killed_ends_in_one_record(
    played: Bed, tmp_path: Path, number: int, record_property: Callable[[str, object], None]
) -> None:
    record_property("journal", _killed_and_gone_on_with(played, tmp_path, number))


@pytest.mark.invenio
@pytest.mark.parametrize("number", range(REAL_KILLS))
def test_a_deposit_that_was_killed_ends_in_one_real_record(
    real: Bed, tmp_path: Path, number: int, record_property: Callable[[str, object], None]
) -> None:
    record_property("journal", _killed_and_gone_on_with(real, tmp_path, number))


def _killed_and_gone_on_with(bed: Bed, folder: Path, number: int) -> str:
    """The last step that the killed process had written down."""
    chance = random.Random(number)  # noqa: S311 - a moment, and no secret
    root = _folder(folder, f"killed {number} {time.time_ns()}")
    process = _begun(bed, root)
    time.sleep(chance.uniform(0, bed.seconds * 1.1))
    process.kill()
    process.communicate()
    step = _last_step(root)
    again = _begun(bed, root)
    _, told = again.communicate(timeout=120)
    assert again.returncode == 0, told
    _check(bed, root)
    return step


def _last_step(root: Path) -> str:
    lines = [line for path in (root / HOME).glob("*.jsonl") for line in path.read_bytes().split(b"\n") if line]
    return str(json.loads(lines[-1])["step"]) if lines else "nothing"


def _measured(url: str, token: str, folder: Path) -> Bed:
    """How long the second of two whole deposits takes: the first warms the repository up."""
    bed = Bed(url, token, 0.0)
    for name in ("first", "second"):
        root = _folder(folder / name, f"{name} {time.time_ns()}")
        process = _begun(bed, root)
        start = time.monotonic()
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
        bed = bed._replace(seconds=time.monotonic() - start)
    return bed


def _folder(folder: Path, word: str) -> Path:
    """A folder like no other, so that its deposits are told from all others there."""
    root = folder / "set"
    (root / "sub").mkdir(parents=True)
    for name, size in (("a.bin", 300_000), ("b.bin", 10), ("sub/c #?ä.bin", 1_000_000)):
        (root / name).write_bytes((hashlib.sha256(f"{word} {name}".encode()).digest() * size)[:size])
    return root


def _begun(bed: Bed, root: Path) -> subprocess.Popen[str]:
    """A process that deposits, once it is ready to."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.publish.depositor", bed.url, str(root)],
        env={**os.environ, "FAIRKIT_TOKEN": bed.token},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _check(bed: Bed, root: Path) -> None:
    with Session(credentials={bed.url: f"Bearer {bed.token}"}, trusted=[bed.url]) as session:
        repository = Invenio(bed.url, session, pause=time.sleep)
        release = Release(root)
        word = mark(release.release).value
        found = [repository.as_draft(hit) for hit in repository.mine(f'"{word}"')]
        assert [one.published for one in found] == [True], "one record, and no draft beside it"
        there = repository.as_files(repository.files(found[0].id, published=True).data)
        wanted = release.files(found[0].doi)
    sums = {file.key: f"md5:{md5_of(file)}" for file in wanted}
    assert {key: file.checksum for key, file in there.items()} == sums
