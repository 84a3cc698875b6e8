"""Packaging: what is in a package, what a second run does, and what is never overwritten."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fairkit.errors import FairkitError, NotFound, UnreadableDocument, UsageError
from fairkit.model.identifier import Identifier
from fairkit.package import _copying
from fairkit.package.package import Package, build
from fairkit.package.progress import Progress
from fairkit.package.verify import verify
from tests.package.made import FILES, TOML, contents, deep, folder, stamps

STATE = ".fairkit-package.jsonl"
MANIFEST = "manifest-sha256.txt"
DOCUMENTS = {"CITATION.cff", "DATASHEET.md", "LICENSE", "croissant.json", "datacite.json", "ro-crate-metadata.json"}


@pytest.fixture
def toys(tmp_path: Path) -> Path:
    return folder(tmp_path / "toys")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files whose bytes are read."""
    read: list[str] = []
    taken = _copying.taken

    def noting(file: Any, source: Any, *rest: Any, **options: Any) -> Any:
        read.append(source.name)
        return taken(file, source, *rest, **options)

    monkeypatch.setattr(_copying, "taken", noting)
    return read


def digest(body: bytes, algorithm: str = "sha256") -> str:
    return hashlib.new(algorithm, body).hexdigest()


# What is in it


def test_a_package_has_all_that_it_needs(toys: Path, tmp_path: Path) -> None:
    made = build(str(toys), str(tmp_path / "pkg"))
    got = contents(tmp_path / "pkg")
    assert got.keys() == FILES.keys() | DOCUMENTS | {MANIFEST, STATE}
    assert {name: got[name] for name in FILES} == FILES
    assert set(made.documents) == DOCUMENTS
    assert {entry.path for entry in made.manifest} == got.keys() - {MANIFEST, STATE}
    assert all(entry.sha256 == digest(got[entry.path]) for entry in made.manifest)
    assert contents(toys) == FILES


