"""Small datasets for the tests of views: files and a fairkit.toml with a role for each variable."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

__all__ = ["dataset"]

HEAD = '[resource]\nkind = "dataset"\ntitle = "Toys"\n'


def dataset(
    folder: Path, files: Mapping[str, Mapping[str, Any]], variables: Mapping[str, str | None], more: str = ""
) -> str:
    """A folder with files and what each of their variables is for; `more` goes to the fairkit.toml.

    JSON lines are read without a child process, which takes a tenth of the time of Parquet.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in files.items():
        table = pa.table(dict(columns))
        if name.endswith(".jsonl"):
            (folder / name).write_text("".join(f"{json.dumps(row)}\n" for row in table.to_pylist()))
        else:
            pq.write_table(table, folder / name)
    told = [f"[[variables]]\nname = {_quoted(name)}\n{role_line(role)}" for name, role in variables.items()]
    (folder / "fairkit.toml").write_text("\n".join([HEAD, *told, more]), "utf-8")
    return str(folder)


def role_line(role: str | None) -> str:
    """A role, and whatever else is written behind it."""
    if role is None:
        return ""
    first, _, rest = role.partition(";")
    return f'role = "{first}"\n' + rest.replace(";", "\n") + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
