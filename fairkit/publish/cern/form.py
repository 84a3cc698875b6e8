"""The form of a record in the portal's sources: which keys there are, and of what type; six of them must be there.

Texts, whole numbers, lists and tables are told apart strictly, and a key that is not known makes a record wrong.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StrictStr

__all__ = ["Record"]


def _whole(value: object) -> object:
    """JSON has one kind of number: 3.0 is a whole one."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _unique(rows: list[Any]) -> list[Any]:
    if any(row in rows[:place] for place, row in enumerate(rows)):
        raise ValueError("a row stands in it twice")
    return rows


class Table(BaseModel):
    """A table with no other keys; a key may be missing, and may not be null."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, hide_input_in_errors=True)


class Link(Table):
    description: StrictStr = ""
    recid: StrictStr = ""
    title: StrictStr = ""
    url: StrictStr = ""


class Prose(Table):
    description: StrictStr = ""
    links: list[Link] = []


class Author(Table):
    affiliation: StrictStr = ""
    ccid: StrictStr = ""
    inspireid: StrictStr = ""
    name: StrictStr = ""
    orcid: StrictStr = ""
    rorid: StrictStr = ""


class Collaboration(Table):
    group: StrictStr = ""
    name: StrictStr = ""
    recid: StrictStr = ""


class Categories(Table):
    primary: StrictStr = ""
    secondary: list[StrictStr] = []
    source: StrictStr = ""


class Collisions(Table):
    energy: StrictStr = ""
    type: StrictStr = ""


class CrossSection(Table):
    filter_efficiency: StrictStr = ""
    filter_efficiency_error: StrictStr = ""
    matching_efficiency: StrictStr = ""
    matching_efficiency_error: StrictStr = ""
    neg_weight_fraction: StrictStr = ""
    total_value: StrictStr = ""
    total_value_uncertainty: StrictStr = ""


class Semantics(Table):
    description: StrictStr = ""
    type: StrictStr = ""
    unit: StrictStr = ""
    variable: StrictStr = ""


class SemanticsFiles(Table):
    url: StrictStr = ""
    json_: Annotated[StrictStr, Field(alias="json")] = ""


class Distribution(Table):
    availability: Literal["ondemand", "online"] = "online"
    formats: list[StrictStr] = []
    number_entries: Annotated[StrictInt, BeforeValidator(_whole)] = 0
    number_events: Annotated[StrictInt, BeforeValidator(_whole)] = 0
    number_files: Annotated[StrictInt, BeforeValidator(_whole)] = 0
    size: Annotated[StrictInt, BeforeValidator(_whole)] = 0


class File(Table):
    availability: StrictStr = ""
    bucket: StrictStr = ""
    checksum: StrictStr = ""
    description: StrictStr = ""
    key: StrictStr = ""
    size: Annotated[StrictInt, BeforeValidator(_whole)] = 0
    type: StrictStr = ""
    uri: StrictStr = ""
    version_id: StrictStr = ""
    filename: StrictStr = ""


class Stored(Table):
    """A file as the portal keeps it."""

    availability: StrictStr = ""
    bucket: StrictStr = ""
    checksum: StrictStr = ""
    description: StrictStr = ""
    file_id: StrictStr = ""
    key: StrictStr = ""
    size: Annotated[StrictInt, BeforeValidator(_whole)] = 0
    tags: dict[StrictStr, Any] = {}
    type: StrictStr = ""
    uri: StrictStr = ""
    version_id: StrictStr = ""


class Part(Table):
    """A file of a `dataset` table."""

    key: StrictStr = ""
    size: Annotated[StrictInt, BeforeValidator(_whole)] = 0
    type: StrictStr = ""
    uri: StrictStr = ""
    version_id: StrictStr = ""


def _part(row: Any) -> Any:
    """The portal's form says which keys a part has if it is a table, and not that it is one."""
    return Part.model_validate(row) if isinstance(row, dict) else row


class Available(Table):
    on_demand: Annotated[StrictInt, BeforeValidator(_whole), Field(alias="on demand")] = 0
    online: Annotated[StrictInt, BeforeValidator(_whole)] = 0


class Licence(Table):
    attribution: StrictStr = ""


class Configuration(Table):
    cms_confdb_id: StrictStr = ""
    process: StrictStr = ""
    recid: StrictStr = ""
    script: StrictStr = ""
    title: StrictStr = ""
    url: StrictStr = ""


