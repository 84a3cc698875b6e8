"""IRIs made from their prefix, and words that do not change."""

from __future__ import annotations

import copy
from typing import Annotated

import pytest
from pydantic import ValidationError

from fairkit.model.base import FAIRKIT, PROV, SDO, Frozen, Namespace, Term


class Word(Frozen):
    text: Annotated[str, Term(SDO.text)]


@pytest.mark.parametrize(
    ("namespace", "name", "iri"),
    [
        (SDO, "license", "https://schema.org/license"),
        (SDO, "split", "https://schema.org/split"),  # the name of a method of str
        (SDO, "format", "https://schema.org/format"),
        (PROV, "used", "http://www.w3.org/ns/prov#used"),
        (FAIRKIT, "dtype", "https://w3id.org/fairkit/terms#dtype"),
        (Namespace("urn:x:"), "a", "urn:x:a"),
    ],
)
def test_an_attribute_of_a_namespace_is_an_iri(namespace: Namespace, name: str, iri: str) -> None:
    assert getattr(namespace, name) == iri
    assert iri.startswith(str(namespace))


def test_what_python_asks_every_object_for_is_no_term() -> None:
    assert not hasattr(SDO, "__len__")
    assert str(copy.copy(SDO)) == str(SDO)


def test_a_word_is_equal_to_its_like_and_does_not_change() -> None:
    word = Word(text="jets")
    assert len({word, Word(text="jets"), Word(text="tracks")}) == 2
    with pytest.raises(ValidationError, match="frozen"):
        word.text = "tracks"  # type: ignore[misc]


def test_a_word_has_no_field_that_it_does_not_know() -> None:
    with pytest.raises(ValidationError, match="lang"):
        Word.model_validate({"text": "jets", "lang": "en"})
