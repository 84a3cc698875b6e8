"""`fairkit list`: what there is to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import typer

from . import edge
from .options import Json

if TYPE_CHECKING:
    from .rows import Row

__all__ = ["app"]

app = typer.Typer(help="List what there is to choose from.", no_args_is_help=True, rich_markup_mode=None)


def _checks() -> Iterator[Row]:
    from fairkit import checks

    from .rows import CheckRow

    for name, check in sorted(checks.every().items()):
        yield CheckRow(name, check.title, sorted(check.fields), sorted(check.needs))


def _checklists() -> Iterator[Row]:
    from fairkit.assess import checklist

    from .rows import ChecklistRow

    for name in checklist.names():
        found = checklist.load(name)
        yield ChecklistRow(name, found.title, found.version, len(found.metrics))


def _sources() -> Iterator[Row]:
    from fairkit.registry import SOURCES

    from .rows import SourceRow

    for name, module in SOURCES:
        yield SourceRow(name, module.TITLE, list(module.KEYWORDS), list(module.EXAMPLES))


def _dialects() -> Iterator[Row]:
    from fairkit.registry import DIALECTS

    from .rows import DialectRow

    for name, module in DIALECTS:
        ways = [way for way in ("read", "write") if hasattr(module, way)]
        yield DialectRow(name, module.TITLE, module.MEDIA_TYPE, ways)


def _formats() -> Iterator[Row]:
    from fairkit.registry import FORMATS

    from .rows import FormatRow

    for name, module in FORMATS:
        ways = ["read", *(["write"] if hasattr(module, "writer") else [])]
        opened = "in a limited child process" if module.SANDBOXED else "here"
        yield FormatRow(name, module.TITLE, list(module.EXTENSIONS), ways, opened)


def _reports() -> Iterator[Row]:
    from fairkit.registry import REPORTS

    from .rows import ReportRow

    for name, module in REPORTS:
        yield ReportRow(name, module.TITLE, module.MEDIA_TYPE)


def _verb(name: str, rows: Callable[[], Iterable[Row]]) -> None:
    @edge.guarded
    def listed(json: Json = False) -> None:
        found = list(rows())
        edge.write(_as_json(found) if json else _as_text(found), None)

    app.command(name, help=f"List the {name}.")(listed)


def _as_json(rows: Sequence[Row]) -> bytes:
    import json
    from dataclasses import asdict

    return json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2).encode() + b"\n"


def _as_text(rows: Sequence[Row]) -> bytes:
    """A line a row: the name, the title, and what else there is, in aligned columns."""
    from dataclasses import asdict

    width = max((len(row.name) for row in rows), default=0)
    lines = []
    for row in rows:
        more = "; ".join(_told(name, value) for name, value in list(asdict(row).items())[2:] if value)
        lines.append(f"{row.name:<{width}}  {row.title}" + (f"  [{more}]" if more else ""))
    return "\n".join(lines).encode() + b"\n"


def _told(name: str, value: Any) -> str:
    return f"{name}: {', '.join(value)}" if isinstance(value, list) else f"{name}: {value}"


for _name, _rows in {
    "checks": _checks,
    "checklists": _checklists,
    "sources": _sources,
    "dialects": _dialects,
    "formats": _formats,
    "reports": _reports,
}.items():
    _verb(_name, _rows)
