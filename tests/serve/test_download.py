"""Files are handed out whole and in parts, in little memory, under any name."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from werkzeug.test import Client

from fairkit.ocfl.storage import Storage
from fairkit.ocfl.writing import add, identifier, made
from fairkit.serve.site import Site
from tests.ocfl.test_writing import WHEN, held

from .conftest import BASE

BODY = bytes(range(256)) * 40
MIB = 1024 * 1024
LARGE = 384 * MIB


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return made(tmp_path / "root")


def put(storage: Storage, files: dict[str, bytes]) -> str:
    return add(storage, identifier("r"), held(storage.root.parent / "f", files), message="", created=WHEN, head=0).name


@pytest.mark.parametrize(
    ("header", "status", "part", "told"),
    [
        ("bytes=0-", 206, BODY, "bytes 0-10239/10240"),
        ("bytes=4-9", 206, BODY[4:10], "bytes 4-9/10240"),
        ("bytes=10000-", 206, BODY[10000:], "bytes 10000-10239/10240"),
        ("bytes=-5", 206, BODY[-5:], "bytes 10235-10239/10240"),
        ("bytes=10239-99999999", 206, BODY[-1:], "bytes 10239-10239/10240"),
        ("bytes=10240-", 416, None, "bytes */10240"),
        ("bytes=9-4", 416, None, "bytes */10240"),
        ("bytes=0-1,4-9", 200, BODY, None),
        ("bytes=-" + "9" * 17, 206, BODY, "bytes 0-10239/10240"),
        ("bytes=" + "9" * 5000 + "-", 200, BODY, None),
        ("bytes=a-b", 200, BODY, None),
        ("lines=1-2", 200, BODY, None),
        ("bytes=\u0663-", 200, BODY, None),
        ("", 200, BODY, None),
    ],
)
def test_a_part_is_what_was_asked_for(
    storage: Storage, header: str, status: int, part: bytes | None, told: str | None
) -> None:
    place = f"/records/{put(storage, {'a.bin': BODY})}/files/a.bin"
    client = Client(Site(storage, BASE))
    answer = client.get(place, headers={"Range": header}, buffered=True)
    assert (answer.status_code, answer.headers.get("Content-Range")) == (status, told)
    if part is not None:
        assert (answer.data, answer.headers["Content-Length"]) == (part, str(len(part)))
        assert answer.headers["Accept-Ranges"] == "bytes"
        head = client.head(place, headers={"Range": header}, buffered=True)
        assert (head.status_code, head.data, head.headers["Content-Length"]) == (status, b"", str(len(part)))


@pytest.mark.parametrize(
    ("header", "value", "status"),
    [
        ("If-Range", "ETAG", 206),
        ("If-Range", '"another"', 200),
        ("If-Range", "W/ETAG", 200),
        ("If-None-Match", "ETAG", 304),
        ("If-None-Match", "*", 304),
        ("If-None-Match", '"another", ETAG', 304),
        ("If-None-Match", '"another"', 206),
        ("If-Match", "ETAG", 206),
        ("If-Match", '"another"', 412),
    ],
)
def test_what_changed_meanwhile_is_sent_whole(storage: Storage, header: str, value: str, status: int) -> None:
    place = f"/records/{put(storage, {'a.bin': BODY})}/files/a.bin"
    client = Client(Site(storage, BASE))
    etag = client.head(place).headers["ETag"]
    answer = client.get(place, headers={"Range": "bytes=1-3", header: value.replace("ETAG", etag)}, buffered=True)
    assert answer.status_code == status
    assert answer.data == {200: BODY, 206: BODY[1:4]}.get(status, b"")
    if status == 304:
        assert (answer.headers["ETag"], "Content-Length" in answer.headers) == (etag, False)


def test_an_empty_file_is_empty(storage: Storage) -> None:
    place = f"/records/{put(storage, {'a': b''})}/files/a"
    answer = Client(Site(storage, BASE)).get(place, headers={"Range": "bytes=0-"}, buffered=True)
    assert (answer.status_code, answer.data, answer.headers["Content-Length"]) == (200, b"", "0")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a b.csv", 'filename="a b.csv"'),
        ('a"b\\.csv', "filename=\"a_b_.csv\"; filename*=UTF-8''a%22b%5C.csv"),
        ("ä.csv", "filename=\"_.csv\"; filename*=UTF-8''%C3%A4.csv"),
        ("a\r\nSet-Cookie: a=b", "filename=\"a__Set-Cookie: a=b\"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20a%3Db"),
        ("a\u202egpj.exe", "filename=\"a_gpj.exe\"; filename*=UTF-8''a%E2%80%AEgpj.exe"),
        ("sub/?#%25.txt", 'filename="?#%25.txt"'),
    ],
)
def test_any_name_can_be_had(storage: Storage, name: str, told: str) -> None:
    site = Site(storage, BASE)
    record = put(storage, {name: b"x"})
    place = site.library.file(record, 1, name).removeprefix(BASE)
    answer = Client(site).get(place, buffered=True)
    assert (answer.status_code, answer.data) == (200, b"x")
    assert answer.headers["Content-Disposition"] == f"attachment; {told}"
    assert "Set-Cookie" not in answer.headers


def test_what_was_changed_behind_its_back_is_not_handed_out(storage: Storage) -> None:
    place = f"/records/{put(storage, {'a': b'abc'})}/files/a"
    client = Client(Site(storage, BASE))
    assert client.get(place, buffered=True).data == b"abc"
    [path] = storage.root.glob("*/v1/content/a")
    path.write_bytes(b"abcd")
    answer = client.get(place, headers={"Accept": "application/json"})
    assert (answer.status_code, str(storage.root) in answer.data.decode()) == (500, False)
    path.unlink()
    assert client.get(place).status_code == 500


class Running(NamedTuple):
    url: str
    process: int

    def most(self) -> int:
        """The most memory that it had so far, in bytes."""
        [row] = (
            row for row in Path(f"/proc/{self.process}/status").read_text().splitlines() if row.startswith("VmHWM")
        )
        return int(row.split()[1]) * 1024


@pytest.fixture
def large(storage: Storage) -> Iterator[Running]:
    """A server of one large file, most of it a hole."""
    name = put(storage, {"a.bin": BODY})
    [path] = storage.root.glob("*/v1/content/a.bin")
    os.truncate(path, LARGE)
    words = [sys.executable, "-m", "fairkit", "serve", str(storage.root), "--port", "0", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        yield Running(f"{told['url']}records/{name}/files/a.bin", process.pid)
        process.send_signal(signal.SIGTERM)


@pytest.mark.skipif(not (shutil.which("curl") and Path("/proc/self/status").exists()), reason="it needs curl and Linux")
def test_a_large_file_is_had_in_parts_by_curl_and_in_little_memory(large: Running, tmp_path: Path) -> None:
    def curl(*words: str) -> int:
        return subprocess.run(["curl", "-sS", "--noproxy", "*", *words, large.url], check=False, timeout=120).returncode

    assert curl("-o", os.devnull, "--range", "0-9") == 0  # what is loaded at the first request is loaded now
    before, target = large.most(), tmp_path / "a.bin"
    assert curl("-o", str(target), "--range", f"0-{100 * MIB - 1}") == 0
    assert target.stat().st_size == 100 * MIB
    assert curl("-o", str(target), "--continue-at", "-") == 0
    assert (target.stat().st_size, target.read_bytes()[: len(BODY) + 9]) == (LARGE, BODY + bytes(9))
    last = tmp_path / "last"
    assert curl("-o", str(last), "--range", "-3") == 0
    assert last.read_bytes() == bytes(3)
    assert curl("-o", os.devnull) == 0
    assert large.most() - before < LARGE // 4
