"""Fixity: what is wrong with a package is found, and nothing else is looked at."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest

from fairkit.errors import NotFound, UnreadableDocument
from fairkit.package.package import build
from fairkit.package.progress import Progress
from fairkit.package.verify import Fixity, verify
from tests.package.made import FILES, folder

MANIFEST = "manifest-sha256.txt"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    build(str(folder(tmp_path / "toys")), str(tmp_path / "pkg"))
    return tmp_path / "pkg"


def verdict(found: Fixity) -> tuple[tuple[str, ...], ...]:
    return found.missing, found.changed, found.extra, found.faults


def lines(package: Path, *more: str) -> None:
    """Add lines to the manifest."""
    with open(package / MANIFEST, "a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in more)


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def test_what_was_made_passes(package: Path) -> None:
    counts: list[int] = []
    totals: list[int] = []
    found = verify(str(package), progress=Progress(begin=totals.append, advance=counts.append))
    assert found.passed
    assert verdict(found) == ((), (), (), ())
    assert found.files == len((package / MANIFEST).read_text().splitlines())
    assert [sum(counts)] == totals == [found.byte_size]


@pytest.mark.parametrize("jobs", [1, 4])
def test_every_fault_is_named(package: Path, jobs: int) -> None:
    (package / "a.csv").unlink()
    (package / "sub" / "b.csv").write_bytes(b"x,y\n3,4\n5,7\n")
    (package / "sub" / "deep" / "c.bin").write_bytes(FILES["sub/deep/c.bin"] + b"!")
    (package / "sub" / "more.csv").write_text("x")
    found = verify(str(package), jobs=jobs)
    assert not found.passed
    assert verdict(found) == (("a.csv",), ("sub/b.csv", "sub/deep/c.bin"), ("sub/more.csv",), ())


def test_what_is_hidden_is_no_part_of_a_package_and_told(package: Path) -> None:
    """As the history of a folder that was packaged in place."""
    folder(package, {".git/config": b"x", ".git/HEAD": b"x", "sub/.cache": b"x"})
    found = verify(str(package))
    assert (found.passed, found.aside) == (True, (".git", "sub/.cache"))
    lines(package, f"{digest(b'x')}  .git/HEAD")
    found = verify(str(package))
    assert (found.passed, found.extra, found.aside) == (False, (".git/config",), ("sub/.cache",))


@pytest.mark.parametrize("place", [0, 1, 40_000, 76_799])
def test_one_bit_is_enough(package: Path, place: int) -> None:
    path = package / "sub" / "deep" / "c.bin"
    body = bytearray(path.read_bytes())
    body[place] ^= 1
    path.write_bytes(body)
    assert verify(str(package)).changed == ("sub/deep/c.bin",)


def test_the_manifest_of_coreutils_is_enough(tmp_path: Path) -> None:
    home = folder(tmp_path / "set", {"a.csv": b"1", "b/c\\d.csv": b"2", "line\nfeed": b"3"})
    words = "find . -type f ! -name manifest-sha256.txt -exec sha256sum {} + > manifest-sha256.txt"
    subprocess.run(["sh", "-c", words], cwd=home, check=True)
    found = verify(str(home))
    assert (found.passed, found.files) == (True, 3)


# What is no package


@pytest.mark.parametrize("name", ["nowhere", "empty", "file.txt"])
def test_what_is_no_package_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("x")
    with pytest.raises((NotFound, UnreadableDocument)) as raised:
        verify(str(tmp_path / name))
    assert raised.value.exit_code == 2


def test_an_unfinished_package_is_none(package: Path) -> None:
    (package / MANIFEST).unlink()
    with pytest.raises(NotFound, match="not finished"):
        verify(str(package))


def test_a_manifest_of_nothing_does_not_pass(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(b"")
    assert not verify(str(tmp_path)).passed


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_manifest_that_is_no_plain_file_is_refused(package: Path, tmp_path: Path, kind: str) -> None:
    (package / MANIFEST).rename(tmp_path / "kept")
    if kind == "link":
        (package / MANIFEST).symlink_to(tmp_path / "kept")
    elif kind == "pipe":
        os.mkfifo(package / MANIFEST)
    else:
        (package / MANIFEST).mkdir()
    with pytest.raises(UnreadableDocument, match="cannot be read"):
        verify(str(package))


# Manifests of strangers


@pytest.mark.parametrize("name", ["../secret", "sub/../../secret", "/etc/hostname", "./../secret"])
def test_names_that_lead_out_are_refused_and_not_followed(package: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_bytes(b"decoy")
    lines(package, f"{digest(b'decoy')}  {name}")
    found = verify(str(package))
    assert not found.passed
    assert any("is refused" in fault for fault in found.faults)
    assert verdict(found)[:3] == ((), (), ())


def test_a_file_named_twice_is_a_fault(package: Path) -> None:
    lines(package, f"{'0' * 64}  a.csv")
    assert any("twice" in fault for fault in verify(str(package)).faults)


@pytest.mark.parametrize("target", ["../secret", "a.csv", "nothing", "same"])
def test_a_link_is_refused_wherever_it_leads(package: Path, tmp_path: Path, target: str) -> None:
    (tmp_path / "secret").write_bytes(b"decoy")
    (package / "same").symlink_to(target)
    body = b"decoy" if target == "../secret" else FILES["a.csv"]
    lines(package, f"{digest(body)}  same")
    found = verify(str(package))
    assert found.faults == ("same is a link, lies behind one, or is no file: it is not read",)


def test_what_lies_behind_a_link_is_refused(package: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "x").write_bytes(b"decoy")
    (package / "away").symlink_to(tmp_path / "elsewhere")
    lines(package, f"{digest(b'decoy')}  away/x")
    found = verify(str(package))
    assert any(fault.startswith("away/x is a link, lies behind one") for fault in found.faults)
    assert found.extra == ("away",)


def test_links_that_nobody_names_are_told(package: Path) -> None:
    (package / "more").symlink_to("/etc")
    assert verify(str(package)).extra == ("more",)


# Documents


def test_a_document_that_contradicts_the_manifest_is_a_fault(package: Path) -> None:
    path = package / "ro-crate-metadata.json"
    body = path.read_text().replace(digest(FILES["a.csv"]), "0" * 64)
    path.write_text(body)
    text = (package / MANIFEST).read_text().splitlines()
    kept = [line for line in text if not line.endswith("  ro-crate-metadata.json")]
    (package / MANIFEST).write_text("\n".join([*kept, f"{digest(body.encode())}  ro-crate-metadata.json"]) + "\n")
    found = verify(str(package))
    assert found.faults == ("ro-crate-metadata.json states another sha256 of a.csv than the manifest",)


@pytest.mark.parametrize(("value", "passes"), [(digest(FILES["a.csv"]), True), ("0" * 64, False)])
def test_the_files_of_fairkit_toml_agree(tmp_path: Path, value: str, passes: bool) -> None:
    toys = folder(tmp_path / "toys")
    with open(toys / "fairkit.toml", "a") as file:
        file.write(f'\n[[files]]\npath = "a.csv"\nchecksum = "sha256:{value}"\n')
    build(str(toys), str(tmp_path / "pkg"))
    found = verify(str(tmp_path / "pkg"))
    assert found.passed is passes
    assert passes or "fairkit.toml states another sha256 of a.csv" in found.faults[0]


def test_a_document_that_is_broken_is_a_fault(package: Path) -> None:
    body = b"{"
    (package / "croissant.json").write_bytes(body)
    text = (package / MANIFEST).read_text().splitlines()
    kept = [line for line in text if not line.endswith("  croissant.json")]
    (package / MANIFEST).write_text("\n".join([*kept, f"{digest(body)}  croissant.json"]) + "\n")
    assert any("croissant.json cannot be read" in fault for fault in verify(str(package)).faults)


# Archives


def test_an_archive_that_others_packed_is_read(package: Path, tmp_path: Path) -> None:
    for name, packing in (("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED)):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w", packing) as made:
            for path in sorted(package.rglob("*")):
                made.write(path, path.relative_to(package).as_posix())
        found = verify(str(tmp_path / f"{name}.zip"))
        assert (found.passed, verdict(found)) == (True, ((), (), (), ()))


def test_what_is_wrong_in_an_archive_is_named(package: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "pkg.zip", "w", zipfile.ZIP_DEFLATED) as made:
        for path in sorted(path for path in package.rglob("*") if path.is_file()):
            name = path.relative_to(package).as_posix()
            if name == "a.csv":
                continue
            made.writestr("more.csv" if name == "README.md" else name, path.read_bytes()[name == "sub/b.csv" :])
    found = verify(str(tmp_path / "pkg.zip"))
    assert verdict(found) == (("README.md", "a.csv"), ("sub/b.csv",), ("more.csv",), ())


def test_the_report_is_json(package: Path) -> None:
    from fairkit.model.base import plain

    assert json.loads(json.dumps(plain(verify(str(package)))))["passed"] is True
