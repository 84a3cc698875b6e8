"""What the files around a model tell of it as a project: licence, environment, tests, paths, identifiers."""

from typing import Annotated

from .base import FAIRKIT, SDO, Frozen, Term, word

__all__ = ["Container", "Mention", "Project", "Requirement"]


@word
class Requirement(Frozen):
    """A package that is asked for."""

    file: Annotated[str, Term(SDO.isPartOf, "The file that asks for it")]
    name: Annotated[str, Term(SDO.name, "The package")]
    pinned: Annotated[bool, Term(FAIRKIT.pinned, "Whether it is asked for in one exact version")]
    line: Annotated[int, Term(FAIRKIT.line, "In which line of the file, from 1")] = 1


@word
class Container(Frozen):
    """An image that a Dockerfile or a pipeline begins with."""

    file: Annotated[str, Term(SDO.isPartOf, "The file that names it")]
    image: Annotated[str, Term(SDO.name, "The image, with its tag")]
    digest: Annotated[str | None, Term(FAIRKIT.checksum, "sha256:… of it, if it is named by it")] = None
    line: Annotated[int, Term(FAIRKIT.line, "In which line of the file, from 1")] = 1


@word
class Mention(Frozen):
    """Something that stands in a file: a path, a DOI."""

    file: Annotated[str, Term(SDO.isPartOf, "The file that it stands in")]
    text: Annotated[str, Term(SDO.value, "What stands there")]
    line: Annotated[int, Term(FAIRKIT.line, "In which line of the file, from 1")] = 1


@word
class Project(Frozen):
    """A folder as a project."""

    licence_files: Annotated[tuple[str, ...], Term(SDO.license, "Texts of licences")] = ()
    citation_files: Annotated[tuple[str, ...], Term(SDO.citation, "CITATION.cff, codemeta.json …")] = ()
    readmes: Annotated[tuple[str, ...], Term(FAIRKIT.readme, "README files and model cards")] = ()
    tests: Annotated[tuple[str, ...], Term(FAIRKIT.test, "Folders and files of tests")] = ()
    pipelines: Annotated[tuple[str, ...], Term(FAIRKIT.pipeline, "What runs them in continuous integration")] = ()
    containers: Annotated[tuple[Container, ...], Term(FAIRKIT.container, "Images that it is built on")] = ()
    requirements: Annotated[tuple[Requirement, ...], Term(SDO.softwareRequirements, "Packages it asks for")] = ()
    locks: Annotated[tuple[str, ...], Term(FAIRKIT.lock, "Files with the exact version of every package")] = ()
    private_paths: Annotated[
        tuple[Mention, ...], Term(FAIRKIT.privatePath, "Paths that only exist at the makers': /storage/group/…")
    ] = ()
    dois: Annotated[tuple[Mention, ...], Term(SDO.identifier, "DOIs that stand in its files")] = ()
    configurations: Annotated[tuple[str, ...], Term(FAIRKIT.configuration, "Files that configure a training")] = ()
    programs: Annotated[tuple[str, ...], Term(SDO.hasPart, "Scripts and notebooks")] = ()
    commit: Annotated[str | None, Term(FAIRKIT.commit, "The commit that is checked out, if it is a clone")] = None
