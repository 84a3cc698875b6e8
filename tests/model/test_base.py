"""IRIs made from their prefix, and words that do not change."""

import copy
import pickle
from dataclasses import FrozenInstanceError, replace
from typing import Annotated, Any

import pytest
from pydantic import ValidationError

from fairkit.model.base import FAIRKIT, PROV, SDO, Frozen, Namespace, Term, Told, adapter, plain, word


@word
class Saying(Frozen):
    text: Annotated[str, Term(SDO.text, "Words", vocabulary="English")]
    times: Annotated[int, Told("How often", ge=1)] = 1


@word
class Other(Frozen):
    text: str
    times: int = 1


@word
class Louder(Saying):
    volume: int


@word
class Tree(Frozen):
    times: int = 1
    parts: "tuple[Tree, ...]" = ()


SAYING = Saying(text="jets", times=2)
TREE = Tree(parts=(Tree(times=3),))


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
    jets = Saying(text="jets")
    assert len({jets, Saying(text="jets"), Saying(text="tracks")}) == 2
    assert jets != Other(text="jets")
    assert Saying(text="jets", times=2) != jets
    with pytest.raises(FrozenInstanceError, match="text stays as it is"):
        jets.text = "tracks"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="lang"):
        jets.lang = "en"
    with pytest.raises(FrozenInstanceError, match="text stays"):
        del jets.text
    assert jets == Saying(text="jets")


@pytest.mark.parametrize(
    ("given", "wrong"),
    [({"text": "jets", "lang": "en"}, "lang"), ({}, "text"), ({"times": 2}, "text")],
)
def test_a_word_has_its_own_fields_and_all_that_it_needs(given: dict[str, Any], wrong: str) -> None:
    with pytest.raises(TypeError, match=rf"Saying\.__init__\(\) .*'{wrong}'"):
        Saying(**given)
    with pytest.raises(ValidationError) as caught:
        adapter(Saying).validate_python(given)
    assert {str(error["loc"][0]) for error in caught.value.errors()} == set(wrong.split(", "))


def test_a_word_takes_no_value_without_a_name() -> None:
    with pytest.raises(TypeError):
        Saying("jets")  # type: ignore[call-arg]


def test_a_field_that_is_left_out_has_its_default() -> None:
    assert (TREE.times, TREE.parts[0].parts) == (1, ())


def test_the_words_below_a_word_are_those_of_the_class_above_and_its_own() -> None:
    found = Louder(text="jets", volume=11)
    assert plain(found) == {"text": "jets", "times": 1, "volume": 11}
    assert found != Saying(text="jets")


@pytest.mark.parametrize("word", [SAYING, TREE])
def test_a_word_goes_out_and_in_again_whole(word: Frozen) -> None:
    kind = adapter(type(word))
    copies = [
        kind.validate_json(kind.dump_json(word)),
        kind.validate_python(kind.dump_python(word)),
        kind.validate_python(plain(word)),
        pickle.loads(pickle.dumps(word)),  # noqa: S301  our own bytes
        copy.copy(word),
        copy.deepcopy(word),
        replace(word),  # type: ignore[type-var]
    ]
    for again in copies:
        assert type(again) is type(word)
        assert again == word
        assert hash(again) == hash(word)
        assert list(vars(again)) == list(vars(word))


@pytest.mark.parametrize("given", [{"text": "jets", "times": 2}, {"times": 2, "text": "jets"}])
def test_the_order_in_which_values_come_makes_no_difference(given: dict[str, Any]) -> None:
    assert hash(Saying(**given)) == hash(SAYING) == hash(adapter(Saying).validate_python(given))
    assert list(plain(Saying(**given))) == ["text", "times"]


def test_a_copy_may_differ_in_a_field() -> None:
    assert replace(SAYING, text="tracks") == Saying(text="tracks", times=2)
    assert SAYING.text == "jets"
    with pytest.raises(TypeError, match="lang"):
        replace(SAYING, lang="en")  # type: ignore[call-arg]


def test_a_word_shows_what_it_is_made_of() -> None:
    assert repr(SAYING) == "Saying(text='jets', times=2)"
    assert repr(Tree(parts=(Tree(),))) == "Tree(times=1, parts=(Tree(times=1, parts=()),))"


def test_a_word_in_plain_values_is_what_pydantic_writes_of_it() -> None:
    assert plain(TREE) == {"times": 1, "parts": [{"times": 3, "parts": []}]}
    assert plain(TREE) == adapter(Tree).dump_python(TREE, mode="json")
    assert plain((SAYING, None, 1.5)) == [{"text": "jets", "times": 2}, None, 1.5]


def test_a_schema_tells_what_terms_and_limits_say() -> None:
    written = adapter(Saying).json_schema()
    assert written["additionalProperties"] is False
    assert written["required"] == ["text"]
    assert {"description": "Words", "x-iri": str(SDO.text), "x-vocabulary": "English"}.items() <= (
        written["properties"]["text"].items()
    )
    assert {"description": "How often", "minimum": 1, "default": 1}.items() <= written["properties"]["times"].items()
    assert "x-unit" not in written["properties"]["text"]
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        adapter(Saying).validate_python({"text": "jets", "times": 0})
