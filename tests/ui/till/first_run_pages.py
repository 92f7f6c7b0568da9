"""Steps of the first run, for the album."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from core.errors import BadMoney, DiskFull, NotAsked, TwiceInTable, WeakPin
from core.ports.central import Uplink
from core.sync.session import Invited
from core.values.first_run import CHAIN, RESTORE, FirstRun
from core.values.settings import Settings
from core.values.table import BadRow
from tests.ui.till import baskets
from ui.devices.scan_trial import SAMPLES, Trial
from ui.first_run.course import Course
from ui.first_run.founding import Founding
from ui.first_run.table_run import Report, Seen
from ui.first_run.wizard import Wizard
from ui.look import Look
from ui.text import sentence

Draw = Callable[[Look, QWidget], QWidget | None]
SHOP = FirstRun(
    store_name="中山路大药房（人民广场店）",
    manager="李店长",
    recovery="/media/shop/KINGSTON/shuke-S01-1-recovery.txt",
    products=86,
    members=1_204,
    is_prepared=True,
)
LINE = "https://hq.yongantang.example.com/shuke#R0QK-2M9P-7QRTX"
INVITED = Invited(
    "永安堂大药房连锁有限公司", "GZ012", SHOP.store_name, 12, baskets.MOMENT.at_us, replaces=True
)


def _wizard(look: Look, step: str, run: FirstRun = SHOP) -> Wizard:
    founding = Founding(
        run=run,
        settings=Settings(),
        profiles=Path(),
        name="",
        keep=lambda _: None,
        keep_settings=lambda _: None,
        check_zone=str,
        prepare=lambda _run, _pin: None,
        intake=lambda _file, _what: nullcontext(),
        sample=lambda _kind, what: Path(what),
        end=lambda: None,
        restore=lambda _backup, _recovery: Path(),
        visit=nullcontext,
        uplink=lambda: Uplink(lambda: None, lambda: None, ""),
    )
    course = Course(founding)
    course.set(step=step)
    wizard = Wizard(look, course)
    wizard.resize(1366, 768)
    wizard.show()
    wizard.begin()
    return wizard


def first_language(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "language", FirstRun())


def first_way(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "way", FirstRun(way=CHAIN))


def first_chain(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "chain", FirstRun(way=CHAIN))


def first_chain_told(look: Look, _window: QWidget) -> QWidget:
    wizard = _wizard(look, "chain", FirstRun(way=CHAIN))
    wizard.step.code.set_text(LINE)
    wizard.step._on_told(LINE, INVITED)
    return wizard


def first_chain_asking(look: Look, _window: QWidget) -> QWidget:
    wizard = _wizard(look, "chain", FirstRun(way=CHAIN))
    wizard.step.code.set_text(LINE)
    wizard.step.is_busy = True
    wizard.step._turn()
    return wizard


def first_chain_wrong(look: Look, _window: QWidget) -> QWidget:
    wizard = _wizard(look, "chain", FirstRun(way=CHAIN))
    wizard.step.code.set_text(LINE)
    wizard.step._on_failed(NotAsked("nowhere"))
    return wizard


def first_not_joined(look: Look, _window: QWidget) -> QWidget:
    wizard = _wizard(look, "recovery", replace(SHOP, way=CHAIN, chain_name=INVITED.chain_name))
    wizard.course.invitation = LINE
    wizard.step._on_not_joined(NotAsked("silent"))
    return wizard


def first_joined(look: Look, _window: QWidget) -> QWidget:
    run = replace(SHOP, way=CHAIN, chain_name=INVITED.chain_name, is_joined=True)
    return _wizard(look, "recovery", run)


def first_restore(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "restore", FirstRun(way=RESTORE))


def first_restored(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "restore", replace(SHOP, way=RESTORE))


def first_ready_of_chain(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "ready", replace(SHOP, way=CHAIN, chain_name=INVITED.chain_name))


def first_store(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "store", FirstRun())


def first_manager_weak(look: Look, _window: QWidget) -> QWidget:
    wizard = _wizard(look, "manager", FirstRun(manager="李店长"))
    wizard.step.pin.set_text("123456")
    wizard.step.pin.set_problem(sentence(WeakPin()))
    return wizard


def first_recovery(look: Look, _window: QWidget) -> QWidget:
    run = FirstRun(recovery=SHOP.recovery)
    wizard = _wizard(look, "store", run)
    wizard.course.pin = "246810"
    wizard.course.set(step="recovery")
    wizard.begin()
    return wizard


def first_recovery_saved(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "recovery")


def first_scanner(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "scanner")


def first_scanner_tested(look: Look, _window: QWidget) -> QWidget:
    wizard, code = _wizard(look, "scanner"), SAMPLES["ean13"]
    for _ in range(3):
        wizard.step.test._on_tried(Trial(code, (3,) * (len(code) - 1), "enter"))
    wizard.step.test.show_kind("ean13")
    return wizard


def first_printer(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "printer")


def first_display(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "display")


def first_goods(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "goods")


def first_goods_columns(look: Look, _window: QWidget) -> QWidget:
    wizard = _wizard(look, "goods")
    headings = ("商品货码", "商品的名称", "零售价（元）", "会员价", "规格", "备注")
    example = ("6905120012039", "维生素C咀嚼片", "39.00", "37.00", "100片/瓶", "")
    seen = Seen(headings, example, {"price": 2, "member_price": 3, "spec": 4})
    wizard.step.columns.show_table("products", seen)
    wizard.step._show(wizard.step.columns)
    return wizard


def first_goods_report(look: Look, _window: QWidget) -> QWidget:
    wizard = _wizard(look, "goods")
    rows = (
        BadRow(7, "售价", BadMoney("三十九")),
        BadRow(12, "条码", TwiceInTable("6905120012039")),
    )
    wizard.step._on_report(Report(1_284, 2, rows, 0))
    return wizard


def first_goods_importing(look: Look, _window: QWidget) -> QWidget:
    wizard = _wizard(look, "goods")
    wizard.step.wait.begin()
    wizard.step._show(wizard.step.wait)
    wizard.step.wait.bar.show_progress(430, "430 / 1,000")
    return wizard


def first_full_disk(look: Look, _window: QWidget) -> QWidget:
    wizard = _wizard(look, "goods")
    wizard.say(DiskFull())
    return wizard


def first_ready(look: Look, _window: QWidget) -> QWidget:
    return _wizard(look, "ready")


PAGES: tuple[Draw, ...] = (
    first_language,
    first_way,
    first_chain,
    first_chain_asking,
    first_chain_told,
    first_chain_wrong,
    first_joined,
    first_not_joined,
    first_restore,
    first_restored,
    first_ready_of_chain,
    first_store,
    first_manager_weak,
    first_recovery,
    first_recovery_saved,
    first_scanner,
    first_scanner_tested,
    first_printer,
    first_display,
    first_goods,
    first_goods_columns,
    first_goods_report,
    first_goods_importing,
    first_full_disk,
    first_ready,
)
