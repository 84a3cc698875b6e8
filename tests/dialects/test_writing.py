"""What the dialects that are written share: sound texts, addresses that lead back, dates, licences."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fairkit.dialects._writing import address, is_date, json_bytes, licence_url, sound, stated
from fairkit.model.identifier import Identifier

from .written import HOSTILE, RICH, whole


def test_json_takes_any_text() -> None:
    for text in HOSTILE:
        body = json_bytes({"a": [text]})
        assert body.endswith(b"\n")
        assert json.loads(body)["a"][0] == text.encode(errors="replace").decode()


def test_what_says_nothing_is_left_out() -> None:
    said: dict[str, Any] = {"a": None, "b": "", "c": [], "d": {}, "e": 0, "f": False, "g": "x"}
    assert stated(said) == {"e": 0, "f": False, "g": "x"}


@pytest.mark.parametrize(
    ("scheme", "value", "url"),
    [
        ("doi", "10.5281/zenodo.1", "https://doi.org/10.5281/zenodo.1"),
        ("orcid", "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
        ("url", "https://example.org/a b", None),
        ("url", "javascript:alert(1)", None),
        ("isbn", "9783161484100", None),
        ("toy", "1", None),
        ("doi", "no doi", None),
    ],
)
def test_an_address_leads_back_to_its_identifier(scheme: str, value: str, url: str | None) -> None:
    assert address(Identifier(scheme=scheme, value=value)) == url


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("2026", True),
        ("2026-05", True),
        ("2026-05-31", True),
        ("2026-05-31T10:00:00Z", True),
        ("2026-02-30", False),
        ("31 May 2026", False),
        ("2025/2026", False),
        ("2026T", False),
        ("", False),
        ("٢٠٢٦", False),
    ],
)
def test_a_date_is_one_of_iso_8601(text: str, good: bool) -> None:
    assert is_date(text) == good


@pytest.mark.parametrize(
    ("licence", "url"),
    [
        ("CC-BY-4.0", "https://spdx.org/licenses/CC-BY-4.0"),
        ("MIT", "https://spdx.org/licenses/MIT"),
        ("MIT OR Apache-2.0", None),
        ("our own terms", None),
        (None, None),
    ],
)
def test_a_licence_of_spdx_has_an_address(licence: str | None, url: str | None) -> None:
    assert licence_url(licence) == url


def test_half_letters_are_mended_and_all_else_stays_as_it_is() -> None:
    assert sound(RICH) is RICH
    mended = sound(whole("a\ud800"))
    assert (mended.title, mended.keywords, mended.creators[0].affiliations[0].name) == ("a?", ("a?",), "a?")