def test_coreutils_agree(toys: Path, tmp_path: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not here")
    folder(toys, {"odd\\name": b"1", "line\nfeed": b"2", " blank ": b"3", "ünï": b"4"})
    build(str(toys), str(tmp_path / "pkg"))
    words = ["sha256sum", "-c", "--strict", "--quiet", MANIFEST]
    done = subprocess.run(words, cwd=tmp_path / "pkg", capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"")
    assert verify(str(tmp_path / "pkg")).passed


def test_the_resource_is_completed(toys: Path, tmp_path: Path) -> None:
    made = build(str(toys), str(tmp_path / "pkg"), checksums=("md5", "adler32"))
    found = {file.name: file for file in made.resource.distributions}
    assert found.keys() == {"a.csv", "sub/b.csv", "sub/deep/c.bin"}
    assert found["a.csv"].byte_size == 8
    told = {one.algorithm: one.value for one in found["a.csv"].checksums}
    assert (told["sha256"], told["md5"]) == (digest(FILES["a.csv"]), digest(FILES["a.csv"], "md5"))
    assert told["adler32"] == f"{zlib.adler32(FILES['a.csv']):08x}"
    assert made.resource.file_count == 3
    assert made.resource.byte_size == sum(len(FILES[name]) for name in found)
    assert made.resource.listing == "complete"


def test_the_documents_name_every_file_with_its_digest(toys: Path, tmp_path: Path) -> None:
    build(str(toys), str(tmp_path / "pkg"))
    graph = json.loads((tmp_path / "pkg" / "ro-crate-metadata.json").read_bytes())["@graph"]
    told = {node["@id"]: node.get("sha256") for node in graph if "sha256" in node}
    for name in ("a.csv", "sub/b.csv", "sub/deep/c.bin"):
        assert told[name] == digest(FILES[name])


def test_a_licence_is_named_and_not_copied(toys: Path, tmp_path: Path) -> None:
    build(str(toys), str(tmp_path / "pkg"))
    text = (tmp_path / "pkg" / "LICENSE").read_text()
    assert "SPDX-License-Identifier: CC-BY-4.0" in text
    assert "https://creativecommons.org/licenses/by/4.0" in text
    assert len(text) < 500


def test_without_a_licence_there_is_no_such_file(toys: Path, tmp_path: Path) -> None:
    (toys / "fairkit.toml").write_text(TOML.replace('license = "CC-BY-4.0"', ""))
    made = build(str(toys), str(tmp_path / "pkg"))
    assert "LICENSE is not written: no licence is stated" in made.notes
    assert not (tmp_path / "pkg" / "LICENSE").exists()


@pytest.mark.parametrize("name", ["CITATION.cff", "LICENSE", "LICENCE.txt", "COPYING", "DATASHEET.md", "README.md"])
@pytest.mark.parametrize("in_place", [False, True])
def test_what_people_wrote_stays(toys: Path, tmp_path: Path, name: str, in_place: bool) -> None:
    own = b"cff-version: 1.2.0\nmessage: mine\ntitle: Toys\nauthors: [{name: Ada}]\n"
    (toys / name).write_bytes(own)
    target = toys if in_place else tmp_path / "pkg"
    made = build(str(toys), None if in_place else str(target))
    assert (target / name).read_bytes() == own
    assert name not in made.documents
    assert not ({"LICENCE.txt", "COPYING"} & {name} and (target / "LICENSE").exists())
    assert name in {entry.path for entry in made.manifest}
    assert verify(str(target)).passed


def test_documents_of_the_folder_are_made_anew_in_a_package(toys: Path, tmp_path: Path) -> None:
    (toys / "datacite.json").write_text(
        '{"titles": [{"title": "Old"}], "schemaVersion": "http://datacite.org/schema/kernel-4"}'
    )
    build(str(toys), str(tmp_path / "pkg"))
    assert "Toys" in (tmp_path / "pkg" / "datacite.json").read_text()


def test_documents_of_the_folder_stay_in_place(toys: Path) -> None:
    own = '{"titles": [{"title": "Old"}], "schemaVersion": "http://datacite.org/schema/kernel-4"}'
    (toys / "datacite.json").write_text(own)
    made = build(str(toys))
    assert (toys / "datacite.json").read_text() == own
    assert "datacite.json" in {entry.path for entry in made.manifest}
    assert verify(str(toys)).passed


@pytest.mark.parametrize("in_place", [False, True])
def test_where_the_folder_was_is_not_told(tmp_path: Path, in_place: bool) -> None:
    plain = folder(tmp_path / "plain", {"a.csv": FILES["a.csv"]})
    output = plain if in_place else tmp_path / "pkg"
    build(str(plain), None if in_place else str(output))
    assert all(str(tmp_path).encode() not in body for body in contents(output).values())


def test_a_program_stays_one(toys: Path, tmp_path: Path) -> None:
    folder(toys, {"make.sh": b"#!/bin/sh\n"})
    (toys / "make.sh").chmod(0o755)
    build(str(toys), str(tmp_path / "pkg"))
    assert os.access(tmp_path / "pkg" / "make.sh", os.X_OK)
    assert not (tmp_path / "pkg" / "a.csv").stat().st_mode & 0o111


# Again


def test_a_second_run_changes_nothing(toys: Path, tmp_path: Path, reads: list[str]) -> None:
    first = build(str(toys), str(tmp_path / "pkg"))
    before, count = stamps(tmp_path / "pkg"), len(reads)
    assert build(str(toys), str(tmp_path / "pkg")) == first
    assert stamps(tmp_path / "pkg") == before
    assert len(reads) == count


def test_a_second_run_in_place_changes_nothing(toys: Path, reads: list[str]) -> None:
    first = build(str(toys))
    before, count = stamps(toys), len(reads)
    second = build(str(toys))
    assert second.manifest == first.manifest
    assert second.documents == first.documents
    assert stamps(toys) == before
    assert len(reads) == count


@pytest.mark.parametrize("in_place", [False, True])
def test_only_what_changed_is_read_again(toys: Path, tmp_path: Path, reads: list[str], in_place: bool) -> None:
    output = None if in_place else str(tmp_path / "pkg")
    build(str(toys), output)
    reads.clear()
    (toys / "a.csv").write_bytes(b"x,y\n9,9\n")
    os.utime(toys / "a.csv", ns=(1, 1))
    made = build(str(toys), output)
    assert reads == ["a.csv"]
    assert digest(b"x,y\n9,9\n") in {entry.sha256 for entry in made.manifest}
    assert verify(output or str(toys)).passed


def test_what_was_changed_in_the_package_is_done_again(toys: Path, tmp_path: Path) -> None:
    build(str(toys), str(tmp_path / "pkg"))
    (tmp_path / "pkg" / "a.csv").write_bytes(b"x,y\n6,6\n")
    assert not verify(str(tmp_path / "pkg")).passed
    build(str(toys), str(tmp_path / "pkg"))
    assert (tmp_path / "pkg" / "a.csv").read_bytes() == FILES["a.csv"]


def test_another_checksum_is_made_when_it_is_wanted(toys: Path, tmp_path: Path) -> None:
    build(str(toys), str(tmp_path / "pkg"))
    made = build(str(toys), str(tmp_path / "pkg"), checksums=("md5",))
    assert {one.algorithm for one in made.resource.distributions[0].checksums} == {"sha256", "md5"}


def test_what_vanished_vanishes(toys: Path, tmp_path: Path) -> None:
    build(str(toys), str(tmp_path / "pkg"))
    shutil.rmtree(toys / "sub")
    made = build(str(toys), str(tmp_path / "pkg"))
    assert not (tmp_path / "pkg" / "sub").exists()
    assert [file.name for file in made.resource.distributions] == ["a.csv"]
    assert verify(str(tmp_path / "pkg")).passed


def test_files_of_the_user_never_vanish(toys: Path) -> None:
    build(str(toys))
    before = contents(toys)
    (toys / "a.csv").rename(toys / "z.csv")
    build(str(toys))
    after = contents(toys)
    assert after["z.csv"] == before["a.csv"]
    assert {name for name in before if name not in after} == {"a.csv"}


def test_what_is_left_of_a_killed_run_is_taken_away(toys: Path, tmp_path: Path) -> None:
    build(str(toys), str(tmp_path / "pkg"))
    (tmp_path / "pkg" / "sub" / ".fairkit-0123abcd.part").write_bytes(b"half")
    build(str(toys), str(tmp_path / "pkg"))
    assert not list((tmp_path / "pkg").rglob("*.part"))


def test_a_document_that_somebody_changed_is_theirs(toys: Path) -> None:
    build(str(toys))
    (toys / "DATASHEET.md").write_text("# Mine\n")
    made = build(str(toys))
    assert (toys / "DATASHEET.md").read_text() == "# Mine\n"
    assert "DATASHEET.md" not in made.documents
    assert verify(str(toys)).passed


def test_documents_follow_what_is_described(toys: Path) -> None:
    build(str(toys))
    (toys / "fairkit.toml").write_text(TOML.replace("Toys", "Games"))
    build(str(toys))
    for name in ("CITATION.cff", "datacite.json", "LICENSE", "ro-crate-metadata.json"):
        assert "Games" in (toys / name).read_text()


def test_what_is_not_told_any_more_is_gone_from_the_documents(toys: Path) -> None:
    (toys / "fairkit.toml").write_text(TOML.replace('version = "1.0.0"', 'keywords = ["playthings"]'))
    build(str(toys))
    (toys / "fairkit.toml").write_text(TOML)
    build(str(toys))
    assert not any(b"playthings" in body for body in contents(toys).values())


def test_a_package_of_a_package_is_the_same(toys: Path, tmp_path: Path) -> None:
    """Also where only documents that are made anew tell what it is."""
    (toys / "fairkit.toml").unlink()
    told = {
        "titles": [{"title": "Games"}],
        "creators": [{"name": "Ada"}],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    (toys / "datacite.json").write_text(json.dumps(told))
    first = build(str(toys), str(tmp_path / "pkg"))
    assert first.resource.title == "Games"
    second = build(str(tmp_path / "pkg"), str(tmp_path / "again"))
    assert second.resource.title == "Games"
    assert build(str(toys), str(tmp_path / "pkg")).manifest == first.manifest


# Refused


def test_a_folder_with_other_content_is_refused(toys: Path, tmp_path: Path) -> None:
    folder(tmp_path / "pkg", {"thesis.tex": b"years of work", "more/x": b""})
    with pytest.raises(UsageError, match=r"not of this package: more/x, thesis\.tex"):
        build(str(toys), str(tmp_path / "pkg"))
    assert contents(tmp_path / "pkg") == {"thesis.tex": b"years of work", "more/x": b""}


def test_a_link_in_the_package_is_refused(toys: Path, tmp_path: Path) -> None:
    build(str(toys), str(tmp_path / "pkg"))
    shutil.rmtree(tmp_path / "pkg" / "sub")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "pkg" / "sub").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="not of this package: sub"):
        build(str(toys), str(tmp_path / "pkg"))
    assert contents(tmp_path / "elsewhere") == {}


