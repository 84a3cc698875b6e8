"""Which repository the options mean."""

from __future__ import annotations

from typing import Any

import pytest

from fairkit.errors import UnknownName, UsageError
from fairkit.publish.places import place


@pytest.mark.parametrize(
    ("named", "base", "real", "variable"),
    [
        ({"zenodo": True}, "https://zenodo.org", True, "FAIRKIT_ZENODO_TOKEN"),
        ({"zenodo": True, "sandbox": True}, "https://sandbox.zenodo.org", False, "FAIRKIT_ZENODO_SANDBOX_TOKEN"),
        ({"to": "zenodo"}, "https://zenodo.org", True, "FAIRKIT_ZENODO_TOKEN"),
        ({"to": "zenodo:sandbox"}, "https://sandbox.zenodo.org", False, "FAIRKIT_ZENODO_SANDBOX_TOKEN"),
        ({"invenio": "https://data.example.org"}, "https://data.example.org", True, "FAIRKIT_INVENIO_TOKEN"),
        ({"invenio": "https://data.example.org/api/"}, "https://data.example.org", True, "FAIRKIT_INVENIO_TOKEN"),
        ({"to": "invenio:http://127.0.0.1:5000"}, "http://127.0.0.1:5000", True, "FAIRKIT_INVENIO_TOKEN"),
    ],
)
def test_each_form_names_one_repository(named: dict[str, Any], base: str, real: bool, variable: str) -> None:
    found = place(**named)
    assert (found.base, found.rules.real, found.tokens) == (base, real, ("FAIRKIT_TOKEN", variable))


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ({}, "no repository"),
        ({"zenodo": True, "invenio": "https://a.example"}, "more than one"),
        ({"invenio": "https://a.example", "sandbox": True}, "sandbox of Zenodo"),
        ({"invenio": "data.example.org"}, "no base URL"),
        ({"invenio": "ftp://a.example"}, "no base URL"),
        ({"invenio": "https://me:secret@a.example"}, "no base URL"),
        ({"invenio": "http://["}, "no base URL"),
        ({"invenio": "http://data.example.org"}, "not encrypted"),
    ],
)
def test_what_names_none_is_refused(named: dict[str, Any], why: str) -> None:
    with pytest.raises(UsageError, match=why):
        place(**named)


def test_an_unknown_kind_is_told_with_the_known_ones() -> None:
    with pytest.raises(UnknownName, match="kind of repository 'zenod'"):
        place(to="zenod")
