"""Lineage: the works above a work, and the chain of steps between its files."""

from __future__ import annotations

from fairkit.dialects import harvest, provenance
from fairkit.model.distribution import Checksum
from fairkit.model.evidence import Document, Evidence
from fairkit.model.harvest import Harvest
from fairkit.model.identifier import Identifier
from fairkit.model.provenance import Activity, Entity
from fairkit.package.lineage import Ancestor, lineage, tree


def record(recid: int, *parents: int, title: str = "") -> Harvest:
    import json

    links = [{"recid": str(parent), "type": "isChildOf", "title": f"Parent {parent}"} for parent in parents]
    body = {"recid": recid, "type": {"primary": "Dataset"}, "title": title or f"Record {recid}", "relations": links}
    one = Document(
        representation="cern-open-data", media_type="application/json", url="r.json", body=json.dumps(body).encode()
    )
    return harvest(Evidence(target=str(recid), source="document", documents=(one,)))


def file(name: str, digit: str = "") -> Entity:
    return Entity(name=name, checksums=(Checksum(algorithm="sha256", value=digit * 64),) if digit else ())


def journal(*steps: Activity) -> Harvest:
    body = provenance.write(steps)
    one = Document(representation="provenance", media_type="application/ld+json", url="provenance.jsonld", body=body)
    return harvest(Evidence(target="./set", source="folder", basis="local", documents=(one,)))


def names(ancestor: Ancestor) -> list[str]:
    return [origin.name for origin in ancestor.origins]


def test_parents_are_told_without_looking_them_up() -> None:
    found = lineage(record(3, 1, 2))
    assert names(found) == ["Parent 1", "Parent 2"]
    assert {(origin.relation, origin.identifier) for origin in found.origins} == {
        ("comes from", "cern-open-data:1"),
        ("comes from", "cern-open-data:2"),
    }


def test_generations_are_looked_up_as_deep_as_asked() -> None:
    every = {"3": record(3, 2), "2": record(2, 1), "1": record(1)}
    asked: list[str] = []

    def follow(name: Identifier) -> Harvest | str:
        asked.append(name.value)
        return every[name.value]

    assert lineage(every["3"], depth=1, follow=follow).origins[0].origins == ()
    assert asked == []
    [two] = lineage(every["3"], depth=3, follow=follow).origins
    assert (two.name, names(two), asked) == ("Record 2", ["Record 1"], ["2", "1"])


def test_a_circle_ends_and_a_work_that_is_gone_says_why() -> None:
    every = {"1": record(1, 2), "2": record(2, 1, 9)}
    found = lineage(every["1"], depth=9, follow=lambda name: every.get(name.value, "there is no such record"))
    [two] = found.origins
    assert [origin.note for origin in two.origins] == ["it stands above already", "there is no such record"]


def test_steps_hang_together_by_digests_and_names() -> None:
    made = Activity(name="generation", generated=(file("raw.root", "a"),))
    moved = Activity(name="conversion", used=(file("renamed.root", "a"),), generated=(file("x.parquet"),))
    split = Activity(name="selection", used=(file("x.parquet"),), generated=(file("train.parquet", "c"),))
    [last] = lineage(journal(made, moved, split)).origins
    chain = [last.name]
    while last.origins:
        [entity] = last.origins
        [last] = entity.origins or (Ancestor(name="nothing"),)
        chain += [entity.name, last.name]
    assert chain == ["selection", "x.parquet", "conversion", "renamed.root", "generation"]


def test_a_file_that_a_step_changed_in_place_makes_no_circle() -> None:
    first = Activity(name="first", used=(file("a"),), generated=(file("a"),))
    second = Activity(name="second", used=(file("a"),), generated=(file("a"),))
    [last] = lineage(journal(first, second)).origins
    assert last.name == "second"
    assert last.origins[0].origins[0].name == "first"
    assert last.origins[0].origins[0].origins[0].origins == ()


def test_the_tree_counts_what_is_many() -> None:
    assert list(tree(lineage(record(3, 1, 2)))) == [
        "Record 3  [cern-open-data:3]",
        "└─ comes from (2)",
        "   ├─ Parent 1  [cern-open-data:1]",
        "   └─ Parent 2  [cern-open-data:2]",
    ]
