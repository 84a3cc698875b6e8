"""The tables of `fairkit.toml`: what users write by hand. The JSON Schema for editors is made from these classes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from fairkit.model.resource import Kind

from ._toml_base import AnyId, Bound, Count, Day, Doi, Level, Orcid, Reason, Ror, Share, Table, Text, WholeDay
from ._toml_model_tables import Model

__all__ = [
    "Access",
    "Allowance",
    "Contributor",
    "Data",
    "FairkitToml",
    "File",
    "Gate",
    "Grant",
    "Least",
    "Link",
    "Meaning",
    "Model",
    "Party",
    "Program",
    "Provenance",
    "Publish",
    "Recipe",
    "Split",
    "Step",
    "Thing",
    "Topic",
    "Usage",
    "Variable",
    "Waiver",
    "Work",
]


class Topic(Table):
    """A subject from a vocabulary."""

    name: Annotated[Text, Field(description="The subject in words")]
    scheme: Annotated[Text | None, Field(description="The vocabulary it comes from")] = None
    term: Annotated[Text | None, Field(description="Its IRI")] = None


class Work(Table):
    """[resource]: what the work is."""

    kind: Annotated[Kind, Field(description="What this is")] = "dataset"
    title: Annotated[Text | None, Field(description="The title")] = None
    alternate_title: Annotated[Text | None, Field(description="Another title, or a technical name")] = None
    description: Annotated[Text | None, Field(description="What it is, how it came about, what it is good for")] = None
    doi: Annotated[Doi | None, Field(description="Its DOI, if it has one")] = None
    identifiers: Annotated[tuple[AnyId, ...], Field(description="Other identifiers, such as 'ark:/…' or a URL")] = ()
    landing_page: Annotated[Text | None, Field(description="The page about it for people")] = None
    catalogue: Annotated[Text | None, Field(description="The catalogue or portal that lists it")] = None
    version: Annotated[Text | None, Field(description="The version")] = None
    license: Annotated[Text | None, Field(description="An SPDX id: CC-BY-4.0 and CC0-1.0 suit data")] = None
    keywords: Annotated[tuple[Text, ...], Field(description="Free keywords")] = ()
    subjects: Annotated[tuple[Topic, ...], Field(description="Subjects from vocabularies")] = ()
    language: Annotated[Text | None, Field(description="The language of the texts: en")] = None
    created: Annotated[Day | None, Field(description="When it was made or taken: 2026, 2026-05 or 2026-05-31")] = None
    published: Annotated[Day | None, Field(description="When it was published")] = None
    modified: Annotated[Day | None, Field(description="When it last changed")] = None
    citation: Annotated[Text | None, Field(description="How it wants to be cited")] = None
    conforms_to: Annotated[tuple[Text, ...], Field(description="Standards and profiles it follows")] = ()
    supersedes: Annotated[tuple[AnyId, ...], Field(description="What it takes the place of")] = ()
    superseded_by: Annotated[tuple[AnyId, ...], Field(description="What takes its place")] = ()


class Party(Table):
    """[[creators]] and [publisher]: a person or an organisation."""

    name: Annotated[Text, Field(description="'Family, Given' for a person, else the organisation's name")]
    type: Annotated[Literal["person", "organisation"] | None, Field(description="Which of the two")] = None
    orcid: Annotated[Orcid | None, Field(description="The ORCID of a person: 0000-0002-…")] = None
    ror: Annotated[Ror | None, Field(description="The ROR id of the organisation, or of the affiliation")] = None
    affiliation: Annotated[Text | None, Field(description="Where a person works")] = None


class Contributor(Party):
    """[[contributors]]: who helped, and how."""

    role: Annotated[Text | None, Field(description="A DataCite contributor type: DataCurator, ContactPerson …")] = None


class Grant(Table):
    """[[funding]]: who paid."""

    funder: Annotated[Text, Field(description="The organisation")]
    ror: Annotated[Ror | None, Field(description="Its ROR id")] = None
    award: Annotated[Text | None, Field(description="The number of the grant")] = None
    title: Annotated[Text | None, Field(description="The title of the grant")] = None
    url: Annotated[Text | None, Field(description="A page about the grant")] = None


class Access(Table):
    """[access]: who gets the data, and how."""

    rights: Annotated[
        Literal["open", "embargoed", "restricted", "metadata-only"] | None, Field(description="Who gets the data")
    ] = None
    conditions: Annotated[Text | None, Field(description="How to get them")] = None
    embargo_until: Annotated[Day | None, Field(description="The day on which an embargo ends: 2027-01-31")] = None


class Data(Table):
    """[data]: the data as a whole."""

    entries: Annotated[Count | None, Field(description="Events, rows, jets … in all")] = None
    files: Annotated[Count | None, Field(description="The number of files")] = None
    bytes: Annotated[Count | None, Field(description="The size of all files in bytes")] = None
    formats: Annotated[tuple[Text, ...], Field(description="File formats: root, h5, parquet")] = ()


class File(Table):
    """[[files]]: a file with its checksum, or one that lies elsewhere; those in the folder are found by looking too."""

    path: Annotated[Text, Field(description="Its name, with its path inside the dataset")]
    url: Annotated[Text | None, Field(description="Where its bytes are")] = None
    bytes: Annotated[Count | None, Field(description="Its size in bytes")] = None
    media_type: Annotated[Text | None, Field(description="Its format as an IANA media type")] = None
    checksum: Annotated[Text | None, Field(description="algorithm:digits, such as sha256:…")] = None


class Meaning(Table):
    """What a variable means where another one has a certain value."""

    by: Annotated[Text, Field(description="The name of the other variable")]
    value: Annotated[Text | int | float | bool, Field(description="Its value")]
    name: Annotated[Text | None, Field(description="What the variable is called there")] = None
    unit: Annotated[Text | None, Field(description="The unit there")] = None
    description: Annotated[Text | None, Field(description="What it means there")] = None


class Variable(Table):
    """[[variables]]: a column, branch or array."""

    name: Annotated[Text, Field(description="The name in the file")]
    type: Annotated[Text | None, Field(description="The type: float32, int64, bool")] = None
    unit: Annotated[Text | None, Field(description="The unit; '1' for a pure number")] = None
    description: Annotated[Text | None, Field(description="What it means")] = None
    role: Annotated[Text | None, Field(description="feature, label, weight, identifier, spectator, truth")] = None
    group: Annotated[Text | None, Field(description="The object it belongs to: event, jet, track")] = None
    shape: Annotated[tuple[int, ...] | None, Field(description="The shape per entry; -1 for a free length")] = None
    padding: Annotated[Text | int | float | None, Field(description="The value that fills unused places")] = None
    missing: Annotated[Text | int | float | None, Field(description="The value that stands for 'not known'")] = None
    range: Annotated[
        tuple[Bound, Bound] | None, Field(description="The least and the greatest value; inf for no bound")
    ] = None
    term: Annotated[Text | None, Field(description="The IRI of the quantity in a vocabulary")] = None
    count: Annotated[Text | None, Field(description="The variable that counts its filled places")] = None
    columns: Annotated[
        Text | None, Field(description="The columns that it folds into one array, such as E_{0..199}")
    ] = None
    classes: Annotated[dict[str, Text], Field(description="What each value of a label means")] = {}  # noqa: RUF012
    meanings: Annotated[tuple[Meaning, ...], Field(description="What it means by the value of another variable")] = ()


class Split(Table):
    """[[splits]]: a part set aside for a purpose."""

    name: Annotated[Text, Field(description="train, validation, test …")]
    entries: Annotated[Count | None, Field(description="The number of entries")] = None
    files: Annotated[tuple[Text, ...], Field(description="Its files, or patterns for them")] = ()
    description: Annotated[Text | None, Field(description="How it was chosen")] = None
    digest: Annotated[Text | None, Field(description="sha256:… over its rows, as `fairkit describe` counts it")] = None


class Link(Table):
    """[[relations]]: a typed link to another thing."""

    type: Annotated[Text, Field(description="A DataCite relation type: IsDerivedFrom, IsDocumentedBy …")]
    to: Annotated[Text | None, Field(description="The identifier of the other thing")] = None
    title: Annotated[Text | None, Field(description="Its title")] = None
    kind: Annotated[Kind | None, Field(description="What it is")] = None


class Program(Table):
    """A program of a step."""

    name: Annotated[Text, Field(description="The name of the program")]
    version: Annotated[Text | None, Field(description="Its version or release")] = None
    identifier: Annotated[AnyId | None, Field(description="Its DOI, SWHID or repository")] = None
    checksum: Annotated[Text | None, Field(description="Digest of its source or image: sha256:…")] = None


class Thing(Table):
    """What a step used or made, where its name is not all that is known."""

    name: Annotated[Text, Field(description="A file of the dataset, or the name of something else")]
    version: Annotated[Text | None, Field(description="Its version or release")] = None
    identifier: Annotated[AnyId | None, Field(description="Its DOI or another identifier")] = None
    checksum: Annotated[Text | None, Field(description="algorithm:digits, such as sha256:…")] = None


Setting = str | int | float | bool


class Step(Table):
    """[[provenance.steps]]: what was done."""

    name: Annotated[Text, Field(description="generation, simulation, reconstruction, selection …")]
    description: Annotated[Text | None, Field(description="What was done, in words")] = None
    agent: Annotated[Party | None, Field(description="Who did it")] = None
    software: Annotated[tuple[Program, ...], Field(description="Programs, with their versions")] = ()
    inputs: Annotated[tuple[Text | Thing, ...], Field(description="What went in")] = ()
    outputs: Annotated[tuple[Text | Thing, ...], Field(description="What came out")] = ()
    parameters: Annotated[dict[str, Setting], Field(description="Settings that shape the output")] = {}  # noqa: RUF012
    cuts: Annotated[tuple[Text, ...], Field(description="What was selected, with units: 'jet_pt > 200 GeV'")] = ()
    started: Annotated[Day | None, Field(description="ISO 8601")] = None
    ended: Annotated[Day | None, Field(description="ISO 8601")] = None


class Recipe(Table):
    """[recipe]: all that is needed to make more of it; it counts as the first step, called generation."""

    generator: Annotated[Text, Field(description="The program that makes the data: Pythia, a script")]
    version: Annotated[Text | None, Field(description="Its version or release")] = None
    identifier: Annotated[AnyId | None, Field(description="Its DOI, SWHID or repository")] = None
    card: Annotated[Text | None, Field(description="The file of its settings")] = None
    card_checksum: Annotated[Text | None, Field(description="Digest of that file: sha256:…")] = None
    container: Annotated[Text | None, Field(description="The image in which it runs: docker://…")] = None
    container_checksum: Annotated[Text | None, Field(description="Digest of that image: sha256:…")] = None
    seeds: Annotated[Text | int | tuple[int, ...] | None, Field(description="The seeds, or their rule in words")] = None
    command: Annotated[Text | None, Field(description="The command that makes one file")] = None
    parameters: Annotated[dict[str, Setting], Field(description="Settings that shape the output")] = {}  # noqa: RUF012
    varied: Annotated[tuple[Text, ...], Field(description="The parameters that may be changed to make other data")] = ()


class Provenance(Table):
    """[provenance]: how it came about."""

    methodology: Annotated[Text | None, Field(description="How it was made, in words")] = None
    validation: Annotated[Text | None, Field(description="How its quality was checked")] = None
    steps: Annotated[tuple[Step, ...], Field(description="The steps that made it")] = ()


class Usage(Table):
    """[usage]: how to use it."""

    how: Annotated[Text | None, Field(description="How to use it, in words")] = None
    rules: Annotated[tuple[Text, ...], Field(description="Rules that users must keep")] = ()
    code_repository: Annotated[Text | None, Field(description="Where code for it lives")] = None
    requirements: Annotated[tuple[Text, ...], Field(description="Software it needs")] = ()


class Least(Table):
    """[gate.minimum]: the least scores, between 0 and 1."""

    F: Annotated[Share | None, Field(description="Of what makes it findable")] = None
    A: Annotated[Share | None, Field(description="Of what makes it accessible")] = None
    I: Annotated[Share | None, Field(description="Of what makes it interoperable")] = None  # noqa: E741 - of FAIR
    R: Annotated[Share | None, Field(description="Of what makes it reusable")] = None
    total: Annotated[Share | None, Field(description="Of the whole")] = None


class Waiver(Table):
    """[[gate.waivers]]: a metric whose shortfall is accepted for a while."""

    metric: Annotated[Text, Field(description="The metric: R1-units")]
    reason: Annotated[Reason, Field(description="Why the shortfall is accepted")]
    until: Annotated[WholeDay, Field(description="The last day on which it is: 2027-01-31")]


class Gate(Table):
    """[gate]: what `fairkit gate` asks before a release; it says nothing about the work."""

    checklist: Annotated[Text | None, Field(description="The checklist to judge by, or 'all'")] = None
    minimum: Annotated[Least, Field(description="The least scores")] = Least()
    required: Annotated[tuple[Text, ...], Field(description="Metrics that must pass")] = ()
    levels: Annotated[
        tuple[Level, ...] | None, Field(description="Levels whose metrics must all pass; none where the list is empty")
    ] = None
    waivers: Annotated[tuple[Waiver, ...], Field(description="Shortfalls that are accepted for a while")] = ()


class Allowance(Table):
    """[[publish.allow]]: a finding of the scan before publishing that somebody looked at, and that may stay."""

    file: Annotated[Text, Field(description="The file, or a pattern for files: notes/*.txt")]
    code: Annotated[Text, Field(description="The code of the finding: home-path")]
    reason: Annotated[Reason, Field(description="Why it may stay")]


class Publish(Table):
    """[publish]: how `fairkit publish` deposits the folder; it says nothing about the work."""

    allow: Annotated[tuple[Allowance, ...], Field(description="Findings of the scan that may stay")] = ()


class FairkitToml(Table):
    """fairkit.toml: what a folder of files is, written by hand, completed by editors, read by fairkit."""

    resource: Annotated[Work, Field(description="What the work is")] = Work()
    creators: Annotated[tuple[Party, ...], Field(description="Who made it, in the order of credit")] = ()
    contributors: Annotated[tuple[Contributor, ...], Field(description="Who helped")] = ()
    publisher: Annotated[Party | None, Field(description="Who publishes it")] = None
    funding: Annotated[tuple[Grant, ...], Field(description="Who paid")] = ()
    access: Annotated[Access, Field(description="Who gets the data")] = Access()
    data: Annotated[Data, Field(description="The data as a whole")] = Data()
    files: Annotated[tuple[File, ...], Field(description="Files with their checksums, or that lie elsewhere")] = ()
    variables: Annotated[tuple[Variable, ...], Field(description="What the data hold")] = ()
    splits: Annotated[tuple[Split, ...], Field(description="Parts set aside")] = ()
    model: Annotated[Model, Field(description="What a trained model is, and how well it does")] = Model()
    relations: Annotated[tuple[Link, ...], Field(description="Links to other things")] = ()
    provenance: Annotated[Provenance, Field(description="How it came about")] = Provenance()
    recipe: Annotated[Recipe | None, Field(description="How to make more of it")] = None
    usage: Annotated[Usage, Field(description="How to use it")] = Usage()
    gate: Annotated[Gate, Field(description="What the gate asks before a release")] = Gate()
    publish: Annotated[Publish, Field(description="How it is deposited")] = Publish()
