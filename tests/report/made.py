"""Assessments made by hand, and those of the showcase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fairkit import resources
from fairkit.assess import checklist
from fairkit.assess.assessment import Assessment, assess
from fairkit.dialects import harvest
from fairkit.model.base import adapter
from fairkit.model.evidence import Document, Evidence, Observation

SHOWCASE = {"cern-open-data": "native.json", "schema-org": "record.jsonld", "datacite": "datacite.json"}

HOSTILE = [
    ("\x1b[2J\x1b[31mred", r"\x1b[2J\x1b[31mred"),
    ("\x9b31m", r"\x9b31m"),
    ("\x1b]8;;https://example.org\x1b\\here", r"\x1b]8;;https://example.org\x1b\here"),
    ("bell\x07 and back\x08", r"bell\x07 and back\x08"),
    ("two\r\nlines\tand\u2028more", "two lines and more"),
    ("\u202egnp.exe", r"\u202egnp.exe"),
    ("\u2066isolated\u2069", r"\u2066isolated\u2069"),
    ("[red]markup[/red]", "[red]markup[/red]"),
    ("[link=https://example.org]here[/link]", "[link=https://example.org]here[/link]"),
    ("[/]unmatched", "[/]unmatched"),
    (":skull:", ":skull:"),
    ("lone \udc80", r"lone \udc80"),
    ("e" + "\u0301" * 50 + "!", "e" + "\u0301" * 3 + "!"),
]
"""What strangers may write, and how it is shown."""


def row(
    metric: str, status: str = "pass", *, points: float = 0.0, possible: float = 2.0, **others: Any
) -> dict[str, Any]:
    """A result; `remedy` and `fix` make its advice, `tests` are the statuses of its tests."""
    remedy, suggestion = others.pop("remedy", "mend it"), others.pop("suggestion", None)
    fix = {"field": "license", "suggestion": suggestion, "remedy": remedy} if status in ("fail", "partial") else None
    of_test = {"check": "has_title", "on": "resource", "points": 0.0, "worth": None, "maturity": None, "answer": None}
    tests = [
        {"id": f"{metric}-{number}", "status": each} | of_test
        for number, each in enumerate(others.pop("tests", [status]), 1)
    ]
    unset = {"title": f"What {metric} asks.", "maturity": None, "answer": None}
    told = unset | {
        "principle": "F1",
        "about": "metadata",
        "level": "important",
        "message": f"of {metric}",
        "evidence": [],
    }
    ours = {"metric": metric, "status": status, "points": points, "possible": possible, "tests": tests, "fix": fix}
    return told | ours | others


def made(
    *rows: dict[str, Any], scores: dict[str, Any] | None = None, urls: Sequence[str] = ("a.json",), **others: Any
) -> Assessment:
    """An assessment of these rows; `scores` are pairs of low and high, by letter."""
    letters = dict.fromkeys("FAIR") | {"total": None}
    pairs = {key: pair and {"low": pair[0], "high": pair[1]} for key, pair in (letters | (scores or {})).items()}
    document = {"representation": "datacite", "media_type": "application/json", "sha256": "0" * 64, "size": 2}
    told = {
        "target": "record 1",
        "resource": {"kind": "dataset", "title": "Jets", "identifiers": ["doi:10.5555/1"], "url": None},
        "checklist": {"id": "fairkit", "version": "1.0"},
        "evidence_digest": f"sha256:{'0' * 64}",
        "fairkit_version": "0.1.0",
        "assessed_at": "2026-11-21T00:00:00Z",
    }
    documents = [document | {"url": url} for url in urls]
    whole = told | {"results": rows, "scores": pairs, "documents": documents} | others
    return adapter(Assessment).validate_python(whole)


def showcase(name: str = "fairkit") -> Assessment:
    """The showcase by a checklist, without network."""
    folder, chosen = resources.folder("showcase") / "12102", checklist.load(name)
    documents = tuple(
        Document(representation=dialect, media_type="application/json", url=f"showcase:12102/{file}", body=body)
        for dialect, file in SHOWCASE.items()
        for body in [(folder / file).read_bytes()]
    )
    missing = tuple(Observation(name=need, error="no network") for need in sorted(chosen.needs))
    evidence = Evidence(
        target="12102", source="cern-open-data", basis="showcase", documents=documents, observations=missing
    )
    return assess(harvest(evidence), chosen, version="0.1.0", when="2026-11-21T00:00:00Z")
