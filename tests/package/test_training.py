"""The data of a model: named to the split and its digest, and whatever two roles share is named."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UsageError
from fairkit.model.distribution import Checksum, Distribution
from fairkit.model.identifier import Identifier
from fairkit.model.resource import Resource
from fairkit.model.variable import Split
from fairkit.package.training import joined, not_compared, overlaps, use_of
from fairkit.package.words import Overlap

DOI = Identifier(scheme="doi", value="10.5281/zenodo.9")
NAMES = [f"{letter}.root" for letter in "abcdef"]


def dataset(*splits: Split, sums: dict[str, str] | None = None) -> Resource:
    told = {name: (Checksum(algorithm="md5", value=value),) for name, value in (sums or {}).items()}
    files = tuple(Distribution(name=name, checksums=told.get(name, ())) for name in NAMES)
    return Resource(
        identifiers=(DOI,), title="Jets", version="2", license="CC0-1.0", distributions=files, splits=splits
    )


TRAIN = Split(name="train", files=("[a-c].root",), digest="sha256:" + "1" * 64)
TEST = Split(name="test", files=("d.root",))


def test_a_split_is_named_with_version_licence_and_digest_of_its_rows() -> None:
    use = use_of(dataset(TRAIN, TEST), "trained", split="train", score=0.7)
    assert (use.identifier, use.version, use.license, use.digest) == (DOI, "2", "CC0-1.0", TRAIN.digest)
    assert (use.split, use.files, use.score) == ("train", (), 0.7)


def test_files_have_the_digest_of_their_checksums() -> None:
    lines = "md5:1  a.root\nmd5:2  b.root\n"
    use = use_of(dataset(sums={"a.root": "1", "b.root": "2"}), "trained", split=None, files=("b.root", "a.root"))
    assert use.digest == "sha256:" + hashlib.sha256(lines.encode()).hexdigest()
    assert use_of(dataset(), "trained", split=None, files=("a.root",)).digest is None


@pytest.mark.parametrize(
    ("split", "files", "why"),
    [
        (None, (), "has 2 splits"),
        ("validation", (), "no split 'validation'"),
        (None, ("x.root",), "no file x.root"),
        ("test", ("d.root", "a.root"), "the split test has no file a.root"),
    ],
)
def test_what_the_dataset_does_not_have_is_refused(split: str | None, files: tuple[str, ...], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        use_of(dataset(TRAIN, TEST), "trained", split=split, files=files)


def test_files_that_stand_in_lists_of_their_own_are_taken_as_they_are_named() -> None:
    lists = Resource(identifiers=(DOI,), distributions=(Distribution(name="files.txt", role="index"),))
    assert use_of(lists, "trained", split=None, files=("a.root",)).files == ("a.root",)


def test_data_that_nobody_could_name_are_refused() -> None:
    with pytest.raises(UsageError, match="neither an identifier nor a title"):
        use_of(Resource(), "trained", split=None)


def test_a_part_without_files_is_told_to_be_compared_by_its_name_only() -> None:
    data = Resource(identifiers=(DOI,), splits=(Split(name="train"), Split(name="test")))
    [fault] = not_compared(use_of(data, "trained", split="train"), data)
    assert (fault.code, fault.level) == ("not-compared", "warning")
    assert "the split train lists no files: neither files nor rows could be compared" in fault.text
    assert not_compared(use_of(dataset(TRAIN, TEST), "trained", split="train"), dataset(TRAIN, TEST)) == ()
    assert not_compared(use_of(data, "trained", split="train", files=("a.root",)), data) == ()


def test_a_part_told_again_takes_its_own_place() -> None:
    data = dataset(TRAIN, TEST)
    uses = joined((), use_of(data, "trained", split="train"))
    uses = joined(uses, use_of(data, "tested", split="test"))
    again = use_of(data, "trained", split="train", score=0.9)
    assert joined(uses, again) == (again, uses[1])


@given(st.sets(st.sampled_from(NAMES), min_size=1), st.sets(st.sampled_from(NAMES), min_size=1))
def test_exactly_the_files_that_two_roles_share_are_named(one: set[str], other: set[str]) -> None:
    data = dataset()
    uses = [
        use_of(data, "trained", split=None, files=sorted(one)),
        use_of(data, "tested", split=None, files=sorted(other)),
    ]
    found = overlaps(uses, data)
    if one & other:
        [fault] = found
        assert fault.code == "shared-files"
        assert all(name in fault.text for name in sorted(one & other)[:5])
    else:
        assert found == ()


def test_the_same_bytes_under_another_name_and_rows_are_found() -> None:
    data = dataset(TRAIN, TEST, sums={"a.root": "7", "d.root": "7"})
    uses = [use_of(data, "trained", split="train"), use_of(data, "validated", split="test")]
    rows = [Overlap(one="train", other="test", rows=3), Overlap(one="train", other="train", rows=9)]
    assert [(fault.code, fault.level) for fault in overlaps(uses, data, rows)] == [
        ("shared-bytes", "error"),
        ("shared-rows", "error"),
    ]
    assert [fault.code for fault in overlaps(uses, dataset(TRAIN, TEST), rows[1:])] == []


def test_one_split_in_two_roles_is_found_without_any_list_of_files() -> None:
    data = Resource(identifiers=(DOI,), splits=(Split(name="all"),))
    uses = [use_of(data, "trained", split="all"), use_of(data, "tested", split="all")]
    assert [fault.code for fault in overlaps(uses, data)] == ["shared-split"]


def test_other_datasets_are_other_data() -> None:
    data, other = dataset(TRAIN), Resource(title="Other", splits=(TRAIN,))
    uses = [use_of(data, "trained", split="train"), use_of(other, "tested", split="train")]
    assert overlaps(uses, data) == overlaps(uses, other) == ()
