"""What an annotation says about a field: which model it holds, and whether several."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel

from fairkit.dialects._fields import is_tuple, part


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
    tree: Tree | None = None


@pytest.mark.parametrize(
    ("field", "model", "several"),
    [
        ("text", None, False),
        ("choice", None, False),
        ("leaf", Leaf, False),
        ("maybe", Leaf, False),
        ("leaves", Leaf, True),
        ("words", None, True),
        ("pairs", None, True),
        ("table", None, False),
        ("tree", Tree, False),
    ],
)
def test_a_field_holds_models_or_plain_values_one_or_several(
    field: str, model: type[BaseModel] | None, several: bool
) -> None:
    assert part(Tree, field) is model
    assert is_tuple(Tree, field) is several