@pytest.mark.parametrize("output", ["toys/pkg", ".", "toys/../toys/sub"])
def test_a_package_may_not_lie_in_its_folder(toys: Path, tmp_path: Path, output: str) -> None:
    with pytest.raises(UsageError, match="in each other"):
        build(str(toys), str(tmp_path / output))


def test_a_file_is_no_place_for_a_folder(toys: Path, tmp_path: Path) -> None:
    (tmp_path / "pkg").write_text("x")
    with pytest.raises(UsageError, match="no folder"):
        build(str(toys), str(tmp_path / "pkg"))


def test_there_must_be_room(toys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(1, 1, 1))
    with pytest.raises(UsageError, match="no room"):
        build(str(toys), str(tmp_path / "pkg"))
    assert not (tmp_path / "pkg").exists()
    build(str(toys))  # in place nothing is copied


def test_a_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        build(str(tmp_path / "nowhere"), str(tmp_path / "pkg"))


@pytest.mark.parametrize("end", ["/", "/.", "/../toys", "//"])
def test_a_folder_may_be_named_in_every_way(toys: Path, tmp_path: Path, end: str) -> None:
    for _ in range(2):
        build(f"{toys}{end}", str(tmp_path / "pkg"))
        build(f"{toys}{end}")
    assert verify(f"{toys}{end}").passed
    (tmp_path / "link").symlink_to(toys)
    build(f"{tmp_path}/link/")
    assert (tmp_path / "link").is_symlink()


