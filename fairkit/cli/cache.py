"""`fairkit cache`: show and clear the answers that are kept on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from . import edge
from .options import Json

if TYPE_CHECKING:
    from .rows import Cleared, Shown

__all__ = ["app"]

app = typer.Typer(help="Show or clear the answers of services that are kept on disk.", rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def _cache(context: typer.Context, json: Json = False) -> None:
    """Show or clear the answers of services that are kept on disk."""
    if context.invoked_subcommand is None:
        show(json)


@app.command("show")
@edge.guarded
def show(json: Json = False) -> None:
    """Show where the answers are kept, how many, and how large."""
    from fairkit.http import Cache, cache_folder

    from .rows import Shown

    info = Cache(cache_folder()).info()
    _tell(Shown(str(info.folder), info.entries, info.bytes), json)


@app.command("clear")
@edge.guarded
def clear(json: Json = False) -> None:
    """Delete all answers that are kept."""
    from fairkit.http import Cache, cache_folder

    from .rows import Cleared

    _tell(Cleared(Cache(cache_folder()).clear()), json)


def _tell(facts: Shown | Cleared, as_json: bool) -> None:
    import json
    from dataclasses import asdict

    lines = "\n".join(f"{name}: {value}" for name, value in asdict(facts).items())
    edge.write((json.dumps(asdict(facts), indent=2) if as_json else lines).encode() + b"\n", None)
