"""What consistency checks read of long lists: right, and quickly."""

from __future__ import annotations

import pytest

from fairkit.checks._compared import Counted, Named, Summed, Worded, counted, named, summed, worded
from fairkit.model.distribution import Checksum, Distribution

from .judge import file, variable


def test_nothing_is_nothing() -> None:
    assert named(()) == Named(0, [])
    assert summed(()) == Summed(0, "")
    assert worded(()) == Worded(0, [])
    assert counted(()) == Counted(0, [])


def test_names_are_told_in_their_order() -> None:
    assert named("abcbaa") == Named(6, ["a", "b"])


@pytest.mark.parametrize("algorithm", ["adler32", "md5", "sha1", "sha256", "sha512"])
def test_the_digits_of_an_algorithm_are_known(algorithm: str) -> None:
    assert summed((file("a.h5", algorithm),)) == Summed(1, "")


def test_of_thousands_of_files_one_wrong_checksum_is_found() -> None:
    good = tuple(file(f"{number}.h5", "adler32") for number in range(3000))
    assert summed(good) == Summed(3000, "")
    bad = Distribution(name="bad.h5", checksums=(Checksum(algorithm="md5", value="0" * 31),))
    assert summed((*good, bad)) == Summed(3001, "md5 has 32 digits, not 31")


def test_a_name_of_many_letters_is_read_once() -> None:
    """Not once from each of its letters, which would take minutes."""
    rows = (variable("a" * 200_000, description="the first jet"), variable("jet_1", description="the first jet"))
    assert counted(rows) == Counted(1, [])


def test_names_and_words_count_from_the_same_number() -> None:
    rows = {"hit_0": "the first hit", "hit_1": "the second hit", "hit_3": "the third hit"}
    assert counted(tuple(variable(name, description=text) for name, text in rows.items())) == Counted(3, ["hit_3"])