def test_a_name_that_is_no_utf8_is_refused(toys: Path, tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(toys) + b"/\xff.csv"))).write_text("x")
    with pytest.raises(UsageError, match="UTF-8"):
        build(str(toys), str(tmp_path / "pkg"))


@pytest.mark.parametrize("output", [None, "pkg"])
@pytest.mark.parametrize("archive", [False, True])
def test_folders_deeper_than_programs_can_call_are_refused(
    toys: Path, tmp_path: Path, output: str | None, archive: bool
) -> None:
    there = None if output is None else str(tmp_path / output)
    with deep(toys, 1500), pytest.raises(UsageError, match="lie in each other") as caught:
        build(str(toys), there, archive=archive)
    assert len(str(caught.value)) < 1000


def test_a_package_that_is_to_be_in_very_deep_folders_of_others_is_refused(toys: Path, tmp_path: Path) -> None:
    with deep(tmp_path / "pkg", 1500), pytest.raises(UsageError, match="not of this package"):
        build(str(toys), str(tmp_path / "pkg"))


def test_a_file_that_changes_meanwhile_is_told(toys: Path, tmp_path: Path) -> None:
    def grow(total: int) -> None:
        with open(toys / "a.csv", "ab") as file:
            file.write(b"7,8\n")

    with pytest.raises(UnreadableDocument, match=r"a\.csv changes while it is read"):
        build(str(toys), str(tmp_path / "pkg"), progress=Progress(begin=grow))
    assert not (tmp_path / "pkg" / "a.csv").exists()
    assert not (tmp_path / "pkg" / MANIFEST).exists()
    build(str(toys), str(tmp_path / "pkg"))
    assert verify(str(tmp_path / "pkg")).passed


def test_names_that_trouble_others_are_told(toys: Path, tmp_path: Path) -> None:
    folder(toys, {"Jets.dat": b"1", "jets.dat": b"2", "aux.dat": b"3"})
    made = build(str(toys), str(tmp_path / "pkg"))
    assert any("upper and lower case" in note for note in made.notes)
    assert any("device" in note for note in made.notes)


# Links and archives


def test_files_can_be_linked(toys: Path, tmp_path: Path) -> None:
    made = build(str(toys), str(tmp_path / "pkg"), link=True)
    for name in FILES:
        assert os.path.samefile(toys / name, tmp_path / "pkg" / name)
    before = stamps(tmp_path / "pkg")
    assert build(str(toys), str(tmp_path / "pkg"), link=True) == made
    assert stamps(tmp_path / "pkg") == before
    assert not list((tmp_path / "pkg").rglob("*.part"))


