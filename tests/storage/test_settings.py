"""设置文件: written whole, read back the same; what is spoilt is said, and can be written anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

import main
from core.errors import BadSettings
from core.values.settings import Settings
from storage.settings import Choices, load_settings, save_settings, settings_path
from tests.builders import Home

CHOSEN = Settings("none", 58, "gbk", "en", "dark", 150, "zh_TW", False, 10)


def test_what_was_set_is_found_again(tmp_path: Path) -> None:
    save_settings(tmp_path, CHOSEN)
    assert load_settings(tmp_path) == CHOSEN


def test_a_home_without_settings_has_the_usual_ones(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_settings_of_an_older_till_have_the_usual_values_for_the_rest(tmp_path: Path) -> None:
    settings_path(tmp_path).write_text('{"printer": "none", "paper_mm": 58, "more": 1}', "utf-8")
    assert load_settings(tmp_path) == Settings(paper_mm=58)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]x",
        "7",
        '{"paper_mm": 81}',
        '{"language": "tlh"}',
        '{"lock_minutes": "5"}',
        '{"scan_end": "beep"}',
    ],
)
def test_spoilt_settings_are_told(tmp_path: Path, text: str) -> None:
    settings_path(tmp_path).write_text(text, "utf-8")
    with pytest.raises(BadSettings):
        load_settings(tmp_path)


def test_a_bit_that_flipped_is_no_other_setting(tmp_path: Path) -> None:
    save_settings(tmp_path, CHOSEN)
    text = settings_path(tmp_path).read_text("utf-8")
    assert '"paper_mm": 58' in text
    settings_path(tmp_path).write_text(text.replace('"paper_mm": 58', '"paper_mm": 80'), "utf-8")
    with pytest.raises(BadSettings):
        load_settings(tmp_path)


def test_another_printer_leaves_the_rest_as_it_was(tmp_path: Path) -> None:
    home = Home.prepared(tmp_path)
    save_settings(home.path, CHOSEN)
    home.command("printer", "none", "--paper", "80")
    kept = load_settings(home.path)
    assert kept.differences(CHOSEN) == ("paper_mm", "profile")


def test_spoilt_settings_are_mended_by_naming_the_printer(tmp_path: Path) -> None:
    home = Home.prepared(tmp_path)
    settings_path(home.path).write_text("spoilt", "utf-8")
    assert main.main(["printer", "none", "--home", str(home.path)]) == 0
    assert json.loads(settings_path(home.path).read_text("utf-8"))["language"] == "zh_CN"


def test_a_printer_that_is_chosen_again_is_kept_again(tmp_path: Path) -> None:
    save_settings(tmp_path, CHOSEN)
    choices = Choices(tmp_path, CHOSEN)
    other = replace(CHOSEN, printer="tcp:10.0.0.9")
    for chosen in (other, replace(other, scan_prefix="#"), replace(CHOSEN, scan_prefix="#")):
        choices.keep(chosen)
        assert load_settings(tmp_path) == chosen


def test_scanners_are_set_by_a_command_and_stay_when_the_counter_chooses(tmp_path: Path) -> None:
    home = Home.prepared(tmp_path)
    save_settings(home.path, CHOSEN)
    home.command("scanner", "serial:/dev/ttyACM0", "serial:COM3:115200")
    kept = load_settings(home.path)
    assert kept.differences(CHOSEN) == ("scanners",)
    assert kept.scanners == "serial:/dev/ttyACM0;serial:COM3:115200"
    Choices(home.path, CHOSEN).keep(replace(CHOSEN, scan_end="none", scan_prefix="#"))
    both = load_settings(home.path)
    assert (both.scanners, both.scan_end, both.scan_prefix) == (kept.scanners, "none", "#")
    assert main.main(["scanner", "usb", "--home", str(home.path)]) == 2
    assert load_settings(home.path) == both
    home.command("scanner", "none")
    assert load_settings(home.path).scanners == ""


def test_what_the_office_changed_stays_when_the_counter_chooses(tmp_path: Path) -> None:
    save_settings(tmp_path, CHOSEN)
    choices = Choices(tmp_path, CHOSEN)
    save_settings(tmp_path, replace(CHOSEN, lock_minutes=30))
    choices.keep(replace(CHOSEN, theme="light"))
    assert load_settings(tmp_path) == replace(CHOSEN, lock_minutes=30, theme="light")
    settings_path(tmp_path).write_text("{", "utf-8")
    choices.keep(replace(CHOSEN, theme="dark", scale=100))
    assert load_settings(tmp_path) == replace(CHOSEN, theme="dark", scale=100)
