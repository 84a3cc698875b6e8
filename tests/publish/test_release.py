"""A release: what is sent, what tells it from others, and that the folder itself is left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fairkit.errors import NotFound, UsageError
from fairkit.package.package import build
from fairkit.publish.journal import HOME
from fairkit.publish.release import Release
from tests.conftest import ROOT


@pytest.fixture
def jets(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "jets", tmp_path / "jets")
    return tmp_path / "jets"


def kept(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.iterdir() if path.is_file()}


def test_the_folder_is_left_as_it_is(jets: Path) -> None:
    before = kept(jets)
    Release(str(jets)).files("10.5072/x")
    assert kept(jets) == before
    assert [path.name for path in jets.iterdir() if path.is_dir()] == [HOME]


def test_what_is_a_package_stays_where_it_is(jets: Path) -> None:
    build(str(jets))
    assert Release(str(jets)).place == str(jets)


def test_the_documents_name_the_doi_and_the_data_stay(jets: Path) -> None:
    release = Release(str(jets))
    before = {file.key: file.sha256 for file in release.files(None)}
    after = {file.key: file.sha256 for file in release.files("10.5072/x")}
    changed = {key for key in after if after[key] != before.get(key)}
    assert "datacite.json" in changed
    assert not any(key.endswith((".h5", ".parquet", ".root")) for key in changed)
    assert b"10.5072/x" in Path(release.place, "datacite.json").read_bytes()


@pytest.mark.parametrize(
    ("change", "same"),
    [
        (("README.md", "# Another text\n"), True),
        (("make_jets.py", "# another program\n"), False),
        (("more.csv", "a\n1\n"), False),
    ],
)
def test_other_data_are_another_release_and_other_documents_are_not(
    jets: Path, change: tuple[str, str], same: bool
) -> None:
    before = Release(str(jets)).release
    (jets / change[0]).write_text(change[1])
    assert (Release(str(jets)).release == before) is same


def test_another_version_is_another_release(jets: Path) -> None:
    before = Release(str(jets)).release
    path = jets / "fairkit.toml"
    path.write_text(path.read_text().replace('version = "1.0.0"', 'version = "1.0.1"'))
    cff = jets / "CITATION.cff"
    cff.write_text(cff.read_text().replace("1.0.0", "1.0.1"))
    assert Release(str(jets)).release != before


def test_the_call_decides_who_gets_the_files(jets: Path) -> None:
    release = Release(str(jets), changes={"access": "restricted"})
    assert release.resource.access == "restricted"
    assert release.body(None)["access"]["files"] == "restricted"


def test_the_repository_is_the_publisher_where_nobody_is(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "a.csv").write_text("a\n1\n")
    release = Release(str(tmp_path / "set"), publisher="Zenodo")
    assert release.body(None)["metadata"]["publisher"] == "Zenodo"
    assert release.resource.publisher is None


def test_the_body_bears_the_mark_of_the_release(jets: Path) -> None:
    release = Release(str(jets))
    rows = release.body(None)["metadata"]["identifiers"]
    assert {"scheme": "other", "identifier": f"fairkit:release:{release.release}"} in rows


def test_what_is_expected_is_what_is_sent(jets: Path) -> None:
    release = Release(str(jets))
    assert list(release.expected()) == list(release.files(None)) == list(release.contents())


@pytest.mark.parametrize("name", ["nothing", "jets/fairkit.toml"])
def test_what_is_no_folder_is_told(jets: Path, name: str) -> None:
    with pytest.raises(NotFound, match="folder"):
        Release(str(jets.parent / name))


def test_a_folder_in_which_nothing_can_be_kept_is_told(jets: Path) -> None:
    (jets / HOME).write_text("a file")
    with pytest.raises(UsageError, match="nothing can be written into"):
        Release(str(jets))
