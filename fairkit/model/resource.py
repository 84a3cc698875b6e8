"""A resource: a dataset, a model or another work, as metadata describe it.

The same fields serve every kind, which is a value; which of them a kind needs is said by the checklists. Texts are
plain (HTML is read, not kept); dates are as the document gives them: a year, a month or a day of ISO 8601.
"""

from dataclasses import fields
from typing import Annotated, Literal, get_args

from .agent import Agent, Funding
from .ai import FAIR4ML, Channel, DataUse, Result, Tensor, Verification
from .base import FAIRKIT, PROV, SDO, Frozen, Namespace, Term, word
from .distribution import Distribution
from .identifier import Identifier
from .provenance import Activity, Relation
from .variable import Split, Variable

__all__ = ["FIELDS", "KINDS", "OF_MODELS", "Kind", "Resource", "Subject"]

Kind = Literal["dataset", "model", "software", "environment", "documentation", "supplementary"]
KINDS: tuple[Kind, ...] = get_args(Kind)

_DCT = Namespace("http://purl.org/dc/terms/")


@word
class Subject(Frozen):
    """What a resource is about, from a scheme where there is one."""

    name: Annotated[str, Term(SDO.name, "The subject in words")]
    scheme: Annotated[str | None, Term(SDO.inDefinedTermSet, "The vocabulary that it comes from")] = None
    term: Annotated[str | None, Term(SDO.termCode, "Its IRI")] = None


