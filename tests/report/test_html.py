"""The HTML report: one file that loads nothing and runs nothing, whatever strangers wrote into it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest

from fairkit.assess.assessment import Assessment
from fairkit.model.outcome import STATUSES
from fairkit.report import Style, report
from fairkit.report._harmless import harmless
from fairkit.report._html_style import _DARK, _LIGHT, LEVELS, STYLE

from .made import made, row, showcase
from .payloads import PAYLOADS
from .programs import hostile

ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "a", "header", "main", "footer", "section", "div", "h1", "h2"),
    *("h3", "p", "span", "strong", "b", "small", "bdi", "code", "time", "dl", "dt", "dd", "ul", "ol", "li", "table"),
    *("caption", "thead", "tbody", "tr", "th", "td", "details", "summary", "fieldset", "legend", "label", "input"),
    *("svg", "rect", "circle"),
}
ATTRIBUTES = {
    *("aria-hidden", "aria-label", "aria-labelledby", "charset", "checked", "class", "colspan", "content", "cx", "cy"),
    *("data-of", "datetime", "height", "href", "http-equiv", "id", "lang", "name", "pathLength", "preserveAspectRatio"),
    *("r", "rel", "role", "rowspan", "scope", "stroke-dasharray", "type", "viewBox", "width"),
}
OUTWARD = "noopener noreferrer nofollow"


def written(*assessments: Assessment) -> str:
    return report("html").render(assessments, style=Style()).decode()


def page(*assessments: Assessment) -> Element:
    """The page as a browser reads it."""
    parsed: Element = html5lib.parse(written(*assessments), treebuilder="etree", namespaceHTMLElements=False)
    return parsed


def name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def said(element: Element | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def classed(root: Element, *names: str) -> list[Element]:
    return [each for each in root.iter() if set(names) <= set(each.get("class", "").split())]


def shape(root: Element) -> Iterator[tuple[str, tuple[str, ...]]]:
    """All elements in their order with the names of their attributes; an outward link is as good as code."""
    for each in root.iter():
        outward = each.get("rel") == OUTWARD
        yield ("code", ()) if outward else (name(each), tuple(sorted(each.keys())))


# ── what strangers write ────────────────────────────────────────────────────────────────────────────────────────────


def test_there_are_many_payloads_and_no_two_are_the_same() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 90


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: ascii(payload[:40]))
def test_whatever_strangers_write_the_page_is_built_alike(payload: str) -> None:
    assert list(shape(page(hostile(payload)))) == list(shape(page(hostile("word"))))


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: ascii(payload[:40]))
def test_whatever_strangers_write_can_be_read(payload: str) -> None:
    (title,) = page(hostile(payload)).iter("h2")
    assert said(title) == " ".join(harmless(payload, longest=200).split())


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: ascii(payload[:40]))
def test_only_pages_of_the_web_become_links(payload: str) -> None:
    for link in page(hostile(payload)).iter("a"):
        if link.get("rel"):
            parts = urlsplit(link.get("href", ""))
            assert (parts.scheme, parts.username, link.get("href")) == ("https", None, payload)
        else:
            assert link.get("href", "").startswith("#")


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/records/1?x=1&y=2#z", True),
        ("HTTP://example.org", True),
        ("http://[::1]/", True),
        ("ftp://example.org", False),
        ("https://user@example.org", False),
        ("https://example.org/a b", False),
        ("https://example.org/ä", False),
        ("https:/example.org", False),
        ("example.org", False),
        ("https://example.org/" + "x" * 2000, False),
    ],
)
def test_a_link_says_where_it_leads_and_tells_nothing_there(url: str, linked: bool) -> None:
    resource = {"kind": "dataset", "title": "Jets", "identifiers": [], "url": url}
    (about,) = classed(page(made(row("F1"), resource=resource)), "about")
    found = [(link.get("href"), link.get("rel"), said(link)) for link in about.iter("a")]
    assert found == ([(url, OUTWARD, url)] if linked else [])


def test_every_payload_at_once_has_known_elements_only_and_no_id_twice() -> None:
    root = page(*map(hostile, PAYLOADS))
    ids = Counter(each.get("id") for each in root.iter() if each.get("id"))
    assert {name(each) for each in root.iter()} <= ELEMENTS
    assert {key for each in root.iter() for key in each.attrib} <= ATTRIBUTES
    assert ids.most_common(1)[0][1] == 1
    assert {link.get("href", "")[1:] for link in root.iter("a") if not link.get("rel")} <= ids.keys()


@pytest.mark.parametrize("value", ["x" * 1_000_000, "word " * 200_000, "\x1b" * 1_000_000, "<" * 1_000_000])
def test_an_endless_text_is_cut(value: str) -> None:
    assert len(written(hostile(value))) - len(written(hostile("x"))) < 100_000


# ── the policy ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_policy_permits_the_style_of_the_page_and_nothing_else() -> None:
    root = page(showcase())
    (style,) = root.iter("style")
    digest = base64.b64encode(hashlib.sha256((style.text or "").encode()).digest()).decode()
    (policy,) = [each.get("content") for each in root.iter("meta") if each.get("http-equiv")]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_the_policy_stands_before_all_that_it_judges() -> None:
    head = list(next(page(showcase()).iter("head")))
    assert [each.get("charset") or each.get("http-equiv") for each in head[:2]] == ["utf-8", "Content-Security-Policy"]


def test_nothing_is_loaded_and_nothing_runs() -> None:
    root = page(showcase(), *map(hostile, PAYLOADS))
    loading = {"src", "srcset", "srcdoc", "data", "poster", "background", "action", "formaction", "style", "ping"}
    assert not {key for each in root.iter() for key in each.attrib} & loading
    assert not {name(each) for each in root.iter()} & {"script", "link", "img", "iframe", "object", "embed", "base"}
    assert not re.search(r"url\(|@import|expression|</|<!--|image-set", STYLE)


# ── what it tells ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_is_one_page_with_a_language_a_title_and_landmarks() -> None:
    root = page(showcase())
    assert written(showcase()).startswith("<!DOCTYPE html>\n")
    assert root.get("lang") == "en"
    assert said(next(root.iter("title"))).startswith("Sample with jet")
    assert [sum(1 for _ in root.iter(each)) for each in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert next(root.iter("a")).get("href") == f"#{next(root.iter('main')).get('id')}"


def test_headings_skip_no_level() -> None:
    levels = [int(name(each)[1]) for each in page(showcase(), showcase("fair4hep")).iter() if name(each)[:1] == "h"
              and name(each)[1:].isdigit()]  # fmt: skip
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_heads_and_every_button_a_label() -> None:
    root = page(showcase(), showcase("fair4hep"))
    for table in root.iter("table"):
        assert said(table.find("caption"))
        assert {each.get("scope") for each in table.iter("th")} <= {"row", "col", "rowgroup"}
    labelled = {each for label in root.iter("label") for each in label.iter("input")}
    assert set(root.iter("input")) == labelled


@pytest.mark.parametrize("checklist", ["fairkit", "fair4hep"])
def test_every_metric_is_told_once_under_its_letter(checklist: str) -> None:
    assessment = showcase(checklist)
    found = {}
    for section in classed(page(assessment), "results"):
        letter = said(section.find("h3"))[0]
        for each in section.iter("tr"):
            if each.get("id"):
                found[said(each.find("th/code"))] = (letter, said(classed(each, "mark")[0].findall("span")[1]))
    assert found == {each.metric: (each.principle[0], each.status) for each in assessment.results}
    assert sum(bool(each.get("id")) for each in page(assessment).iter("tr")) == len(assessment.results)


def test_principles_come_in_their_order_with_what_they_ask() -> None:
    rows = [row("c", principle="R1.1"), row("a", principle="F2"), row("d", principle="R1"), row("b", principle="F1")]
    found = [said(each) for each in classed(page(made(*rows)), "principle")]
    assert [each.partition(" ")[0] for each in found] == ["F1", "F2", "R1", "R1.1"]
    assert found[-1] == "R1.1 A clear licence"


def test_a_principle_that_is_none_of_the_four_letters_is_told_too() -> None:
    root = page(made(row("x", principle="X9")))
    assert [said(each.find("h3")) for each in classed(root, "results")] == ["Other principles"]


@pytest.mark.parametrize(
    ("score", "number", "grade", "widths"),
    [
        ((1, 1), "100 %", "good", ["100", "100"]),
        ((0.4, 0.85), "40–85 %", "poor", ["85", "40"]),
        ((0.5, 0.5), "50 %", "middling", ["50", "50"]),
        (None, "–", "none", []),
    ],
)
def test_a_score_is_a_bar_and_a_number(
    score: tuple[float, float] | None, number: str, grade: str, widths: list[str]
) -> None:
    (scores,) = classed(page(made(row("F1"), scores={"F": score})), "scores")
    line = next(each for each in scores.iter("tr") if said(each.find("th")) == "Findable")
    assert said(line.findall("td")[1]) == number
    assert classed(line, "bar", grade)
    assert [each.get("width") for each in line.iter() if name(each) == "rect"] == widths


@pytest.mark.parametrize(("total", "told"), [((0.4, 0.8), 1), ((0.4, 0.4), 0)])
def test_an_interval_is_explained(total: tuple[float, float], told: int) -> None:
    assert len(classed(page(made(row("F1"), scores={"total": total})), "legend")) == told


def test_what_to_change_first_is_what_gains_most_with_a_link_to_it() -> None:
    rows = [row("passed", points=2), row("little", "fail", possible=1), *(row(x, "fail") for x in "cd"),
            row("most", "fail", possible=3, remedy="choose one", suggestion="CC0-1.0")]  # fmt: skip
    root = page(made(*rows, scores={"total": (0.2, 0.2)}))
    (first,) = classed(root, "first")
    assert [said(link) for link in first.iter("a")] == ["most", "c", "d"]
    assert said(next(first.iter("li"))).startswith('+3 pointschoose onelicense = "CC0-1.0"')
    assert said(first).endswith("This would lift the total from 20 % to 90 %.")
    linked = next(link.get("href", "")[1:] for link in first.iter("a"))
    assert [said(each.find("th/code")) for each in root.iter("tr") if each.get("id") == linked] == ["most"]


def test_where_nothing_falls_short_that_is_said() -> None:
    assert "Nothing that could be tried falls short." in said(page(made(row("F1", points=2))))


def test_of_nothing_there_is_a_warning_and_no_praise() -> None:
    told = said(page(made(row("F1", "unknown"), urls=[], resource=None)))
    assert "NOTHING READ" in told
    assert "falls short." not in told


def test_the_showcase_is_told_loudly() -> None:
    assert [said(each)[:8] for each in classed(page(showcase()), "warning")] == ["SHOWCASE"]


def test_tests_and_evidence_are_folded_under_their_metric() -> None:
    proof = {"document": "https://example.org/a.json", "pointer": "/licence", "line": 7, "value": {"id": "CC0-1.0"}}
    (found,) = classed(page(made(row("F1", evidence=[proof], answer="yes", maturity=2))), "found")
    (folded,) = found.iter("details")
    assert folded.get("open") is None
    assert said(folded.find("summary")) == "1 test · 1 place"
    assert 'https://example.org/a.json#/licence line 7{"id": "CC0-1.0"}' in said(folded)
    assert "Answer: yes" in said(found)
    assert "Maturity: 2" in said(found)


def test_what_was_read_is_listed_with_its_digest() -> None:
    (read,) = classed(page(showcase()), "read")
    assert said(read.find("summary")) == "What was read: 3 documents"
    assert "sha256:" in said(read)


# ── several ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def overview(*assessments: Assessment) -> list[list[str]]:
    tables = [table for each in classed(page(*assessments), "overview") for table in each.iter("table")]
    return [[said(cell) for cell in line] for table in tables for line in table.iter("tr")]


def test_one_assessment_needs_no_overview() -> None:
    assert overview(showcase()) == []


def test_several_targets_stand_side_by_side() -> None:
    two = made(row("F1"), target="328", resource=None, scores={"R": (1, 1), "total": (0.5, 0.75)})
    assert overview(made(row("F1")), two) == [
        ["Target", "Findable", "Accessible", "Interoperable", "Reusable", "Total"],
        ["Jetsrecord 1", "–", "–", "–", "–", "–"],
        ["328", "–", "–", "–", "100 %", "50–75 %"],
    ]


def test_several_checklists_of_a_target_stand_beside_its_name() -> None:
    others = [made(row("F1"), checklist={"id": each, "version": "1"}) for each in ("fair4hep", "rda")]
    lines = overview(*others, made(row("F1"), target="328"))
    assert [line[:2] for line in lines] == [
        *(["Target", "Checklist"], ["Jetsrecord 1", "fair4hep"], ["rda", "–"], ["Jets328", "fairkit"]),
    ]


def test_the_overview_leads_into_the_sections() -> None:
    root = page(showcase(), showcase("fair4hep"), made(row("F1")))
    (table,) = classed(root, "overview")
    sections = [each.get("id") for each in classed(root, "assessment")]
    assert [link.get("href") for link in table.iter("a")] == [f"#{each}" for each in sections]


def test_nothing_to_tell_is_said() -> None:
    assert "Nothing was assessed." in said(page())


# ── filters and looks ───────────────────────────────────────────────────────────────────────────────────────────────


def test_there_is_a_filter_for_each_status_that_occurs_and_each_level() -> None:
    root = page(made(row("a", "fail"), row("b", "partial"), row("c", "pass"), row("d", "pass")))
    (filters,) = classed(root, "filters")
    assert [said(label) for label in filters.iter("label")] == [
        *("all 4", "falls short 2", "fail 1", "partial 1", "pass 2", "all", *LEVELS),
    ]
    assert [each.get("id") for each in filters.iter("input") if "checked" in each.attrib] == ["status-all", "level-all"]


@pytest.mark.parametrize("status", [*STATUSES, "short"])
@pytest.mark.parametrize("level", ["all", *LEVELS])
def test_the_style_has_a_rule_for_each_choice(status: str, level: str) -> None:
    assert f"body:has(#status-{status}:checked):has(#level-{level}:checked) .results tr" in STYLE


def luminance(colour: str) -> float:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2: between 1 and 21."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "accent") for ground in ("card", "soft", "tint", "page")),
    *((status, f"{status}-tint") for status in ("fail", "partial", "unknown", "pending", "pass", "none")),
    ("card", "accent"),
    ("on-head", "head"),
]


@pytest.mark.parametrize("palette", [_LIGHT, _DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(palette: str, ink: str, ground: str) -> None:
    colours: dict[str, Any] = dict(re.findall(r"--([\w-]+): (#\w{6})", palette))
    assert contrast(colours[ink], colours[ground]) >= 4.5


def test_colour_is_never_all_that_tells_a_status() -> None:
    marks = classed(page(showcase()), "mark")
    assert all(len(said(each)) > 1 for each in marks)


def test_the_same_assessments_make_the_same_bytes() -> None:
    assert written(showcase(), hostile("x")) == written(showcase(), hostile("x"))


def test_a_style_changes_nothing() -> None:
    loud = Style(colour=True, width=40, verbose=True)
    assert report("html").render([showcase()], style=loud).decode() == written(showcase())


def test_many_findings_cost_little_each() -> None:
    """A finding of ours is about a kilobyte, as it is in JSON."""
    assessment = showcase()
    grown = len(written(*[assessment] * 11)) - len(written(assessment))
    assert grown / (10 * len(assessment.results)) < 2_000
