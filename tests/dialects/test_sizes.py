"""Sizes in bytes."""

from __future__ import annotations

import pytest

from fairkit.dialects._sizes import byte_size


@pytest.mark.parametrize(
    ("written", "size"),
    [
        (12345, 12345),
        (1.9, 1),
        (0, 0),
        ("12345", 12345),
        ("12345 bytes", 12345),
        ("1 byte", 1),
        ("12.3 MB", 12_300_000),
        ("12.3MB", 12_300_000),
        ("1,5 kB", 1500),
        ("4.35 kB", 4350),
        ("1,234,567 bytes", 1_234_567),
        ("1,234.5 KB", 1_234_500),
        ("244.9 GB", 244_900_000_000),
        ("3 MiB", 3 * 1024**2),
        ("2 tb", 2 * 1000**4),
        ("1k", 1000),
        (None, None),
        (True, None),
        (-1, None),
        (float("nan"), None),
        (float("inf"), None),
        ("", None),
        ("-3 MB", None),
        ("about 3 MB", None),
        ("3 files", None),
        ("1.2.3 MB", None),
        ("999999999999999999 PB", None),
        ([1], None),
    ],
)
def test_a_size_is_a_number_of_bytes(written: object, size: int | None) -> None:
    assert byte_size(written) == size
