"""The documentation is true: its commands run, its code runs, its links lead somewhere, its lists are current."""

from __future__ import annotations

import doctest
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import fairkit
from fairkit.registry import CHECKS, DIALECTS, FORMATS, REPORTS, SOURCES, Registry
from fairkit.settings import SERVICES

from .conftest import ROOT
from .documentation import PAGES, Block, anchors, blocks, commands, links

EVERY = [block for page in PAGES for block in blocks(page)]
SHELL = [block for block in EVERY if block.language in ("sh", "console") and not block.mark and commands(block)]
PYTHON = [block for block in EVERY if block.language == "python"]
TOML = [block for block in EVERY if block.language == "toml"]
GENERATED = runpy.run_path(str(ROOT / ".ci" / "reference.py"))["PAGES"]
REGISTRIES = (CHECKS, DIALECTS, FORMATS, REPORTS, SOURCES)
PLUGINS = [(registry, name) for registry in REGISTRIES for name in registry.names()]

_UNREACHABLE = "http://127.0.0.1:9"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the examples, where `fairkit` is a command and no service can be reached."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    command = tmp_path / "bin" / "fairkit"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m fairkit "$@"\n')
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{command.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    for variable, _ in SERVICES.values():
        monkeypatch.setenv(variable, _UNREACHABLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("block", SHELL, ids=lambda block: block.name)
def test_the_commands_of_a_block_end_as_it_says(block: Block, checkout: Path) -> None:
    for line, code in commands(block):
        done = subprocess.run(["sh", "-c", line], cwd=checkout, capture_output=True, text=True, timeout=60)
        assert done.returncode == code, f"{line}\n{done.stderr}"


@pytest.mark.parametrize("block", PYTHON, ids=lambda block: block.name)
def test_the_python_of_a_block_runs(block: Block, checkout: Path) -> None:
    exec(compile(block.text, block.name, "exec"), {})  # noqa: S102 - the code is our own page


def test_the_tour_tells_what_happens() -> None:
    done = doctest.testmod(fairkit)
    assert (done.failed, done.attempted > 0) == (0, True)


@pytest.mark.parametrize("block", TOML, ids=lambda block: block.name)
def test_the_toml_of_a_block_is_understood(block: Block) -> None:
    if "[[metric]]" in block.text:
        from fairkit.assess import checklist

        assert checklist.parse(block.text.encode(), where=block.name).metrics
        return
    from fairkit.dialects import dialect
    from fairkit.model.evidence import Document

    written = Document(
        representation="fairkit-toml", media_type="application/toml", url=block.name, body=block.text.encode()
    )
    assert dialect("fairkit-toml").read(written).faults == ()


@pytest.mark.parametrize("path", GENERATED)
def test_a_generated_part_is_current(path: str) -> None:
    assert (ROOT / path).read_bytes() == GENERATED[path](), "run python .ci/generate.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path) if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_has_its_place() -> None:
    sections = yaml.safe_load((ROOT / "mkdocs.yml").read_bytes())["nav"]
    entries = [entry for section in sections for entry in section.values()]
    pages = [page for entry in entries for page in ([entry] if isinstance(entry, str) else _pages(entry))]
    assert sorted(pages) == sorted(path.name for path in (ROOT / "docs").glob("*.md"))


def _pages(section: list[dict[str, str]]) -> list[str]:
    return [page for entry in section for page in entry.values()]


def test_the_site_fetches_nothing() -> None:
    site = yaml.safe_load((ROOT / "mkdocs.yml").read_bytes())
    assert site["theme"]["font"] is False
    assert not site.keys() & {"extra_css", "extra_javascript", "repo_url"}


@pytest.mark.parametrize("mark", ["main", "tests"])
def test_one_line_of_the_readme_does_all_the_set_up(mark: str) -> None:
    [block] = [block for block in blocks(ROOT / "README.md") if block.mark == mark]
    assert block.text.startswith("python3 -m venv .venv && ")
    assert block.text.count("\n") == 1


@pytest.mark.parametrize(
    ("registry", "name"), PLUGINS, ids=lambda part: part.kind if isinstance(part, Registry) else part
)
def test_a_plug_in_is_told_about_and_tested(registry: Registry, name: str) -> None:
    module = registry.get(name)
    file = Path(str(module.__file__))
    assert (module.__doc__ or "").strip()
    assert (ROOT / "tests" / file.parent.name / f"test_{file.name}").is_file()
    page = (ROOT / "docs" / f"{file.parent.name.removesuffix('s')}s.md").read_text("utf-8")
    assert f"`{name}`" in page or f"## {name.capitalize()}" in page
