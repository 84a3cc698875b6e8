"""`fairkit cache`: shown and cleared."""

from __future__ import annotations

import json
from collections.abc import Callable

from tests.cli.conftest import Ran
from tests.servers.cern_open_data import Portal


def test_the_cache_is_shown_and_cleared(
    run: Callable[..., Ran], portal: Portal, visit: Callable[[Portal], None]
) -> None:
    visit(portal)
    assert json.loads(run("cache", "--json").out)["entries"] == 0
    run("assess", "record", "700", "-q")
    assert json.loads(run("cache", "show", "--json").out)["entries"] == 4
    asked = len(portal.log)
    assert run("assess", "record", "700", "-q", "--offline").code == 0
    assert len(portal.log) == asked
    assert run("cache", "clear").out == "cleared: 4\n"
    assert "entries: 0" in run("cache").out
