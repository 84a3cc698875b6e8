"""The variables of a folder into its fairkit.toml, or into a variables.csv where there are many."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fairkit.dialects import fairkit_toml
from fairkit.dialects import variables_csv as dialect
from fairkit.model.harvest import Harvest
from fairkit.model.variable import Variable

from . import toml_text, variables
from ._filling import Filling
from .folding import expand
from .initiation import Filled
from .origins import OWN, Told
from .words import Description

__all__ = ["FILE", "MOST_ROWS", "fill"]

FILE = "variables.csv"
MOST_ROWS = 40
"""More variables than these are not read in fairkit.toml by anybody."""
_GUESSED = ("role", "group", "count")


def fill(filling: Filling, found: Description, read: Harvest, table: str | None) -> str | None:
    """Add the variables that neither file has; return the text of variables.csv, None where there is none to be.

    `table` is the file of that name as it stands; one that is no table of variables is left alone.
    """
    own = [view for view in read.views if view.representation in OWN]
    known = {one.name for view in own for one in view.resource.variables}
    known |= {row["name"] for row in _rows(filling.had.get("variables")) if isinstance(row.get("name"), str)}
    new = [one for one in found.resource.variables if one.name not in known]
    guesses = {one.name: _guesses(found, one) for one in new}
    new = [_with(one, guesses[one.name]) for one in new]
    told = [_origin(one, found, read) for one in new]
    is_ours = any(view.representation == "variables-csv" for view in own)
    if "variables" not in filling.had and (is_ours or (table is None and len(new) > MOST_ROWS)):
        return _into_table(filling, new, told, guesses, table)
    if new:
        rows = fairkit_toml.encode("variables", tuple(new))["/variables"]
        marks = [{key: why for key, (_, why) in guesses[one.name].items()} for one in new]
        filling.rows("/variables", rows, told, guessed=marks)
    return table if is_ours else None


def _rows(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _guesses(found: Description, variable: Variable) -> dict[str, tuple[str, str]]:
    """What names suggest of a variable, and why; never what is stated."""
    return {
        guess.field: (guess.value, guess.why)
        for guess in found.guessed
        if guess.subject == variable.name and guess.field in _GUESSED and getattr(variable, guess.field) is None
    }


def _with(variable: Variable, guesses: Mapping[str, tuple[str, str]]) -> Variable:
    told: dict[str, Any] = {field: value for field, (value, _) in guesses.items()}
    return replace(variable, **told)


def _origin(variable: Variable, found: Description, read: Harvest) -> Told:
    """The document that describes a variable, else the first file that has it."""
    owner = read.owners.get("variables")
    if owner is not None and any(one.name == variable.name for one in owner.resource.variables):
        return Told(None, "read", os.path.basename(owner.document.url))
    names = set(expand(variable.columns or variable.name))
    file = next((one.path for one in found.facts if any(c.name in names for c in variables.columns(one.facts))), None)
    return Told(None, "extracted", file)


def _into_table(
    filling: Filling,
    new: Sequence[Variable],
    told: Sequence[Told],
    guesses: Mapping[str, Mapping[str, tuple[str, str]]],
    table: str | None,
) -> str | None:
    """The variables.csv with rows for what is new, written as the others are."""
    rows = dialect.lines(new) if new else []
    for row, origin, one in zip(rows, told, new, strict=True):
        marks = guesses[one.name]
        place = f"{FILE}: {one.name}"
        sure = {key: cell for key, cell in row.items() if key not in marks}
        filling.filled.append(Filled(place=place, value=sure, how=origin.how, source=origin.source))
        filling.filled += (
            Filled(place=f"{place}, {key}", value=value, how="guessed", quote=why)
            for key, (value, why) in marks.items()
        )
    if not rows:
        return table
    if table is not None:
        return _longer(table, rows)
    fields = dict.fromkeys(field for marks in guesses.values() for field in marks)
    guessed = f"; what names suggest, and nobody states, is in its columns {', '.join(fields)}" if fields else ""
    filling.text = toml_text.with_comment(filling.text, f"The variables stand in {FILE}{guessed}.")
    heads = ["name", "type", "unit", "description", *_more(rows)]
    return dialect.separated([heads, *([row.get(head, "") for head in heads] for row in rows)], ",")


def _more(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """The columns that any row needs, but for those that every table has for people to fill."""
    return [name for name in dialect.COLUMNS[4:] if any(row.get(name) for row in rows)]


def _longer(table: str, rows: Sequence[Mapping[str, str]]) -> str:
    """The table with more rows below; the columns are those that it has."""
    sign = dialect.separator(table.removeprefix("\ufeff"))
    heads = next(csv.reader(io.StringIO(table.removeprefix("\ufeff").lstrip()), delimiter=sign, skipinitialspace=True))
    cells = [[row.get(head.strip().casefold(), "") for head in heads] for row in rows]
    more = dialect.separated(cells, sign)
    ending = "\r\n" if "\r\n" in table else "\n"
    return f"{table}{'' if table.endswith(chr(10)) else ending}{more.replace(chr(10), ending)}"
