"""HDF5 files made to break what reads them, or to make it read what it must not: one function makes one."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from .decoys import SECRET

__all__ = ["MADE", "make_decoys"]

Maker = Callable[[Path, Path], None]
MADE: dict[str, tuple[Maker, str]] = {}
"""By name: what makes it of its path and the folder of decoys, and a word that must be told about it ("" for none)."""


def made(told: str = "") -> Callable[[Maker], Maker]:
    def keep(maker: Maker) -> Maker:
        MADE[maker.__name__] = maker, told
        return maker

    return keep


def make_decoys(folder: Path) -> None:
    """What lies outside: an HDF5 file and a text, both with the secret."""
    folder.mkdir()
    secret = np.frombuffer(SECRET.ljust(32).encode(), "S32")
    with h5py.File(folder / "secret.h5", "w") as file:
        file["secret"] = np.repeat(secret, 10)
        file["numbers"] = np.arange(10.0)
        file["secret0"] = np.arange(10.0)
    (folder / "secret.txt").write_bytes(SECRET.ljust(32).encode() * 10)


def _honest(file: Any) -> None:
    file["x"] = np.arange(10.0)


# ── links into other files ──


@made("link into another file")
def link_to_an_absolute_path(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        _honest(file)
        file["away"] = h5py.ExternalLink(str(out / "secret.h5"), "/secret")


@made("link into another file")
def link_to_a_relative_path(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file["away"] = h5py.ExternalLink(f"../{out.name}/secret.h5", "/secret")


@made("link into another file")
def link_to_nothing(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file["away"] = h5py.ExternalLink("nowhere.h5", "/secret")


@made("link into another file")
def link_deep_down(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_group("a/b/c")["away"] = h5py.ExternalLink(str(out / "secret.h5"), "/")


@made("link into another file")
def link_with_control_characters(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file["aw\x1b[2Jay\n"] = h5py.ExternalLink(f"{out}/secret.h5\x1b[0m", "/\x07secret")


@made("link into another file")
def link_to_itself(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        _honest(file)
        file["self"] = h5py.ExternalLink(path.name, "/self")


@made("link into another file")
def link_to_a_neighbour_that_links_out(path: Path, out: Path) -> None:
    with h5py.File(path.with_name("neighbour.h5"), "w") as file:
        file["away"] = h5py.ExternalLink(str(out / "secret.h5"), "/secret")
    with h5py.File(path, "w") as file:
        file["near"] = h5py.ExternalLink("neighbour.h5", "/away")


@made("link into another file")
def link_to_a_device(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file["zero"] = h5py.ExternalLink("/dev/zero", "/")


@made("leads into another file")
def soft_link_through_a_link_out(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file["group"] = h5py.ExternalLink(str(out / "secret.h5"), "/")
        file["soft"] = h5py.SoftLink("/group/secret")


@made("leads into another file")
def soft_link_through_a_relative_one(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        inner = file.create_group("inner")
        inner["away"] = h5py.ExternalLink(str(out / "secret.h5"), "/")
        inner["one"] = h5py.SoftLink("away")
        inner["two"] = h5py.SoftLink("./one/secret")


@made("in circles")
def soft_link_to_itself(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file["round"] = h5py.SoftLink("/round")


@made("in circles")
def soft_links_in_a_circle(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file["a"], file["b"] = h5py.SoftLink("/b"), h5py.SoftLink("/a")


@made("there is nothing")
def soft_link_to_nothing(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file["nothing"] = h5py.SoftLink("/nowhere/at/all")


@made("there is nothing")
def soft_link_with_dots(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_group("g")["up"] = h5py.SoftLink(f"../../../{out.name}/secret.h5")


@made("in circles")
def soft_links_without_end(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        _honest(file)
        for number in range(200):
            file[f"l{number}"] = h5py.SoftLink(f"/l{number + 1}")
        file["l200"] = h5py.SoftLink("/x")


@made("in circles")
def soft_links_with_more_ways_than_can_be_gone(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        for number in range(16):
            file[f"l{number}"] = h5py.SoftLink(f"/l{number + 1}" * 30)
        file["l16"] = h5py.SoftLink("/")


@made("which only a plug-in understands")
def link_of_a_kind_that_is_a_plug_in(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file["plugged"] = h5py.ExternalLink(str(out / "secret.h5"), "/secret")
    body = bytearray(path.read_bytes())
    at = body.index(b"plugged")
    kind = body.rindex(64, 0, at)  # the number of the kind stands before the name
    body[kind] = 187
    path.write_bytes(body)


# ── values in other files ──


@made("in another file")
def values_at_an_absolute_path(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        _honest(file)
        file.create_dataset("stolen", (10,), "S32", external=[(str(out / "secret.txt"), 0, 320)])


@made("in another file")
def values_at_a_relative_path(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("stolen", (10,), "S32", external=[(f"../{out.name}/secret.txt", 0, 320)])


@made("in another file")
def values_in_several_files(path: Path, out: Path) -> None:
    name = str(out / "secret.txt")
    with h5py.File(path, "w") as file:
        file.create_dataset("stolen", (4,), "S32", external=[(name, 32 * n, 32) for n in range(4)])


@made("in another file")
def values_of_fields_in_another_file(path: Path, out: Path) -> None:
    kind = np.dtype([("user", "S16"), ("word", "S16")])
    with h5py.File(path, "w") as file:
        file.create_dataset("g/stolen", (10,), kind, external=[(str(out / "secret.txt"), 0, 320)])


@made("in another file")
def a_title_in_another_file(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("title", (1,), "S32", external=[(str(out / "secret.txt"), 0, 32)])


def _virtual(path: Path, source: str, dataset: str, *, name: str = "v", kind: str = "S32") -> None:
    with h5py.File(path, "a") as file:
        layout = h5py.VirtualLayout((10,), kind)
        layout[:] = h5py.VirtualSource(source, dataset, (10,), kind)
        file.create_virtual_dataset(name, layout)


@made("virtual dataset")
def virtual_over_an_absolute_path(path: Path, out: Path) -> None:
    _virtual(path, str(out / "secret.h5"), "secret")


@made("virtual dataset")
def virtual_over_a_relative_path(path: Path, out: Path) -> None:
    _virtual(path, f"../{out.name}/secret.h5", "secret")


@made("virtual dataset")
def virtual_without_an_end(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        layout = h5py.VirtualLayout((10,), "f8", maxshape=(None,))
        source = h5py.VirtualSource(str(out / "secret.h5"), "numbers", (10,), "f8", maxshape=(None,))
        layout[: h5py.h5s.UNLIMITED] = source[: h5py.h5s.UNLIMITED]
        file.create_virtual_dataset("v", layout)


@made("virtual dataset")
def virtual_over_a_pattern(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        made = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        space = h5py.h5s.create_simple((10,), (h5py.h5s.UNLIMITED,))
        space.select_hyperslab((0,), (h5py.h5s.UNLIMITED,), (10,), (10,))
        made.set_virtual(space, str(out / "secret.h5").encode(), b"secret%b", h5py.h5s.create_simple((10,)))
        h5py.h5d.create(file.id, b"v", h5py.h5t.NATIVE_DOUBLE, space, made)


@made("leads into another file")
def virtual_over_a_link_out(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file["group"] = h5py.ExternalLink(str(out / "secret.h5"), "/")
    _virtual(path, ".", "/group/secret")


@made("elsewhere too")
def virtual_over_values_in_another_file(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("stolen", (10,), "S32", external=[(str(out / "secret.txt"), 0, 320)])
    _virtual(path, ".", "stolen")


@made("elsewhere too")
def virtual_over_virtual(path: Path, out: Path) -> None:
    _virtual(path, str(out / "secret.h5"), "secret", name="one")
    _virtual(path, ".", "one", name="two")


@made("virtual dataset")
def virtual_over_itself(path: Path, out: Path) -> None:
    _virtual(path, ".", "v")


@made("virtual dataset")
def virtual_of_one_honest_part(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        _honest(file)
        layout = h5py.VirtualLayout((20,), "f8")
        layout[:10] = h5py.VirtualSource(".", "x", (10,), "f8")
        layout[10:] = h5py.VirtualSource(str(out / "secret.h5"), "numbers", (10,), "f8")
        file.create_virtual_dataset("v", layout)


# ── sizes ──


@made("are not read")
def rows_without_end(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("big", (10**12,), "f8", chunks=(1000,), compression="gzip")


@made("are not read")
def rows_that_were_never_stored(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("big", (10**11,), "f8")


@made("are not read")
def rows_that_are_filled_up(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("big", (10**9, 100), "f4", chunks=(1000, 100), fillvalue=7.0)


@made("are not read")
def many_dimensions(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("big", (3,) * 31, "u1", chunks=(1,) * 31)


@made("larger than fairkit reads")
def a_chunk_of_gigabytes(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("big", (1 << 28,), "f8", chunks=(1 << 28,), compression="gzip")


@made("are not read")
def packed_twice(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        made = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        made.set_chunk((1 << 25,))
        made.set_deflate(9)
        made.set_deflate(9)
        space = h5py.h5s.create_simple((1 << 31,))
        big = h5py.h5d.create(file.id, b"big", h5py.h5t.NATIVE_UINT8, space, made)
        chunk = zlib.compress(zlib.compress(bytes(1 << 25), 9), 9)
        for number in range(1 << 6):
            big.write_direct_chunk((number << 25,), chunk)


@made("are not read")
def items_of_gigabytes(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        kind = h5py.h5t.create(h5py.h5t.OPAQUE, 1 << 30)
        h5py.h5d.create(file.id, b"big", kind, h5py.h5s.create_simple((10,)))


@made("are not read")
def texts_of_gigabytes(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        kind = h5py.h5t.C_S1.copy()
        kind.set_size(1 << 30)
        h5py.h5d.create(file.id, b"big", kind, h5py.h5s.create_simple((10,)))


@made("are not read")
def an_array_in_each_item(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        kind = h5py.h5t.array_create(h5py.h5t.NATIVE_DOUBLE, (1 << 12, 1 << 12))
        h5py.h5d.create(file.id, b"big", kind, h5py.h5s.create_simple((10,)))


@made()
def fields_within_fields(path: Path, out: Path) -> None:
    kind: Any = np.dtype("f4")
    for depth in range(40):
        kind = np.dtype([(f"d{depth}", kind)])
    with h5py.File(path, "w") as file:
        file.create_dataset("deep", (3,), kind)


@made()
def thousands_of_fields(path: Path, out: Path) -> None:
    kind = np.dtype([(f"field_{number}", "f4") for number in range(1500)])
    with h5py.File(path, "w", libver="latest") as file:
        file.create_dataset("wide", (3,), kind)


@made()
def lists_that_are_longer_than_the_file(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        lists = file.create_dataset("lists", (3,), h5py.vlen_dtype("f8"))
        for number in range(3):
            lists[number] = np.full(7, 1.0 + number)
    body = bytearray(path.read_bytes())
    for length in range(len(body) - 4):
        if body[length : length + 4] == b"\x07\0\0\0":
            body[length : length + 4] = b"\xff\xff\xff\x7f"
    path.write_bytes(body)


# ── words ──


@made()
def attributes_by_the_thousand(path: Path, out: Path) -> None:
    with h5py.File(path, "w", libver="latest") as file:
        _honest(file)
        for number in range(2000):
            file.attrs[f"a{number}"] = "x" * 1000


@made()
def an_attribute_of_megabytes(path: Path, out: Path) -> None:
    with h5py.File(path, "w", libver="latest") as file:
        _honest(file)
        file["x"].attrs["description"] = np.bytes_(b"x" * (8 << 20))
        file["x"].attrs["title"] = "y" * (8 << 20)


@made()
def attributes_that_are_no_text(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        _honest(file)
        file["x"].attrs["units"] = np.bytes_(b"\xff\xfe\x1b[31m")
        file["x"].attrs["title"] = h5py.Empty("S10")
        file["x"].attrs["description"] = np.arange(6).reshape(2, 3)
        file["x"].attrs["region"] = file["x"].regionref[:3]


# ── shapes of the tree ──


@made()
def a_group_in_itself(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        _honest(file)
        file.create_group("g")["up"] = file["/"]


@made()
def groups_in_each_other(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        one, two = file.create_group("one"), file.create_group("two")
        one["two"], two["one"] = two, one


@made("deeper than")
def groups_without_end(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        group = file["/"]
        for _ in range(600):
            group = group.create_group("g")


@made()
def paths_without_number(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        below = file.create_group("g0")
        for number in range(1, 40):
            group = file.create_group(f"g{number}")
            group["left"], group["right"] = below, below
            below = group


@made("links stand in one group")
def links_without_number(path: Path, out: Path) -> None:
    with h5py.File(path, "w", libver="latest") as file:
        group = h5py.h5g.create(file.id, b"g")
        for number in range(50_001):
            group.links.create_soft(b"%d" % number, b"/nowhere")


# ── references, filters, pickles ──


@made("references")
def references_to_objects(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        _honest(file)
        file["refs"] = np.array([file["x"].ref] * 3, dtype=h5py.ref_dtype)


@made("references")
def references_to_regions(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        _honest(file)
        refs = file.create_dataset("refs", (1,), h5py.regionref_dtype)
        refs[0] = file["x"].regionref[:3]


@made("references")
def references_in_fields(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        file.create_dataset("t", (3,), np.dtype([("n", "i4"), ("ref", h5py.ref_dtype)]))


@made("which fairkit does not read")
def a_filter_that_is_a_plug_in(path: Path, out: Path) -> None:
    with h5py.File(path, "w") as file:
        made = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
        made.set_chunk((10,))
        made.set_filter(32001, h5py.h5z.FLAG_OPTIONAL, (1, 2, 3))
        h5py.h5d.create(file.id, b"blosc", h5py.h5t.NATIVE_DOUBLE, h5py.h5s.create_simple((10,)), made)


@made()
def names_that_are_a_pickle(path: Path, out: Path) -> None:
    """A table of pandas whose names of columns run a command, where they are unpickled."""
    command = f"touch {out}/ran".encode()
    with h5py.File(path, "w") as file:
        group = file.create_group("table")
        group.attrs["pandas_type"] = np.bytes_(b"frame_table")
        group.attrs["non_index_axes"] = np.bytes_(b"cposix\nsystem\n(S'" + command + b"'\ntR.")
        table = group.create_dataset("table", (3,), np.dtype([("index", "i8"), ("values_block_0", "f4", (2,))]))
        table.attrs["values_block_0_kind"] = np.bytes_(b"cposix\nsystem\n(S'" + command + b"'\ntR.")


# ── broken files ──


def _broken(path: Path, change: Callable[[bytes], bytes]) -> None:
    with h5py.File(path, "w") as file:
        _honest(file)
        file.create_dataset("y", data=np.arange(1000), chunks=(100,), compression="gzip")
    path.write_bytes(change(path.read_bytes()))


@made("cannot be read")
def cut_in_half(path: Path, out: Path) -> None:
    _broken(path, lambda body: body[: len(body) // 2])


@made("cannot be read")
def nothing_but_the_signature(path: Path, out: Path) -> None:
    _broken(path, lambda body: body[:8])


@made("cannot be read")
def nothing(path: Path, out: Path) -> None:
    path.write_bytes(b"")


@made("cannot be read")
def a_superblock_of_noise(path: Path, out: Path) -> None:
    _broken(path, lambda body: body[:8] + b"\xff" * 88 + body[96:])


@made("cannot be read")
def zeros_behind_the_superblock(path: Path, out: Path) -> None:
    _broken(path, lambda body: body[:96] + bytes(len(body) - 96))


@made()
def a_program_before_the_file(path: Path, out: Path) -> None:
    with h5py.File(path, "w", userblock_size=512) as file:
        _honest(file)
    body = path.read_bytes()
    path.write_bytes(f"#!/bin/sh\ntouch {out}/ran\n".encode().ljust(512, b"\n") + body[512:])


@made()
def one_of_a_family_of_files(path: Path, out: Path) -> None:
    with h5py.File(str(path.with_name("family-%d.h5")), "w", driver="family", memb_size=4096) as file:
        _honest(file)
    path.with_name("family-0.h5").rename(path)
