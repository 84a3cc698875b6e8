"""The badge: what it says, and that it is nothing but a drawing."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from fairkit.assess.assessment import Assessment
from fairkit.report import Style, report
from fairkit.report._badge import badge

from .made import made, showcase

SVG = "{http://www.w3.org/2000/svg}"
TOTALS = [
    ([(0.864, 0.864)], "86 %", "good"),
    ([(0.5, 0.5)], "50 %", "middling"),
    ([(0.49, 0.9)], "49–90 %", "poor"),
    ([(1, 1)], "100 %", "good"),
    ([(0.9, 0.9), (0.2, 0.3), (0.2, 0.4)], "20–30 %", "poor"),
    ([(0.9, 0.9), None], "unknown", "none"),
    ([], "unknown", "none"),
]


@pytest.mark.parametrize(("totals", "message", "grade"), TOTALS)
def test_it_tells_the_lowest_total(totals: list[tuple[float, float] | None], message: str, grade: str) -> None:
    assert badge([made(scores={"total": total}) for total in totals]) == (message, grade)


@pytest.mark.parametrize(
    ("assessment", "message"),
    [(showcase(), "showcase"), (made(urls=[], resource=None, scores={"total": (0, 1)}), "unknown")],
)
def test_it_promises_nothing_where_nothing_was_judged(assessment: Assessment, message: str) -> None:
    assert badge([made(scores={"total": (1, 1)}), assessment]) == (message, "none")


@pytest.mark.parametrize("totals", [totals for totals, _, _ in TOTALS])
def test_it_is_a_drawing_and_nothing_else(totals: list[tuple[float, float] | None]) -> None:
    written = report("badge").render([made(scores={"total": total}) for total in totals], style=Style())
    root = ElementTree.fromstring(written)  # noqa: S314 - our own
    assert {node.tag for node in root.iter()} == {f"{SVG}{name}" for name in ("svg", "title", "rect", "text")}
    names = {name for node in root.iter() for name in node.attrib}
    assert names == {
        *("width", "height", "viewBox", "role", "aria-label", "x", "y", "fill", "textLength"),
        *("font-family", "font-size", "text-anchor"),
    }
    assert written.count(b"http") == 1, "the namespace is no address that anybody asks"
    assert b"url(" not in written


def test_it_says_aloud_what_it_shows() -> None:
    root = ElementTree.fromstring(report("badge").render([made(scores={"total": (0.5, 0.6)})], style=Style()))  # noqa: S314
    assert root.get("aria-label") == root.findtext(f"{SVG}title") == "FAIR: 50–60 %"
    assert [text.text for text in root.iter(f"{SVG}text")] == ["FAIR", "50–60 %"]


@pytest.mark.parametrize("total", [(0.05, 0.05), (0.5, 0.6), (1, 1), None])
def test_the_words_fit_into_their_boxes(total: tuple[float, float] | None) -> None:
    root = ElementTree.fromstring(report("badge").render([made(scores={"total": total})], style=Style()))  # noqa: S314
    boxes = [(int(box.get("x", 0)), int(box.get("width", 0))) for box in root.iter(f"{SVG}rect")]
    words = [(int(word.get("x", 0)), int(word.get("textLength", 0))) for word in root.iter(f"{SVG}text")]
    assert boxes[-1][0] + boxes[-1][1] == int(root.get("width", 0))
    for (left, width), (middle, length) in zip(boxes, words, strict=True):
        assert left + 4 <= middle - length / 2
        assert middle + length / 2 <= left + width - 4


def test_its_letters_can_be_read_on_every_colour() -> None:
    from fairkit.report.badge import _COLOURS, _GREY

    def brightness(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for colour in (*_COLOURS.values(), _GREY):
        assert 1.05 / (brightness(colour) + 0.05) >= 4.5, colour
