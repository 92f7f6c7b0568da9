"""外观: roles and measures come from tokens.json, and nothing else spells a colour."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF

from ui.look import RESOURCES, Layout, Look

UI = RESOURCES.parent / "ui"
ICONS = sorted(file.stem for file in (RESOURCES / "icons").glob("*.svg"))


@pytest.mark.parametrize("theme", ["light", "dark", "high_contrast"])
def test_every_theme_fills_the_style_sheet(qapp, theme: str) -> None:
    sheet = Look.load(theme).style_sheet()
    assert "$" not in sheet
    assert Look.load(theme).colour("surface").name() in sheet


def test_no_colour_is_spelt_outside_of_the_tokens() -> None:
    spelt = re.compile(r"#[0-9a-fA-F]{6}\b|QColor\((?!colour|self)[\"'\d]")
    files = [*UI.rglob("*.py"), RESOURCES / "theme.qss"]
    guilty = [file.name for file in files if spelt.search(file.read_text(encoding="utf-8"))]
    assert guilty == []


THEMES = ("light", "dark", "high_contrast")
GROUNDS = ("surface", "ground", "sunken", "selected", "hover")
TINTS = ("accent_tint", "warn_tint", "danger_tint")
# What stands on what, in some widget or other: text, then its ground.
TEXTS = [
    *((ink, ground) for ink in ("ink", "ink_2", "ink_3") for ground in GROUNDS),
    *(("ink", tint) for tint in TINTS),
    *(("accent_text", ground) for ground in (*GROUNDS, "accent_tint")),
    *(("danger_text", ground) for ground in ("surface", "ground", "sunken", "danger_tint")),
    *(("warn_text", ground) for ground in ("surface", "ground", "sunken", "warn_tint")),
    *(("on_accent", fill) for fill in ("accent", "accent_hover", "accent_press")),
    *(("on_inverse", fill) for fill in ("inverse", "ink_2")),
    *(("on_danger", fill) for fill in ("danger", "danger_text")),
    ("ink_3", "disabled_fill"),  # a large button that waits says what it waits for
]
# Borders of what can be pressed or filled in, rails, and icons that carry meaning.
SHAPES = [
    *(("line_strong", ground) for ground in ("surface", "ground", "sunken")),
    *(("accent", ground) for ground in ("surface", "ground", "accent_tint", "selected")),
    ("danger", "danger_tint"),
    ("danger", "surface"),
    ("warn", "warn_tint"),
    ("warn", "surface"),
]


@pytest.mark.parametrize("theme", THEMES)
def test_text_contrast_is_at_least_four_and_a_half(theme: str) -> None:
    look = Look.load(theme)
    weak = {pair: contrast(look, *pair) for pair in TEXTS if contrast(look, *pair) < 4.5}
    assert weak == {}


@pytest.mark.parametrize("theme", THEMES)
def test_what_can_be_pressed_is_seen(theme: str) -> None:
    look = Look.load(theme)
    weak = {pair: contrast(look, *pair) for pair in SHAPES if contrast(look, *pair) < 3.0}
    assert weak == {}


def test_only_high_contrast_puts_borders_in_the_place_of_tints() -> None:
    assert [Look.load(theme).has_tints for theme in THEMES] == [True, True, False]


def contrast(look: Look, one: str, other: str) -> float:
    def luminance(role: str) -> float:
        colour = look.colour(role)
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_scrim_lets_the_page_through(look: Look) -> None:
    assert look.colour("scrim").alphaF() == pytest.approx(0.56, abs=0.01)


def test_fonts_are_chinese_and_digits_are_tabular(look: Look) -> None:
    font = look.font("amount")
    assert "Noto Sans" in QFontInfo(font).family()
    metrics = QFontMetricsF(font)
    assert {metrics.horizontalAdvance(digit) for digit in "0123456789"} == {
        metrics.horizontalAdvance("0")
    }
    assert look.font("payable").letterSpacing() == -2.0


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_drawn_in_the_colour_of_its_role(look: Look, name: str) -> None:
    image = look.pixmap(name, "accent", 24, 2.0).toImage()
    assert (image.width(), image.height(), image.devicePixelRatio()) == (48, 48, 2.0)
    solid = {
        image.pixelColor(x, y).name()
        for x in range(48)
        for y in range(48)
        if image.pixelColor(x, y).alpha() == 255
    }
    assert solid == {look.colour("accent").name()}


def test_the_stroke_of_an_icon_is_as_wide_at_every_size(look: Look) -> None:
    def ink(size: int) -> float:
        image = look.pixmap("minus", "ink", size, 1.0).toImage()
        column = size // 2
        return sum(image.pixelColor(column, y).alphaF() for y in range(size))

    assert [ink(size) for size in (18, 20, 24, 28)] == pytest.approx([1.75] * 4, abs=0.12)


@pytest.mark.parametrize(
    ("width", "right", "payable", "keys", "has_list"),
    [
        (683, 264, 48, 6, False),
        (911, 304, 56, 6, False),
        (949, 304, 56, 6, False),
        (950, 344, 64, 10, False),
        (1024, 344, 64, 10, False),
        (1100, 432, 84, 10, True),
        (1366, 432, 84, 10, True),
        (1800, 592, 120, 10, True),
        (1920, 592, 120, 10, True),
    ],
)
def test_the_layout_follows_the_logical_width(
    width: int, right: int, payable: int, keys: int, has_list: bool
) -> None:
    layout = Layout.for_width(width)
    assert (layout.right_width, layout.payable_size) == (right, payable)
    assert (layout.keys_on_strip, layout.shows_list_column) == (keys, has_list)


def test_every_file_of_the_widgets_is_in_the_index() -> None:
    folder = UI / "widgets"
    index = (folder / "__init__.py").read_text(encoding="utf-8")
    parts = {"line_model", "line_delegate"}
    rooms = {Path(file).stem for file in folder.glob("*.py")} - {"__init__"} - parts
    assert sorted(room for room in rooms if room not in index) == []
