"""The portal with files: it serves them as RFC 9110 has it, and its record names them."""

from __future__ import annotations

from collections.abc import Iterator
from zlib import adler32

import pytest

from tests.servers.files import EOS, FilePortal
from tests.servers.toys import ask

BODY = b"0123456789"
TAG = f'"{adler32(BODY):08x}"'


@pytest.fixture
def served() -> Iterator[FilePortal]:
    with FilePortal({"a/x.bin": BODY}) as portal:
        yield portal


@pytest.mark.parametrize(
    ("headers", "status", "body"),
    [
        ({}, 200, BODY),
        ({"range": "bytes=4-"}, 206, b"456789"),
        ({"range": "bytes=4-", "if_range": TAG}, 206, b"456789"),
        ({"range": "bytes=4-", "if_range": '"other"'}, 200, BODY),
        ({"range": "bytes=10-"}, 416, b""),
        ({"range": "lines=4-"}, 200, BODY),
    ],
)
def test_files_are_served_whole_and_in_parts(
    served: FilePortal, headers: dict[str, str], status: int, body: bytes
) -> None:
    reply = ask(served, f"{EOS}/a/x.bin", **headers)
    assert (reply.status, reply.body) == (status, body)
    assert status != 206 or reply.headers["content-range"] == "bytes 4-9/10"


def test_there_are_no_others(served: FilePortal) -> None:
    assert ask(served, f"{EOS}/a/y.bin").status == 404


def test_the_record_names_them(served: FilePortal) -> None:
    [index] = ask(served, "/api/records/800").json["metadata"]["_file_indices"]
    [member] = index["files"]
    assert member["uri"] == f"root://eospublic.cern.ch/{EOS}/a/x.bin"
    assert member["checksum"] == f"adler32:{adler32(BODY):08x}"
