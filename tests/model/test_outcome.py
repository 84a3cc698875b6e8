"""An outcome keeps what it found apart from the words that tell it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.model.outcome import STATUSES, Fix, Outcome, fail, not_applicable, partial, passed, unknown


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (passed("yes", "title"), "pass"),
        (partial("half", "title"), "partial"),
        (fail("no", "title"), "fail"),
        (unknown("who knows"), "unknown"),
        (not_applicable("not asked", "title"), "not-applicable"),
    ],
)
def test_each_way_of_ending_has_its_status(outcome: Outcome, status: str) -> None:
    assert outcome.status == status
    assert status in STATUSES
    assert outcome.at == (() if status == "unknown" else ("title",))


def test_a_shortfall_may_say_what_to_change() -> None:
    assert fail("no", fix=Fix("license", "CC0-1.0")).fix == ("license", "CC0-1.0")
    assert partial("half", fix=Fix("license")).fix == ("license", None)
    assert passed("yes").fix is None


def test_the_message_is_written_out_with_its_values() -> None:
    assert passed("{size:,} bytes of {name!r}", size=1234, name="x").text == "1,234 bytes of 'x'"
    assert passed("nothing to tell").text == "nothing to tell"


@given(st.text())
def test_what_strangers_wrote_is_never_read_as_a_format(text: str) -> None:
    assert passed("{it}", it=text).text == text
    assert passed("<{it!s}>", it=text).text == f"<{text}>"


@pytest.mark.parametrize("hostile", ["{0}", "{it}", "{it.__class__.__mro__}", "{", "}", "{{}}", "%s", "\x1b[31m"])
def test_braces_in_metadata_stay_braces(hostile: str) -> None:
    assert fail("{it} is wrong", it=hostile).text == f"{hostile} is wrong"
