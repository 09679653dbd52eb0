"""Renditions of a film for a page: its files by theme, and their media types."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import av

from studio.film.records import Clip, Lecture

Film = Clip | Lecture

SOUNDS = {"aac": "mp4a.40.2", "opus": "opus"}
"""Codecs of sound as media types name them, by FFmpeg's names."""


@dataclass(frozen=True)
class FilmSource:
    """One file of a film: its name, and its media type with the codec in it."""

    file: str
    type: str


@dataclass(frozen=True)
class Rendition:
    """A film in one theme.

    Attributes
    ----------
    theme
        ``"dark"`` or ``"light"``.
    place
        Folder of its files, seen from the page: ``"./"``, or ``"./light/"``.
    sources
        The film's files, the smallest first.
    """

    theme: str
    place: str
    sources: tuple[FilmSource, ...]


def renditions_of(film: Film, folders: Mapping[str, Path]) -> list[Rendition]:
    """Return a film in every theme that it was rendered in, its own last.

    Parameters
    ----------
    film
        The film.
    folders
        Folders of the films by theme, that of the film's own theme among them.
    """
    home = folders[film.theme]
    others = (theme for theme in sorted(folders) if theme != film.theme)
    found = []
    for theme in [*others, film.theme]:
        folder = folders[theme]
        names = [film.small, film.film]
        if theme == film.theme or all((folder / n).exists() for n in [*names, film.poster]):
            way = Path(os.path.relpath(folder, home)).as_posix()
            place = "./" if way == "." else f"./{way}/"
            sources = tuple(FilmSource(name, media_type(folder / name)) for name in names)
            found.append(Rendition(theme, place, sources))
    return found


def media_type(file: Path) -> str:
    """Return the media type of a film with the codecs that it needs (RFC 6381).

    Raises
    ------
    ValueError
        When the codec is neither H.264 nor AV1.
    """
    with av.open(file) as container:
        codec = container.streams.video[0].codec_context
        name, data = codec.name, codec.extradata or b""
        sounds = [stream.codec_context.codec.canonical_name for stream in container.streams.audio]
    kinds: dict[str, Callable[[bytes], str]] = {
        "h264": _h264, "av1": _av1, "libdav1d": _av1, "libaom-av1": _av1
    }  # fmt: skip
    if name not in kinds:
        raise ValueError(f"{file}: codec {name}: allowed are {', '.join(kinds)}")
    container_type = "webm" if file.suffix == ".webm" else "mp4"
    codecs = ", ".join([kinds[name](data), *(SOUNDS[sound] for sound in sounds)])
    # A list needs quotes.
    return f"video/{container_type}; codecs=" + (f'"{codecs}"' if sounds else codecs)


def _h264(configuration: bytes) -> str:
    """Read profile, constraints and level (ISO/IEC 14496-15, AVCDecoderConfigurationRecord)."""
    return f"avc1.{configuration[1:4].hex().upper()}"


def _av1(configuration: bytes) -> str:
    """Read profile, level, tier and depth (AV1 in ISOBMFF, AV1CodecConfigurationBox)."""
    profile, level = configuration[1] >> 5, configuration[1] & 0b11111
    tier = "H" if configuration[2] & 0b1000_0000 else "M"
    depth = 10 if configuration[2] & 0b0100_0000 else 8
    return f"av01.{profile}.{level:02}{tier}.{depth:02}"
