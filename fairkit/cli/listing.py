"""`fairkit list`: what there is to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer

from . import edge

__all__ = ["app"]

app = typer.Typer(help="List what there is to choose from.", no_args_is_help=True, rich_markup_mode=None)
_Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


def _checks() -> Iterable[dict[str, Any]]:
    from fairkit import checks

    for name, check in sorted(checks.every().items()):
        yield {"name": name, "title": check.title, "fields": sorted(check.fields), "needs": sorted(check.needs)}


def _checklists() -> Iterable[dict[str, Any]]:
    from fairkit.assess import checklist

    for name in checklist.names():
        found = checklist.load(name)
        yield {"name": name, "title": found.title, "version": found.version, "metrics": len(found.metrics)}


def _sources() -> Iterable[dict[str, Any]]:
    from fairkit.registry import SOURCES

    for name, module in SOURCES:
        yield {"name": name, "title": module.TITLE, "keyword": module.KEYWORD, "examples": list(module.EXAMPLES)}


def _dialects() -> Iterable[dict[str, Any]]:
    from fairkit.registry import DIALECTS

    for name, module in DIALECTS:
        ways = ["read", *(["write"] if hasattr(module, "write") else [])]
        yield {"name": name, "title": module.TITLE, "media_type": module.MEDIA_TYPE, "ways": ways}


def _reports() -> Iterable[dict[str, Any]]:
    from fairkit.registry import REPORTS

    for name, module in REPORTS:
        yield {"name": name, "title": module.TITLE, "media_type": module.MEDIA_TYPE}


def _verb(name: str, rows: Callable[[], Iterable[dict[str, Any]]]) -> None:
    @edge.guarded
    def listed(json: _Json = False) -> None:
        found = list(rows())
        edge.write(_as_json(found) if json else _as_text(found), None)

    app.command(name, help=f"List the {name}.")(listed)


def _as_json(rows: list[dict[str, Any]]) -> bytes:
    import json

    return json.dumps(rows, ensure_ascii=False, indent=2).encode() + b"\n"


def _as_text(rows: list[dict[str, Any]]) -> bytes:
    """A line a row: the name, the title, and what else there is, in aligned columns."""
    width = max((len(row["name"]) for row in rows), default=0)
    lines = []
    for row in rows:
        more = [", ".join(map(str, v)) if isinstance(v, list) else f"{k} {v}" for k, v in list(row.items())[2:] if v]
        lines.append(f"{row['name']:<{width}}  {row['title']}" + (f"  [{'; '.join(more)}]" if more else ""))
    return "\n".join(lines).encode() + b"\n"


for _name, _rows in {
    "checks": _checks,
    "checklists": _checklists,
    "sources": _sources,
    "dialects": _dialects,
    "reports": _reports,
}.items():
    _verb(_name, _rows)
