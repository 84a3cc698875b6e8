"""The Markdown report, read as GitHub reads it: what strangers wrote stays text, and all of it stays small."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import cmarkgfm
import html5lib
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from hypothesis import strategies as st

from fairkit.assess.assessment import Assessment
from fairkit.report import Style, report
from fairkit.report._gfm import code, text
from fairkit.report._harmless import harmless

from .made import made, row, showcase
from .payloads import PAYLOADS
from .programs import hostile

ALIVE = re.compile(r"[@#!$%&~^]\w|://|www\.|\bGH-\d|:[\w+-]+:|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])", re.IGNORECASE)
"""What GitHub or GitLab would make something of in the text of a finished page."""


def written(*assessments: Assessment) -> str:
    return report("markdown").render(assessments, style=Style()).decode()


def read(markdown: str) -> Element:
    """The page that GitHub's parser makes of it, with all its extensions."""
    page = cmarkgfm.github_flavored_markdown_to_html(
        markdown, options=Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
    )
    parsed: Element = html5lib.parse(page, treebuilder="etree", namespaceHTMLElements=False)
    return parsed


def said(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def shape(root: Element) -> list[tuple[str, tuple[str, ...]]]:
    """All elements in their order; a value with a bar is no code."""
    return [(str(each.tag), tuple(sorted(each.attrib))) for each in root.iter() if each.tag != "code"]


def texts(root: Element) -> Iterator[str]:
    """The text of each element that is no code, where GitHub would look for mentions."""
    for each in root.iter():
        if each.tag != "code":
            yield each.text or ""
        yield each.tail or ""


# ── what strangers write ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: ascii(payload[:40]))
def test_whatever_strangers_write_the_page_is_built_alike(payload: str) -> None:
    assert shape(read(written(hostile(payload)))) == shape(read(written(hostile("word"))))


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: ascii(payload[:40]))
def test_nothing_comes_alive(payload: str) -> None:
    root = read(written(hostile(payload)))
    assert not {str(each.tag) for each in root.iter()} & {"a", "img", "script", "input", "del"}
    assert [found[0] for each in texts(root) if (found := ALIVE.search(each))] == []


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: ascii(payload[:40]))
def test_what_is_written_is_what_is_read(payload: str) -> None:
    plain = harmless(payload)
    assert said(read(f"before {text(payload)} after").find(".//p")).replace("\u200b", "") == f"before {plain} after"
    told = read(f"| a |\n| --- |\n| {code(payload, longest=400)} |\n").find(".//td")
    assert said(told).replace("\u200b", "") == plain


@given(st.text())
def test_any_text_is_one_text(value: str) -> None:
    root = read(f"- **x** {text(value)} {code(value)}\n")
    assert {str(each.tag) for each in root.iter()} <= {"html", "head", "body", "ul", "li", "strong", "code"}
    assert len(list(root.iter("li"))) == 1


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("jet_pt", "`jet_pt`"),
        ("a`b", "``a`b``"),
        ("`a``", "``` `a`` ```"),
        ("", ""),
        ("a|b", "a&#124;b"),
        ("@me", "`@me`"),
    ],
)
def test_code_is_exact(value: str, shown: str) -> None:
    assert code(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("Jets, 13 TeV (2016): one per row.", "Jets, 13 TeV (2016): one per row."),
        ("@me", "&#64;&#8203;me"),
        ("#1", "&#35;&#8203;1"),
        ("GH-1", "GH-&#8203;1"),
        ("www.x.org", "www&#8203;.x.org"),
        ("https://x", "https:&#8203;//x"),
        ("0123456", "012345&#8203;6"),
        ("100 %", "100 %"),
        ("$5", "&#36;&#8203;5"),
        ("a_b", "a&#95;b"),
    ],
)
def test_a_text_is_changed_only_where_it_would_call_something(value: str, shown: str) -> None:
    assert text(value) == shown


# ── what it tells ───────────────────────────────────────────────────────────────────────────────────────────────────


def cells(table: Element) -> list[list[str]]:
    return [[said(cell) for cell in line] for line in table.iter("tr")]


def test_all_scores_stand_in_the_first_table() -> None:
    two = made(row("a", "fail"), row("b", "unknown"), target="328", scores={"R": (1, 1), "total": (0.5, 0.75)})
    assert cells(next(read(written(made(row("F1")), two)).iter("table"))) == [
        ["target", "F", "A", "I", "R", "total", "falls short", "not tried"],
        ["record 1", "–", "–", "–", "–", "–", "0", "0"],
        ["328", "–", "–", "–", "100 %", "50–75 %", "1", "1"],
    ]


def test_several_checklists_are_named_there() -> None:
    table = next(read(written(showcase(), showcase("fair4hep"))).iter("table"))
    assert [line[:2] for line in cells(table)] == [["target", "checklist"], ["12102", "fairkit"], ["12102", "fair4hep"]]


