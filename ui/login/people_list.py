"""名单: everybody who may be asked for a PIN, as tiles to choose from by arrow or finger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from core.actions.prove import Candidate
from ui.look import Look
from ui.text import role_name, tr
from ui.widgets.tile import Tile


class PeopleList(QScrollArea):
    """Tiles in `columns`; `chosen_changed` gives the name that is chosen, "" for none."""

    chosen_changed = Signal(str)

    def __init__(self, look: Look, *, columns: int, name: str) -> None:
        super().__init__()
        self._look = look
        self._columns = columns
        self._most_columns = columns
        self._tiles: dict[str, Tile] = {}
        self._picked = ""
        self._people: tuple[Candidate, ...] = ()
        self._pins: Mapping[str, str] = {}
        self.setObjectName(f"{name}_people")
        self._names = QWidget()
        self._names.setObjectName(f"{name}_names")
        self._grid = QGridLayout(self._names)
        self._grid.setContentsMargins(0, 0, 8, 0)
        self._grid.setSpacing(look.space[2])
        self._grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._names)

    def show_people(self, people: Sequence[Candidate], chosen: str = "") -> None:
        """These; one alone is chosen already."""
        for tile in self._tiles.values():
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._people = tuple(people)
        self._tiles = {}
        for at, person in enumerate(people, 1):
            tile = Tile(self._look, person.name, icon="user", name=f"staff_{at}")
            tile.clicked.connect(lambda _on=True, name=person.name: self._pick(name))
            self._tiles[person.name] = tile
        self._place()
        self._label()
        picked = self._picked if self._picked in self._tiles else chosen
        self.choose(people[0].name if len(people) == 1 else picked)

    def begin(self) -> None:
        """Nobody was picked by a hand yet."""
        self._picked = ""

    def _pick(self, name: str) -> None:
        """A hand chose: a list that comes late does not choose otherwise."""
        self._picked = name
        self.choose(name)

    def show_pins(self, pins: Mapping[str, str]) -> None:
        """演示店: a demo shop's PINs stand beside the names; a real shop shows none."""
        self._pins = pins
        self._label()

    def choose(self, name: str) -> None:
        """This person is meant."""
        for each, tile in self._tiles.items():
            tile.set_chosen(each == name)
        QTimer.singleShot(0, self, self._show_chosen)  # where it lies is known after the layout
        self.chosen_changed.emit(self.chosen())

    def chosen(self) -> str:
        """The name that is chosen, or ""."""
        return next((name for name, tile in self._tiles.items() if tile.isChecked()), "")

    def step(self, step: int) -> None:
        """Up or down from the one that is chosen."""
        names = list(self._tiles)
        if names:
            at = names.index(self.chosen()) + step if self.chosen() else 0
            self._pick(names[at % len(names)])

    def set_narrow(self, is_narrow: bool) -> None:
        """One column only."""
        columns = 1 if is_narrow else self._most_columns
        if columns != self._columns:
            self._columns = columns
            self._place()

    def _show_chosen(self) -> None:
        tile = self._tiles.get(self.chosen())
        if tile is not None:
            self.ensureWidgetVisible(tile)

    def _place(self) -> None:
        for at, tile in enumerate(self._tiles.values()):
            self._grid.addWidget(tile, at // self._columns, at % self._columns)
        for column in range(self._most_columns):
            self._grid.setColumnStretch(column, int(column < self._columns))

    def _label(self) -> None:
        for person in self._people:
            pin, role = self._pins.get(person.name, ""), role_name(person.role)
            self._tiles[person.name].set_words(
                person.name,
                sub="" if role == person.name else role,
                amount=tr("PIN {pin}", pin=pin) if pin else "",
            )
