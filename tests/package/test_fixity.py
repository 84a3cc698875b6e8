"""Digests: all of them from one reading."""

from __future__ import annotations

import hashlib
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UnknownName
from fairkit.package import fixity


@given(st.binary(max_size=5000))
def test_digests_are_those_of_others(body: bytes) -> None:
    written: list[bytes] = []
    size, found = fixity.digest(
        io.BytesIO(body).readinto,
        ("sha256", "md5", "adler32", "crc32"),
        write=lambda data: written.append(bytes(data)),
    )
    assert (size, b"".join(written)) == (len(body), body)
    assert found == {
        "sha256": hashlib.sha256(body).hexdigest(),
        "md5": hashlib.md5(body, usedforsecurity=False).hexdigest(),
        "adler32": f"{zlib.adler32(body):08x}",
        "crc32": f"{zlib.crc32(body):08x}",
    }


def test_a_file_larger_than_a_piece_is_read_once() -> None:
    body = bytes(range(256)) * 20_000
    source = io.BytesIO(body)
    counts: list[int] = []
    size, found = fixity.digest(source.readinto, ("sha256",), advance=counts.append)
    assert (size, sum(counts)) == (len(body), len(body))
    assert len(counts) > 1
    assert found["sha256"] == hashlib.sha256(body).hexdigest()


@pytest.mark.parametrize("most", [0, 1, 10, 1_000_000])
def test_no_more_than_the_most_is_read(most: int) -> None:
    source = io.BytesIO(b"x" * 5_000_000)
    size, _ = fixity.digest(source.readinto, ("sha256",), most=most)
    assert size > most
    assert source.tell() <= most + 1024 * 1024


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (None, ("sha256",)),
        ("", ("sha256",)),
        ("md5", ("sha256", "md5")),
        ("md5,adler32", ("sha256", "md5", "adler32")),
        (" MD5 , sha256", ("sha256", "md5")),
    ],
)
def test_sha256_is_never_left_out(written: str | None, found: tuple[str, ...]) -> None:
    assert fixity.algorithms(written) == found


def test_an_unknown_one_is_refused() -> None:
    with pytest.raises(UnknownName, match="adler32"):
        fixity.algorithms("crc")


def test_only_what_packages_state_becomes_a_word() -> None:
    assert [one.algorithm for one in fixity.checksums({"crc32": "0", "md5": "1", "sha256": "2"})] == ["sha256", "md5"]
