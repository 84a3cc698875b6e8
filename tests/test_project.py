"""The project says the same of itself everywhere: version, licence, requirements."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

import fairkit

from .conftest import ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CITATION: dict[str, Any] = yaml.load((ROOT / "CITATION.cff").read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only
CODEMETA: dict[str, Any] = json.loads((ROOT / "codemeta.json").read_bytes())


def newest_change() -> str:
    """The version of the first heading of the changelog."""
    found = re.search(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    return found[1] if found else ""


@pytest.mark.parametrize("stated", [CITATION["version"], CODEMETA["version"], newest_change()])
def test_the_version_is_the_same_everywhere(stated: str) -> None:
    assert stated == fairkit.__version__


@pytest.mark.parametrize("stated", [CITATION["license"], CODEMETA["license"].rpartition("/")[2], PROJECT["license"]])
def test_the_licence_is_the_same_everywhere(stated: str) -> None:
    assert stated == "BSD-3-Clause"


def test_the_text_of_the_licence_is_shipped() -> None:
    assert PROJECT["license-files"] == ["LICENSE"]
    assert (ROOT / "LICENSE").read_text("utf-8").startswith("BSD 3-Clause License")


def test_the_makers_are_the_same_everywhere() -> None:
    assert PROJECT["authors"] == CITATION["authors"] == [{"name": "The fairkit developers"}]
    assert [author["name"] for author in CODEMETA["author"]] == ["The fairkit developers"]


def test_codemeta_names_what_is_installed() -> None:
    assert CODEMETA["@context"] == "https://w3id.org/codemeta/3.0"
    assert CODEMETA["softwareRequirements"] == PROJECT["dependencies"]


@pytest.mark.parametrize("stated", [CITATION["repository-code"], CODEMETA["codeRepository"]])
def test_the_source_is_the_same_everywhere(stated: str) -> None:
    assert stated == PROJECT["urls"]["Source"]


@pytest.mark.shared
def test_the_citation_holds_to_its_schema(shared: Path) -> None:
    schema = json.loads((shared / "data" / "judges" / "cff" / "schema-1.2.0.json").read_bytes())
    jsonschema.validate(CITATION, schema)


def test_what_is_shipped_lies_in_the_checkout() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    for folder, inside in wheel["force-include"].items():
        assert any((ROOT / folder).iterdir())
        assert inside == f"fairkit/data/{folder}"
