"""A folder looked at as a project: small text files at hand are read, nothing is run, no link out of it is followed."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from fairkit.model.project import Container, Mention, Project, Requirement

__all__ = ["project_of"]

_MOST_FILES = 5_000
_MOST_BYTES = 1024 * 1024
_MOST_MENTIONS = 100
_HERE = os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_LICENCES = re.compile(r"(licen[cs]e|copying|unlicense)(\..*|-.*)?", re.IGNORECASE)
_CITATIONS = frozenset({"citation.cff", "codemeta.json", "citation.bib", "citation", "citation.md"})
_READMES = re.compile(r"(readme|model_?card)(\..*)?", re.IGNORECASE)
_SHOWN = (".github", ".gitlab", ".circleci", ".travis")
_TESTS = re.compile(r"(^|/)(tests?|testing)(/|$)|(^|/)test_[^/]+\.py$|[^/]+_test\.py$")
_PIPELINES = re.compile(
    r"\.github/workflows/.+\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci/config\.ya?ml|\.travis\.ya?ml|Jenkinsfile"
    r"|azure-pipelines\.ya?ml"
)
_LOCKS = re.compile(
    r"(uv|poetry|pdm|pixi|conda|Pipfile)[.-]lock(\.ya?ml)?|conda-lock\.ya?ml|pylock(\..+)?\.toml|requirements[^/]*\.lock"
)
_REQUIREMENTS = re.compile(r"(^|/)requirements[^/]*\.(txt|in)$|(^|/)(environment|conda)[^/]*\.ya?ml$")
_DOCKERFILE = re.compile(r"(^|/)(Dockerfile|Containerfile)[^/]*$|\.dockerfile$", re.IGNORECASE)
_PROGRAMS = (".py", ".ipynb", ".sh", ".c", ".cpp", ".cxx", ".jl", ".r")
_CONFIGURATIONS = re.compile(
    r"(config|definitions?|hyper|params|training|train)[^/]*\.(ya?ml|json|toml|ini|cfg)$", re.IGNORECASE
)
_TEXTS = (*_PROGRAMS, ".md", ".rst", ".txt", ".yml", ".yaml", ".json", ".toml", ".ini", ".cfg", ".cff", ".bib", "")
_PRIVATE = re.compile(
    r"""(?<![\w.])(?:/(?:storage|home|Users|afs|scratch|nfs|work|lustre|gpfs|cephfs|mnt|uscms|nobackup)/[\w.~/+-]{2,120}"""
    r"""|(?:root://[\w.-]+/)?/eos/(?:user|home|project)[\w./+-]{2,120}|root://eosuser[\w./:+-]{2,120}"""
    r"""|[A-Z]:\\(?:Users|Documents)[\w.\\ -]{2,120})"""
)
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"'<>()\[\]{}|,;]{1,100}")
_FROM = re.compile(r"^\s*FROM\s+(?:--\S+\s+)*(\S+)", re.IGNORECASE)
_IMAGE = re.compile(r"^\s*(?:-\s*)?(?:image|container)\s*:\s*[\"']?([\w./:@-]+)")
_REF = re.compile(r"refs/[\w./+@-]{1,300}")
_NAME = re.compile(r"^\s*-?\s*([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*(.*)$")
_EXACT = re.compile(r"^\s*(===?|=)\s*[0-9][^,*]*$|@\s*\S+@[0-9a-f]{7,}|#sha256=")


def project_of(root: str, *, stored: Mapping[str, str] | None = None) -> Project:
    """What the files of a folder tell of it as a project; what cannot be read is passed over.

    Of a folder that is `stored` under other names, these tell where each of its files lies.
    """
    places = {name: Path(place) for name, place in stored.items() if not _passed_over(name)} if stored else None
    places = places or {name: Path(root, name) for name in _names(Path(root))}
    names = sorted(places) if stored else list(places)
    texts = {name: text for name in names if (text := _text(places[name], name)) is not None}
    pipelines = tuple(name for name in names if _PIPELINES.fullmatch(name))
    return Project(
        licence_files=tuple(name for name in names if "/" not in name and _LICENCES.fullmatch(name)),
        citation_files=tuple(name for name in names if "/" not in name and name.lower() in _CITATIONS),
        readmes=tuple(name for name in names if "/" not in name and _READMES.fullmatch(name)),
        tests=tuple(name for name in names if _TESTS.search(name))[:_MOST_MENTIONS],
        pipelines=pipelines,
        containers=tuple(_containers(texts, pipelines)),
        requirements=tuple(_requirements(texts))[: 10 * _MOST_MENTIONS],
        locks=tuple(name for name in names if _LOCKS.fullmatch(name.rpartition("/")[2])),
        private_paths=tuple(_mentions(texts, _PRIVATE, _PROGRAMS + _SETTINGS))[:_MOST_MENTIONS],
        dois=tuple(_mentions(texts, _DOI, None))[:_MOST_MENTIONS],
        configurations=tuple(name for name in names if _CONFIGURATIONS.search(name))[:_MOST_MENTIONS],
        programs=tuple(name for name in names if name.lower().endswith(_PROGRAMS))[: 10 * _MOST_MENTIONS],
        commit=_commit(Path(root)),
    )


_SETTINGS = (".yml", ".yaml", ".json", ".toml", ".ini", ".cfg", ".md", ".rst", ".txt")


