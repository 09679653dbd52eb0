"""Seals of segments: each says that a segment is whole, and which play of which render it shows.

A seal lies beside its segment. A segment that was cut, changed, or moved to the place of another
does not match it.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

__all__ = ["discard", "is_sealed", "seal"]


def seal(segment: Path, series: str) -> None:
    """Write the seal of a whole segment.

    Parameters
    ----------
    segment
        The file.
    series
        Text that tells the render that it belongs to from all others.
    """
    _seal_file(segment).write_text(_seal_of(segment, series), encoding="ascii")


def is_sealed(segment: Path, series: str) -> bool:
    """Tell whether a segment is there, whole, and of this series; see :func:`seal`."""
    file = _seal_file(segment)
    if not (segment.is_file() and file.is_file()):
        return False
    try:
        return file.read_bytes() == _seal_of(segment, series).encode()
    except OSError:
        return False


def discard(segment: Path) -> None:
    """Remove a segment and its seal, or whatever else is in their places."""
    for path in (segment, _seal_file(segment)):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _seal_file(segment: Path) -> Path:
    return segment.with_name(f"{segment.name}.seal")


def _seal_of(segment: Path, series: str) -> str:
    digest = hashlib.sha256(f"{series}\n{segment.name}\n".encode())
    with segment.open("rb") as file:
        while chunk := file.read(2**20):
            digest.update(chunk)
    return digest.hexdigest()
