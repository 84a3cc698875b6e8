"""Names: those that cannot be, and those that trouble other systems."""

from __future__ import annotations

import pytest

from fairkit.package import names


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("a", None),
        ("a/b.c", None),
        ("a b\nc", None),
        ("..a/b..", None),
        ("a\\b", None),
        ("ä/ö", None),
        ("x" * 255, None),
        ("", "empty"),
        ("a\0b", "NUL"),
        ("/a", "absolute"),
        ("../a", "leads out"),
        ("a/../b", "leads out"),
        ("a/./b", "leads out"),
        ("a//b", "leads out"),
        ("a/", "leads out"),
        (".", "leads out"),
        ("\udcff", "UTF-8"),
        ("x" * 256, "too long"),
        ("ä" * 128, "too long"),
        ("a/" * 2100 + "a", "too long"),
        ("a/" * 255 + "a", None),
        ("a/" * 256 + "a", "lie in each other"),
    ],
)
def test_some_names_cannot_be(name: str, why: str | None) -> None:
    found = names.fault(name)
    assert found is None if why is None else why in str(found)


@pytest.mark.parametrize("name", ["a\\b", "\\\\server\\share", "C:a", "C:\\a"])
def test_names_of_strangers_may_not_lead_out_on_any_system(name: str) -> None:
    assert names.fault(name, foreign=True) is not None


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (["a", "b"], []),
        (["Jets.csv", "jets.csv"], ["upper and lower case"]),
        (["caf\u00e9", "cafe\u0301"], ["the form of their accents"]),
        (["CAF\u00c9", "cafe\u0301"], ["upper and lower case"]),
        (["a/aux.csv"], ["device"]),
        (["nul"], ["device"]),
        (["a:b"], ["letter"]),
        (["a\\b"], ["letter"]),
        (["a\nb"], ["letter"]),
        (["a./b"], ["dot or a blank"]),
        (["a "], ["dot or a blank"]),
    ],
)
def test_what_troubles_other_systems_is_told(paths: list[str], told: list[str]) -> None:
    found = names.troubles(paths)
    assert len(found) == len(told)
    assert all(part in line for part, line in zip(told, found, strict=True))
