"""Runs a judge inside its environment: the document from standard input, the verdict as JSON to standard output.

Nothing can be reached: a judge that would ask the web for a context or a schema must do without.
"""

from __future__ import annotations

import contextlib
import json
import runpy
import socket
import sys
from typing import Any, NoReturn


def _refused(self: socket.socket, address: Any, /) -> NoReturn:
    raise OSError(f"judges work offline, and this one wanted {address!r}")


if __name__ == "__main__":
    socket.socket.connect = _refused  # type: ignore[assignment, method-assign]
    socket.socket.connect_ex = _refused  # type: ignore[assignment, method-assign]
    with contextlib.redirect_stdout(sys.stderr):  # what it says on the way is talk
        found = runpy.run_path(sys.argv[1])["verdict"](sys.stdin.buffer.read(), *sys.argv[2:])
    sys.stdout.write(json.dumps(found))
