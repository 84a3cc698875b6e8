"""Where a token may stand, and that it shows itself nowhere."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from fairkit.errors import AuthenticationError, UsageError
from fairkit.publish import tokens
from fairkit.publish.places import Place, place

SECRET = "canary-4711"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setitem(sys.modules, "keyring", None)
    return tmp_path


@pytest.fixture
def zenodo() -> Place:
    return place(zenodo=True)


def written(zenodo: Place, text: str = SECRET, mode: int = 0o600) -> Path:
    path = tokens.file_of(zenodo)
    path.parent.mkdir(parents=True)
    path.write_text(text)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("name", ["FAIRKIT_TOKEN", "FAIRKIT_ZENODO_TOKEN"])
def test_a_variable_holds_it(zenodo: Place, name: str) -> None:
    found = tokens.find(zenodo, environment={name: f" {SECRET}\n"})
    assert found is not None
    assert (found.value, found.where) == (SECRET, name)
    assert SECRET not in repr(found)


def test_the_token_of_another_repository_is_not_taken(zenodo: Place) -> None:
    others = {"FAIRKIT_ZENODO_SANDBOX_TOKEN": SECRET, "FAIRKIT_INVENIO_TOKEN": SECRET}
    assert tokens.find(zenodo, environment=others) is None
    written(place(zenodo=True, sandbox=True))
    assert tokens.find(zenodo, environment={}) is None


def test_a_file_that_nobody_else_can_read_holds_it(zenodo: Place) -> None:
    path = written(zenodo)
    found = tokens.find(zenodo, environment={})
    assert found is not None
    assert (found.value, found.where) == (SECRET, str(path))


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_that_others_can_read_is_refused(zenodo: Place, mode: int) -> None:
    written(zenodo, mode=mode)
    with pytest.raises(UsageError, match="others can read it"):
        tokens.find(zenodo, environment={})


def test_the_keyring_holds_it(zenodo: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    asked: list[tuple[str, str]] = []
    keyring.get_password = lambda *names: asked.append(names) or SECRET  # type: ignore[attr-defined, func-returns-value]
    errors.KeyringError = RuntimeError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    found = tokens.find(zenodo, environment={})
    assert found is not None
    assert (found.value, asked) == (SECRET, [("fairkit", "zenodo.org")])


@pytest.mark.parametrize("bad", ["two words", "line\nbreak", "tókèn", "x" * 9000])
def test_what_can_be_no_token_is_told_without_showing_it(zenodo: Place, bad: str) -> None:
    with pytest.raises(UsageError) as caught:
        tokens.find(zenodo, environment={"FAIRKIT_TOKEN": bad})
    assert bad not in str(caught.value)


def test_without_a_token_it_is_told_where_one_may_stand(zenodo: Place) -> None:
    with pytest.raises(AuthenticationError) as caught:
        tokens.required(zenodo)
    assert "FAIRKIT_ZENODO_TOKEN" in caught.value.remedy
    assert "0600" in caught.value.remedy