def test_where_no_link_can_be_made_a_copy_is(toys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*_: Any, **__: Any) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refusing)
    build(str(toys), str(tmp_path / "pkg"), link=True)
    assert not os.path.samefile(toys / "a.csv", tmp_path / "pkg" / "a.csv")
    assert verify(str(tmp_path / "pkg")).passed


def archived(toys: Path, output: Path, **options: Any) -> Package:
    return build(str(toys), str(output), archive=True, **options)


def test_an_archive_holds_the_same_as_a_folder(toys: Path, tmp_path: Path) -> None:
    as_folder = build(str(toys), str(tmp_path / "pkg"))
    as_archive = archived(toys, tmp_path / "pkg")
    assert as_archive.root == str(tmp_path / "pkg.zip")
    assert as_archive.manifest == as_folder.manifest
    assert as_archive.resource == as_folder.resource
    with zipfile.ZipFile(tmp_path / "pkg.zip") as held:
        assert held.testzip() is None
        got = {name: held.read(name) for name in held.namelist()}
        assert {one.compress_type for one in held.infolist()} == {zipfile.ZIP_STORED}
    want = contents(tmp_path / "pkg")
    del want[STATE]
    assert got == want
    assert list(got)[-1] == MANIFEST
    assert verify(str(tmp_path / "pkg.zip")).passed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pkg", "pkg.zip", "toys"]


@pytest.mark.parametrize("name", ["pkg", "pkg.zip", "pkg.ZIP"])
def test_the_same_files_make_the_same_archive(toys: Path, tmp_path: Path, name: str) -> None:
    archived(toys, tmp_path / name, jobs=1)
    shutil.copytree(toys, tmp_path / "copy")
    archived(tmp_path / "copy", tmp_path / "other.zip", jobs=4)
    [found] = [path for path in tmp_path.iterdir() if path.name.lower() == "pkg.zip"]
    assert found.read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_an_archive_goes_on_where_it_was(toys: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fairkit.package import archive

    archived(toys, tmp_path / "whole")
    taken, read = _copying.taken, list[str]()

    def failing(file: Any, source: Any, *rest: Any, **options: Any) -> Any:
        read.append(source.name)
        if len(read) == 3:
            raise KeyboardInterrupt
        return taken(file, source, *rest, **options)

    monkeypatch.setattr(archive, "taken", failing)
    with pytest.raises(KeyboardInterrupt):
        archived(toys, tmp_path / "pkg", jobs=1)
    assert not (tmp_path / "pkg.zip").exists()
    archived(toys, tmp_path / "pkg", jobs=1)
    assert sorted(read) == sorted([*FILES, read[2]])
    assert (tmp_path / "pkg.zip").read_bytes() == (tmp_path / "whole.zip").read_bytes()


def test_an_archive_of_a_changed_folder_begins_anew(toys: Path, tmp_path: Path) -> None:
    """What an earlier try left is longer, and of other files."""
    (tmp_path / ".pkg.zip.part").write_bytes(b"x" * 1_000_000)
    (tmp_path / ".pkg.zip.jsonl").write_text('{"name": "a.csv", "size": 8, "mtime_ns": 1, "inode": 1, "digests": {}}')
    archived(toys, tmp_path / "pkg")
    assert verify(str(tmp_path / "pkg.zip")).passed


@pytest.mark.parametrize("name", ["a\\b.csv", "c:x"])
def test_names_that_archives_take_for_paths_are_refused(toys: Path, tmp_path: Path, name: str) -> None:
    folder(toys, {name: b"x"})
    with pytest.raises(UsageError, match="cannot be in an archive"):
        archived(toys, tmp_path / "pkg")
    assert not (tmp_path / "pkg.zip").exists()


# Links out of the folder


def test_links_out_are_told_and_not_followed(toys: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"decoy secret")
    (toys / "out.csv").symlink_to(tmp_path / "secret")
    made = build(str(toys), str(tmp_path / "pkg"))
    assert any(note.startswith("out.csv leads out") for note in made.notes)
    assert all(b"decoy secret" not in body for body in contents(tmp_path / "pkg").values())


@pytest.mark.parametrize("named", ['[[files]]\npath = "out.csv"\n', '[[splits]]\nname = "test"\nfiles = ["out*"]\n'])
def test_a_documented_file_must_be_inside(toys: Path, tmp_path: Path, named: str) -> None:
    (tmp_path / "secret").write_bytes(b"decoy secret")
    (toys / "out.csv").symlink_to(tmp_path / "secret")
    (toys / "fairkit.toml").write_text(TOML + named)
    with pytest.raises(FairkitError, match=r"out\.csv is documented") as raised:
        build(str(toys), str(tmp_path / "pkg"))
    assert raised.value.exit_code == 2


def test_links_inside_are_files_of_the_package(toys: Path, tmp_path: Path) -> None:
    (toys / "same.csv").symlink_to("sub/b.csv")
    build(str(toys), str(tmp_path / "pkg"))
    assert not (tmp_path / "pkg" / "same.csv").is_symlink()
    assert (tmp_path / "pkg" / "same.csv").read_bytes() == FILES["sub/b.csv"]


@pytest.mark.parametrize("name", ["LICENSE", "croissant.json", MANIFEST, "DATASHEET.md", "provenance.jsonld"])
def test_nothing_is_written_through_a_link(toys: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "mine").write_bytes(b"{}")
    (toys / name).symlink_to(tmp_path / "mine")
    build(str(toys))
    assert (tmp_path / "mine").read_bytes() == b"{}"


@pytest.mark.parametrize("where", ["toys", "pkg"])
def test_a_state_that_is_a_link_is_refused(toys: Path, tmp_path: Path, where: str) -> None:
    (tmp_path / "pkg").mkdir()
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / where / STATE).symlink_to(tmp_path / "mine")
    with pytest.raises(UsageError, match="is a link"):
        build(str(toys), str(tmp_path / "pkg"))
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_a_state_of_strangers_leads_nowhere(toys: Path, tmp_path: Path) -> None:
    """It may name files that are not there, and files outside."""
    (tmp_path / "mine").write_bytes(b"mine")
    (tmp_path / "pkg").mkdir()
    lines = [
        {"name": "../mine", "size": 4, "mtime_ns": 1, "inode": 1, "digests": {}},
        {"name": "a.csv", "size": 8, "mtime_ns": 1, "inode": 1, "digests": {"sha256": "0" * 64}},
        {"name": "a.csv", "size": "8"},
        [],
        "x",
    ]
    body = "\n".join(map(json.dumps, lines)) + "\n{broken\n" + "[" * 99_999
    (tmp_path / "pkg" / STATE).write_text(body)
    build(str(toys), str(tmp_path / "pkg"))
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert verify(str(tmp_path / "pkg")).passed


