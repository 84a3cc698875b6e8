"""The text report: bars, the worst first, what to do; harmless, and the same wherever it is made."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest

from fairkit.assess.assessment import Assessment
from fairkit.report import Style, report

from .made import HOSTILE, made, row, showcase

ESCAPE = "\x1b"


def told(*assessments: Assessment, **style: Any) -> str:
    return report("text").render(assessments, style=Style(**style)).decode()


def words(*assessments: Assessment, **style: Any) -> str:
    """The report as one line."""
    return " ".join(told(*assessments, **style).split())


def line_of(start: str, text: str) -> str:
    return next(line for line in text.splitlines() if line.strip().startswith(start))


def without_colour(text: str) -> str:
    return re.sub(r"\x1b\[[\d;]*m", "", text)


# ── the head ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "fact", ["Jets", "dataset", "doi:10.5555/1", "target record 1", "checklist fairkit 1.0", "read datacite"]
)
def test_the_head_says_what_was_assessed_and_how(fact: str) -> None:
    assert fact in words(made(row("F1")))


def test_a_work_without_title_goes_by_its_target() -> None:
    assert told(made(row("F1"), resource=None)).startswith("record 1\n")


def test_the_showcase_is_told_loudly() -> None:
    assert "SHOWCASE" in told(made(row("F1"), urls=["showcase:12102/native.json"]))
    assert "SHOWCASE" not in told(made(row("F1"), urls=["https://opendata.cern.ch/api/records/12102"]))


def test_nothing_read_is_told_loudly_and_says_nothing_of_the_work() -> None:
    empty = made(row("F1", "unknown"), urls=[], resource=None, scores={"total": (0, 1)})
    assert "NOTHING READ" in told(empty)
    assert "falls short" not in told(empty)
    assert "NOTHING READ" not in told(made(row("F1")))


# ── bars ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_there_are_four_bars_and_the_total() -> None:
    text = told(made(row("F1")))
    assert re.findall(r"^  (\w+) +[█░·]{50}", text, re.MULTILINE) == [
        *("Findable", "Accessible", "Interoperable", "Reusable", "Total"),
    ]


def test_statuses_are_counted() -> None:
    text = told(made(row("a", "fail"), row("b", "fail"), row("c", "pass"), row("d", "not-applicable", possible=0)))
    assert "\n  ✗ 2 fail   ✓ 1 pass   – 1 not-applicable\n" in text


# ── findings ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_worst_comes_first_then_the_order_of_the_checklist() -> None:
    text = told(
        made(
            row("little", "fail", possible=1),
            row("some", "partial", points=1.5, possible=3),
            row("first", "fail", possible=2),
            row("second", "fail", possible=2),
            row("most", "fail", possible=3),
        )
    )
    assert re.findall(r"^[✗◐]  (\w+) .* ([\d.]+)  of", text, re.MULTILINE) == [
        *(("most", "3"), ("first", "2"), ("second", "2"), ("some", "1.5"), ("little", "1")),
    ]


def test_under_a_finding_stands_what_to_do_with_a_value_to_begin_with() -> None:
    text = told(made(row("F1", "fail", message="no licence", remedy="choose one", suggestion="CC0-1.0")))
    assert re.search(r'no licence\n +→ choose one\n +license = "CC0-1.0"\n', text)


def test_a_long_message_is_wrapped_in_its_column() -> None:
    text = told(made(row("F1", "fail", message="word " * 60)), width=80)
    assert {line.index("word") for line in text.splitlines() if "word word" in line} == {
        line_of("✗  F1", text).index("word")
    }


def test_what_could_not_be_tried_for_one_reason_is_one_line() -> None:
    tried = [
        row(name, "unknown", message=why) for name, why in (("a", "no network"), ("b", "429"), ("c", "no network"))
    ]
    text = told(made(*tried))
    assert "?  not tried: a, c: no network\n?  not tried: b: 429\n" in text


def test_what_is_pending_is_listed_apart() -> None:
    assert "…  pending until it is deposited: doi\n" in told(made(row("doi", "pending", possible=0)))


def test_passes_are_ids_only_unless_more_is_asked_for() -> None:
    proof = {"document": "a.json", "pointer": "/titles/0", "value": "Jets"}
    assessment = made(
        row("fine", message="a title", evidence=[proof]), row("none", "not-applicable", message="no data")
    )
    assert "✓  passed: fine\n–  not asked: none\n" in told(assessment)
    assert "a title" not in told(assessment)
    assert "a title a.json#/titles/0 = Jets" in words(assessment, verbose=True)
    assert "no data" in told(assessment, verbose=True)


# ── several ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_several_targets_end_in_a_table_of_their_scores() -> None:
    one = made(row("F1"), target="12102", scores={"F": (0.5, 0.5), "total": (0.25, 0.75)})
    two = made(row("F1"), target="328", scores={"R": (1, 1), "total": (1, 1)})
    last = told(one, two, one).splitlines()[-4:]
    assert [" ".join(line.split()) for line in last] == [
        "target F A I R total passed",
        "12102 50 % – – – 25–75 % 1 of 1",
        "328 – – – 100 % 100 % 1 of 1",
        "12102 50 % – – – 25–75 % 1 of 1",
    ]


def test_several_checklists_are_named_there() -> None:
    other = made(row("F1"), target="record 2", checklist={"id": "fair4hep", "version": "1"})
    last = told(made(row("F1")), other).splitlines()[-3:]
    assert [re.split(r" {2,}", line)[:2] for line in last] == [
        *(["target", "checklist"], ["record 1", "fairkit"], ["record 2", "fair4hep"]),
    ]


@pytest.mark.parametrize("width", [60, 100])
def test_several_checklists_of_one_target_stand_side_by_side(width: int) -> None:
    rows = [row("a"), row("b", "unknown"), row("c", "pending"), row("d", "not-applicable"), row("e", "fail")]
    one = made(*rows, scores={"F": (0.5, 0.75), "total": (0.25, 0.75)})
    other = made(row("F1"), scores={"R": (1, 1), "total": (1, 1)}, checklist={"id": "fair4hep", "version": "1"})
    last = told(one, other, width=width).splitlines()[-3:]
    assert [" ".join(line.split()) for line in last] == [
        "checklist F A I R total passed",
        "fairkit 50–75 % – – – 25–75 % 1 of 3",
        "fair4hep – – – 100 % 100 % 1 of 1",
    ]


def test_a_graded_answer_is_told_before_what_was_found() -> None:
    text = told(made(row("I3", "partial", answer="by addresses", message="no linked data")))
    assert re.search(r"answer: by addresses\n +no linked data\n", text)


def test_one_target_needs_no_such_table() -> None:
    assert "target F A I R total" not in words(made(row("F1")))


def test_nothing_to_tell_is_nothing() -> None:
    assert told() == ""


# ── looks ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_there_is_colour_only_where_it_is_asked_for() -> None:
    assert ESCAPE not in told(showcase())
    assert ESCAPE in told(showcase(), colour=True)
    assert without_colour(told(showcase(), colour=True)).split() == told(showcase()).split()


@pytest.mark.parametrize("variable", ["NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "JUPYTER_COLUMNS"])
@pytest.mark.parametrize("colour", [True, False])
def test_neither_environment_nor_terminal_has_a_say(
    variable: str, colour: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = told(showcase(), colour=colour)
    monkeypatch.setenv(variable, "dumb" if variable == "TERM" else "30")
    assert told(showcase(), colour=colour) == expected


@pytest.mark.parametrize("width", [60, 80, 100, 200])
@pytest.mark.parametrize("verbose", [True, False])
def test_no_line_is_wider_than_the_terminal(width: int, verbose: bool) -> None:
    text = told(showcase("fairkit"), showcase("fair4hep"), width=width, verbose=verbose)
    assert max(map(len, text.splitlines())) <= width


def test_a_word_wider_than_its_column_is_folded_not_cut() -> None:
    long = "x" * 100
    assert told(made(row("F1", "fail", message=long, remedy=long)), width=60).count("x") == 200


def test_a_terminal_too_narrow_for_a_table_gets_sixty_columns() -> None:
    assert told(showcase(), width=1) == told(showcase(), width=60)


def test_no_line_ends_in_blanks() -> None:
    assert not [line for line in told(showcase(), showcase("fair4hep")).splitlines() if line != line.rstrip()]


# ── hostile metadata ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("value", "shown"), HOSTILE)
def test_hostile_metadata_are_harmless_wherever_they_stand(value: str, shown: str) -> None:
    proof = {"document": value, "pointer": value, "value": [value]}
    rows = [row("x", "fail", message=value, remedy=value, suggestion=value), row("y", "unknown", message=value)]
    resource = {"kind": "dataset", "title": value, "identifiers": [value], "url": value}
    assessment = made(*rows, row("z", message=value, evidence=[proof]), target=value, resource=resource, urls=[value])
    text = told(assessment, assessment, verbose=True, width=200)
    assert shown in text
    assert not {unicodedata.category(each) for each in text if each != "\n"} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    colours = re.findall(r"\x1b[^m]*m?", told(assessment, assessment, verbose=True, width=200, colour=True))
    assert all(re.fullmatch(r"\x1b\[[\d;]*m", each) for each in colours)


@pytest.mark.parametrize("value", ["x" * 1_000_000, "word " * 200_000, "\x1b" * 1_000_000])
def test_an_endless_text_is_cut(value: str) -> None:
    resource = {"kind": "dataset", "title": value, "identifiers": [value], "url": value}
    text = told(made(row("x", "fail", message=value, remedy=value, suggestion=value), target=value, resource=resource))
    assert len(text) < 6_000
    assert "…" in text


# ── the showcase ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["fairkit", "fair4hep"])
def test_every_metric_of_the_showcase_is_told_once(name: str) -> None:
    assessment = showcase(name)
    told_ids = re.findall(r"[\w.-]+", told(assessment).partition("Most to gain")[0])
    assert {result.metric: told_ids.count(result.metric) for result in assessment.results} == {
        result.metric: 1 for result in assessment.results
    }


def test_the_same_assessment_makes_the_same_bytes() -> None:
    assert told(showcase(), colour=True) == told(showcase(), colour=True)
