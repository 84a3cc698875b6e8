"""What strangers write, in every form in which we show it: nothing of it runs, loads, mentions or moves a cursor."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest

from fairkit.assess import checklist
from fairkit.assess.assessment import Assessment, assess, load
from fairkit.cli.looks import json_of
from fairkit.cli.verdicts import as_json, as_text
from fairkit.compare import Comparison, compare
from fairkit.compare.text import render as compare_text
from fairkit.fix import Mending, mend
from fairkit.fix.text import render as fix_text
from fairkit.gate import Baseline, judge
from fairkit.model.harvest import Harvest
from fairkit.registry import REPORTS
from fairkit.report import Style, report
from fairkit.survey.dashboard import dashboard
from fairkit.survey.summary import ChecklistSummary, Failure, Group, Summary
from tests.report.programs import NASTY, hostile

from .inert import commands, controls, elements, live_html, live_markdown, loaded, remote_nodes, strings
from .works import hostile_work

OURS = checklist.load("fairkit")
LOUD = Style(verbose=True)
PLAIN = "word"
BADGE = {f"{{http://www.w3.org/2000/svg}}{name}" for name in ("svg", "title", "rect", "text")}


@dataclass(frozen=True, eq=False)
class Shown:
    """All that is shown of one text: its work as read, and the assessments of it, one of them edited by hand."""

    text: str
    work: Harvest
    assessments: tuple[Assessment, ...]

    def report(self, name: str) -> bytes:
        return report(name).render(self.assessments, style=LOUD)


@cache
def shown(text: str) -> Shown:
    work = hostile_work(text)
    honest = assess(work, OURS, when="2026-11-21T00:00:00Z", lines=True)
    return Shown(text, work, (honest, hostile(text)))


@cache
def of_a_word(name: str) -> bytes:
    """A report of which we know that nothing in it is a stranger's."""
    return shown(PLAIN).report(name)


@cache
def compared(of: Shown) -> Comparison:
    return compare(of.work)


@cache
def mended(of: Shown) -> Mending:
    return mend(of.work, [OURS])


def summary(text: str) -> Summary:
    """A survey in which the text names what targets share, what they fall short of and what kept them out.

    The id of a checklist stays, for its file may have letters, digits, dots and dashes only.
    """
    scores: dict[str, float | None] = dict.fromkeys(("F", "A", "I", "R", "total"), 0.5)
    groups = tuple(Group(name=name, targets=2, scores=scores) for name in (text, "others"))
    failures = tuple(
        Failure(metric=f"{text}{n}", title=text, level="useful", fail=2, partial=1, gain=0.01) for n in range(30)
    )
    kinds = dict.fromkeys(("experiment", "type", "kind", "license", "publisher"), groups)
    one = ChecklistSummary(id="fairkit", version=text, scores=scores, groups=kinds, failures=failures)
    return Summary(targets=2, errors={text: 1}, checklists=(one,))


def pages(of: Shown) -> dict[str, bytes]:
    return {
        "html": of.report("html"),
        "html of one": report("html").render(of.assessments[1:], style=LOUD),
        "dashboard": dashboard(summary(of.text), when="2026-11-22T00:00:00Z"),
    }


@cache
def ours() -> frozenset[str]:
    """The elements of pages about a plain word."""
    import html5lib

    roots = [html5lib.parse(page.decode(), namespaceHTMLElements=False) for page in pages(shown(PLAIN)).values()]
    return frozenset(node.tag for root in roots for node in root.iter() if isinstance(node.tag, str))


def texts(of: Shown) -> dict[str, bytes]:
    """All that is written to a terminal."""
    return {
        "text": of.report("text"),
        "compare": compare_text(compared(of), style=LOUD),
        "fix": fix_text(mended(of), style=LOUD),
        "fix of a folder": fix_text(mend(folder(of.text), [OURS]), style=LOUD),
        "gate": as_text([judge(each) for each in of.assessments]),
    }


def folder(text: str) -> Harvest:
    """A folder whose fairkit.toml is edited, and whose file and citation bear the text."""
    from tests.fix.works import folder as made

    cff = json.dumps({"cff-version": "1.2.0", "title": text, "version": text})
    written = json.dumps(text.encode("utf-8", "replace").decode(), ensure_ascii=True)
    toml = "" if "\\ud" in written or "\x7f" in written else f"[resource]\ntitle = {written}\n"
    return made(toml, "fairkit.toml", text, cff=cff)


