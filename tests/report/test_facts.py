"""What the reports for programs share: places, addresses, fingerprints; and what they all must stand."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.assess.assessment import Assessment
from fairkit.model.base import adapter
from fairkit.report import Style, report
from fairkit.report._facts import fingerprint, moment, place, told, uri

from .made import made, row, showcase
from .programs import NAMES, NASTY, hostile, many

REFERENCE = re.compile(r"(?:[A-Za-z0-9\-._~/?#\[\]@!$&'()*+,;=:]|%[0-9A-Fa-f]{2})*")
"""The characters of a URI (RFC 3986)."""


def proof(document: str, line: int | None = None, pointer: str = "/a") -> dict[str, Any]:
    return {"document": document, "pointer": pointer, "line": line, "value": 1}


def found(
    *, evidence: Sequence[dict[str, Any]] = (), urls: dict[str, str], on: str = "resource", status: str = "fail"
) -> tuple[str, int, str | None]:
    """The place of a finding in an assessment of these documents: URLs by representation."""
    finding = row("F1", status, evidence=evidence)
    finding["tests"][0]["on"] = on
    whole = made(finding, urls=list(urls.values()))
    documents = tuple(replace(d, representation=name) for d, name in zip(whole.documents, urls, strict=True))
    one = replace(whole, documents=documents)
    return tuple(place(one, one.results[0]))  # type: ignore[return-value]


FOLDER = {"fairkit-toml": "d/fairkit.toml", "cff": "d/CITATION.cff", "folder": "d"}
ONLINE = {"cern-open-data": "https://x.org/api/1", "schema-org": "https://x.org/1"}


@pytest.mark.parametrize(
    ("evidence", "urls", "on", "there"),
    [
        ([proof("d/fairkit.toml", 7)], FOLDER, "resource", ("d/fairkit.toml", 7, "/a")),
        ([proof("d/fairkit.toml")], FOLDER, "resource", ("d/fairkit.toml", 1, "/a")),
        ([], FOLDER, "resource", ("d/fairkit.toml", 1, None)),
        ([], FOLDER, "cff", ("d/CITATION.cff", 1, None)),
        ([proof("d/fairkit.toml", 7)], FOLDER, "cff", ("d/CITATION.cff", 1, None)),
        ([proof("d/fairkit.toml", 7), proof("d/CITATION.cff", 2, "/b")], FOLDER, "cff", ("d/CITATION.cff", 2, "/b")),
        ([proof("d", None, "/files/0")], FOLDER, "resource", ("d/fairkit.toml", 1, None)),
        ([proof("elsewhere")], FOLDER, "resource", ("d/fairkit.toml", 1, None)),
        ([], {"folder": "d"}, "resource", ("d", 1, None)),
        ([], {"folder": "d", "cff": "d/CITATION.cff"}, "resource", ("d/CITATION.cff", 1, None)),
        ([], ONLINE, "resource", ("https://x.org/api/1", 1, None)),
        ([], ONLINE, "schema-org", ("https://x.org/1", 1, None)),
        ([], ONLINE, "datacite", ("https://x.org/api/1", 1, None)),
        ([], {}, "resource", ("record 1", 1, None)),
    ],
)
def test_a_finding_has_a_place(
    evidence: list[dict[str, Any]], urls: dict[str, str], on: str, there: tuple[str, int, str | None]
) -> None:
    assert found(evidence=evidence, urls=urls, on=on) == there


@pytest.mark.parametrize(
    ("document", "address"),
    [
        ("dataset/fairkit.toml", "dataset/fairkit.toml"),
        ("./dataset/fairkit.toml", "dataset/fairkit.toml"),
        ("my data/a#b?c%d.json", "my%20data/a%23b%3Fc%25d.json"),
        ("a:b.json", "a%3Ab.json"),
        ("/home/x/a.json", "file:///home/x/a.json"),
        ("javascript:alert(1)", "javascript%3Aalert(1)"),
        ("https://x.org/records/1?a=b&c=%20#d", "https://x.org/records/1?a=b&c=%20#d"),
        ('https://x.org/"<é> ', "https://x.org/%22%3C%C3%A9%3E%20"),
        ("showcase:12102/native.json", "showcase:12102/native.json"),
        ("\ud800", "%3F"),
    ],
)
def test_a_document_has_an_address(document: str, address: str) -> None:
    assert uri(document) == address


@given(st.text(st.characters(exclude_categories=())))
def test_any_document_has_one(document: str) -> None:
    assert REFERENCE.fullmatch(uri(document))


@given(st.from_regex(r"[^/:.][^:]{0,20}", fullmatch=True))
def test_a_local_path_can_be_read_back(path: str) -> None:
    assert unquote(uri(path)) == path.encode("utf-8", "replace").decode()


def test_a_fingerprint_stays_while_the_finding_does() -> None:
    before, after = made(row("F1", "fail")), made(row("F1", "partial", message="something else"), urls=["b"])
    assert fingerprint(before, before.results[0]) == fingerprint(after, after.results[0])


@pytest.mark.parametrize(
    "other",
    [
        made(row("F2", "fail")),
        made(row("F1", "fail"), target="record 2"),
        made(row("F1", "fail"), checklist={"id": "other", "version": "1.0"}),
    ],
)
def test_another_finding_has_another(other: Assessment) -> None:
    one = made(row("F1", "fail"))
    assert fingerprint(one, one.results[0]) != fingerprint(other, other.results[0])


@pytest.mark.parametrize("when", ["now", "2026-11-21", "2026-11-21T00:00:00+01:00", "2026-11-21T00:00:00Z\n", ""])
def test_what_is_no_time_in_utc_is_none(when: str) -> None:
    assert moment(made(assessed_at=when)) is None
    assert moment(made()) == "2026-11-21T00:00:00Z"


@pytest.mark.parametrize(("status", "said"), [("fail", "none → add one"), ("unknown", "none"), ("pass", "none")])
def test_a_shortfall_is_told_with_its_remedy(status: str, said: str) -> None:
    (one,) = made(row("F1", status, message="none", remedy="add one")).results
    assert told(one) == said


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_no_text_of_a_stranger_spoils_it(name: str, text: str) -> None:
    written = report(name).render([hostile(text)], style=Style(verbose=True))
    shown = written.decode()
    assert len(written) < 400_000
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    if report(name).MEDIA_TYPE.endswith("json"):
        json.loads(written, parse_constant=lambda constant: pytest.fail(constant))


@pytest.mark.parametrize("name", NAMES)
@given(text=st.text(st.characters(exclude_categories=())))
def test_nor_does_any_other(name: str, text: str) -> None:
    assert report(name).render([hostile(text)], style=Style()).decode()


@pytest.mark.parametrize("name", NAMES)
def test_the_same_assessments_make_the_same_bytes(name: str) -> None:
    copies = [adapter(Assessment).validate_json(adapter(Assessment).dump_json(showcase())) for _ in range(2)]
    styles = (Style(), Style(colour=True, width=40))
    assert (
        len({report(name).render([copy, made()], style=style) for copy, style in zip(copies, styles, strict=True)}) == 1
    )


@pytest.mark.parametrize("name", NAMES)
def test_nothing_at_all_is_a_report_too(name: str) -> None:
    assert report(name).render([], style=Style())
    assert report(name).render([made()], style=Style())
    assert report(name).render([made(urls=[], resource=None)], style=Style())


@pytest.mark.parametrize("name", NAMES)
def test_ten_thousand_findings_are_written_in_seconds(name: str) -> None:
    assessment = many(10_000)
    start = time.process_time()
    assert report(name).render([assessment], style=Style(verbose=True))
    assert time.process_time() - start < 20  # a tenth of it on a quiet machine; quadratic would be minutes


@pytest.mark.parametrize("name", NAMES)
def test_those_that_point_at_lines_say_so(name: str) -> None:
    assert getattr(report(name), "LINES", False) == (name in ("gitlab", "junit", "sarif"))
