"""What the child may not do: each is tried, by Python and, where the kernel holds it, past Python."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from fairkit import untrusted
from fairkit.errors import UnreadableDocument

HERE = "tests.untrusted.functions"
HELD = untrusted.held()


def needs(limit: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(limit not in HELD, reason=f"this machine does not hold {limit}")


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text("secret")
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="what Linux holds")
def test_linux_holds_memory_files_time_and_python() -> None:
    assert {"RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_CORE", "python"} <= set(HELD)


@pytest.mark.parametrize("function", ["read", pytest.param("read_in_c", marks=needs("files"))])
def test_only_the_files_that_are_named_are_read(function: str, outside: Path) -> None:
    assert untrusted.call(f"{HERE}:{function}", str(outside), reads=[str(outside)]) == "secret"
    assert untrusted.call(f"{HERE}:{function}", str(outside)) == "secret"
    with pytest.raises(UnreadableDocument) as error:
        untrusted.call(f"{HERE}:{function}", str(outside), reads=[])
    assert "PermissionError" in error.value.what


def test_a_link_is_what_it_leads_to(outside: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(outside)
    assert untrusted.call(f"{HERE}:read", str(link)) == "secret"
    with pytest.raises(UnreadableDocument):
        untrusted.call(f"{HERE}:read", str(link), reads=[str(tmp_path / "other")])


@pytest.mark.parametrize("function", ["write", pytest.param("write_in_c", marks=needs("files"))])
@pytest.mark.parametrize("name", ["secret.txt", "new.txt"])
def test_nothing_is_written(function: str, name: str, outside: Path, tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="PermissionError"):
        untrusted.call(f"{HERE}:{function}", str(tmp_path / name), reads=[str(outside)])
    assert outside.read_text() == "secret"
    assert not (tmp_path / "new.txt").exists()


@pytest.mark.parametrize(
    ("function", "args"),
    [("run", ["touch canary"]), ("fetch", []), ("list_folder", ["/"]), ("list_folder", ["."])],
)
def test_nothing_is_started_sent_or_looked_into(
    function: str, args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UnreadableDocument, match="PermissionError"):
        untrusted.call(f"{HERE}:{function}", *args)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "function",
    [pytest.param("start_in_c", marks=needs("programs")), pytest.param("connect_in_c", marks=needs("network"))],
)
def test_the_kernel_refuses_it_too(function: str) -> None:
    assert untrusted.call(f"{HERE}:{function}") == errno.EPERM


def test_secrets_stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FAIRKIT_ZENODO_TOKEN", "GITHUB_TOKEN", "AWS_SECRET_ACCESS_KEY", "PYTHONPATH", "HDF5_PLUGIN_PATH"):
        monkeypatch.setenv(name, "hunter2")
    there = untrusted.call(f"{HERE}:environment")
    assert "hunter2" not in str(there)
    assert there["HDF5_PLUGIN_PRELOAD"] == "::"
