"""One value after the other into the text of a fairkit.toml, each with its origin beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fairkit.dialects import fairkit_toml
from fairkit.dialects._toml_faults import checked

from . import toml_text
from .initiation import Filled
from .origins import Told

__all__ = ["Filling"]

_ROWS = {
    "/creators", "/contributors", "/funding", "/files", "/variables", "/splits", "/relations", "/provenance/steps",
    "/model/inputs", "/model/outputs", "/model/data", "/model/results",
}  # fmt: skip
_SEVERAL = {"activities": ("/recipe", "/provenance/steps")}
"""Fields of which each place says all."""
_LONGEST_QUOTE = 60


class Filling:
    """A text that is being completed: what it had stays, what is put in is remembered."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.had = toml_text.parsed(text)
        self.filled: list[Filled] = []
        self.notes: list[str] = []

    def has(self, field: str) -> bool:
        """Whether somebody wrote something for a field, well or badly."""
        places = _SEVERAL.get(field) or (fairkit_toml.place(field) or "",)
        return any(toml_text.existing(self.had, place) is not None for place in places if place)

    def put(self, field: str, told: Told) -> None:
        """Fill in a field, wherever the file does not have it."""
        for pointer, value in fairkit_toml.encode(field, told.value).items():
            if toml_text.existing(self.had, pointer) is not None:
                continue
            if pointer in _ROWS:
                self.rows(pointer, value, [told] * len(value))
            else:
                self.put_at(pointer, value, told)

    def put_at(self, pointer: str, value: Any, told: Told) -> None:
        """Fill in a value at its place."""
        if not self._fits(pointer, value):
            return
        place = pointer.strip("/").replace("/", ".")
        made = toml_text.with_value(self.text, pointer, value, _remark(told))
        if made is None:
            self.notes.append(f"{place} could not be added: the file says something else there")
            return
        self.text = made
        self.filled.append(_filled(place, value, told))

    def rows(
        self,
        pointer: str,
        rows: Sequence[Mapping[str, Any]],
        told: Sequence[Told],
        *,
        guessed: Sequence[Mapping[str, str]] = (),
    ) -> None:
        """Add rows below those that are there; `guessed` says for each which keys are guesses, and why."""
        name = pointer.strip("/")
        marks = guessed or [{}] * len(rows)
        good = [each for each in zip(rows, told, marks, strict=True) if self._fits(pointer, [each[0]])]
        if not good:
            return
        remarks = [{"": _remark(one), **{k: f"guessed: {why}" for k, why in mark.items()}} for _, one, mark in good]
        there = toml_text.existing(toml_text.parsed(self.text), pointer) or []
        made = None
        if isinstance(there, list):
            made = toml_text.with_rows(self.text, name, [row for row, _, _ in good], remarks)
        if made is None:
            self.notes.append(f"{name} could not be added: the file says something else there")
            return
        self.text = made
        for number, (row, one, mark) in enumerate(good, len(there)):
            place = f"{name.replace('/', '.')}.{number}"
            sure = {key: value for key, value in row.items() if key not in mark}
            self.filled.append(_filled(place, sure, one))
            self.filled += (
                _filled(f"{place}.{k}", row[k], Told(None, "guessed", quote=why)) for k, why in mark.items()
            )

    def item(self, pointer: str, row: int, key: str, value: str, told: Told) -> None:
        """Add one more item to the list of a row."""
        made = toml_text.appended(self.text, pointer, row, key, value)
        place = f"{pointer.strip('/')}.{row}.{key}"
        if made is None:
            self.notes.append(f"{value} could not be added to {place}")
        else:
            self.text = made
            self.filled.append(_filled(place, value, told))

    def _fits(self, pointer: str, value: Any) -> bool:
        """Whether the file may say this; what others wrote need not keep to our tables."""
        told: Any = value
        for step in reversed(pointer.split("/")[1:]):
            told = {step: told}
        faults = checked(told)[1]
        self.notes += (f"left out: {fault}" for fault in faults)
        return not faults


def _filled(place: str, value: Any, told: Told) -> Filled:
    return Filled(place=place, value=_plain(value), how=told.how, source=told.source, line=told.line, quote=told.quote)


def _plain(value: Any) -> Any:
    """A value in the types of JSON: an open end of a range is a text."""
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, float) and value in (float("inf"), float("-inf")) else value


def _remark(told: Told) -> str:
    """An origin in words, for the end of a line."""
    if told.how == "asked":
        return "as answered"
    source = f" from {told.source}" if told.source else ""
    short = told.quote and len(told.quote) <= _LONGEST_QUOTE and told.quote not in (told.value, "")
    return f"{told.how}{source}" + (f": {told.quote}" if short else "")
