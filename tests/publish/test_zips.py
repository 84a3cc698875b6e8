"""Too many files become archives: the same bytes whenever, and together the package again."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.errors import UnreadableDocument, UsageError
from fairkit.package import archive
from fairkit.package.verify import verify
from fairkit.publish import zips
from fairkit.publish.journal import HOME
from fairkit.publish.release import Release
from fairkit.publish.sending import LocalFile


def file(key: str, size: int = 1) -> LocalFile:
    return LocalFile(key, f"/nowhere/{key}", size, "0" * 64)


def laid(root: Path, *keys: str) -> list[LocalFile]:
    found = []
    for key in keys:
        path = root / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"this is {key}\n")
        body = path.read_bytes()
        found.append(LocalFile(key, str(path), len(body), hashlib.sha256(body).hexdigest()))
    return found


@pytest.mark.parametrize(
    ("keys", "most", "alone", "made"),
    [
        (["a", "s/1", "s/2"], 3, ["a", "s/1", "s/2"], []),
        (["a", "s/1", "s/2", "t/u/3"], 3, ["a"], ["s.zip", "t.zip"]),
        (["README.md", "a", "b", "s/1"], 3, ["README.md"], ["files.zip", "s.zip"]),
        (["S.zip", "s/1", "s/2"], 2, ["S.zip"], ["s-2.zip"]),
    ],
)
def test_folders_become_archives_where_there_are_too_many(
    keys: list[str], most: int, alone: list[str], made: list[str]
) -> None:
    kept, bundles = zips.bundled([file(key) for key in keys], most)
    assert [one.key for one in kept] == alone
    assert [one.key for one in bundles] == made
    assert sorted(one.key for bundle in bundles for one in bundle.files) == sorted(set(keys) - set(alone))


@given(st.dictionaries(st.from_regex(r"[a-z]{1,3}(/[a-z0-9ä]{1,9}){0,2}", fullmatch=True), st.binary(max_size=99)))
def test_the_size_is_known_before(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    root = tmp_path_factory.mktemp("set")
    held = {f"{number}/{name}": body for number, (name, body) in enumerate(files.items())}
    for name, body in held.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(body)
    archive.pack(root / "made.zip", root=root, files=held)
    assert (root / "made.zip").stat().st_size == archive.size_of((name, len(body)) for name, body in held.items())
    with zipfile.ZipFile(root / "made.zip") as made:
        assert {name: made.read(name) for name in made.namelist()} == held


def test_the_same_files_make_the_same_archive(tmp_path: Path) -> None:
    first, second = (laid(tmp_path / name, "s/1", "s/2") for name in ("one", "two"))
    bundles = [zips.bundled(files, 1)[1][0] for files in (first, second)]
    made = [
        zips.made(bundle, root=tmp_path / name, home=tmp_path / name / "zips")
        for bundle, name in zip(bundles, ("one", "two"), strict=True)
    ]
    assert made[0].sha256 == made[1].sha256
    assert made[0].size == Path(made[0].path).stat().st_size
    assert made[0].sha256 == hashlib.sha256(Path(made[0].path).read_bytes()).hexdigest()


def test_it_is_made_once_and_again_when_it_was_touched(tmp_path: Path) -> None:
    [bundle] = zips.bundled(laid(tmp_path, "s/1", "s/2"), 1)[1]
    first = zips.made(bundle, root=tmp_path, home=tmp_path / "zips")
    when = Path(first.path).stat().st_mtime_ns
    assert zips.made(bundle, root=tmp_path, home=tmp_path / "zips") == first
    assert Path(first.path).stat().st_mtime_ns == when
    Path(first.path).write_bytes(b"broken")
    assert zips.made(bundle, root=tmp_path, home=tmp_path / "zips") == first


def test_a_file_that_changed_meanwhile_stops_it(tmp_path: Path) -> None:
    [bundle] = zips.bundled(laid(tmp_path, "s/1", "s/2"), 1)[1]
    (tmp_path / "s" / "1").write_text("other\n")
    with pytest.raises(UnreadableDocument, match="is not what was packaged"):
        zips.made(bundle, root=tmp_path, home=tmp_path / "zips")
    assert not list((tmp_path / "zips").glob("*.zip"))


def test_without_room_it_says_so(tmp_path: Path) -> None:
    bundle = zips.Bundle("s.zip", tuple(laid(tmp_path, "s/1")), 10**18)
    with pytest.raises(UsageError, match="no room"):
        zips.made(bundle, root=tmp_path, home=tmp_path / "zips")


def test_archives_that_nobody_needs_go(tmp_path: Path) -> None:
    [old] = zips.bundled(laid(tmp_path, "s/1", "s/2"), 1)[1]
    zips.made(old, root=tmp_path, home=tmp_path / "zips")
    zips.swept(tmp_path / "zips", [old])
    assert len(list((tmp_path / "zips").iterdir())) == 2
    zips.swept(tmp_path / "zips", [])
    assert not list((tmp_path / "zips").iterdir())


def test_all_of_them_unpacked_are_the_package_again(tmp_path: Path) -> None:
    root = tmp_path / "set"
    (root / "runs").mkdir(parents=True)
    (root / "fairkit.toml").write_text('[resource]\ntitle = "Toy jets"\n')
    for number in range(9):
        (root / "runs" / f"{number}.csv").write_text(f"a\n{number}\n")
    (root / "runs" / "empty.txt").touch()
    release = Release(str(root), most_files=9)
    there = tmp_path / "there"
    there.mkdir()
    for one in release.files(None):
        (there / one.key).write_bytes(Path(one.path).read_bytes())
    for path in there.glob("*.zip"):
        with zipfile.ZipFile(path) as made:
            made.extractall(there)
        path.unlink()
    assert verify(str(there)).passed
    assert list((root / HOME / "zips").glob("*.zip"))
