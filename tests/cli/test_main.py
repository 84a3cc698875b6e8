"""The entry point: help, version, and what it costs to start."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable

import pytest
from jsonschema import Draft202012Validator

import fairkit
from fairkit import resources
from fairkit.assess import checklist
from tests.cli.conftest import Ran

HEAVY = (
    "pyarrow",
    "h5py",
    "numpy",
    "rdflib",
    "requests",
    "jsonschema",
    "uproot",
    "pydantic",
    "rich",
    "yaml",
    "idutils",
)


def test_help_shows_the_main_job(run: Callable[..., Ran]) -> None:
    ran = run("--help")
    assert ran.code == 0
    assert "fairkit assess record 12102" in ran.out


def test_no_words_are_a_call_for_help(run: Callable[..., Ran]) -> None:
    ran = run()
    assert ran.code == 2
    assert "Usage" in ran.out + ran.err


def test_the_version_is_told(run: Callable[..., Ran]) -> None:
    assert run("--version").out == f"fairkit {fairkit.__version__}\n"


@pytest.mark.parametrize("verb", ["assess", "gate", "list", "cache"])
def test_every_verb_has_help(run: Callable[..., Ran], verb: str) -> None:
    ran = run(verb, "-h")
    assert ran.code == 0
    assert "Usage" in ran.out


def test_a_misspelt_verb_is_refused(run: Callable[..., Ran]) -> None:
    ran = run("asess")
    assert ran.code == 2
    assert "No such command" in ran.err


def test_help_loads_nothing_heavy() -> None:
    code = """
import sys
from fairkit.cli.main import main
sys.argv = ["fairkit", "--help"]
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(ran.stderr.split())
    assert not loaded & set(HEAVY)


@pytest.mark.parametrize("file", ["native.json", "record.jsonld", "datacite.json"])
def test_a_saved_record_is_assessed_without_anything_heavy(file: str) -> None:
    code = """
import sys
from fairkit.cli.main import main
sys.argv = ["fairkit", "assess", *sys.argv[1:]]
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
    record = resources.folder("showcase") / "12102" / file
    words = [sys.executable, "-c", code, str(record), "--offline", "--json", "-c", "all"]
    ran = subprocess.run(words, capture_output=True, text=True, check=True)
    assert [row["checklist"]["id"] for row in json.loads(ran.stdout)] == checklist.names()
    assert set(ran.stderr.split()) & {*HEAVY, "pydantic_core", "urllib3", "importlib.metadata", "fairkit.http"} == set()


def test_importing_fairkit_costs_nothing() -> None:
    code = "import sys; before = set(sys.modules); import fairkit; print(*(set(sys.modules) - before))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(ran.stdout.split()) & set(HEAVY)


@pytest.mark.parametrize("name", fairkit.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(fairkit, name) is not None


@pytest.mark.parametrize(
    ("words", "schema"),
    [
        (["assess", "record", "12102", "--offline", "--json", "-c", "all"], "assessment"),
        (["gate", "record", "12102", "--offline", "--json"], "gate"),
        (["list", "checks", "--json"], "list"),
        (["list", "checklists", "--json"], "list"),
        (["list", "sources", "--json"], "list"),
        (["list", "dialects", "--json"], "list"),
        (["list", "formats", "--json"], "list"),
        (["list", "reports", "--json"], "list"),
        (["cache", "--json"], "cache"),
        (["cite", "examples/jets", "--json"], "cite"),
        (["export", "--list", "--json"], "export"),
        (["export", "examples/jets", "--to", "all", "--json"], "export"),
        (["cache", "clear", "--json"], "cache"),
        (["validate", "examples/jets", "--json"], "validate"),
        (["describe", "examples/jets", "--stats", "--json"], "describe"),
        (["convert", "examples/jets", "--to", "parquet", "-o", "nowhere", "--dry-run", "--json"], "convert"),
        (["doctor", "--offline", "--json"], "doctor"),
        (["status", "examples/jets", "--json"], "status"),
        (["lineage", "record", "12102", "--offline", "--json"], "lineage"),
        (["lineage", "examples/jets", "--json"], "lineage"),
        (["benchmark", "table", "examples/jets", "--json"], "benchmark"),
        (
            ["bind", "examples/hbb-model", "--dataset", "examples/jets", "--json"],
            "bind",
        ),
        (["describe", "examples/hbb-model/hbb.onnx", "--json"], "model-file"),
    ],
)
def test_every_verb_keeps_to_its_published_schema(run: Callable[..., Ran], words: list[str], schema: str) -> None:
    rules = json.loads(resources.read_bytes("schemas", f"{schema}.schema.json"))
    Draft202012Validator(rules).validate(json.loads(run(*words).out))