def test_the_worst_comes_first_with_what_to_change() -> None:
    rows = [row("little", "fail", possible=1), row("half", "partial", points=1.5, possible=3, level="useful"),
            row("most", "fail", possible=3, message="none", remedy="choose one", suggestion="CC0-1.0")]  # fmt: skip
    _, table = read(written(made(*rows))).iter("table")
    assert cells(table)[1:] == [
        ["✗", "most", "important", "3", 'none→ choose onelicense = "CC0-1.0"'],
        ["◐", "half", "useful", "1.5", "of half→ mend it"],
        ["✗", "little", "important", "1", "of little→ mend it"],
    ]


def test_what_would_gain_most_is_told() -> None:
    told = said(read(written(made(row("a", "fail", possible=1), row("b", points=1), scores={"total": (0.3, 0.3)}))))
    assert "Most to gain: a would lift the total from 30 % to 63 %." in told
    assert "Nothing that could be tried falls short." in written(made(row("a", points=2)))


def test_evidence_is_folded() -> None:
    proofs = [{"document": "a.json", "pointer": f"/{n}", "line": n or None, "value": {"id": n}} for n in range(7)]
    (folded,) = read(written(made(row("F1", "fail", evidence=proofs)))).iter("details")
    assert said(folded.find("summary")) == "Evidence of what falls short"
    assert [said(item) for item in folded.findall("ul/li/ul/li")] == [
        'a.json#/0: {"id": 0}', *(f'a.json#/{n}, line {n}: {{"id": {n}}}' for n in range(1, 5)), "and 2 more places",
    ]  # fmt: skip


def test_what_else_was_asked_is_a_line_each() -> None:
    rows = [*(row(name, "unknown", message="no network") for name in "ab"), row("c", "pending", possible=0), row("d"),
            row("e", "not-applicable", possible=0)]  # fmt: skip
    assert [said(item) for item in read(written(made(*rows))).iter("li")] == [
        *("? not tried: a, b: no network", "… pending until it is deposited: c", "✓ passed: d", "– not asked: e"),
    ]


@pytest.mark.parametrize(
    ("assessment", "word"), [(showcase(), "SHOWCASE"), (made(row("F1", "unknown"), urls=[]), "NOTHING READ")]
)
def test_what_must_not_be_missed_is_quoted(assessment: Assessment, word: str) -> None:
    assert [said(quote.find(".//strong")) for quote in read(written(assessment)).iter("blockquote")] == [word]


def test_nothing_to_tell_is_said() -> None:
    assert written() == "Nothing was assessed.\n"


# ── size ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def crowd(targets: int, findings: int, **others: Any) -> list[Assessment]:
    proof = {"document": "a.json", "pointer": "/x", "value": "v" * 100}
    rows = [row(f"m{n}", "fail", evidence=[proof], message="word " * 20, **others) for n in range(findings)]
    return [made(*rows, target=f"record {n}") for n in range(targets)]


@pytest.mark.parametrize(
    ("targets", "findings", "left"),
    [
        (1, 10_000, r"[\d,]+ findings, 1 lists of evidence"),
        (200, 50, r"[\d,]+ findings, 200 lists of evidence"),
        (3_000, 1, r"[\d,]+ assessments, 3,000 findings, 3,000 lists of evidence"),
        (9_000, 1, r"[\d,]+ rows of the summary, 9,000 assessments, 9,000 findings, 9,000 lists of evidence"),
    ],
)
def test_a_summary_stays_below_what_a_job_may_show_and_says_what_is_left_out(
    targets: int, findings: int, left: str
) -> None:
    text = written(*crowd(targets, findings))
    assert 240_000 < len(text.encode()) < 256_000
    assert re.fullmatch(rf"\*Left out to keep this short: {left}\. The JSON .*\*", text.splitlines()[-1])


def test_what_is_left_is_whole() -> None:
    root = read(written(*crowd(200, 50)))
    summary, *others = root.iter("table")
    assert len(cells(summary)) == 201
    assert all(len(line) == 5 for table in others for line in cells(table))
    assert len(list(root.iter("h3"))) == 200


def test_a_report_with_room_leaves_nothing_out() -> None:
    assert "Left out" not in written(showcase(), showcase("fair4hep"))


@pytest.mark.parametrize("name", ["fairkit", "fair4hep"])
def test_every_metric_of_the_showcase_is_told(name: str) -> None:
    assessment = showcase(name)
    told = {each.text for each in read(written(assessment)).iter("code")}
    assert {result.metric for result in assessment.results} <= told


def test_the_same_assessments_make_the_same_bytes_in_any_style() -> None:
    loud = Style(colour=True, width=40, verbose=True)
    assert report("markdown").render([showcase()], style=loud).decode() == written(showcase())