def test_progress_counts_every_byte(toys: Path, tmp_path: Path) -> None:
    totals: list[int] = []
    counts: list[int] = []
    heard = Progress(begin=totals.append, advance=counts.append)
    build(str(toys), str(tmp_path / "pkg"), progress=heard)
    assert totals == [sum(map(len, FILES.values()))]
    assert sum(counts) == totals[0]
    build(str(toys), str(tmp_path / "pkg"), progress=heard)
    assert sum(counts) == sum(totals)


def test_the_first_fault_stops_the_others() -> None:
    from fairkit.package import _threads

    def work(number: int, advance: Callable[[int], None]) -> int:
        if number == 3:
            raise UsageError("three")
        for _ in range(1000):
            advance(1)
        return number

    with pytest.raises(UsageError, match="three"):
        _threads.run(work, range(1000), jobs=2, advance=lambda count: None)
    assert _threads.run(work, [1, 2, 4], jobs=2, advance=lambda count: None) == [1, 2, 4]


def test_a_package_may_lie_in_a_hidden_folder_of_its_data_and_name_a_doi(tmp_path: Path) -> None:
    root = tmp_path / "set"
    root.mkdir()
    (root / "a.csv").write_text("pt\n1\n")
    doi = Identifier(scheme="doi", value="10.5072/abc")
    made = build(str(root), str(root / ".fairkit" / "package"), link=True, identifiers=(doi,))
    assert made.resource.identifiers == (doi,)
    assert "a.csv" in [entry.path for entry in made.manifest]
    assert b"10.5072/abc" in (root / ".fairkit" / "package" / "datacite.json").read_bytes()
    again = build(str(root), str(root / ".fairkit" / "package"), link=True)
    assert [entry.path for entry in again.manifest] == [entry.path for entry in made.manifest]


def test_a_folder_without_any_file_makes_no_package(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    with pytest.raises(UsageError, match="holds no file"):
        build(str(tmp_path / "set"), str(tmp_path / "package"))
    assert not (tmp_path / "package").exists()
