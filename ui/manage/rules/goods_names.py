"""表单里的商品: what codes are called as they are typed, what is not there, and what is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from shiboken6 import isValid

from core.actions.choose_goods import Sorts, sorts_of_goods
from core.actions.look_at_rules import goods_named
from ui.manage.rules.edit import RuleSheet
from ui.manage.rules.goods_field import ChoiceField, GoodsField, SortField
from ui.rule_conditions import Names
from ui.text import tr

if TYPE_CHECKING:  # the page opens the form
    from ui.manage.rules.page import RulesPage


class GoodsNames(QObject):
    """Belongs to one form; what nobody has named yet is asked for once."""

    def __init__(self, page: RulesPage, known: Mapping[str, str]) -> None:
        super().__init__(page)
        self._page = page
        self._sheet: RuleSheet | None = None
        self._known = dict(known)
        self._asked: set[str] = set()
        self._sorts: Sorts | None = None

    @property
    def names(self) -> Names:
        """Those that are known now."""
        return Names(self._known)

    def serve(self, sheet: RuleSheet) -> None:
        """Name the goods of this form as they come."""
        self._sheet = sheet
        sheet.form.changed.connect(self._look_up)
        sheet.form.goods_wanted.connect(self._choose)
        sheet.closed.connect(self.deleteLater)
        self._look_up()
        page = self._page
        page.work.ask(
            sorts_of_goods,
            staff=page.staff,
            topic="rules_sorts",
            then=self._take_sorts,
            failed=page.say,
        )

    def _take_sorts(self, sorts: Sorts) -> None:
        self._sorts = sorts
        self._look_up()

    def _look_up(self) -> None:
        sheet = self._sheet
        if sheet is None or not isValid(sheet):
            return
        sheet.form.show_names(self._known, self._asked)
        if self._sorts is not None:
            sheet.form.show_sorts(self._sorts.categories, self._sorts.brands)
        wanted = set(sheet.form.codes()) - self._known.keys() - self._asked
        if not wanted:
            return

        def named(found: dict[str, str]) -> None:
            self._known |= found
            self._asked |= wanted
            if isValid(sheet):
                sheet.form.show_names(self._known, self._asked)
                sheet.tell()

        page = self._page
        page.work.ask(
            goods_named,
            tuple(sorted(wanted)),
            staff=page.staff,
            topic="rules_goods",
            then=named,
            failed=page.say,
        )

    def _choose(self, field: ChoiceField) -> None:
        if isinstance(field, GoodsField):
            self._choose_goods(field)
        elif isinstance(field, SortField):
            self._choose_sorts(field)

    def _choose_sorts(self, field: SortField) -> None:
        from ui.manage.rules.sorts import SortsSheet

        page, sorts = self._page, self._sorts or Sorts((), ())
        names = sorts.brands if field.is_brands else sorts.categories
        sheet = SortsSheet(page.look, page.window(), field.said, names, field.written())
        sheet.chosen.connect(field.take)
        sheet.open()

    def _choose_goods(self, field: GoodsField) -> None:
        from ui.manage.rules.goods import GoodsSheet

        page = self._page
        sheet = GoodsSheet(
            page.look,
            page.window(),
            tr("选商品：{what}", what=field.said),
            page.work,
            page.staff,
            takes_one=field.takes_one,
        )
        sheet.chosen.connect(field.take)
        sheet.begin(field.written(), self._known)