@word
class Resource(Frozen):
    """Data, unless its kind says otherwise."""

    kind: Annotated[Kind, Term(FAIRKIT.kind, "What it is")] = "dataset"

    identifiers: Annotated[tuple[Identifier, ...], Term(SDO.identifier, "All its identifiers, the best first")] = ()
    landing_page: Annotated[str | None, Term(SDO.url, "The page about it for people")] = None
    catalogue: Annotated[str | None, Term(SDO.includedInDataCatalog, "The catalogue or portal that lists it")] = None

    title: Annotated[str | None, Term(SDO.name, "Its title")] = None
    alternate_title: Annotated[str | None, Term(SDO.alternateName, "Another title, or a technical name")] = None
    description: Annotated[str | None, Term(SDO.description, "What it is, in plain text")] = None
    keywords: Annotated[tuple[str, ...], Term(SDO.keywords, "Free keywords")] = ()
    subjects: Annotated[tuple[Subject, ...], Term(SDO.about, "Subjects from vocabularies")] = ()
    type: Annotated[str | None, Term(SDO.additionalType, "The source's own word for the kind: Dataset/Derived")] = None
    language: Annotated[str | None, Term(SDO.inLanguage, "The language of the texts", vocabulary="BCP 47")] = None

    creators: Annotated[tuple[Agent, ...], Term(SDO.creator, "Who made it, in the order of credit")] = ()
    contributors: Annotated[tuple[Agent, ...], Term(SDO.contributor, "Who helped, with their roles")] = ()
    publisher: Annotated[Agent | None, Term(SDO.publisher, "Who publishes it")] = None
    funding: Annotated[tuple[Funding, ...], Term(SDO.funding, "Grants")] = ()
    citation: Annotated[str | None, Term(SDO.creditText, "How it wants to be cited")] = None

    date_created: Annotated[str | None, Term(SDO.dateCreated, "When it was made, or its data taken")] = None
    date_published: Annotated[str | None, Term(SDO.datePublished, "When it was published")] = None
    date_modified: Annotated[str | None, Term(SDO.dateModified, "When it last changed")] = None
    version: Annotated[str | None, Term(SDO.version, "Its version")] = None
    supersedes: Annotated[tuple[Identifier, ...], Term(_DCT.replaces, "What it takes the place of")] = ()
    superseded_by: Annotated[tuple[Identifier, ...], Term(_DCT.isReplacedBy, "What takes its place")] = ()

    license: Annotated[str | None, Term(SDO.license, "SPDX id where it is known, else as given")] = None
    implied_license: Annotated[
        str | None, Term(FAIRKIT.impliedLicense, "What the repository's terms of use grant where the record is silent")
    ] = None
    access: Annotated[
        Literal["open", "embargoed", "restricted", "metadata-only"] | None, Term(_DCT.accessRights, "Who gets the data")
    ] = None
    access_conditions: Annotated[str | None, Term(SDO.conditionsOfAccess, "How to get them")] = None
    embargo_until: Annotated[str | None, Term(_DCT.available, "The day on which an embargo ends")] = None

    listing: Annotated[
        Literal["complete", "index", "absent"],
        Term(FAIRKIT.listing, "Whether `distributions` are the data, only index files for them, or nothing"),
    ] = "absent"
    distributions: Annotated[tuple[Distribution, ...], Term(SDO.distribution, "Files and services")] = ()
    formats: Annotated[tuple[str, ...], Term(SDO.encodingFormat, "File formats as the document names them")] = ()
    byte_size: Annotated[int | None, Term(SDO.contentSize, "The size that is claimed for the whole", unit="byte")] = (
        None
    )
    file_count: Annotated[int | None, Term(FAIRKIT.fileCount, "The number of files that is claimed")] = None
    entry_count: Annotated[int | None, Term(FAIRKIT.entryCount, "Events, rows, jets … in all")] = None
    variables: Annotated[tuple[Variable, ...], Term(SDO.variableMeasured, "What the data hold")] = ()
    splits: Annotated[tuple[Split, ...], Term(FAIRKIT.split, "Parts set aside: train, test …")] = ()

    relations: Annotated[tuple[Relation, ...], Term(_DCT.relation, "Typed links to other things")] = ()
    activities: Annotated[tuple[Activity, ...], Term(PROV.wasGeneratedBy, "The steps that made it")] = ()
    methodology: Annotated[str | None, Term(SDO.measurementTechnique, "How it was made, in words")] = None
    validation: Annotated[str | None, Term(FAIRKIT.validation, "How its quality was checked")] = None
    usage: Annotated[str | None, Term(SDO.usageInfo, "How to use it")] = None
    usage_rules: Annotated[tuple[str, ...], Term(FAIRKIT.usageRule, "Rules that users must keep: weights, …")] = ()
    code_repository: Annotated[str | None, Term(SDO.codeRepository, "Where the source code lives")] = None
    requirements: Annotated[tuple[str, ...], Term(SDO.softwareRequirements, "Software and releases it needs")] = ()
    conforms_to: Annotated[tuple[str, ...], Term(_DCT.conformsTo, "Standards and profiles that it follows")] = ()

    tasks: Annotated[
        tuple[str, ...], Term(FAIR4ML.mlTask, "What a model does: jet tagging, binary classification")
    ] = ()
    architecture: Annotated[
        str | None, Term(FAIR4ML.modelCategory, "Its family of architectures: interaction network, transformer")
    ] = None
    inputs: Annotated[tuple[Tensor, ...], Term(FAIRKIT.input, "What goes into it; weights are none")] = ()
    outputs: Annotated[tuple[Tensor, ...], Term(FAIRKIT.output, "What comes out of it")] = ()
    parameter_count: Annotated[int | None, Term(FAIRKIT.parameterCount, "The number of its trained weights")] = None
    channels: Annotated[tuple[Channel, ...], Term(FAIRKIT.channel, "Which variable goes into which channel")] = ()
    data_uses: Annotated[
        tuple[DataUse, ...], Term(FAIRKIT.dataUse, "The data it was trained, validated and tested on")
    ] = ()
    results: Annotated[tuple[Result, ...], Term(FAIR4ML.hasEvaluation, "How well it does")] = ()
    verifications: Annotated[tuple[Verification, ...], Term(FAIRKIT.verification, "Runs on example rows")] = ()
    intended_use: Annotated[str | None, Term(FAIR4ML.intendedUse, "What it is meant for")] = None
    out_of_scope: Annotated[str | None, Term(FAIRKIT.outOfScopeUse, "What it is not meant for")] = None
    validity: Annotated[str | None, Term(FAIRKIT.validityDomain, "For which inputs it holds, in words")] = None
    limitations: Annotated[str | None, Term(FAIR4ML.modelRisksBiasLimitations, "Its risks, biases and limitations")] = (
        None
    )


FIELDS: tuple[str, ...] = tuple(field.name for field in fields(Resource) if field.name != "kind")
"""Every field that a document can fill."""

OF_MODELS = frozenset({
    "tasks", "architecture", "inputs", "outputs", "parameter_count", "channels", "data_uses", "results",
    "verifications", "intended_use", "out_of_scope", "validity", "limitations",
})  # fmt: skip
"""Those that only a model has."""
