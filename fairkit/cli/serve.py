"""`fairkit serve`: the pages of a local repository."""

from __future__ import annotations

import signal
from types import FrameType
from typing import Annotated

import typer

from fairkit.errors import UsageError

from . import edge
from .options import Json, Quiet

__all__ = ["serve"]

_PORT = "8000"


@edge.guarded
def serve(
    path: Annotated[str, typer.Argument(metavar="PATH", help="The folder of the repository.")] = "./repository",
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[str, typer.Option("--port", metavar="N", help="At which port; 0 takes any that is free.")] = _PORT,
    base_url: Annotated[
        str | None, typer.Option("--base-url", metavar="URL", help="The address by which others reach it.")
    ] = None,
    json: Json = False,
    quiet: Quiet = False,
) -> int:
    """Serve a local repository: a page for each record, its files, and a search over all of them.

    \b
    fairkit publish ./dataset
    fairkit serve
    fairkit serve ./repository --port 0 --json

    It listens on this machine only, unless --host says otherwise, and changes nothing. Each page has JSON-LD, typed
    links for machines and the score. Ctrl-C ends it.
    """
    from fairkit.serve.server import listening

    from .looks import json_of

    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        raise UsageError(f"{port!r} is no port", value=port, remedy=f"As in: --port {_PORT}")
    with listening(path, host=host, port=int(port), base=base_url) as (served, server):
        try:
            signal.signal(signal.SIGTERM, _end)
            if json:
                edge.write(json_of(served, indent=None), None)
            elif not quiet:
                edge.say(f"fairkit: {served.root} at {served.url} ({served.records:,} records); Ctrl-C ends it")
            server.run()
        except KeyboardInterrupt:
            return 0
    return 0


def _end(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
