"""扫码枪自检: what three scans of the same code tell of a scanner, and what to set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from msgspec import Struct

from ui.devices.habits import (
    ENTER_END,
    LAYOUTS,
    LEARNED,
    NO_END,
    SLOWEST_GAP_MS,
    TAB_END,
    US,
    USUAL_END,
    Habits,
    half_width,
    patience_ms,
    signs_of,
)

ENOUGH = 3
SHORTEST = 4
# A hand is not measured: most of its gaps are longer.
HAND_MS = 130
LEAST_GAP_MS = 60
SERIAL = "serial"
# The letters that keyboards have elsewhere, in both cases, each digit, and a sign.
SAMPLES = {
    "ean13": "6901234567892",
    "code128": "QAZwym-1234567890",
    "qr": "SHUKE-qazwym-0123456789",
}
WITH_LETTERS = ("code128", "qr")
_AIM = re.compile(r"^\][A-Za-z][0-9A-Za-z]$")


class Fault(Enum):
    """What a person has to mend; or, of the last four, what settings make good."""

    CAPS_LOCK = "caps_lock"
    INPUT_METHOD = "input_method"
    LOST = "lost"
    CHANGED = "changed"
    UNEVEN = "uneven"
    SLOW = "slow"
    LAYOUT = "layout"
    AROUND = "around"
    NO_END = "no_end"


MENDED = frozenset({Fault.LAYOUT, Fault.AROUND, Fault.NO_END})


class Trial(Struct, frozen=True):
    """One scan as it came: its signs, the gaps between them, what ended it."""

    text: str
    gaps_ms: tuple[int, ...] = ()
    end: str = SERIAL
    is_composed: bool = False

    @property
    def is_scan(self) -> bool:
        """Whether it may be a scanner's, and not a hand's."""
        middle = sorted(self.gaps_ms)[len(self.gaps_ms) // 2] if self.gaps_ms else 0
        return len(self.text) >= SHORTEST and middle <= HAND_MS


class _Reading(Struct, frozen=True):
    """What a text is: of a sample, or of something else."""

    sample: str = ""
    code: str = ""
    layout: str = US
    prefix: str = ""
    suffix: str = ""
    fault: Fault | None = None
    lost: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether it came as it was printed."""
        return self.fault is None and self.layout == US and not (self.prefix or self.suffix)


class Measured(Struct, frozen=True):
    """What is known after so many scans of one code.

    `habits` is what to set, None where a person has to mend something first or nothing is to set.
    `is_other`: the scan before was of another code, so that counting begins anew. `has_letters`: a
    sample with letters came as it should, now or a few scans before.
    """

    count: int
    code: str
    sample: str
    end: str
    mean_gap_us: int
    slowest_gap_ms: int
    took_ms: int
    faults: tuple[Fault, ...] = ()
    prefix: str = ""
    suffix: str = ""
    layout: str = US
    lost: int = 0
    habits: Habits | None = None
    is_other: bool = False
    has_letters: bool = False

    @property
    def is_enough(self) -> bool:
        """Whether it was scanned often enough to believe it."""
        return self.count >= ENOUGH

    @property
    def to_mend(self) -> tuple[Fault, ...]:
        """What no setting makes good."""
        return tuple(fault for fault in self.faults if fault not in MENDED)


def measure(trials: Sequence[Trial]) -> Measured:
    """What the last scans of one code tell, the newest last; there must be one."""
    readings = [_read(trial.text) for trial in trials]
    last = readings[-1]
    alike = [last.sample == each.sample and bool(last.sample) for each in readings]
    same = [one or trial.text == trials[-1].text for one, trial in zip(alike, trials, strict=True)]
    count = next((n for n, is_same in enumerate(reversed(same)) if not is_same), len(same))
    count = min(count, ENOUGH)
    series = trials[-count:]
    gaps = [gap for trial in series for gap in trial.gaps_ms]
    end = _end(series)
    worst = next((each for each in readings[-count:] if each.lost), last)
    slowest = max(gaps, default=0)
    faults = _faults(series, last if worst.fault is None else worst, end, slowest)
    found = Measured(
        count=count,
        code=last.code,
        sample=last.sample,
        end=end,
        mean_gap_us=1000 * sum(gaps) // len(gaps) if gaps else 0,
        slowest_gap_ms=slowest,
        took_ms=sum(trials[-1].gaps_ms),
        faults=faults,
        prefix=last.prefix,
        suffix=last.suffix,
        layout=last.layout,
        lost=worst.lost,
        is_other=count == 1 < len(trials),
        has_letters=any(each.sample in WITH_LETTERS and each.is_plain for each in readings),
    )
    return _with_habits(found) if found.is_enough and not found.to_mend else found


def _with_habits(found: Measured) -> Measured:
    if found.end == SERIAL:
        return found
    from msgspec.structs import replace

    gap_ms = min(max(patience_ms(found.slowest_gap_ms), LEAST_GAP_MS), SLOWEST_GAP_MS)
    habits = Habits(gap_ms, found.end, found.prefix, found.suffix, found.layout)
    return replace(found, habits=habits)


def _end(series: Sequence[Trial]) -> str:
    ends = {trial.end for trial in series}
    if len(ends) == 1:
        return series[-1].end
    return USUAL_END if ends == {ENTER_END, TAB_END} else NO_END


def _faults(
    series: Sequence[Trial], reading: _Reading, end: str, slowest_ms: int
) -> tuple[Fault, ...]:
    if any(trial.is_composed for trial in series):
        return (Fault.INPUT_METHOD,)  # whatever else there is, comes of it
    found = [reading.fault] if reading.fault is not None else []
    if not found and len({trial.text for trial in series}) > 1:
        found.append(Fault.UNEVEN)
    if patience_ms(slowest_ms) > SLOWEST_GAP_MS:
        found.append(Fault.SLOW)
    if reading.layout != US:
        found.append(Fault.LAYOUT)
    if reading.prefix or reading.suffix:
        found.append(Fault.AROUND)
    if end == NO_END:
        found.append(Fault.NO_END)
    return tuple(found)


def _read(text: str) -> _Reading:
    """Which sample it is, and what happened to it on its way."""
    plain = half_width(text)
    for name, sample in SAMPLES.items():
        for layout in LAYOUTS:
            before, found, behind = plain.translate(signs_of(layout)).partition(sample)
            if found:
                prefix = "" if _AIM.match(before) else before
                return _Reading(name, sample, layout, prefix, behind)
    for name, sample in SAMPLES.items():
        reading = _mangled(name, sample, plain)
        if reading is not None:
            return reading
    return _Reading(code=plain)


def _mangled(name: str, sample: str, text: str) -> _Reading | None:
    if sample in text.swapcase():
        return _Reading(name, sample, fault=Fault.CAPS_LOCK)
    if len(text) == len(sample):
        equal = sum(one == other for one, other in zip(text, sample, strict=True))
        if 2 * equal < len(sample):
            return None
        pairs = dict(zip(text, sample, strict=True))
        is_a_keyboard = all(pairs[one] == other for one, other in zip(text, sample, strict=True))
        if is_a_keyboard and len(set(pairs.values())) == len(pairs):
            learned = "".join(one + other for one, other in pairs.items() if one != other)
            return _Reading(name, sample, LEARNED + learned)
        return _Reading(name, sample, fault=Fault.CHANGED)
    signs = iter(sample)
    if 2 * len(text) > len(sample) > len(text) and all(sign in signs for sign in text):
        return _Reading(name, sample, fault=Fault.LOST, lost=len(sample) - len(text))
    return None
