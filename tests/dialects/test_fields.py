"""What an annotation says about a field, of a table of pydantic and of a word: what it holds, and whether several."""

from dataclasses import field
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel

from fairkit.dialects._fields import hints, is_tuple, part
from fairkit.model.base import Frozen, word


class Leaf(BaseModel):
    name: str = ""


class Tree(BaseModel):
    text: str = ""
    choice: Literal["a", "b"] | None = None
    leaf: Leaf = Leaf()
    maybe: Annotated[Leaf | None, "told beside it"] = None
    leaves: tuple[Leaf, ...] = ()
    words: Annotated[tuple[str, ...] | None, "told beside it"] = None
    pairs: tuple[tuple[str, str], ...] = ()
    table: dict[str, int] = {}
    tree: "Tree | None" = None


@word
class Twig(Frozen):
    name: str = ""


@word
class Bush(Frozen):
    text: str = ""
    choice: Literal["a", "b"] | None = None
    leaf: Twig = Twig()
    maybe: Annotated[Twig | None, "told beside it"] = None
    leaves: tuple[Twig, ...] = ()
    words: Annotated[tuple[str, ...] | None, "told beside it"] = None
    pairs: tuple[tuple[str, str], ...] = ()
    table: dict[str, int] = field(default_factory=dict)
    tree: Annotated[tuple["Bush", ...], "told beside it"] = ()


@pytest.mark.parametrize(
    ("name", "held", "several"),
    [
        ("text", None, False),
        ("choice", None, False),
        ("leaf", (Leaf, Twig), False),
        ("maybe", (Leaf, Twig), False),
        ("leaves", (Leaf, Twig), True),
        ("words", None, True),
        ("pairs", None, True),
        ("table", None, False),
    ],
)
def test_a_field_holds_things_or_plain_values_one_or_several(
    name: str, held: tuple[type, type] | None, several: bool
) -> None:
    assert (part(Tree, name), part(Bush, name)) == (held or (None, None))
    assert is_tuple(Tree, name) is is_tuple(Bush, name) is several


def test_a_class_may_hold_things_of_its_own() -> None:
    assert (part(Tree, "tree"), is_tuple(Tree, "tree")) == (Tree, False)
    assert (part(Bush, "tree"), is_tuple(Bush, "tree")) == (Bush, True)


def test_fields_come_in_their_order() -> None:
    assert list(hints(Tree)) == list(hints(Bush)) == list(Tree.model_fields)
