"""What a check is made of, and the words that checks share."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from fairkit.checks._check import Check, Seen, Words, check, count, graded, share
from fairkit.model.outcome import Outcome, partial, passed

HAS = ("has a unit", "have a unit")


def _says(view: Seen, settled: str, *, least: int = 1, landing_page: str) -> Outcome:
    """The title,
    on two lines.

    What to do,
    on two lines.

    And more of it.
    """
    return passed("fine", "title", least=least, page=landing_page, settled=settled, kind=view.resource.kind)


def test_the_docstring_is_the_title_and_the_remedy() -> None:
    made = check()(_says)
    assert (made.name, made.title) == ("_says", "The title, on two lines.")
    assert made.remedy == "What to do, on two lines. And more of it."


def test_a_check_without_a_docstring_has_no_words() -> None:
    made = check()(lambda view: passed("fine"))
    assert (made.title, made.remedy) == ("", "")


def test_a_check_asks_for_nothing_unless_it_says_so() -> None:
    bare, full = check()(_says), check(fields=["title"], needs={"page"}, of_documents=True, after_deposit=True)(_says)
    assert (bare.fields, bare.needs, bare.of_documents, bare.after_deposit) == (frozenset(), frozenset(), False, False)
    assert (full.fields, full.needs) == (frozenset({"title"}), frozenset({"page"}))
    assert (full.of_documents, full.after_deposit) == (True, True)


def test_a_checklist_may_set_what_is_given_by_name_but_not_what_is_observed() -> None:
    made = check(needs={"landing_page"})(_says)
    assert made.parameters.keys() == {"least"}
    assert (made.parameters["least"].annotation, made.parameters["least"].default) == (int, 1)
    assert check()(_says).parameters.keys() == {"least", "landing_page"}


def test_a_check_does_not_change() -> None:
    made: Check = check()(_says)
    with pytest.raises(FrozenInstanceError):
        made.name = "other"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [(0, "file", "0 files"), (1, "file", "1 file"), (2, "file", "2 files"), (205_774, "event", "205,774 events")],
)
def test_things_are_counted_in_words(number: int, noun: str, words: str) -> None:
    assert str(count(number, noun)) == words


@pytest.mark.parametrize(
    ("text", "shown"),
    [("", "0 words"), ("jets", "1 word"), (" jets \n for a bar ", "4 words"), ("x " * 1200, "1,200 words")],
)
def test_a_text_is_told_by_its_length(text: str, shown: str) -> None:
    assert f"{Words(text)}" == shown
    assert passed("{words}", words=Words(text)).text == shown


@pytest.mark.parametrize(
    ("good", "total", "words", "status"),
    [
        (1, 1, "the only variable has a unit", "pass"),
        (0, 1, "no variable has a unit", "fail"),
        (2, 2, "all 2 variables have a unit", "pass"),
        (2020, 2020, "all 2,020 variables have a unit", "pass"),
        (1, 2, "one of 2 variables has a unit", "partial"),
        (2, 3, "2 of 3 variables have a unit", "partial"),
        (1999, 2020, "1,999 of 2,020 variables have a unit", "partial"),
        (0, 2, "none of 2 variables has a unit", "fail"),
    ],
)
def test_how_many_of_how_many_is_a_sentence_and_a_grade(good: int, total: int, words: str, status: str) -> None:
    outcome = graded(good, total, "variable", HAS, field="variables")
    assert (outcome.status, outcome.text, outcome.at) == (status, words, ("variables",))
    assert outcome.message == share(good, total)
    assert (outcome.fix and outcome.fix.field) == (None if status == "pass" else "variables")


def test_none_may_be_worth_something() -> None:
    assert graded(0, 2, "variable", HAS, field="variables", none=partial).status == "partial"


def test_a_message_is_no_format_for_what_it_tells() -> None:
    assert graded(1, 1, "{good}", ("{x}", "{x}"), field="variables").text == "the only {good} {x}"
