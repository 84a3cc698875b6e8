"""What the files of a folder tell of it as a project, line by line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fairkit.evidence.project import project_of
from fairkit.model.project import Container


def project(root: Path, **files: str) -> Path:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


@pytest.mark.parametrize(
    ("line", "name", "pinned"),
    [
        ("numpy==1.26.4", "numpy", True),
        ("numpy===1.26.4", "numpy", True),
        ("numpy", "numpy", False),
        ("numpy>=1.26", "numpy", False),
        ("numpy~=1.26", "numpy", False),
        ("numpy==1.*", "numpy", False),
        ("numpy==1.26,<2", "numpy", False),
        ("uproot[lz4]==5.0  # why", "uproot", True),
        ("torch==2.0 ; python_version < '3.12'", "torch", True),
        ("torch==2.0 --hash=sha256:abc", "torch", True),
        ("tool @ git+https://example.org/tool@0123456789abcdef", "tool", True),
    ],
)
def test_a_requirement_is_pinned_by_one_exact_version(tmp_path: Path, line: str, name: str, pinned: bool) -> None:
    (tmp_path / "requirements.txt").write_text(f"# what it needs\n--index-url x\n-r other.txt\n{line}\n")
    [found] = project_of(str(tmp_path)).requirements
    assert (found.name, found.pinned, found.line) == (name, pinned, 4)


def test_an_environment_of_conda_is_read(tmp_path: Path) -> None:
    text = (
        "name: hbb\nchannels:\n  - conda-forge\ndependencies:\n  - numpy=1.26\n  - root\n  - pip:\n    - uproot==5.0\n"
    )
    (tmp_path / "environment.yml").write_text(text)
    found = {one.name: one.pinned for one in project_of(str(tmp_path)).requirements}
    assert found == {"numpy": True, "root": False, "uproot": True}


@pytest.mark.parametrize(
    "path",
    [
        "/storage/group/gpu/bigdata/BumbleB/",
        "/home/ada/data.h5",
        "/Users/ada/data.h5",
        "/eos/user/a/ada/data.h5",
        "root://eosuser.cern.ch//eos/user/a/ada/x.root",
        "/afs/cern.ch/user/a/ada/x",
        "C:\\Users\\ada\\data.h5",
    ],
)
def test_paths_that_exist_at_the_makers_only_are_found(tmp_path: Path, path: str) -> None:
    (tmp_path / "train.py").write_text(f"import numpy\n\ndata = '{path}'\n")
    [found] = project_of(str(tmp_path)).private_paths
    assert (found.file, found.line, found.text) == ("train.py", 3, path)


@pytest.mark.parametrize(
    "text", ["/eos/opendata/cms/x.root", "root://eospublic.cern.ch//eos/opendata/x", "./data/home/x", "/usr/bin"]
)
def test_other_paths_are_none_of_these(tmp_path: Path, text: str) -> None:
    (tmp_path / "train.py").write_text(f"data = '{text}'")
    assert project_of(str(tmp_path)).private_paths == ()


def test_images_are_told_with_their_digests(tmp_path: Path) -> None:
    text = "FROM python:3.11 AS base\nFROM --platform=linux/amd64 cuda@sha256:ab\nFROM base\nFROM scratch\n"
    (tmp_path / "Dockerfile").write_text(text)
    assert project_of(str(tmp_path)).containers == (
        Container(file="Dockerfile", image="python:3.11", line=1),
        Container(file="Dockerfile", image="cuda", digest="sha256:ab", line=2),
    )


def test_a_python_project_is_read(tmp_path: Path) -> None:
    text = (
        '[build-system]\nrequires = ["hatchling"]\n[project]\nname = "x"\ndependencies = [\n  "numpy==1.26.4",\n'
        '  "torch>=2; python_version > \'3.9\'",\n]\n[project.optional-dependencies]\ntest = ["pytest"]\n'
    )
    (tmp_path / "pyproject.toml").write_text(text)
    found = [(one.name, one.pinned, one.line) for one in project_of(str(tmp_path)).requirements]
    assert found == [("numpy", True, 6), ("torch", False, 7), ("pytest", False, 10)]


@pytest.mark.parametrize(
    "text", ["[project", "project = 1", "[project]\ndependencies = 'x'", "[project]\ndependencies=[1]"]
)
def test_an_odd_python_project_asks_for_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    assert project_of(str(tmp_path)).requirements == ()


def test_a_commit_is_found_where_git_packed_its_branches(tmp_path: Path) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    packed = f"# pack-refs with: peeled fully-peeled sorted\n{commit} refs/heads/main\n"
    project(tmp_path, _dot_git__HEAD="ref: refs/heads/main\n")
    (tmp_path / ".git" / "packed-refs").write_text(packed)
    assert project_of(str(tmp_path)).commit == commit


@pytest.mark.parametrize("name", ["train.py", "requirements.txt", ".git/HEAD"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    (tmp_path / ".git").mkdir()
    os.mkfifo(tmp_path / name)
    found = project_of(str(tmp_path))
    assert (found.programs, found.requirements, found.commit) == ((), (), None)


@pytest.mark.parametrize("linked", [".git", ".git/HEAD", ".git/refs"])
def test_a_git_that_lies_outside_is_not_read(tmp_path: Path, linked: str) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    outside, inside = (tmp_path / name for name in ("out", "in"))
    for root in (outside, inside):
        project(root, _dot_git__HEAD="ref: refs/heads/main\n", _dot_git__refs__heads__main=commit)
    assert project_of(str(inside)).commit == commit
    os.rename(inside / linked, tmp_path / "aside")
    (inside / linked).symlink_to(outside / linked)
    assert project_of(str(inside)).commit is None


def test_a_whole_project(tmp_path: Path) -> None:
    root = project(
        tmp_path,
        LICENSE="MIT",
        CITATION_dot_cff="doi: 10.5281/zenodo.7305173",
        README_dot_md="[![DOI](https://zenodo.org/badge/DOI/10.5281/zenodo.7305174.svg)](x)",
        _dot_github__workflows__ci_dot_yml="jobs:\n  test:\n    container: python:3.11\n",
        tests__test_model_dot_py="",
        uv_dot_lock="",
        definitions_dot_yml="features: []",
        _dot_git__HEAD="ref: refs/heads/main\n",
        _dot_git__refs__heads__main="0123456789abcdef0123456789abcdef01234567\n",
    )
    found = project_of(str(root))
    assert (found.licence_files, found.citation_files, found.readmes) == (
        ("LICENSE",),
        ("CITATION.cff",),
        ("README.md",),
    )
    assert (found.pipelines, found.locks, found.configurations) == (
        (".github/workflows/ci.yml",),
        ("uv.lock",),
        ("definitions.yml",),
    )
    assert [one.text for one in found.dois] == ["10.5281/zenodo.7305173", "10.5281/zenodo.7305174"]
    assert found.containers == (Container(file=".github/workflows/ci.yml", image="python:3.11", line=3),)
    assert found.commit == "0123456789abcdef0123456789abcdef01234567"
    assert "tests/test_model.py" in found.tests


def test_nothing_outside_is_read(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "train.py").write_text("/home/ada/secret")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "train.py").symlink_to(tmp_path / "outside" / "train.py")
    (tmp_path / "in" / "folder").symlink_to(tmp_path / "outside")
    (tmp_path / "in" / ".git").mkdir()
    (tmp_path / "in" / ".git" / "HEAD").write_text("ref: ../../outside/train.py")
    found = project_of(str(tmp_path / "in"))
    assert (found.private_paths, found.commit, found.programs) == ((), None, ())


@pytest.mark.parametrize("body", [b"\0\0", b"\xff\xfe", b"x" * 3_000_000, b"FROM\n", b"==\n@\n"])
def test_odd_files_are_passed_over(tmp_path: Path, body: bytes) -> None:
    for name in ("requirements.txt", "Dockerfile", "train.py", "environment.yml"):
        (tmp_path / name).write_bytes(body)
    assert project_of(str(tmp_path)).containers == ()
