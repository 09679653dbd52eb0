"""Samples: trimmed, resampled, brought to one loudness, read from and written to files.

Only the speaking process comes here. Samples are one channel of float32 between -1 and 1.
"""

from __future__ import annotations

import io
import wave
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from voice.errors import VoiceError

Samples: TypeAlias = NDArray[np.float32]

RATE = 48_000
"""Samples a second of all that is kept: a whole number at every frame rate that films have."""

LOUDNESS = -16.0
"""Of an utterance, in LUFS."""

PEAK = 10 ** (-3.0 / 20)
"""Largest sample: 3 dB below full scale, as encoders make a sample louder by up to 1.8 dB."""

SILENCE = 10 ** (-42.0 / 20)
"""Largest sample that counts as silence at both ends, as a part of the largest of all."""

LEAD, TAIL = 0.02, 0.08
"""Seconds that are left of the silence before and after: a breath is softer than its vowel."""

# ITU-R BS.1770-4, tables 1 and 2: the filters before the mean square, at 48 kHz.
WEIGHTING = np.array([
    [1.53512485958697, -2.69169618940638, 1.19839281085285, 1, -1.69065929318241, 0.73248077421585],
    [1.0, -2.0, 1.0, 1, -1.99004745483398, 0.99007225036621],
])  # fmt: skip
BLOCK, HOP = round(0.4 * RATE), round(0.1 * RATE)
HOPS_AT_ONCE = 300
"""Part of a long film that is filtered at a time."""

LIMITER = round(0.005 * RATE) | 1
"""Samples around a peak over which the limiter turns down and up again."""


def trimmed(samples: Samples, rate: int) -> tuple[Samples, int]:
    """Cut the silence at both ends.

    Returns
    -------
    samples
        What is left, faded in and out over what remains of the silence.
    first
        Index that its first sample had.
    """
    loud = np.flatnonzero(np.abs(samples) > SILENCE * np.abs(samples).max(initial=0))
    if not loud.size:
        return samples[:0], 0
    first = max(0, loud[0] - round(LEAD * rate))
    end = loud[-1] + 1 + round(TAIL * rate)
    kept = samples[first:end].copy()
    for edge in (kept, kept[::-1]):
        length = min(round(LEAD * rate), len(edge))
        edge[:length] *= np.linspace(0, 1, length, dtype=np.float32)
    return kept, int(first)


def resampled(samples: Samples, rate: int) -> Samples:
    """Return samples of some rate at :data:`RATE`."""
    if rate == RATE or not samples.size:
        return samples
    frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
    frame.rate = rate
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE)
    frames = [*resampler.resample(frame), *resampler.resample(None)]
    return np.concatenate([part.to_ndarray()[0] for part in frames])


def loudness(samples: Samples) -> float:
    """Return the integrated loudness in LUFS, as ITU-R BS.1770-4 and EBU R 128 define it.

    Parameters
    ----------
    samples
        At :data:`RATE`; what is shorter than a block of 0.4 s counts as one block.

    Returns
    -------
    loudness
        Minus infinity for silence.
    """
    from scipy import signal  # loading it takes a second, which not everybody need spend

    hops = -(-max(len(samples), BLOCK) // HOP)
    squares = np.zeros(hops)
    state = signal.sosfilt_zi(WEIGHTING) * 0
    for first in range(0, hops, HOPS_AT_ONCE):
        part = samples[first * HOP : (first + HOPS_AT_ONCE) * HOP]
        weighted, state = signal.sosfilt(WEIGHTING, part, zi=state)
        starts = range(0, len(part), HOP)
        squares[first : first + len(starts)] = np.add.reduceat(weighted**2, starts)
    # Blocks overlap by three quarters; one that the end cuts off does not count.
    whole = max(4, len(samples) // HOP)
    powers = np.convolve(squares[:whole], np.ones(4), mode="valid") / BLOCK
    with np.errstate(divide="ignore"):
        powers = powers[-0.691 + 10 * np.log10(powers) > -70]
        if not powers.size:
            return -np.inf
        # Ten units below the mean of what is heard is a pause.
        return float(-0.691 + 10 * np.log10(powers[powers > powers.mean() / 10].mean()))


def limited(samples: Samples) -> Samples:
    """Turn down around peaks, so that no sample is above :data:`PEAK`."""
    if np.abs(samples).max(initial=0) <= PEAK:
        return samples
    from scipy import ndimage

    gain = np.minimum(1, PEAK / np.maximum(np.abs(samples), 1e-9))
    # The least gain near a sample, then the mean of that: smooth, and nowhere above what is wanted.
    least = ndimage.minimum_filter1d(gain, LIMITER)
    return np.asarray(samples * ndimage.uniform_filter1d(least, LIMITER), np.float32)


def mastered(samples: Samples) -> Samples:
    """Return samples at :data:`RATE` with the loudness and the peak of every utterance."""
    # A recording may be so soft that all of it counts as a pause.
    samples = samples / max(np.float32(1e-6), np.abs(samples).max(initial=0))
    for _ in range(3):  # the limiter takes a little of the loudness away
        missing = LOUDNESS - loudness(samples)
        if not np.isfinite(missing):
            return samples
        samples = limited(samples * np.float32(10 ** (missing / 20)))
        if abs(missing) < 0.05:
            break
    return samples


def decoded(file: Path) -> Samples:
    """Read a recording of any kind, rate and number of channels, at :data:`RATE`.

    Raises
    ------
    VoiceError
        When the file holds no sound that can be read.
    """
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=RATE)
    parts = []
    try:
        with av.open(file) as container:
            for frame in container.decode(audio=0):
                parts += resampler.resample(frame)
        parts += resampler.resample(None)
    except (FFmpegError, OSError, IndexError, ValueError) as error:
        raise VoiceError(f"{file}: holds no sound that can be read") from error
    if not parts:
        raise VoiceError(f"{file}: holds no sound")
    return np.concatenate([part.to_ndarray()[0] for part in parts])


def wav(samples: Samples) -> bytes:
    """Return samples at :data:`RATE` as a file of 16 bits a sample."""
    whole = np.round(np.clip(samples, -1, 1) * 32767).astype("<i2")
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(whole.tobytes())
    return content.getvalue()