def _names(root: Path) -> Iterator[str]:
    """The files, by their names from the top; of hidden ones those that pipelines are in."""
    waiting, count = [""], 0
    while waiting and count < _MOST_FILES:
        here = waiting.pop()
        try:
            rows = sorted(os.scandir(root / here), key=lambda row: row.name)
        except OSError:
            continue
        for row in rows:
            name = f"{here}/{row.name}" if here else row.name
            if row.is_symlink() or _passed_over(name):
                continue
            if row.is_dir():
                waiting.append(name)
            elif row.is_file():  # a pipe would keep us waiting for somebody who writes
                count += 1
                yield name


def _passed_over(name: str) -> bool:
    """Whether a name is a hidden one, and none of those that pipelines are in."""
    hidden = any(part.startswith(".") for part in name.split("/"))
    return hidden and not name.startswith((".github", ".gitlab", ".circleci", ".travis"))


def _text(place: Path, name: str) -> str | None:
    """The text of a small file of a kind that is read here."""
    end = os.path.splitext(name)[1].lower()
    if end not in _TEXTS and not _DOCKERFILE.search(name):
        return None
    return _small(place)


def _small(path: Path) -> str | None:
    """The text of a regular file that is no link and not large; what is put in its place meanwhile is found out."""
    try:
        file = os.open(path, _HERE)
    except OSError:
        return None
    with open(file, "rb") as opened:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            return None
        body = opened.read(_MOST_BYTES + 1)
    return None if len(body) > _MOST_BYTES or b"\0" in body else body.decode("utf-8", "replace")


def _mentions(texts: dict[str, str], form: re.Pattern[str], ends: tuple[str, ...] | None) -> Iterator[Mention]:
    """What has a form in the files, each once for a file."""
    for name, text in texts.items():
        if ends is not None and not name.lower().endswith(ends):
            continue
        seen: set[str] = set()
        for number, line in enumerate(text.splitlines(), 1):
            for found in form.finditer(line[:10_000]):
                words = re.sub(r"\.(svg|png)$", "", found[0].rstrip(".,;:"))
                if words not in seen:
                    seen.add(words)
                    yield Mention(file=name, text=words, line=number)


def _containers(texts: dict[str, str], pipelines: Iterable[str]) -> Iterator[Container]:
    for name, text in texts.items():
        form = _FROM if _DOCKERFILE.search(name) else _IMAGE if name in set(pipelines) else None
        stages: set[str] = set()
        for number, line in enumerate(text.splitlines() if form else (), 1):
            found = form.match(line) if form else None
            if found is None or found[1].lower() in stages or found[1].lower() == "scratch":
                continue
            stages |= {words[-1].lower() for words in [line.split()] if len(words) > 3 and words[-2].lower() == "as"}
            image, _, digest = found[1].partition("@")
            yield Container(file=name, image=image, digest=digest or None, line=number)


def _requirements(texts: dict[str, str]) -> Iterator[Requirement]:
    for name, text in texts.items():
        if name.rpartition("/")[2] == "pyproject.toml":
            yield from _packaged(name, text)
        if not _REQUIREMENTS.search(name):
            continue
        listed = name.endswith((".txt", ".in"))
        inside = listed
        for number, line in enumerate(text.splitlines(), 1):
            bare = line.split(" #")[0].strip()
            if not listed and re.match(r"\s*(dependencies|- pip)\s*:", line):
                inside = True
                continue
            if not listed and re.match(r"[a-z]", line):
                inside = False
            if not inside or not bare or bare.startswith(("#", "--")) or (listed and bare.startswith("-")):
                continue
            found = _NAME.match(bare)
            if found and found[1].lower() not in ("pip", "python", "dependencies", "channels", "name"):
                rest = found[2].partition(";")[0].partition("--hash")[0].rstrip("\\").strip()
                yield Requirement(file=name, name=found[1], pinned=bool(_EXACT.search(rest)), line=number)


def _packaged(name: str, text: str) -> Iterator[Requirement]:
    """The packages that a pyproject.toml asks for, with the extras; those that only build it are left aside."""
    try:
        project = tomllib.loads(text).get("project")
    except (ValueError, RecursionError):
        return
    table = project if isinstance(project, dict) else {}
    extras = table.get("optional-dependencies")
    every = [table.get("dependencies"), *(extras.values() if isinstance(extras, dict) else ())]
    lines = text.splitlines()
    for one in (one for rows in every if isinstance(rows, list) for one in rows):
        if isinstance(one, str) and (found := _NAME.match(one)):
            number = next((number for number, line in enumerate(lines, 1) if one in line), 1)
            pinned = bool(_EXACT.search(found[2].partition(";")[0].strip()))
            yield Requirement(file=name, name=found[1], pinned=pinned, line=number)


def _commit(root: Path) -> str | None:
    """What HEAD leads to, read without running git."""
    place = root / ".git"
    if place.is_symlink() or (head := _small(place / "HEAD")) is None:
        return None
    head = head.strip()
    if head.startswith("ref: "):
        name = head.removeprefix("ref: ")
        if not _REF.fullmatch(name) or ".." in name:
            return None
        parts = name.split("/")[:-1]
        linked = any(place.joinpath(*parts[:count]).is_symlink() for count in range(1, len(parts) + 1))
        head = ("" if linked else (_small(place / name) or "").strip()) or _packed(place, name)
    return head if re.fullmatch(r"[0-9a-f]{40,64}", head) else None


def _packed(place: Path, name: str) -> str:
    """The commit of a branch that git keeps in one file with all others."""
    rows = (line.split(" ") for line in (_small(place / "packed-refs") or "").splitlines())
    return next((row[0] for row in rows if row[1:] == [name]), "")
