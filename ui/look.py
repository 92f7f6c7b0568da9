"""外观: the theme of every screen, read once from resources/tokens.json.

Nothing here or in any widget spells a colour: roles go in, colours come out (looks.md). A widget is
given its `Look` when it is made. Sizes are logical pixels; text at 150 % or 200 % is the platform's
scale factor, so a layout asks only for the logical width (`Layout.for_width`).
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Template
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
LETTER_SPACING = {"payable": -2.0, "customer": -4.0}
PIXMAP_RATIOS = (1.0, 2.0, 3.0)
STROKE = re.compile(r'stroke-width="[\d.]+"')


class Type(Struct, frozen=True):
    """One step of the type scale: pixel size, line height, whether bold."""

    size: int
    line: int
    bold: bool


class Sizes(Struct, frozen=True):
    """Heights and widths of looks.md in logical pixels, by the names of tokens.json."""

    hit_min: int
    control: int
    search: int
    choice: int
    tender: int
    input: int
    primary: int
    header: int
    key_strip: int
    table_head: int
    basket_row: int
    office_row: int
    office_head: int
    panel_row: int
    panel_row_two_lines: int
    banner: int
    notice: int
    summary: int
    chip: int
    key_hint: int
    seal: int
    office_nav: int
    member_file: int
    scrollbar: int


class Radii(Struct, frozen=True):
    """Corner radii in logical pixels."""

    chip: int
    control: int
    big_control: int
    dialog: int
    table_row: int


class Borders(Struct, frozen=True):
    """Line widths in logical pixels."""

    rule: int
    control: int
    focus: int
    chosen: int
    rail: int


class Layout(Struct, frozen=True):
    """The measures of the counter at one logical window width (looks.md, Grid)."""

    right_width: int
    right_padding: int
    left_padding: int
    input_height: int
    input_margin: int
    row_height: int
    offer_height: int
    summary_height: int
    pay_zone_height: int
    pay_button_height: int
    payable_size: int
    payable_slot: int
    key_strip_height: int
    keys_on_strip: int
    number_column: int
    quantity_column: int
    list_column: int
    net_column: int
    shows_list_column: bool
    shows_second_clauses: bool
    member_rows: bool
    member_is_line: bool

    @staticmethod
    def for_width(logical_width: int) -> Layout:
        """The measures for a window this many logical pixels wide."""
        for limit, layout in LAYOUTS:
            if logical_width < limit:
                return layout
        return WIDE


STANDARD = Layout(
    right_width=432,
    right_padding=24,
    left_padding=16,
    input_height=64,
    input_margin=16,
    row_height=72,
    offer_height=48,
    summary_height=64,
    pay_zone_height=229,
    pay_button_height=72,
    payable_size=84,
    payable_slot=92,
    key_strip_height=56,
    keys_on_strip=10,
    number_column=32,
    quantity_column=176,
    list_column=104,
    net_column=128,
    shows_list_column=True,
    shows_second_clauses=True,
    member_rows=True,
    member_is_line=False,
)


def _like(base: Layout, **measures: Any) -> Layout:
    return Layout(
        **{name: measures.get(name, getattr(base, name)) for name in Layout.__struct_fields__}
    )


WIDE = _like(
    STANDARD,
    right_width=592,
    row_height=80,
    pay_zone_height=284,
    payable_size=120,
    payable_slot=144,
    list_column=136,
    net_column=160,
)
NARROW = _like(
    STANDARD,
    right_width=344,
    right_padding=16,
    pay_zone_height=205,
    payable_size=64,
    payable_slot=76,
    net_column=104,
    shows_list_column=False,
    shows_second_clauses=False,
)
COMPACT = _like(
    NARROW,
    right_width=304,
    left_padding=12,
    input_height=56,
    input_margin=8,
    row_height=64,
    offer_height=44,
    summary_height=52,
    pay_zone_height=154,
    pay_button_height=56,
    payable_size=56,
    key_strip_height=44,
    keys_on_strip=6,
    number_column=24,
    quantity_column=148,
    net_column=96,
    member_rows=False,
)
SMALLEST = _like(
    COMPACT,
    right_width=264,
    pay_zone_height=132,
    payable_size=48,
    payable_slot=56,
    member_is_line=True,
)
LAYOUTS = ((800, SMALLEST), (950, COMPACT), (1100, NARROW), (1800, STANDARD))


class Look:
    """The theme in use: colours by role, fonts by style, icons by name, sizes."""

    def __init__(self, tokens: dict[str, Any], theme: str) -> None:
        self.theme = theme
        self.sizes = Sizes(**{name: tokens["size_px"][name] for name in Sizes.__struct_fields__})
        self.radii = Radii(**tokens["radius_px"])
        self.borders = Borders(**tokens["border_px"])
        self.space: tuple[int, ...] = tuple(tokens["space_px"])
        self.payable_steps: tuple[int, ...] = tuple(tokens["payable_steps_px"]["sizes"])
        self.dialog_payment: tuple[int, int] = tuple(tokens["size_px"]["dialog_payment"])
        self.dialog_refund: tuple[int, int] = tuple(tokens["size_px"]["dialog_refund"])
        self.types = {
            style: Type(step["size"], step["line"], step["weight"] >= 700)
            for style, step in tokens["type_px"].items()
        }
        self._families: list[str] = list(tokens["font"]["family"])
        self._colours = {role: QColor(c["hex"]) for role, c in tokens["color"][theme].items()}
        self._colours["scrim"].setAlphaF(tokens["scrim_opacity"])
        # High contrast has none: what would be tinted gets a border of 2 px instead (tokens.json).
        self.has_tints = self._colours["warn_tint"] != self._colours["surface"]
        self._fonts: dict[tuple[int, bool, float], QFont] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    @staticmethod
    def load(theme: str = "light") -> Look:
        """The look of tokens.json in the theme light, dark or high_contrast."""
        tokens = json.loads((RESOURCES / "tokens.json").read_text(encoding="utf-8"))
        return Look(tokens, theme)

    def apply(self, app: QApplication) -> None:
        """Dress the application: Fusion, palette, fonts, style sheet."""
        _ensure_font(self._families)
        app.setStyle("Fusion")
        app.setPalette(self.palette())
        app.setFont(self.font("body"))
        app.setStyleSheet(self.style_sheet())

    def colour(self, role: str, opacity: float = 1.0) -> QColor:
        """A fresh colour for a role of tokens.json; the scrim comes with its 56 %."""
        colour = QColor(self._colours[role])
        if opacity < 1.0:
            colour.setAlphaF(opacity)
        return colour

    def font(self, style: str, bold: bool | None = None) -> QFont:
        """The font of a type step; `bold` overrules the weight of the step."""
        step = self.types[style]
        heavy = step.bold if bold is None else bold
        return self._kept_font(step.size, heavy, LETTER_SPACING.get(style, 0.0))

    def font_px(self, size: int, *, bold: bool, letter_spacing: float = 0.0) -> QFont:
        """A font of any pixel size, for the amounts that shrink until they fit."""
        return self._kept_font(size, bold, letter_spacing)

    def line(self, style: str) -> int:
        """The line height of a type step in pixels."""
        return self.types[style].line

    def icon(self, name: str, role: str = "ink", size: int = 24) -> QIcon:
        """An icon in the colour of a role, sharp on every screen."""
        icon = QIcon()
        for ratio in PIXMAP_RATIOS:
            icon.addPixmap(self.pixmap(name, role, size, ratio))
        return icon

    def pixmap(self, name: str, role: str = "ink", size: int = 24, ratio: float = 1.0) -> QPixmap:
        """An icon drawn at a logical size for a device pixel ratio, kept for the next time."""
        key = (name, role, size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw_icon(name, role, size, ratio)
        return self._pixmaps[key]

    def palette(self) -> QPalette:
        """The palette behind every widget that paints itself the Fusion way."""
        palette = QPalette()
        for part, role in PALETTE.items():
            palette.setColor(part, self.colour(role))
        for part in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, part, self.colour("disabled_ink"))
        return palette

    def style_sheet(self) -> str:
        """theme.qss filled with the colours and sizes of this look."""
        template = Template((RESOURCES / "theme.qss").read_text(encoding="utf-8"))
        values: dict[str, object] = {role: self._colours[role].name() for role in self._colours}
        for group, names in (("size", self.sizes), ("radius", self.radii)):
            values |= {f"{group}_{name}": getattr(names, name) for name in names.__struct_fields__}
        values |= {f"type_{style}": step.size for style, step in self.types.items()}
        return template.substitute(values)

    def _kept_font(self, size: int, bold: bool, spacing: float) -> QFont:
        key = (size, bold, spacing)
        if key not in self._fonts:
            self._fonts[key] = self._make_font(size, bold, spacing)
        return QFont(self._fonts[key])

    def _make_font(self, size: int, bold: bool, spacing: float) -> QFont:
        font = QFont(self._families)
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        if spacing:
            font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
        return font

    def _draw_icon(self, name: str, role: str, size: int, ratio: float) -> QPixmap:
        drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        colour = self.colour(role)
        drawing = drawing.replace("currentColor", colour.name())
        # 1.75 px on screen at every size: the stroke is given in units of the 24 grid
        drawing = STROKE.sub(f'stroke-width="{1.75 * 24 / size:.3f}"', drawing)
        side = round(size * ratio)
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(QByteArray(drawing.encode())).render(painter, QRectF(0, 0, side, side))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap


PALETTE = {
    QPalette.ColorRole.Window: "surface",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "ink_3",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Link: "accent_text",
    QPalette.ColorRole.LinkVisited: "accent_text",
    QPalette.ColorRole.ToolTipBase: "inverse",
    QPalette.ColorRole.ToolTipText: "on_inverse",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Midlight: "sunken",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
    QPalette.ColorRole.Shadow: "line_strong",
}


def _ensure_font(families: list[str]) -> None:
    """The system's Chinese font where it has one, else the one that comes with us."""
    if any(map(QFontDatabase.hasFamily, families)):
        return
    for name in FONT_FILES:
        file = RESOURCES / "fonts" / name
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FileNotFoundError(file)
