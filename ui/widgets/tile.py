"""选项: a box to choose, with its key; chosen boxes are tinted, bold and framed by 2 px."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.look import Look
from ui.widgets import paint
from ui.widgets.key_hint import key_width, paint_key

PADDING = 14
GAP = 12
ICON = 22
LEAST_LABEL = 160


class Tile(QAbstractButton):
    """A choice in a row (icon, label, a small text, amount, key) or, `centred`, over two lines."""

    def __init__(
        self,
        look: Look,
        label: str,
        *,
        sub: str = "",
        icon: str = "",
        amount: str = "",
        key: str = "",
        centred: bool = False,
        height: int | None = None,
        name: str = "",
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._sub = sub
        self._icon_name = icon
        self._amount = amount
        self._key = key
        self._centred = centred
        self._spoken = spoken
        self.setObjectName(name)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(height or (look.sizes.choice if centred else look.sizes.tender))
        self.set_words(label, sub=sub, amount=amount)

    def set_words(self, label: str, *, sub: str = "", amount: str = "") -> None:
        """Change what stands on the tile."""
        self._sub = sub
        self._amount = amount
        self.setText(label)
        self.setAccessibleName(self._spoken or " ".join(t for t in (label, sub, amount) if t))
        self.update()

    def set_chosen(self, is_chosen: bool) -> None:
        """Choose it or not, without a signal."""
        self.blockSignals(True)
        self.setChecked(is_chosen)
        self.blockSignals(False)
        self.update()

    def sizeHint(self) -> QSize:
        label = paint.advance(self._look.font("body", True), self.text())
        return QSize(max(label + 2 * PADDING, self._look.sizes.hit_min), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.sizes.hit_min, self.height())

    def _least_label(self, bold: bool) -> int:
        """What the label must have; a long name is cut before icon and amount are left out."""
        return min(paint.advance(self._look.font("body", bold), self.text()), LEAST_LABEL)

    def _has_room_for_icon(self) -> bool:
        """The word says more than the icon: in a narrow tile it stands alone."""
        look = self._look
        taken = 2 * PADDING + ICON + GAP + (key_width(look, self._key) + GAP if self._key else 0)
        if self._amount:
            taken += paint.advance(look.font("item", True), self._amount) + GAP
        return taken + self._least_label(bold=True) <= self.width()

    def _has_room_for_key(self) -> bool:
        """A short word is never cut for the sake of its key's hint; the key works all the same."""
        taken = 2 * PADDING + GAP + key_width(self._look, self._key)
        return bool(self._key) and taken + self._least_label(bold=True) <= self.width()

    def _ink(self, role: str) -> str:
        return role if self.isEnabled() else "disabled_ink"

    def _paint_box(self, painter: QPainter) -> None:
        look, chosen = self._look, self.isChecked()
        fill = "accent_tint" if chosen else "hover" if self.underMouse() else "surface"
        framed = chosen or self.hasFocus()
        border = "accent" if framed else "line_strong" if self.isEnabled() else "line"
        width = look.borders.chosen if framed else look.borders.control
        paint.box(
            painter,
            self.rect(),
            radius=look.radii.control,
            fill=look.colour(fill),
            border=look.colour(border),
            width=width,
        )

    def _paint_centred(self, painter: QPainter) -> None:
        look, area = self._look, QRectF(self.rect()).adjusted(4, 0, -4, 0)
        styles = ("body", "small") if self._sub else ("item", "body", "small")
        fonts = [look.font(style, self.isChecked()) for style in styles]
        fitting = (each for each in fonts if paint.advance(each, self.text()) <= area.width())
        font = next(fitting, fonts[-1])
        top = QRectF(area)
        if self._sub:
            top.setHeight(look.line("body"))
            top.moveTop((self.height() - look.line("body") - look.line("small")) / 2)
            low = QRectF(area.left(), top.bottom() - 1, area.width(), look.line("small"))
            ink = look.colour(self._ink("ink_2"))
            small = look.font("small")
            paint.words(painter, low, self._sub, font=small, colour=ink, align=paint.CENTRE)
        ink = look.colour(self._ink("ink"))
        paint.words(painter, top, self.text(), font=font, colour=ink, align=paint.CENTRE)

    def _paint_row(self, painter: QPainter) -> None:
        look, height, left = self._look, self.height(), float(PADDING)
        right = float(self.width() - PADDING)
        if self._icon_name and self._has_room_for_icon():
            square = QRectF(left, (height - ICON) / 2, ICON, ICON)
            role = "accent" if self.isChecked() else "ink_2"
            paint.icon(painter, look, square, self._icon_name, self._ink(role))
            left += ICON + GAP
        if self._has_room_for_key():
            right -= key_width(look, self._key)
            role, border = self._ink("ink_2"), "line_strong" if self.isEnabled() else "line"
            paint_key(
                painter,
                look,
                left=right,
                middle=height / 2,
                key=self._key,
                role=role,
                border=border,
            )
            right -= GAP
        font = look.font("item", True)
        width = paint.advance(font, self._amount)
        label = self._least_label(bold=self.isChecked())
        if self._amount and left + label + GAP + width <= right:
            place = QRectF(right - width, 0, width, height)
            paint.words(
                painter, place, self._amount, font=font, colour=look.colour(self._ink("ink"))
            )
            right -= width + GAP
        self._paint_words(painter, QRectF(left, 0, right - left, height))

    def _paint_words(self, painter: QPainter, place: QRectF) -> None:
        """Side by side; where that is too long, the small text below; a long name on two lines."""
        look, is_chosen = self._look, self.isChecked()
        ink, low_ink = look.colour(self._ink("ink")), look.colour(self._ink("ink_2"))
        font, small = look.font("body", is_chosen), look.font("small")
        label = paint.advance(font, self.text())
        sub = GAP + paint.advance(small, self._sub) if self._sub else 0
        if label > place.width():
            font = look.font("small", is_chosen)
            paint.two_lines(painter, place, self.text(), font=font, colour=ink)
        elif label + sub <= place.width():
            place.setLeft(
                place.left() + paint.words(painter, place, self.text(), font=font, colour=ink) + GAP
            )
            paint.words(painter, place, self._sub, font=small, colour=low_ink)
        else:
            top, low = QRectF(place), QRectF(place)
            top.setBottom(place.center().y() + 1)
            low.setTop(top.bottom() - 1)
            style = "small" if self.height() < look.sizes.choice else "body"
            font = look.font(style, is_chosen)
            top.setTop(top.bottom() - look.line(style))
            low.setHeight(look.line("small"))
            paint.words(painter, top, self.text(), font=font, colour=ink)
            if paint.advance(small, self._sub) > low.width():
                small = look.font("caption")
            paint.words(painter, low, self._sub, font=small, colour=low_ink)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_box(painter)
        if self._centred:
            self._paint_centred(painter)
        else:
            self._paint_row(painter)