class OnlyRecid(Table):
    recid: StrictStr = ""


class Note(Table):
    description: StrictStr = ""


class StepNote(Table):
    description: StrictStr = ""
    links: list[OnlyRecid] = []


class Step(Table):
    configuration_files: list[Configuration] = []
    generators: list[StrictStr] = []
    global_tag: StrictStr = ""
    note: StepNote = StepNote()
    output_dataset: StrictStr = ""
    release: StrictStr = ""
    type: StrictStr = ""


class Methodology(Prose):
    note: Note = Note()
    steps: list[Step] = []


def _first_is_link(rows: list[Any]) -> list[Any]:
    """The portal's form says how the first link of a note looks, and nothing of the others."""
    if rows:
        OnlyRecid.model_validate(rows[0])
    return rows


class Remark(Table):
    description: StrictStr = ""
    links: Annotated[list[Any], AfterValidator(_first_is_link)] = []


class OaiId(Table):
    id: StrictStr = ""


class Pids(Table):
    oai: OaiId = OaiId()


class Prepublication(Table):
    date: StrictStr = ""
    place: StrictStr = ""
    publisher: StrictStr = ""
    report_number: StrictStr = ""


class Relation(Table):
    description: StrictStr = ""
    doi: StrictStr = ""
    recid: StrictStr = ""
    title: StrictStr = ""
    type: StrictStr = ""


class Repository(Table):
    description: StrictStr = ""
    url: StrictStr = ""


class Stripping(Table):
    line: StrictStr = ""
    stream: StrictStr = ""
    version: StrictStr = ""


class Image(Table):
    description: StrictStr = ""
    recid: StrictStr = ""
    registry: StrictStr = ""
    name: StrictStr = ""


class System(Table):
    container_images: list[Image] = []
    description: StrictStr = ""
    global_tag: StrictStr = ""
    recid: StrictStr = ""
    release: StrictStr = ""
    url: StrictStr = ""


class Kind(Table):
    primary: StrictStr = ""
    secondary: list[StrictStr] = []


class Record(Table):
    """One record."""

    date_published: StrictStr
    experiment: list[StrictStr]
    publisher: StrictStr
    recid: StrictStr
    title: StrictStr
    type: Kind

    schema_: Annotated[StrictStr, Field(alias="$schema")] = ""
    availability_details: Annotated[Available, Field(alias="_availability_details")] = Available()
    bucket_: Annotated[StrictStr, Field(alias="_bucket")] = ""
    files_: Annotated[list[Stored], AfterValidator(_unique), Field(alias="_files")] = []
    file_indices: Annotated[list[dict[str, Any]], Field(alias="_file_indices")] = []
    abstract: Prose = Prose()
    accelerator: StrictStr = ""
    authors: list[Author] = []
    availability: StrictStr = ""
    categories: Categories = Categories()
    cms_confdb_id: StrictStr = ""
    collaboration: Collaboration = Collaboration()
    collections: list[StrictStr] = []
    collision_information: Collisions = Collisions()
    cross_section: CrossSection = CrossSection()
    dataset: dict[str, list[Annotated[Any, AfterValidator(_part)]]] = {}
    dataset_semantics: list[Semantics] = []
    dataset_semantics_files: SemanticsFiles = SemanticsFiles()
    date_created: list[StrictStr] = []
    date_reprocessed: StrictStr = ""
    distribution: Distribution = Distribution()
    doi: StrictStr = ""
    files: list[File] = []
    keywords: list[StrictStr] = []
    language: StrictStr = ""
    license: Licence = Licence()
    links: list[Link] = []
    magnet_polarity: StrictStr = ""
    methodology: Methodology = Methodology()
    note: Remark = Remark()
    pids: Pids = Pids()
    pileup: Prose = Prose()
    prepublication: Prepublication = Prepublication()
    prerelease: StrictStr = ""
    relations: list[Relation] = []
    release: StrictStr = ""
    rucio_dataset: StrictStr = ""
    run_numbers: list[StrictStr] = []
    run_period: list[StrictStr] = []
    signature: list[StrictStr] = []
    source_code_repository: Repository = Repository()
    stripping: Stripping = Stripping()
    system_details: System = System()
    title_additional: StrictStr = ""
    usage: Prose = Prose()
    use_with: Prose = Prose()
    validation: Prose = Prose()
