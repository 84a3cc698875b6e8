"""Judges live in environments of their own, are asked offline, and are skipped where they cannot be had."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import environments

TOY = '"""A judge."""\n\n\ndef verdict(document: bytes, *given: str):\n    print("talk")\n'


@pytest.fixture
def toys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of judges that need nothing, beside the program that runs them."""
    (tmp_path / "_run.py").write_bytes((environments.HERE / "_run.py").read_bytes())
    monkeypatch.setattr(environments, "HERE", tmp_path)
    monkeypatch.setattr(environments, "_HOME", tmp_path / "made")
    environments._environment.cache_clear()
    return tmp_path


def judge(folder: Path, name: str, *, requirements: str = "", says: str = "[]") -> None:
    (folder / f"{name}.txt").write_text(requirements)
    (folder / f"{name}.py").write_text(f"{TOY}    import socket\n    return {says}\n")


def test_a_judge_is_given_the_document_and_says_json(toys: Path) -> None:
    judge(toys, "toy", says='{"read": document.decode(), "given": given}')
    assert environments.ask("toy", b"a document", "one") == {"read": "a document", "given": ["one"]}
    (made,) = (toys / "made").glob("toy-*/ready")
    environments._environment.cache_clear()
    before = made.stat().st_mtime_ns
    assert environments.ask("toy", b"")["read"] == ""
    assert made.stat().st_mtime_ns == before


def test_a_judge_works_offline_and_its_breakdown_is_a_failure(toys: Path) -> None:
    judge(toys, "asking", says='socket.create_connection(("127.0.0.1", 9), timeout=1)')
    with pytest.raises(AssertionError, match="judges work offline"):
        environments.ask("asking", b"")


def test_a_judge_that_cannot_be_installed_is_skipped(toys: Path) -> None:
    judge(toys, "missing", requirements="./no-such-package")
    with pytest.raises(pytest.skip.Exception, match="the judge missing cannot be installed"):
        environments.ask("missing", b"")
