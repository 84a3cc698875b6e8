"""The house keeps its order: who may import whom, who may touch the world, and what is loaded when."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from .conftest import ROOT

HOUSE = ROOT / "fairkit"
FILES = sorted(HOUSE.rglob("*.py"))

GROUND = {"atomic", "cluster", "errors", "resources", "registry", "settings"}
PURE = {"model", "vocab", "dialects"}
READING = GROUND | PURE | {"http", "untrusted", "formats"}
JUDGING = GROUND | {"model", "vocab", "checks", "assess"}
GATHERING = READING | {"ocfl", "sources", "evidence"}
MAY_IMPORT = {
    "errors": set[str](),
    "resources": {"errors"},
    "registry": {"errors"},
    "atomic": {"errors"},
    "cluster": {"errors"},
    "settings": {"errors"},
    "ocfl": {"errors"},
    "model": GROUND,
    "vocab": GROUND | {"model"},
    "dialects": GROUND | PURE,
    "http": GROUND | PURE,
    "untrusted": GROUND | PURE,
    "formats": READING,
    "sources": READING | {"ocfl"},
    "evidence": READING | {"ocfl", "sources"},
    "checks": GROUND | {"model", "vocab"},
    "assess": JUDGING,
    "report": JUDGING,
    "gate": JUDGING,
    "compare": GROUND | PURE | {"report"},
    "diff": JUDGING | {"report"},
    "fix": JUDGING | {"dialects", "compare", "report"},
    "package": GATHERING | JUDGING | {"report"},
    "results": GATHERING | JUDGING | {"report", "package"},
    "verification": GATHERING | {"package"},
    "repositories": READING | {"package"},
    "publish": GATHERING | JUDGING | {"package", "repositories", "gate"},
    "survey": GATHERING | JUDGING | {"report"},
    "serve": GATHERING | JUDGING | {"report", "package"},
}
"""The direction of imports, by package or module; only the command line, on top, may import all."""

TOP = {"cli", "__init__", "__main__"}
WITHOUT_WORLD = {"model", "vocab", "dialects", "checks", "assess", "gate", "report", "compare", "diff", "fix"}
WORLD = {
    "os",
    "socket",
    "subprocess",
    "shutil",
    "tempfile",
    "pathlib",
    "requests",
    "urllib.request",
    "http.client",
}
TOUCHES = {
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
    "mkdir",
    "unlink",
    "iterdir",
    "glob",
    "open",
    "urlopen",
}
HEAVY = {
    "pyarrow", "h5py", "numpy", "rdflib", "requests", "jsonschema", "uproot", "awkward", "dask", "idutils", "yaml",
    "tomlkit", "license_expression",
}  # fmt: skip
LATE_FOR_THE_COMMAND_LINE = {
    "model", "dialects", "assess", "checks", "vocab", "report", "gate", "evidence", "http", "compare", "diff", "fix",
}  # fmt: skip


class Import(NamedTuple):
    module: str
    line: int
    at_top: bool
    for_types: bool


def room(path: Path) -> str:
    """The package or module of the house that a file belongs to."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[Import]:
    """Every module that a file imports, also inside functions."""
    package = path.relative_to(ROOT).parent.parts
    waiting: list[tuple[ast.AST, bool, bool]] = [(ast.parse(path.read_bytes()), True, False)]
    while waiting:
        node, at_top, for_types = waiting.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            for module in _modules(node, package):
                yield Import(module, node.lineno, at_top, for_types)
        inside = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typing = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        waiting += [(child, at_top and not inside, for_types or typing) for child in ast.iter_child_nodes(node)]


def _modules(node: ast.Import | ast.ImportFrom, package: tuple[str, ...]) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    home = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
    module = ".".join(part for part in (home, node.module) if part)
    return [f"{module}.{alias.name}" for alias in node.names] if module == "fairkit" else [module]


def within_house(module: str) -> str | None:
    """The room that a module of the house belongs to; None for the rest of the world and for the version."""
    first, _, rest = module.partition(".")
    return rest.partition(".")[0] if first == "fairkit" and rest != "__version__" else None


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_room_has_its_place() -> None:
    assert {room(path) for path in FILES} <= MAY_IMPORT.keys() | TOP


@pytest.mark.parametrize("path", [path for path in FILES if room(path) not in TOP], ids=named)
def test_imports_lead_downwards(path: Path) -> None:
    allowed = MAY_IMPORT[room(path)] | {room(path)}
    wrong = [(i.line, i.module) for i in imports(path) if (to := within_house(i.module)) and to not in allowed]
    assert wrong == []


@pytest.mark.parametrize("path", [path for path in FILES if room(path) != "http"], ids=named)
def test_only_http_imports_requests(path: Path) -> None:
    assert [i.line for i in imports(path) if i.module.partition(".")[0] in ("requests", "urllib3")] == []


@pytest.mark.parametrize("path", [path for path in FILES if room(path) in WITHOUT_WORLD], ids=named)
def test_the_pure_rooms_touch_nothing_outside(path: Path) -> None:
    assert [(i.line, i.module) for i in imports(path) if i.module in WORLD and not i.for_types] == []
    assert list(_touches(ast.parse(path.read_bytes()))) == []


def _touches(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The calls that read or write files; the shipped data are read through `resources`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name) and called.id in ("open", "input", "print"):
            yield node.lineno, called.id
        if isinstance(called, ast.Attribute) and called.attr in TOUCHES and ast.unparse(called.value) != "resources":
            yield node.lineno, ast.unparse(called)


@pytest.mark.parametrize("path", FILES, ids=named)
def test_heavy_modules_are_loaded_when_they_are_needed(path: Path) -> None:
    if named(path) in ("fairkit/http/transport.py", "fairkit/http/connections.py"):
        return
    top = [i for i in imports(path) if i.at_top and not i.for_types]
    assert [(i.line, i.module) for i in top if i.module.partition(".")[0] in HEAVY] == []


@pytest.mark.parametrize("path", [path for path in FILES if room(path) in ("cli", "__init__", "__main__")], ids=named)
def test_the_command_line_starts_light(path: Path) -> None:
    top = [i for i in imports(path) if i.at_top and not i.for_types]
    assert [(i.line, i.module) for i in top if within_house(i.module) in LATE_FOR_THE_COMMAND_LINE] == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("from ..http import Session", ["fairkit.http"]),
        ("from . import _html", ["fairkit.dialects"]),
        ("from fairkit import settings, __version__", ["fairkit.settings", "fairkit.__version__"]),
        ("from .. import resources", ["fairkit.resources"]),
        ("import os, json", ["os", "json"]),
        ("def f():\n    import yaml", ["yaml"]),
    ],
)
def test_imports_are_seen_in_every_form(code: str, found: list[str]) -> None:
    path = HOUSE / "dialects" / "made_up.py"
    tree = ast.parse(code)
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [m for node in nodes for m in _modules(node, path.relative_to(ROOT).parent.parts)] == found
