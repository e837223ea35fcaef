"""Opens the file of a log, plain or .gz, and gives every way of failing its code."""

import gzip
import io
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from lxml import etree

from seed.event_log.types import UnreadableCode, UnreadableLog

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_GZIP_MAGIC = b"\x1f\x8b"
_MEBIBYTE = 1 << 20

# Told apart from the particular to the general: a damaged gzip file is an OSError, too.
_FAILURES: tuple[tuple[type[Exception], UnreadableCode], ...] = (
    (UnicodeDecodeError, UnreadableCode.WRONG_ENCODING),
    (etree.LxmlError, UnreadableCode.MALFORMED_XML),
    (EOFError, UnreadableCode.TRUNCATED_FILE),
    (zlib.error, UnreadableCode.DAMAGED_FILE),
    (gzip.BadGzipFile, UnreadableCode.DAMAGED_FILE),
    (OSError, UnreadableCode.CANNOT_OPEN),
)


def split_name(path: Path, known: Collection[str]) -> tuple[str, str, bool]:
    """The name without suffixes, the suffix that tells the format, and whether it is zipped."""
    is_zipped = path.suffix.lower() == ".gz"
    inner = Path(path.stem) if is_zipped else Path(path.name)
    suffix = inner.suffix.lower()
    if suffix not in known:
        spelled = ", ".join(f"{one}, {one}.gz" for one in known)
        raise UnreadableLog(UnreadableCode.UNKNOWN_SUFFIX, file=path.name, known=spelled)
    return inner.stem, suffix, is_zipped


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Give every way of failing to read a file its code."""
    try:
        yield
    except tuple(kind for kind, _ in _FAILURES) as error:
        code = next(code for kind, code in _FAILURES if isinstance(error, kind))
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnreadableLog(code, file=path.name, reason=reason) from error


@contextmanager
def opened(path: Path, is_zipped: bool) -> Iterator[BinaryIO]:
    """Open a file as its name says, bounded in what it may unfold to."""
    with path.open("rb") as raw:
        magic = raw.peek(2)[:2]
        if not magic:
            raise UnreadableLog(UnreadableCode.EMPTY_FILE, file=path.name)
        if (magic == _GZIP_MAGIC) != is_zipped:
            raise UnreadableLog(UnreadableCode.MISTYPED_FILE, file=path.name)
        source = cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if is_zipped else raw
        bounded = io.BufferedReader(_Bounded(source, path))
        if not bounded.peek(1):
            raise UnreadableLog(UnreadableCode.EMPTY_FILE, file=path.name)
        yield cast(BinaryIO, bounded)


class _Bounded(io.RawIOBase):
    """A stream that ends in an error before a small file fills the machine (a gzip bomb).

    Real logs shrink to a twentieth or a fortieth.
    """

    def __init__(self, source: BinaryIO, path: Path) -> None:
        self.source = source
        self.file = path.name
        by_ratio = max(64 * _MEBIBYTE, 100 * path.stat().st_size)
        self.limit = min(1024 * _MEBIBYTE, by_ratio)
        self.left = self.limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer).cast("B")
        chunk = self.source.read(len(view))
        self.left -= len(chunk)
        if self.left < 0:
            mebibytes = self.limit // _MEBIBYTE
            raise UnreadableLog(UnreadableCode.TOO_LARGE, file=self.file, mebibytes=mebibytes)
        view[: len(chunk)] = chunk
        return len(chunk)
