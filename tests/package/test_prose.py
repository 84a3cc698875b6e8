"""What READMEs and licences tell in words, with the line and the words that tell it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairkit.model.agent import Agent
from fairkit.model.identifier import Identifier
from fairkit.package import _prose
from fairkit.vocab import licences


def told(text: str) -> dict[str, tuple[object, int]]:
    return {span.field: (span.value, span.line) for span in _prose.readme(text)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# Toy jets\n\nSimulated jets.\n", {"title": ("Toy jets", 1), "description": ("Simulated jets.", 3)}),
        ("\n\n## Toy *jets* ##\nText\nmore\n", {"title": ("Toy jets", 3), "description": ("Text more", 4)}),
        ("Toy jets\n========\n\nWords.\n", {"title": ("Toy jets", 1), "description": ("Words.", 4)}),
        ("Toy jets\n\nWords.\n", {"title": ("Toy jets", 1), "description": ("Words.", 3)}),
        ("Only words.\n", {"description": ("Only words.", 1)}),
        ("# A\n\n[![b](c)](d)\n![e](f)\n\n| g | h |\n\nSee [this](i).\n",
         {"title": ("A", 1), "description": ("See this.", 8)}),
        ("```\n# code\n```\n# Real\n\n    code\n\nWords\n", {"title": ("Real", 4), "description": ("Words", 8)}),
        ("# A\n\nMore information needed\n\n<b>x</b>\n\nWords\n", {"title": ("A", 1), "description": ("Words", 7)}),
        ("", {}),
        ("# \n\n***\n", {}),
    ],
)  # fmt: skip
def test_heading_and_first_paragraph_are_found(text: str, found: dict[str, tuple[object, int]]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Title: HEPMASS", "title", "HEPMASS"),
        ("**License**: CC BY 4.0", "license", "CC-BY-4.0"),
        ("- Licence = https://creativecommons.org/publicdomain/zero/1.0/", "license", "CC0-1.0"),
        ("Authors: A. Baldi, P. Sadowski and D. Whiteson", "creators",
         (Agent(name="A. Baldi"), Agent(name="P. Sadowski"), Agent(name="D. Whiteson"))),
        ("Authors: Baldi, P.; Whiteson, D.", "creators", (Agent(name="Baldi, P"), Agent(name="Whiteson, D"))),
        ("DOI: https://doi.org/10.5281/zenodo.1", "identifiers", (Identifier(scheme="doi", value="10.5281/zenodo.1"),)),
        ("Version: 1.2", "version", "1.2"),
        ("Date: 3 May 2019", "date_created", "2019-05-03"),
        ("Keywords: jets, toys; jets", "keywords", ("jets", "toys")),
        ("Homepage: see https://example.org/a.", "landing_page", "https://example.org/a."),
    ],
)  # fmt: skip
def test_a_line_states_a_value(line: str, field: str, value: object) -> None:
    spans = {span.field: span for span in _prose.readme(f"# x\n\n{line}\n")}
    assert (spans[field].value, spans[field].line, spans[field].quote) == (value, 3, line)


@pytest.mark.parametrize(
    "line",
    ["License: ask us", "Authors: Baldi", "Authors: Baldi, Whiteson", "DOI: soon", "Date: 5/6/2019", "Title: TODO"],
)  # fmt: skip
def test_what_means_nothing_is_left(line: str) -> None:
    fields = {span.field for span in _prose.readme(f"# x\n\n{line}\n")}
    assert fields <= {"title", "description"}


def test_a_licence_may_stand_below_its_heading() -> None:
    assert told("# A\n\n## License\n\nCC-BY-4.0\n")["license"] == ("CC-BY-4.0", 5)


@pytest.mark.parametrize(
    ("text", "licence", "line"),
    [
        ("MIT License\n\nCopyright (c) 2024 Ada\n\nPermission is hereby granted, free of\ncharge, to any person "
         "obtaining a copy", "MIT", 5),
        ("Creative Commons\n\nAttribution 4.0 International\n", "CC-BY-4.0", 3),
        ("Attribution-NonCommercial-ShareAlike 4.0 International", "CC-BY-NC-SA-4.0", 1),
        ("Creative Commons Legal Code\n\nCC0 1.0 Universal\n", "CC0-1.0", 3),
        ("   Apache License\n   Version 2.0, January 2004", "Apache-2.0", 1),
        ("GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007", "GPL-3.0-only", 1),
        ("GNU LESSER GENERAL PUBLIC LICENSE\nVersion 3", "LGPL-3.0-only", 1),
        ("Redistribution and use in source and binary forms\nNeither the name of", "BSD-3-Clause", 1),
        ("Redistribution and use in source and binary forms", "BSD-2-Clause", 1),
        ("Our terms\nSPDX-License-Identifier: ODbL-1.0\n", "ODbL-1.0", 2),
        ("CC-BY-4.0\n", "CC-BY-4.0", 1),
    ],
)  # fmt: skip
def test_a_licence_is_known_by_its_words(text: str, licence: str, line: int) -> None:
    span = next(span for span in _prose.licence(text) if span.field == "license")
    assert (span.value, span.line) == (licence, line)


@pytest.mark.parametrize("text", ["", "All rights reserved.", "See the website.", "x" * 10_000])
def test_other_words_are_no_licence(text: str) -> None:
    assert [span for span in _prose.licence(text) if span.field == "license"] == []


def test_every_licence_of_the_phrases_is_one() -> None:
    assert [spdx for spdx, _, _ in _prose._PHRASES if licences.find(spdx) is None] == []


def test_who_holds_the_rights_is_no_more_than_a_proposal() -> None:
    span = next(span for span in _prose.licence("Copyright (c) 2020-2024, Ada Example\n") if span.field == "creators")
    assert (span.value, span.sure) == ((Agent(name="Ada Example"),), False)


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for span in (*_prose.readme(text), *_prose.licence(text)):
        assert span.value
        assert 1 <= span.line <= text.count("\n") + text.count("\r") + 20


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "a: " * 60_000, "Title:" + " " * 190_000, "*" * 200_000, "#" * 200_000, "copyright " * 20_000,
     "Authors: " + "a and " * 30_000, "\n" * 200_000, "![](" * 50_000, "a\n" * 100_000],
)  # fmt: skip
def test_hostile_texts_take_no_time(text: str) -> None:
    begin = time.process_time()
    _prose.readme(text)
    _prose.licence(text)
    assert time.process_time() - begin < 5
