"""Files and services from which the data can be had."""

from typing import Annotated, Literal

from .base import FAIRKIT, SDO, Frozen, Term, word
from .variable import Table

__all__ = ["Checksum", "Distribution"]


@word
class Checksum(Frozen):
    """A digest of the bytes of a file."""

    algorithm: Annotated[str, Term(FAIRKIT.checksumAlgorithm, "Lower case: adler32, md5, sha1, sha256, sha512")]
    value: Annotated[
        str, Term(FAIRKIT.checksumValue, "Lower-case hexadecimal digits, padded to the algorithm's length")
    ]


@word
class Distribution(Frozen):
    """One file, or one service, from which the data can be had."""

    name: Annotated[str, Term(SDO.name, "The name of the file, with its path inside the dataset")]
    content_url: Annotated[str | None, Term(SDO.contentUrl, "Where the bytes are: https, root, s3 …")] = None
    byte_size: Annotated[int | None, Term(SDO.contentSize, "The number of bytes", unit="byte")] = None
    media_type: Annotated[str | None, Term(SDO.encodingFormat, "The format", vocabulary="IANA media types")] = None
    checksums: Annotated[
        tuple[Checksum, ...], Term(FAIRKIT.checksum, "Several are usual: adler32 at CERN, md5 on Zenodo, sha256 ours")
    ] = ()
    role: Annotated[
        Literal["data", "index"], Term(FAIRKIT.fileRole, "'index': a list of files, not the data themselves")
    ] = "data"
    tables: Annotated[tuple[Table, ...], Term(FAIRKIT.table, "The tables in it, as they were found by opening it")] = ()
