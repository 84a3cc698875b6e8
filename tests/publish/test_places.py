"""Which repository the options mean."""

from __future__ import annotations

import os
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
        ({"local": "here", "zenodo": True}, "more than one"),
        ({"sandbox": True}, "sandbox of Zenodo"),
        ({"local": "here", "sandbox": True}, "sandbox of Zenodo"),
        ({"cern": True}, "none is named"),
        ({"zenodo": True, "experiment": "cms"}, "one of CERN Open Data"),
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


@pytest.mark.parametrize(
    ("named", "folder"),
    [({}, "repository"), ({"local": "mine"}, "mine"), ({"to": "local:mine"}, "mine"), ({"to": "local"}, "repository")],
)
def test_without_a_name_it_is_a_folder_here(named: dict[str, Any], folder: str) -> None:
    found = place(**named)
    assert (found.kind, found.base, found.tokens) == ("local", os.path.abspath(folder), ())


@pytest.mark.parametrize("named", [{"cern": True, "experiment": "CMS"}, {"to": "cern:cms"}])
def test_the_portal_is_named_with_an_experiment(named: dict[str, Any]) -> None:
    found = place(**named)
    assert (found.kind, found.base, found.experiment) == ("cern", "https://opendata.cern.ch", "cms")


def test_an_experiment_that_the_portal_does_not_have_is_told_with_those_that_it_has() -> None:
    with pytest.raises(UnknownName, match="experiment 'babar'"):
        place(cern=True, experiment="babar")
