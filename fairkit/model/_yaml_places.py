"""Where values stand in the text of YAML: PyYAML marks each node with its place.

An alias stands where its anchor does. Nothing is made of the nodes, so a short text cannot unfold into a long one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["finder"]


def finder(text: str) -> Callable[[list[str]], int | None]:
    """What finds the offset of the value at a path.

    Raises:
        ValueError: if the text is no YAML.
    """
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        raise ValueError(f"no YAML: {error}") from None

    def find(path: list[str]) -> int | None:
        node = root
        for part in path:
            node = _child(node, part)
        return node.start_mark.index if node is not None else None

    return find


def _child(node: Any, part: str) -> Any:
    """The node of a key, of which the last counts if it stands twice, or of an index; None if there is none."""
    if node is None or isinstance(node.value, str):
        return None
    if node.id == "mapping":
        named = (value for key, value in reversed(node.value) if isinstance(key.value, str) and key.value == part)
        return next(named, None)
    index = int(part) if part.isascii() and part.isdigit() and len(part) < 10 else -1
    return node.value[index] if 0 <= index < len(node.value) else None
