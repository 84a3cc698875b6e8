"""Fetching: what comes is the file that the record names, or it gets no name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from fairkit.errors import NotFound, Unreachable, UnreadableDocument, UsageError
from fairkit.http import Session
from fairkit.package.fetch import Fetched, fetch
from fairkit.sources import Target
from tests.servers.cern_open_data import Portal
from tests.servers.files import EOS, FilePortal
from tests.servers.loopback import Answer

FILES = {
    "train/jets_1.h5": b"one" * 50_000,
    "train/jets_2.h5": b"two" * 40_000,
    "test/jets_1.h5": b"three" * 30_000,
    "test/notes.txt": b"read me",
}
FIRST = f"{EOS}/train/jets_1.h5"

Fetching = Callable[..., Fetched]


@pytest.fixture
def served(visit: Callable[[Portal], None]) -> Iterator[FilePortal]:
    with FilePortal(FILES) as portal:
        visit(portal)
        yield portal


@pytest.fixture
def fetching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Fetching]:
    """Fetches record 800 into `out`, without waiting between tries."""
    from fairkit import settings

    monkeypatch.chdir(tmp_path)
    with ExitStack() as stack:

        def made(word: str = "800", output: str = "out", **options: Any) -> Fetched:
            session = stack.enter_context(Session(trusted=settings.trusted(), sleep=lambda seconds: None))
            return fetch(Target(word, options.pop("keyword", "record")), output, session=session, **options)

        yield made


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def states(found: Fetched) -> dict[str, str]:
    return {file.name: file.status for file in found.files}


def asked(portal: Portal, name: str = FIRST) -> list[str]:
    """The ranges that were asked for of a file, an empty one for all of it."""
    seen = zip(portal.log, portal.headers_seen, strict=True)
    return [headers.get("range", "") for (_, target, _), headers in seen if target == name]


def test_all_files_come(served: FilePortal, fetching: Fetching) -> None:
    found = fetching()
    assert states(found) == dict.fromkeys(FILES, "fetched")
    assert {file.checked for file in found.files} == {("adler32",)}
    got = held(Path("out"))
    del got[".fairkit-fetch.jsonl"]
    assert got == FILES


def test_a_second_run_fetches_nothing(served: FilePortal, fetching: Fetching) -> None:
    fetching()
    before = len(asked(served))
    assert states(fetching()) == dict.fromkeys(FILES, "there")
    assert len(asked(served)) == before


def test_names_that_are_one_in_all_are_kept_as_they_are(visit: Callable[[Portal], None], fetching: Fetching) -> None:
    with FilePortal({"a/x.h5": b"x", "b/y.h5": b"y"}) as portal:
        visit(portal)
        assert states(fetching()) == {"x.h5": "fetched", "y.h5": "fetched"}


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"only": ["*.txt"]}, ["test/notes.txt"]),
        ({"only": ["jets_1*"]}, ["train/jets_1.h5", "test/jets_1.h5"]),
        ({"only": ["train/*", "*.txt"]}, ["train/jets_1.h5", "train/jets_2.h5", "test/notes.txt"]),
        ({"split": "test"}, ["test/jets_1.h5", "test/notes.txt"]),
        ({"split": "train", "most": 1}, ["train/jets_1.h5"]),
        ({"most": 2}, ["train/jets_1.h5", "train/jets_2.h5"]),
    ],
)
def test_files_are_chosen(served: FilePortal, fetching: Fetching, options: dict[str, Any], names: list[str]) -> None:
    assert list(states(fetching(**options))) == names


@pytest.mark.parametrize("options", [{"only": ["*.root"]}, {"split": "validation"}])
def test_what_chooses_nothing_is_refused(served: FilePortal, fetching: Fetching, options: dict[str, Any]) -> None:
    with pytest.raises(NotFound):
        fetching(**options)
    assert not Path("out").exists()


def test_what_was_cut_goes_on(served: FilePortal, fetching: Fetching) -> None:
    served.cut(FIRST, 60_000, times=2)
    assert states(fetching()) == dict.fromkeys(FILES, "fetched")
    assert asked(served) == ["", "bytes=60000-", "bytes=120000-"]


def test_another_run_goes_on(served: FilePortal, fetching: Fetching) -> None:
    served.cut(FIRST, 60_000)
    served.fail(FIRST, status=503, times=99)
    assert states(fetching())["train/jets_1.h5"] == "failed"
    served.faults.clear()
    assert not Path("out/train/jets_1.h5").exists()
    assert states(fetching())["train/jets_1.h5"] == "fetched"
    assert asked(served)[-1] == "bytes=60000-"
    assert sorted(path.name for path in Path("out/train").iterdir()) == ["jets_1.h5", "jets_2.h5"]


def test_wrong_bytes_never_get_the_name(served: FilePortal, fetching: Fetching) -> None:
    served.files["train/jets_1.h5"] = b"bad" * 50_000
    found = fetching()
    assert states(found) == dict.fromkeys(FILES, "fetched") | {"train/jets_1.h5": "wrong"}
    assert "adler32" in str(found.files[0].error)
    assert not list(Path("out/train").glob("jets_1*"))
    assert asked(served) == ["", ""]


def test_wrong_bytes_of_a_part_are_mended(served: FilePortal, fetching: Fetching) -> None:
    """A part of another version, of which the server does not tell that it is one."""
    Path("out/train").mkdir(parents=True)
    Path("out/train/jets_1.h5.part").write_bytes(b"bad" * 10_000)
    assert states(fetching())["train/jets_1.h5"] == "fetched"
    assert asked(served) == ["bytes=30000-", ""]
    assert Path("out/train/jets_1.h5").read_bytes() == FILES["train/jets_1.h5"]


def test_another_size_is_refused(served: FilePortal, fetching: Fetching) -> None:
    served.files["train/jets_1.h5"] = FILES["train/jets_1.h5"] + b"more"
    [file] = [file for file in fetching().files if file.status != "fetched"]
    assert (file.status, "150,004 bytes" in str(file.error)) == ("failed", True)


def test_a_file_that_changes_meanwhile_is_begun_anew(served: FilePortal, fetching: Fetching) -> None:
    served.cut(FIRST, 60_000)
    served.fail(FIRST, status=503, times=99)
    fetching()
    served.faults.clear()
    served.tags["train/jets_1.h5"] = '"another"'
    assert states(fetching())["train/jets_1.h5"] == "fetched"
    assert Path("out/train/jets_1.h5").read_bytes() == FILES["train/jets_1.h5"]


def test_a_server_without_ranges_sends_it_all(served: FilePortal, fetching: Fetching) -> None:
    served.cut(FIRST, 60_000)
    body = FILES["train/jets_1.h5"]
    served.fail(FIRST, status=200, body=body)
    assert states(fetching())["train/jets_1.h5"] == "fetched"
    assert Path("out/train/jets_1.h5").read_bytes() == body


def test_a_redirect_to_a_private_address_is_refused(served: FilePortal, fetching: Fetching) -> None:
    served.fail(FIRST, status=302, headers={"location": "http://192.168.0.1/jets_1.h5"}, times=9)
    [file] = [file for file in fetching().files if file.status != "fetched"]
    assert (file.name, file.status, "private" in str(file.error)) == ("train/jets_1.h5", "failed", True)


def test_a_rate_limit_is_kept(served: FilePortal, fetching: Fetching) -> None:
    served.fail(EOS, status=429, headers={"retry-after": "3"}, times=3)
    assert states(fetching()) == dict.fromkeys(FILES, "fetched")


@pytest.mark.parametrize(
    "name",
    ["../jets.h5", "/etc/jets.h5", "a/../../jets.h5", "..", ".ssh/authorized_keys", "a\\..\\jets.h5", "C:jets.h5",
     "a\0b", "x" * 300, "a//b", "./a"],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_refused(
    visit: Callable[[Portal], None], fetching: Fetching, tmp_path: Path, name: str
) -> None:
    with FilePortal(FILES) as portal:
        portal.records["800"]["_file_indices"][0]["files"][0]["filename"] = name
        portal.records["800"]["_file_indices"][0]["files"][2]["filename"] = "other.h5"
        visit(portal)
        with pytest.raises(UnreadableDocument, match="names a file"):
            fetching()
        assert not any(target.startswith(EOS) for _, target, _ in portal.log)
    assert list(tmp_path.iterdir()) == []


def test_a_link_in_the_folder_is_not_followed(served: FilePortal, fetching: Fetching, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "train").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="leads out"):
        fetching()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_of_the_user_is_not_overwritten(served: FilePortal, fetching: Fetching) -> None:
    Path("out/train").mkdir(parents=True)
    Path("out/train/jets_1.h5").write_bytes(b"mine")
    with pytest.raises(UsageError, match="not the file of the record"):
        fetching()
    assert Path("out/train/jets_1.h5").read_bytes() == b"mine"


def test_a_file_that_is_there_already_is_taken(served: FilePortal, fetching: Fetching) -> None:
    Path("out/train").mkdir(parents=True)
    Path("out/train/jets_1.h5").write_bytes(FILES["train/jets_1.h5"])
    assert states(fetching())["train/jets_1.h5"] == "there"
    assert asked(served) == []


def test_the_members_of_an_index_file_are_fetched(served: FilePortal, fetching: Fetching, tmp_path: Path) -> None:
    """A saved record of the portal's sources names its indexes alone."""
    record: Any = dict(served.records["800"])
    [index] = record.pop("_file_indices")
    body = json.dumps(index["files"]).encode()
    served.files["toys_file_index.json"] = body
    uri = f"root://eospublic.cern.ch:1094/{EOS}/toys_file_index.json"
    record["files"] = [
        {"uri": uri, "size": len(body), "checksum": "adler32:00000001", "type": "index.json"},
        {"uri": uri.replace(".json", ".txt"), "size": 1, "checksum": "adler32:00000001", "type": "index.txt"},
    ]
    (tmp_path / "saved.json").write_text(json.dumps(record))
    with pytest.raises(UnreadableDocument, match="has not the bytes"):
        fetching("saved.json", keyword=None)
    from zlib import adler32

    record["files"][0]["checksum"] = f"adler32:{adler32(body):x}"
    (tmp_path / "saved.json").write_text(json.dumps(record))
    assert states(fetching("saved.json", keyword=None)) == dict.fromkeys(FILES, "fetched")


