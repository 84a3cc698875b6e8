"""Licences in all the ways in which people write them."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from license_expression import get_spdx_licensing

from fairkit.vocab import licences

KINDS = {"dataset", "model", "software", "environment", "documentation", "supplementary", "hardware", "font"}

SPELLINGS = [
    ("CC-BY-4.0", "CC-BY-4.0"),
    ("cc-by-4.0", "CC-BY-4.0"),
    (" CC BY 4.0 ", "CC-BY-4.0"),
    ("Creative Commons Attribution 4.0 International", "CC-BY-4.0"),
    ("Creative Commons Attribution 4.0", "CC-BY-4.0"),
    ("Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International", "CC-BY-NC-ND-4.0"),
    ("Attribution-ShareAlike 4.0 International (CC BY-SA 4.0)", "CC-BY-SA-4.0"),
    ("http://creativecommons.org/licenses/by/4.0", "CC-BY-4.0"),
    ("https://www.creativecommons.org/licenses/by/4.0/deed.de", "CC-BY-4.0"),
    ("https://creativecommons.org/licenses/by/4.0/legalcode#s1", "CC-BY-4.0"),
    ("https://creativecommons.org/licenses/by/3.0/igo/", "CC-BY-3.0-IGO"),
    ("https://creativecommons.org/licenses/by/3.0/de/", "CC-BY-3.0-DE"),
    ("CC0", "CC0-1.0"),
    ("cc-zero", "CC0-1.0"),
    ("Creative Commons Zero v1.0 Universal", "CC0-1.0"),
    ("https://creativecommons.org/publicdomain/zero/1.0/legalcode", "CC0-1.0"),
    ("https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"),
    ("Public Domain Mark 1.0", "CC-PDM-1.0"),
    ("GPL-3.0", "GPL-3.0-only"),
    ("GPLv3", "GPL-3.0-only"),
    ("GNU GPL v3", "GPL-3.0-only"),
    ("GPL-3.0+", "GPL-3.0-or-later"),
    ("gpl-3.0-or-later", "GPL-3.0-or-later"),
    ("https://www.gnu.org/licenses/gpl-3.0.en.html", "GPL-3.0-only"),
    ("http://www.gnu.org/licenses/gpl-3.0.txt", "GPL-3.0-only"),
    ("LGPL-2.1", "LGPL-2.1-only"),
    ("MIT License", "MIT"),
    ("The MIT License (MIT)", "MIT"),
    ("https://opensource.org/licenses/MIT", "MIT"),
    ("https://opensource.org/license/mit/", "MIT"),
    ("http://www.opensource.org/licenses/mit-license.php", "MIT"),
    ("http://spdx.org/licenses/MIT.html", "MIT"),
    ("https://spdx.org/licenses/CC0-1.0", "CC0-1.0"),
    ("opensource.org/licenses/BSD-3-Clause", "BSD-3-Clause"),
    ("Apache License, Version 2.0", "Apache-2.0"),
    ("http://www.apache.org/licenses/LICENSE-2.0.html", "Apache-2.0"),
    ("bigscience-openrail-m", "LicenseRef-scancode-bigscience-open-rail-m"),
    ("NASA-1.3", "NASA-1.3"),
    ("mit or apache-2.0", "MIT OR Apache-2.0"),
    ("(MIT AND CC-BY-NC-4.0)", "MIT AND CC-BY-NC-4.0"),
    ("GPL-2.0-or-later WITH Classpath-exception-2.0", "GPL-2.0-or-later WITH Classpath-exception-2.0"),
]
NONE = [
    "",
    "open access",
    "free",
    "free for research",
    "all rights reserved",
    "other",
    "other-open",
    "public domain",
    "license",
    "BSD",
    "CC BY",
    "MIT License (non-commercial use only)",
    "use it or leave it",
    "MIT AND nonsense-1.0",
    "LicenseRef-my-own",
    "https://example.org/licence",
    "https://github.com/x/y/blob/main/LICENSE",
    "Permission is hereby granted " * 100,
]


def found(text: str) -> licences.Licence:
    licence = licences.find(text)
    assert licence is not None
    return licence


@pytest.mark.parametrize(("text", "spdx_id"), SPELLINGS)
def test_a_licence_is_found_by_any_usual_spelling(text: str, spdx_id: str) -> None:
    assert found(text).id == spdx_id


@pytest.mark.parametrize("text", NONE)
def test_what_names_no_licence_finds_none(text: str) -> None:
    assert licences.find(text) is None


@settings(deadline=None)  # the first search beyond our table reads the SPDX list
@given(st.text() | st.text("MITORANDWH()+-.0123 gplc", max_size=40))
@example("()")
@example("( AND MIT")
@example("(MIT OR ) ISC")
@example(") MIT (")
def test_no_text_makes_the_search_fail(text: str) -> None:
    licence = licences.find(text)
    assert licence is None or licences.find(licence.id) == licence


@pytest.mark.parametrize("licence", licences.licences(), ids=lambda licence: licence.id)
def test_a_row_is_found_by_each_of_its_spellings(licence: licences.Licence) -> None:
    for text in (licence.id, licence.id.upper(), licence.name, licence.url, *licence.aliases):
        assert licences.find(text) is licence, text


@pytest.mark.parametrize("licence", licences.licences(), ids=lambda licence: licence.id)
def test_every_id_is_on_the_spdx_list_and_not_deprecated(licence: licences.Licence) -> None:
    assert str(get_spdx_licensing().parse(licence.id, validate=True, strict=True)) == licence.id


@pytest.mark.parametrize("licence", licences.licences(), ids=lambda licence: licence.id)
def test_every_licence_is_made_for_known_kinds(licence: licences.Licence) -> None:
    assert licence.made_for
    assert set(licence.made_for) <= KINDS
    assert len(set(licence.made_for)) == len(licence.made_for)


@pytest.mark.parametrize(
    ("text", "kind", "suits"),
    [
        ("CC0-1.0", "dataset", True),
        ("CC-BY-4.0", "dataset", True),
        ("CC-BY-4.0", "software", False),
        ("GPL-3.0-only", "software", True),
        ("GPL-3.0-only", "dataset", False),  # CERN Open Data record 12320
        ("MIT", "model", True),
        ("MIT", "dataset", False),
        ("MIT OR CC-BY-4.0", "dataset", True),
        ("MIT AND CC-BY-4.0", "dataset", False),
        ("CC-BY-3.0-DE", "dataset", True),
    ],
)
def test_a_licence_is_made_for_some_kinds(text: str, kind: str, suits: bool) -> None:
    assert (kind in found(text).made_for) is suits


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("CC-BY-SA-4.0", True),
        ("CC-BY-NC-4.0", False),
        ("CC-BY-ND-3.0", False),
        ("CC-BY-NC-SA-2.0-FR", False),
        ("CC-BY-2.5-AU", True),
        ("MIT OR SSPL-1.0", True),
        ("MIT AND SSPL-1.0", False),
        ("bigscience-openrail-m", False),
    ],
)
def test_some_licences_are_open(text: str, is_open: bool) -> None:
    assert found(text).open is is_open


def test_the_main_kind_comes_first() -> None:
    assert [found(text).made_for[0] for text in ("CC-BY-4.0", "MIT", "GFDL-1.3")] == [
        "dataset",
        "software",
        "documentation",
    ]
