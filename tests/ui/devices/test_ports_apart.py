"""检查设备: a drawer and a pole display on ports of their own are looked for; nothing is sent."""

from __future__ import annotations

from pathlib import Path

from core.ports.upkeep import Grade
from core.values.settings import Settings
from tests.ui.devices.serial_port import Cable
from ui.check_words import said, title
from ui.devices.examine import examined_devices


def seen(settings: Settings, home: Path) -> dict[str, tuple[Grade, str]]:
    return {title(each): (each.grade, said(each)) for each in examined_devices(settings, home)}


def test_what_has_no_port_of_its_own_is_not_named(tmp_path: Path) -> None:
    assert not {"钱箱", "杆式客显"} & seen(Settings(), tmp_path).keys()


def test_a_port_that_is_there_is_good_and_one_that_is_not_is_said(tmp_path: Path) -> None:
    cable = Cable(tmp_path / "drawer")
    cable.plug_in()
    gone = tmp_path / "pole"
    found = seen(Settings(drawer=f"serial:{cable.link}", pole=f"serial:{gone}"), tmp_path)
    assert found["钱箱"] == (Grade.GOOD, f"串口 {cable.link} 在。")
    assert found["杆式客显"][0] is Grade.BAD
    assert f"{gone} 不在" in found["杆式客显"][1]
    cable.pull_out()


def test_settings_that_name_no_port_are_said(tmp_path: Path) -> None:
    found = seen(Settings(drawer="usb", pole="COM4"), tmp_path)
    assert found["钱箱"][0] is found["杆式客显"][0] is Grade.BAD
