"""A local folder as a source: its metadata, its files, and what is not followed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairkit.errors import NotFound, UnreadableDocument
from fairkit.evidence import Gatherer
from fairkit.http import Session
from fairkit.model.evidence import Evidence
from fairkit.sources import Target, Wants

NOTHING = Wants(frozenset(), frozenset())


def gather(folder: Path) -> tuple[Evidence, str]:
    [report] = Gatherer(Session(offline=True)).gather(Target(str(folder)), NOTHING)
    return report.evidence, "\n".join(report.notes)


def test_the_hand_written_metadata_speak_first(tmp_path: Path) -> None:
    (tmp_path / "CITATION.cff").write_text("cff-version: 1.2.0\ntitle: From the citation\n")
    (tmp_path / "fairkit.toml").write_text('[resource]\ntitle = "From the toml"\n')
    (tmp_path / "jsonld.jsonld").write_text('{"@context": "https://schema.org", "@type": "Dataset"}')
    (tmp_path / "settings.json").write_text('{"no": "metadata"}')
    (tmp_path / "jets.h5").write_bytes(b"\x89HDF")
    evidence, notes = gather(tmp_path)
    assert [d.representation for d in evidence.documents] == ["fairkit-toml", "cff", "schema-org", "folder"]
    assert evidence.basis == "local"
    assert notes == ""


def test_a_folder_without_metadata_says_so_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "jets.csv").write_text("pt\n1\n")
    evidence, notes = gather(tmp_path)
    assert [d.representation for d in evidence.documents] == ["folder"]
    assert "has no metadata" in notes
    assert "fairkit.toml" in notes


def test_the_documents_of_a_package_speak_each_once_and_the_fullest_first(tmp_path: Path) -> None:
    from fairkit.dialects import dialect, harvest
    from tests.dialects.written import RICH

    names = {
        "CITATION.cff": "cff",
        "croissant.json": "croissant",
        "datacite.json": "datacite",
        "datacite.xml": "datacite-xml",
        "ro-crate-metadata.json": "ro-crate",
    }
    (tmp_path / "CITATION.cff").write_text("cff-version: 1.2.0\ntitle: From the citation\n")
    for name, form in list(names.items())[1:]:
        (tmp_path / name).write_bytes(dialect(form).write(RICH))  # type: ignore[attr-defined]
    evidence, notes = gather(tmp_path)
    told = [document.representation for document in evidence.documents]
    assert told == ["ro-crate", "croissant", "cff", "datacite-xml", "datacite", "folder"]
    found = harvest(evidence)
    assert (found.resource.title, found.resource.kind, found.faults, notes) == ("Toy jets", "dataset", (), "")


def test_other_xml_beside_the_data_is_no_metadata(tmp_path: Path) -> None:
    (tmp_path / "datacite.xml").write_text("<html/>")
    (tmp_path / "settings.xml").write_text("<settings/>")
    evidence, notes = gather(tmp_path)
    assert [document.representation for document in evidence.documents] == ["folder"]
    assert "has no metadata" in notes


def test_an_empty_folder_has_nothing_to_read(tmp_path: Path) -> None:
    evidence, notes = gather(tmp_path)
    assert evidence.documents == ()
    assert "has no metadata" in notes


def test_a_broken_toml_is_told_when_it_is_read(tmp_path: Path) -> None:
    from fairkit.dialects import dialect

    (tmp_path / "fairkit.toml").write_text("[resource\n")
    evidence, _ = gather(tmp_path)
    with pytest.raises(UnreadableDocument, match="line 1"):
        dialect("fairkit-toml").read(evidence.documents[0])


def test_links_that_lead_out_are_named_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.csv").write_text("x\n")
    folder = tmp_path / "dataset"
    folder.mkdir()
    (folder / "data.csv").write_text("x\n")
    (folder / "leak.csv").symlink_to(outside / "secret.csv")
    (folder / "elsewhere").symlink_to(outside)
    (folder / "inside.csv").symlink_to(folder / "data.csv")
    evidence, notes = gather(folder)
    listing = evidence.documents[-1].body.decode()
    assert "secret" not in listing
    assert '"inside.csv"' in listing
    assert "leak.csv leads out" in notes
    assert "elsewhere leads out" in notes


def test_a_metadata_file_that_leads_out_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "private.toml").write_text('[resource]\ntitle = "Not yours"\n')
    folder = tmp_path / "dataset"
    folder.mkdir()
    (folder / "fairkit.toml").symlink_to(tmp_path / "private.toml")
    evidence, _ = gather(folder)
    assert "Not yours" not in str([d.body for d in evidence.documents])


def test_a_folder_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such folder"):
        Gatherer(Session(offline=True)).gather(Target(str(tmp_path / "none"), "folder"), NOTHING)


def test_records_of_different_works_do_not_speak_for_the_folder(tmp_path: Path) -> None:
    for number in range(3):
        text = f'{{"recid": "{number}", "type": {{"primary": "Dataset"}}, "experiment": ["CMS"]}}'
        (tmp_path / f"{number}.json").write_text(text)
    evidence, notes = gather(tmp_path)
    assert [d.representation for d in evidence.documents] == ["folder"]
    assert "3 documents of different works" in notes
    assert "/*.json" in notes


def test_documents_of_one_work_speak_together(tmp_path: Path) -> None:
    doi = "10.7483/OPENDATA.CMS.TOYS"
    record = f'{{"recid": "1", "doi": "{doi}", "type": {{"primary": "Dataset"}}, "experiment": ["CMS"]}}'
    (tmp_path / "record.json").write_text(record)
    (tmp_path / "export.jsonld").write_text(
        f'{{"@context": "https://schema.org", "@type": "Dataset", "@id": "https://doi.org/{doi}"}}'
    )
    evidence, _ = gather(tmp_path)
    assert [d.representation for d in evidence.documents] == ["schema-org", "cern-open-data", "folder"]


def test_what_other_tools_wrote_is_read_after_what_was_written_for_fairkit(tmp_path: Path) -> None:
    (tmp_path / ".zenodo.json").write_text('{"title": "From Zenodo", "upload_type": "dataset"}')
    (tmp_path / "codemeta.json").write_text('{"@context": "https://w3id.org/codemeta/3.0", "name": "Code"}')
    (tmp_path / "datapackage.json").write_text('{"name": "jets", "resources": [{"name": "x", "path": "x.csv"}]}')
    (tmp_path / "CITATION.cff").write_text("cff-version: 1.2.0\ntitle: From the citation\ntype: dataset\n")
    (tmp_path / "fairkit.toml").write_text('[resource]\ntitle = "From the toml"\n')
    (tmp_path / ".hidden.json").write_text('{"recid": "1", "experiment": ["CMS"]}')
    evidence, notes = gather(tmp_path)
    expected = ["fairkit-toml", "cff", "zenodo-json", "datapackage", "codemeta", "folder"]
    assert [d.representation for d in evidence.documents] == expected
    assert ".hidden" not in evidence.documents[-1].body.decode()
    assert notes == ""


def test_a_hidden_file_that_leads_out_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "private.json").write_text('{"title": "Not yours", "upload_type": "dataset"}')
    folder = tmp_path / "dataset"
    folder.mkdir()
    (folder / ".zenodo.json").symlink_to(tmp_path / "private.json")
    evidence, _ = gather(folder)
    assert evidence.documents == ()


@pytest.mark.parametrize(
    ("doi", "title", "together"),
    [
        (None, None, True),
        ("10.7483/OPENDATA.CMS.TOYS", "Other", True),
        ("10.7483/opendata.cms.toys", "Other", True),
        ("10.1000/182", "Toys", False),
    ],
)
def test_documents_speak_together_unless_they_name_different_works(
    tmp_path: Path, doi: str | None, title: str | None, together: bool
) -> None:
    record = {"recid": "1", "doi": "10.7483/OPENDATA.CMS.TOYS", "title": "Toys", "experiment": ["CMS"]}
    export = {"@context": "https://schema.org", "@type": "Dataset", "name": title, "identifier": doi}
    (tmp_path / "record.json").write_text(json.dumps(record))
    (tmp_path / "export.jsonld").write_text(json.dumps(export))
    assert (len(gather(tmp_path)[0].documents) == 3) is together


@pytest.mark.parametrize(("title", "together"), [("Toys", True), ("Other", False)])
def test_where_no_scheme_is_shared_the_title_decides(tmp_path: Path, title: str, together: bool) -> None:
    record = {"recid": "1", "title": "Toys", "experiment": ["CMS"]}
    export = {"@context": "https://schema.org", "@type": "Dataset", "name": title, "identifier": "10.1000/182"}
    (tmp_path / "record.json").write_text(json.dumps(record))
    (tmp_path / "export.jsonld").write_text(json.dumps(export))
    assert (len(gather(tmp_path)[0].documents) == 3) is together