def is_text(of: Shown) -> None:
    for name, written in texts(of).items():
        assert controls(written.decode()) == set(), name


def is_page(of: Shown) -> None:
    for name, written in pages(of).items():
        assert live_html(written, known=ours()) == [], name
        assert controls(written.decode()) == set(), name


def is_badge(of: Shown) -> None:
    for written in (of.report("badge"), report("badge").render([], style=LOUD)):
        found = elements(written)
        assert {tag for tag, _ in found} <= BADGE
        assert not [name for _, name in found if name.startswith("on") or "href" in name or name == "style"]
        assert controls(written.decode()) == set()


def is_junit(of: Shown) -> None:
    assert elements(of.report("junit")) <= elements(of_a_word("junit"))
    assert controls(of.report("junit").decode()) == set()


def is_markdown(of: Shown) -> None:
    written = of.report("markdown")
    assert live_markdown(written.decode()) == []
    assert controls(written.decode()) == set()


def is_annotations(of: Shown) -> None:
    written = of.report("annotations").decode()
    assert commands(written)
    assert controls(written) == set()


def is_for_programs(name: str) -> Callable[[Shown], None]:
    def judged(of: Shown) -> None:
        assert {sign for text in strings(loaded(of.report(name))) for sign in controls(text)} == set()

    return judged


def is_linked(name: str) -> Callable[[Shown], None]:
    def judged(of: Shown) -> None:
        told = loaded(of.report(name))
        assert told["@context"] == loaded(of_a_word(name))["@context"]
        assert remote_nodes(told["@graph"]) == []
        is_for_programs(name)(of)

    return judged


def is_sarif(of: Shown) -> None:
    is_for_programs("sarif")(of)
    for run in loaded(of.report("sarif"))["runs"]:
        assert not [key for key in strings(run) if key == "markdown"]
        messages = [result["message"]["text"] for result in run["results"]]
        assert not [message for message in messages if "](" in message.replace("\\[", "").replace("\\]", "")]


def is_json(of: Shown) -> None:
    """Data are exact: what was read is what was written, and a verdict, a comparison and a patch are JSON as well."""
    written = of.report("json")
    assert len(loaded(written)) == len(of.assessments)
    assert report("json").render(load(written), style=LOUD) == written
    kept = Baseline(()).updated(of.assessments)
    assert Baseline.parse(kept.dump(), where="baseline.json").entries == kept.entries
    others: list[Any] = [mended(of), mended(of).patch, compared(of)]
    for other in [*map(json_of, others), as_json([judge(each) for each in of.assessments])]:
        assert loaded(other) is not None


SINKS: dict[str, Callable[[Shown], None]] = {
    "annotations": is_annotations,
    "badge": is_badge,
    "dqv": is_linked("dqv"),
    "ftr": is_linked("ftr"),
    "fuji": is_for_programs("fuji"),
    "gitlab": is_for_programs("gitlab"),
    "html": is_page,
    "json": is_json,
    "junit": is_junit,
    "markdown": is_markdown,
    "sarif": is_sarif,
    "shields": is_for_programs("shields"),
    "text": is_text,
}


def test_there_are_fifty_of_them_and_every_report_is_a_sink() -> None:
    assert len(set(NASTY)) == len(NASTY) >= 50
    assert set(SINKS) == set(REPORTS.names())


@pytest.mark.parametrize("name", SINKS)
@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_nothing_that_a_stranger_writes_lives(text: str, name: str) -> None:
    SINKS[name](shown(text))


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ("<p onclick=alert(1)>", "p onclick=alert(1)"),
        ("<script>1</script>", "script"),
        ("<a href=javascript:1>", "a href=javascript:1"),
        ("<a href=//x.example>", "a href=//x.example"),
        ("<img src=x>", "img"),
        ("<p style='x'>", "p style=x"),
        ("<meta http-equiv=refresh content=0>", "order refresh"),
        ("<!-- x -->", "comment"),
    ],
)
def test_a_live_page_would_be_seen(page: str, fault: str) -> None:
    assert fault in live_html(f"<style></style>{page}".encode(), known=ours())


@pytest.mark.parametrize(
    "text",
    ["<b>x</b>", "[a](b)", "![a](b)", "<https://a.example>", "a @octocat", "#1", "www.a.example", ":skull:", "~~a~~"],
)
def test_live_markdown_would_be_seen(text: str) -> None:
    assert live_markdown(f"- word {text}\n")
