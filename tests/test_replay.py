"""The recorded web answers by the rule of its README."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .replay import Replay

ENTRIES = [
    {"url": "https://doi.org/10.5072/a", "status": 302, "headers": {"Location": "https://Repo.example.org:443"}},
    {
        "url": "https://doi.org/10.5072/a",
        "status": 200,
        "headers": {"Content-Type": "application/ld+json"},
        "accept": ["application/ld+json", "application/vnd.schemaorg.ld+json"],
        "body_file": "record.jsonld",
    },
    {"url": "https://repo.example.org/", "status": 200, "headers": {"Content-Type": "text/html"}},
]


@pytest.fixture
def web(tmp_path: Path) -> Replay:
    (tmp_path / "case.json").write_text(json.dumps({"target": "https://doi.org/10.5072/a", "http": ENTRIES}))
    (tmp_path / "record.jsonld").write_text("{}")
    return Replay(tmp_path)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/ld+json", "application/ld+json"),
        ("text/html;q=0.5, application/vnd.schemaorg.ld+json", "application/ld+json"),
        ("text/html, application/ld+json;q=0.5", "text/html"),
        ("*/*, application/ld+json", "text/html"),
        ("image/png", "text/html"),
        (None, "text/html"),
    ],
)
def test_the_media_range_chooses_the_entry(web: Replay, accept: str | None, media_type: str) -> None:
    answer = web.session().get(web.target, accept=accept)
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)


def test_a_body_comes_with_get_only(web: Replay) -> None:
    assert web.session().get(web.target, accept="application/ld+json").body == b"{}"
    assert web.session().head(web.target, accept="application/ld+json").body == b""


def test_redirects_are_followed_by_the_session(web: Replay) -> None:
    answer = web.session().get(web.target, accept="text/html")
    assert (answer.url, answer.history) == ("https://Repo.example.org:443", (web.target,))
    assert [url for _, url, _ in web.log] == [web.target, "https://Repo.example.org:443"]


def test_what_is_not_recorded_is_not_there(web: Replay) -> None:
    assert web.session().get("https://elsewhere.example.org/").status == 404
