"""Plug-ins are found by the name of their file, or by an entry point, and loaded when they are asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fairkit.errors import UnknownName
from fairkit.registry import DIALECTS, Registry

METADATA = "Metadata-Version: 2.1\nName: toyplugin\nVersion: 1\n"
ENTRY_POINTS = "[fairkit.dialects]\ntoy-talk = toyplugin.talk\ndatacite = toyplugin.talk\n"


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    """The dialects, with a distribution beside fairkit that brings one more."""
    info, package = tmp_path / "toyplugin-1.dist-info", tmp_path / "toyplugin"
    info.mkdir()
    package.mkdir()
    (info / "METADATA").write_text(METADATA)
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    (package / "__init__.py").write_text("")
    (package / "talk.py").write_text("TITLE = 'Toy talk'\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield Registry("dialect", "fairkit.dialects")
    for name in ("toyplugin", "toyplugin.talk"):
        sys.modules.pop(name, None)


def test_the_dialects_of_the_house_are_named_after_their_files() -> None:
    ours = {"cern-open-data", "cff", "datacite", "fairkit-toml", "folder", "schema-org"}
    assert ours <= set(DIALECTS.names())
    assert not any(name.startswith("-") for name in DIALECTS.names())


def test_every_plug_in_can_be_loaded() -> None:
    assert [name for name, module in DIALECTS if module.__doc__] == DIALECTS.names()


def test_an_entry_point_is_a_plug_in(plugin: Registry) -> None:
    assert "toy-talk" in plugin.names()
    assert "toy-talk" in plugin
    assert "toyplugin" not in sys.modules
    assert plugin.get("toy-talk").TITLE == "Toy talk"


def test_ours_win_over_an_entry_point_of_the_same_name(plugin: Registry) -> None:
    assert plugin.get("datacite").__name__ == "fairkit.dialects.datacite"
    assert plugin.names().count("datacite") == 1


def test_some_come_last_in_their_order(plugin: Registry) -> None:
    names = [name for name, _ in plugin.in_turn(last=("folder", "cff"))]
    assert names[-3:] == ["toy-talk", "folder", "cff"]
    assert sorted(names) == plugin.names()


@pytest.mark.parametrize("name", ["datacit", "-reading", "_reading", "", "cern_open_data"])
def test_an_unknown_name_lists_the_known_ones(name: str) -> None:
    assert name not in DIALECTS
    with pytest.raises(UnknownName) as error:
        DIALECTS.get(name)
    assert error.value.known == DIALECTS.names()