@pytest.mark.parametrize("body", [b"[", b"{}", b'"x"'])
def test_an_index_that_is_none_is_refused(served: FilePortal, fetching: Fetching, tmp_path: Path, body: bytes) -> None:
    served.files["toys_file_index.json"] = body
    record: Any = dict(served.records["800"])
    del record["_file_indices"]
    record["files"] = [{"uri": f"root://eospublic.cern.ch/{EOS}/toys_file_index.json", "type": "index.json"}]
    (tmp_path / "saved.json").write_text(json.dumps(record))
    with pytest.raises(UnreadableDocument, match="no list"):
        fetching("saved.json", keyword=None)


def test_a_folder_has_nothing_to_fetch(fetching: Fetching, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "x.csv").write_text("a\n1\n")
    with pytest.raises(NotFound, match="nothing to fetch"):
        fetching("data", keyword=None)


def test_a_record_that_cannot_be_reached_is_told(fetching: Fetching, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAIRKIT_CERN_OPEN_DATA_URL", "http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        fetching()


def test_the_answer_of_another_server_is_no_file(served: FilePortal, fetching: Fetching) -> None:
    """The portal answers with a page where its storage is down."""
    page = Answer(200, b"<!doctype html>" + b" " * 149_985)
    served.fail(FIRST, status=200, body=page.body, times=9)
    assert states(fetching())["train/jets_1.h5"] == "wrong"
