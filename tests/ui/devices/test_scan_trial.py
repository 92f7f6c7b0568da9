"""扫码枪自检: what three scans tell: the layout, what ends, what is around, what is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.devices.habits import LAYOUTS, LEARNED, NO_END, SLOWEST_GAP_MS, Habits, signs_of
from ui.devices.scan_trial import ENOUGH, LEAST_GAP_MS, SAMPLES, SERIAL, Fault, Trial, measure

CODE = SAMPLES["code128"]
EAN = SAMPLES["ean13"]


def trials(text: str, *, gap_ms: int = 3, end: str = "enter", times: int = ENOUGH) -> list[Trial]:
    return [Trial(text, (gap_ms,) * (len(text) - 1), end)] * times


@pytest.mark.parametrize("sample", SAMPLES.values())
def test_a_good_scanner_is_known_after_three_scans(sample: str) -> None:
    for times in (1, 2):
        found = measure(trials(sample, times=times))
        assert (found.is_enough, found.habits) == (False, None)
    found = measure(trials(sample))
    assert (found.code, found.faults, found.is_enough) == (sample, (), True)
    assert found.habits == Habits(LEAST_GAP_MS, "enter")


def typed_on(layout: str, code: str) -> str:
    """What comes of a code where the machine takes the scanner for another keyboard."""
    comes = {meant: come for come, meant in signs_of(layout).items()}
    return code.translate(comes)


@pytest.mark.parametrize("sample", SAMPLES.values())
@pytest.mark.parametrize("layout", [each for each in LAYOUTS if each != "us"])
def test_a_known_keyboard_is_recognised_and_mended(layout: str, sample: str) -> None:
    text = typed_on(layout, sample)
    found = measure(trials(text))
    if text == sample:
        assert found.layout == "us", "nothing of it is elsewhere"
        return
    assert found.habits is not None
    assert found.faults == (Fault.LAYOUT,)
    assert found.habits.meant(text) == sample


def test_a_keyboard_that_nobody_knows_is_learned_sign_by_sign() -> None:
    text = CODE.replace("Q", "X").replace("-", "'")
    found = measure(trials(text))
    assert found.habits is not None and found.habits.layout == LEARNED + "XQ'-"
    assert found.habits.meant(text) == CODE


@given(
    st.text(st.sampled_from("]#*\t\x02"), max_size=3),
    st.text(st.sampled_from("#\x03."), max_size=3),
)
def test_what_is_around_is_measured_and_taken_away(before: str, behind: str) -> None:
    text = before + CODE + behind
    found = measure(trials(text))
    assert found.habits is not None
    assert found.habits.meant(text) == CODE
    assert (Fault.AROUND in found.faults) == bool(before or behind)


def test_an_aim_prefix_is_left_to_who_reads_codes() -> None:
    found = measure(trials("]C0" + CODE))
    assert (found.faults, found.prefix) == ((), "")


@pytest.mark.parametrize(
    ("text", "fault", "lost"),
    [
        (CODE.swapcase(), Fault.CAPS_LOCK, 0),
        (CODE[:3] + CODE[5:], Fault.LOST, 2),
        (EAN[1:], Fault.LOST, 1),
        ("QQZwym-1234567890", Fault.CHANGED, 0),
    ],
)
def test_what_no_setting_makes_good(text: str, fault: Fault, lost: int) -> None:
    found = measure(trials(text))
    assert (found.to_mend, found.lost, found.habits) == ((fault,), lost, None)


def test_one_scan_in_three_that_loses_a_sign_is_enough() -> None:
    for at in range(ENOUGH):
        series = trials(CODE)
        series[at] = trials(CODE[:-1])[0]
        found = measure(series)
        assert (found.count, found.to_mend, found.lost) == (ENOUGH, (Fault.LOST,), 1)


def test_a_scanner_without_an_end_and_one_that_forgets_it() -> None:
    found = measure(trials(EAN, end=NO_END))
    assert found.habits is not None and found.habits.end == NO_END
    assert found.faults == (Fault.NO_END,)
    mixed = [*trials(EAN, times=2), *trials(EAN, end=NO_END, times=1)]
    assert measure(mixed).end == NO_END
    both = [*trials(EAN, times=2), *trials(EAN, end="tab", times=1)]
    assert measure(both).end == "usual"


@given(st.integers(0, 200))
def test_the_gap_that_is_set_has_room_or_the_scanner_is_too_slow(gap_ms: int) -> None:
    found = measure(trials(CODE, gap_ms=gap_ms))
    if found.habits is None:
        assert found.to_mend == (Fault.SLOW,)
        assert 2 * gap_ms + 20 > SLOWEST_GAP_MS
    else:
        assert gap_ms * 2 < found.habits.slowest_gap_ms <= SLOWEST_GAP_MS


def test_an_input_method_explains_everything_else() -> None:
    spoilt = [Trial("啊123", (3, 3, 3), "enter", is_composed=True)] * ENOUGH
    assert measure(spoilt).to_mend == (Fault.INPUT_METHOD,)


def test_goods_will_do_as_well() -> None:
    found = measure(trials("6937748304340"))
    assert (found.sample, found.code, found.faults) == ("", "6937748304340", ())
    assert found.habits is not None


def test_another_code_begins_another_series() -> None:
    found = measure([*trials(EAN), *trials(CODE, times=1)])
    assert (found.count, found.code) == (1, CODE)


def test_a_serial_scanner_needs_nothing_set() -> None:
    found = measure([Trial(CODE)] * ENOUGH)
    assert (found.end, found.faults, found.habits) == (SERIAL, (), None)


def test_a_hand_is_not_measured() -> None:
    assert not Trial("139123", (150, 140, 170, 160, 150), "enter").is_scan
    assert not Trial("12", (3,), "enter").is_scan
    assert trials(EAN, gap_ms=115)[0].is_scan
