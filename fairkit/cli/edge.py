"""The edge: where errors become messages and exit codes. stdout is data, stderr is talk.

0 done · 1 the gate blocks · 2 usage, configuration, not found · 3 could not tell · 4 authentication ·
5 partly done, run again · 70 our bug · 130 interrupted
"""

from __future__ import annotations

import errno
import functools
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from fairkit import atomic
from fairkit.errors import FairkitError, UsageError

__all__ = ["SEVERITY", "complain", "guarded", "say", "worst", "write"]

SEVERITY = (0, 1, 3, 5, 2, 4, 70)
"""Exit codes from the best to the worst, for batches."""


def say(text: str) -> None:
    """Talk to the user; control characters of strangers are shown, not obeyed."""
    print("".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text), file=sys.stderr)


def complain(error: FairkitError) -> None:
    """Say what was wrong, and what to do."""
    remedy = f"\n  {error.remedy}" if error.remedy else ""
    say(f"fairkit: {error.what}{remedy}")


def worst(codes: list[int]) -> int:
    """The worst of several exit codes."""
    return max(codes, key=SEVERITY.index, default=0)


def write(body: bytes, output: str | None) -> None:
    """Write data to a file, whole or not at all, or to stdout.

    Raises:
        UsageError: if it cannot be written.
    """
    if output is not None and output != "-":
        atomic.write(output, body)
        return
    if sys.stdout is None:  # closed by whoever called us
        raise UsageError("there is no standard output to write to", remedy="Name a file with --output.")
    try:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UsageError(f"cannot write to standard output: {error.strerror}") from None


def guarded(command: Callable[..., int | None]) -> Callable[..., None]:
    """A command that ends with the exit code it returns, or with the one of its error."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            code = command(*args, **options) or 0
        except FairkitError as error:
            complain(error)
            code = error.exit_code
        except KeyboardInterrupt:
            say("fairkit: interrupted")
            code = 130
        except BrokenPipeError:
            # Whoever read our output has gone, as `head` does; Python must not complain again while it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = 0
        except OSError as error:
            if error.errno != errno.ENAMETOOLONG:
                _report_bug(error)
            say(f"fairkit: a path is longer than the system allows: {str(error.filename)[:100]}…\n  Is the path right?")
            code = 2
        except Exception as error:
            _report_bug(error)
        raise SystemExit(code)

    return run


def _report_bug(error: Exception) -> NoReturn:
    import platform
    import traceback

    from fairkit import __version__

    trace = "".join(traceback.format_exception(error))
    say(f"fairkit: this is our bug, please report it with these lines:\n\n{trace}")
    say(f"fairkit {__version__}, Python {platform.python_version()}, {platform.platform()}")
    raise SystemExit(70)
