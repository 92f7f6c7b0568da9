"""选商品: looked for at the left, chosen at the right; by name, category, brand or a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.actions.choose_goods import FoundGoods, Sorts, look_for_goods, sorts_of_goods
from core.catalog.product import Product
from core.trust.staff import Staff
from core.values.money import format_money
from ui.look import Look
from ui.manage.pick import PickSheet
from ui.text import sentence, tr
from ui.widgets.big_input import BigInput
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ChoiceList
from ui.widgets.foot import Foot
from ui.widgets.said import Said
from ui.widgets.sheet import Sheet
from ui.widgets.words import Rule, Words
from ui.work import Work

SIZE = (960, 680)
SIDE = 24
AFTER_TYPING_MS = 120
ANY = ""
TOPICS = ("goods_sorts", "goods_found", "goods_taken")


class GoodsSheet(Sheet):
    """`chosen` gives the codes, in the order in which they were taken; gone when it is closed.

    `takes_one`: the first that is pressed is what is wanted.
    """

    refuses_scans = True
    chosen = Signal(object)

    def __init__(
        self,
        look: Look,
        window: QWidget,
        title: str,
        work: Work,
        staff: Staff,
        *,
        takes_one: bool = False,
    ) -> None:
        super().__init__(look, window, title, size=SIZE, name="goods", leave=tr("不改了"))
        self._work, self._staff, self._takes_one = work, staff, takes_one
        self._sorts = Sorts((), ())
        self._category = self._brand = ANY
        self._found = FoundGoods()
        self._taken: dict[str, str] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AFTER_TYPING_MS)
        self._later.timeout.connect(self._look_up)
        self._build()
        self.closed.connect(lambda: work.forget(*TOPICS))
        self.closed.connect(self.deleteLater)

    # Parts

    def _build(self) -> None:
        look = self._look
        words = tr("名字、拼音、条码，或者贴一串条码")
        self.input = BigInput(look, words, height=48, name="goods_text", spoken=words)
        self.input.edited.connect(lambda _text: self._later.start())
        self.input.submitted.connect(lambda _text: self._submit())
        self.category = Button(look, icon="down", name="goods_category")
        self.category.clicked.connect(partial(self._pick, "category"))
        self.brand = Button(look, icon="down", name="goods_brand")
        self.brand.clicked.connect(partial(self._pick, "brand"))
        head = QHBoxLayout()
        head.setSpacing(look.space[3])
        head.addWidget(self.input, 1)
        head.addWidget(self.category)
        head.addWidget(self.brand)
        spoken = tr("找到的商品")
        self.found = ChoiceList(look, name="goods_found", spoken=spoken)
        self.found.step_from(self.input.edit)
        self.found.chosen.connect(lambda key: self._toggle(str(key)))
        self.all = Button(look, tr("全部加上"), kind="text", icon="plus", name="goods_all")
        self.all.clicked.connect(lambda: self._take(self._found.goods))
        self.count = Words(look, "", "body", bold=True, elides=True, name="goods_count")
        self.taken = ChoiceList(look, name="goods_taken", spoken=tr("选了的商品"))
        self.taken.chosen.connect(lambda key: self._toggle(str(key)))
        self.none = Button(look, tr("全部去掉"), kind="text", name="goods_none")
        self.none.clicked.connect(self._take_nothing)
        self.number = Words(look, "", "body", bold=True, elides=True, name="goods_number")
        self.said = Said(look, name="goods_said")
        self.done = Button(
            look, tr("选好了"), kind="primary", height=look.sizes.control, name="goods_done"
        )
        self.done.clicked.connect(self._finish)
        self.done.setVisible(not self._takes_one)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(SIDE, 16, SIDE, 0)
        column.setSpacing(look.space[3])
        column.addLayout(head)
        lists = QHBoxLayout()
        lists.setSpacing(look.space[4])
        lists.addWidget(self._half(self.count, self.all, self.found), 3)
        self._right = self._half(self.number, self.none, self.taken)
        self._right.setVisible(not self._takes_one)
        self.all.setVisible(False)
        lists.addWidget(self._right, 2)
        column.addLayout(lists, 1)
        self.set_body(body, foot=Foot(look, self.done, said=self.said))
        self._show()

    def _half(self, words: Words, button: Button, rows: ChoiceList) -> QWidget:
        half = QWidget()
        head = QHBoxLayout()
        head.addStrut(self._look.sizes.control)
        head.addWidget(words, 1)
        head.addWidget(button)
        column = QVBoxLayout(half)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule(self._look, strong=True))
        column.addWidget(rows, 1)
        return half

    def begin(self, codes: Iterable[str], names: dict[str, str]) -> None:
        """Open with these as chosen; what is not in `names` the shop does not have."""
        self._taken = {code: names.get(code, "") for code in codes}
        self._show()
        self.open(self.input.edit)
        self._work.ask(
            sorts_of_goods,
            staff=self._staff,
            topic="goods_sorts",
            then=self._show_sorts,
            failed=self._fail,
        )

    # Looking

    def _look_up(self) -> None:
        self._ask("goods_found", self._show_found)

    def _submit(self) -> None:
        """A code, or a list of them, is taken at once; of several a person chooses."""
        self._later.stop()
        self._ask("goods_taken", self._take_meant)

    def _ask(self, topic: str, then: Callable[[FoundGoods], object]) -> None:
        self._work.ask(
            look_for_goods,
            self.input.text(),
            category=self._category,
            brand=self._brand,
            staff=self._staff,
            topic=topic,
            then=then,
            failed=self._fail,
        )

    def _fail(self, error: Exception) -> None:
        self.said.say(sentence(error), is_wrong=True)

    def _show_found(self, found: FoundGoods) -> None:
        self._found = found
        gone = tr("店里没有：{codes}", codes=tr("、").join(found.unknown)) if found.unknown else ""
        self.said.say(gone, is_wrong=True)
        self._show()

    def _take_meant(self, found: FoundGoods) -> None:
        is_same = found.goods == self._found.goods
        self._show_found(found)
        if found.is_list or len(found.goods) == 1:
            self.input.clear()
            self._take(found.goods)
        elif is_same and self.found.current_key() is not None:
            self._toggle(str(self.found.current_key()))

    def _pick(self, what: str) -> None:
        is_category = what == "category"
        names = self._sorts.categories if is_category else self._sorts.brands
        title = tr("所有分类") if is_category else tr("所有品牌")
        rows = [Choice(ANY, title, icon="offer"), *(Choice(name, name) for name in names)]

        def then(name: object) -> None:
            self._category, self._brand = (
                (str(name), self._brand) if is_category else (self._category, str(name))
            )
            self._show()
            self._look_up()

        PickSheet(self._look, self.window(), title, rows, then).open()

    def _show_sorts(self, sorts: Sorts) -> None:
        self._sorts = sorts
        self.category.setVisible(bool(sorts.categories))
        self.brand.setVisible(bool(sorts.brands))

    # Choosing

    def _toggle(self, code: str) -> None:
        if code in self._taken:
            del self._taken[code]
            self._show()
            return
        self._take([each for each in self._found.goods if each.code == code])

    def _take(self, goods: Sequence[Product]) -> None:
        if self._takes_one and goods:
            self._taken = {goods[0].code: goods[0].name}
            self._finish()
            return
        self._taken |= {each.code: each.name for each in goods}
        self._show()

    def _take_nothing(self) -> None:
        self._taken = {}
        self._show()

    def _finish(self) -> None:
        self.shut()
        self.chosen.emit(tuple(self._taken))

    def _show(self) -> None:
        found, taken = self._found, self._taken
        self.category.set_label(self._category or tr("所有分类"))
        self.brand.set_label(self._brand or tr("所有品牌"))
        count = len(found.goods)
        nothing = tr("没有找到。") if self.input.text() else ""
        words = tr("找到 {count} 样", count=f"{count:,}") if count else nothing
        if found.is_more:
            words = tr("前 {count} 样，请写得更细", count=f"{count:,}")
        self.count.setText(words)
        self.all.setVisible(count > 1 and not self._takes_one)
        at = self.found.currentIndex().row()
        rows = [_row(each, is_taken=each.code in taken) for each in found.goods]
        self.found.show_rows(rows, current=max(at, 0))
        self.number.setText(tr("选了 {count} 样", count=f"{len(taken):,}"))
        self.none.setVisible(bool(taken))
        here = [
            Choice(code, name or tr("店里没有"), sub=code, icon="close" if name else "alert")
            for code, name in taken.items()
        ]
        self.taken.show_rows(here, current=None)


def _row(product: Product, *, is_taken: bool) -> Choice:
    kinds = (product.code, product.category, product.brand, product.spec)
    return Choice(
        product.code,
        product.name,
        sub="　".join(kind for kind in kinds if kind),
        right=format_money(product.price_fen),
        icon="check" if is_taken else "plus",
    )
