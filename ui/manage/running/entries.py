"""所有设置: each with its words, by which it is found, and where it is changed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from core.values.settings import (
    AS_THE_SCREEN,
    AS_THE_SYSTEM,
    LANGUAGES,
    LOCK_MINUTES,
    PAPERS_MM,
    SCALES,
    THEMES,
)
from ui.catalogue import LANGUAGE_NAMES
from ui.text import tr

Choices = tuple[tuple[object, str], ...]


class Entry(Struct, frozen=True):
    """A setting. `choices` where it is changed here; `goes` names the page and part otherwise.

    With neither it is changed where `line` says.
    """

    name: str
    title: str
    line: str
    words: str = ""
    choices: Choices = ()
    goes: tuple[str, str] = ("", "")


def entries() -> list[Entry]:
    """All that there are, those first that are changed here."""
    return [*_here(), *_there(), *_at_the_till()]


def found(all_of_them: Iterable[Entry], typed: str) -> list[Entry]:
    """Those whose words, or whose initials in pinyin, hold what was typed."""
    wanted = _plain(typed)
    if not wanted:
        return list(all_of_them)
    return [each for each in all_of_them if wanted in _text(each) or _is_initials(each, wanted)]


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _text(entry: Entry) -> str:
    labels = (label for _, label in entry.choices)
    whole = " ".join((entry.title, entry.line, tr(entry.words), *labels))
    return _plain(whole)


def _is_initials(entry: Entry, wanted: str) -> bool:
    return wanted.isascii() and any(
        wanted in each for each in _initials(f"{entry.title} {tr(entry.words)}")
    )


@lru_cache(maxsize=256)
def _initials(text: str) -> tuple[str, ...]:
    from core.members.names import product_keys  # brings pypinyin, and only who types needs it

    return tuple(key for word in text.split() for key in product_keys(word))


def _here() -> list[Entry]:
    themes = {
        AS_THE_SYSTEM: tr("跟随系统"),
        "light": tr("浅色"),
        "dark": tr("深色"),
        "high_contrast": tr("高对比"),
    }
    languages = tuple((each, LANGUAGE_NAMES[each]) for each in LANGUAGES)
    papers = ((AS_THE_SCREEN, tr("和屏幕一样")), *languages)
    locks = tuple(
        (each, tr("{minutes} 分钟", minutes=each) if each else tr("不锁")) for each in LOCK_MINUTES
    )
    looks, sizes = tuple((t, themes[t]) for t in THEMES), tuple((s, f"{s}%") for s in SCALES)
    return [
        Entry("language", tr("语言"), tr("屏幕上说的"), "language 中文 英文", languages),
        Entry("theme", tr("外观"), tr("屏幕的颜色"), "主题 夜间 dark", looks),
        Entry("scale", tr("大小"), tr("字和按钮"), "缩放 字号", sizes),
        Entry("receipt_language", tr("小票语言"), tr("纸上印的"), "打印", papers),
        Entry(
            "has_sounds",
            tr("提示音"),
            tr("扫到、扫错"),
            "声音 静音",
            ((True, tr("响")), (False, tr("不响"))),
        ),
        Entry("lock_minutes", tr("没人动就锁屏"), tr("要 PIN 才能再进来"), "锁定 离开", locks),
        Entry(
            "prints_hold_slips",
            tr("挂单打条子"),
            tr("取单时扫它"),
            "打印 取单",
            ((True, tr("打")), (False, tr("不打"))),
        ),
        Entry(
            "paper_mm",
            tr("小票纸宽"),
            tr("打印机里的卷纸"),
            "打印机 纸张",
            tuple((mm, tr("{mm} 毫米", mm=mm)) for mm in PAPERS_MM),
        ),
    ]


def _there() -> list[Entry]:
    running, rules, proof = "running", "rules", "proof"
    return [
        Entry(
            "backup",
            tr("备份"),
            tr("几点、抄到哪里、留几份"),
            "恢复 演练",
            goes=(running, "backups"),
        ),
        Entry(
            "orders",
            tr("定时报表"),
            tr("自己写进文件夹"),
            "每天 每周 每月",
            goes=(running, "orders"),
        ),
        Entry(
            "prices",
            tr("{all:改价|改价}", all=""),
            tr("用表格，定好哪天起"),
            "导入 价格 特价",
            goes=(running, "prices"),
        ),
        Entry(
            "health",
            tr("检查这台电脑"),
            tr("磁盘、时钟、字体、设备"),
            "健康",
            goes=(running, "machine"),
        ),
        Entry(
            "place",
            tr("门店与总部"),
            tr("店名、台号、上传"),
            "连锁 入网 同步",
            goes=(running, "place"),
        ),
        Entry("offers", tr("优惠"), tr("规则册里的优惠"), "满减 折扣 会员价", goes=(rules, "")),
        Entry("tiers", tr("等级"), tr("规则册里的门槛和权益"), "金卡 升级", goes=(rules, "tiers")),
        Entry(
            "points",
            tr("积分规则"),
            tr("怎么得、怎么用、多久到期"),
            "抵扣 倍数",
            goes=(rules, "points"),
        ),
        Entry(
            "staff",
            tr("员工和角色"),
            tr("谁能做什么，重设 PIN"),
            "权限 密码",
            goes=(proof, "staff"),
        ),
        Entry("log", tr("操作记录"), tr("谁什么时候做了什么"), "审计 日志", goes=(proof, "log")),
    ]


def _at_the_till() -> list[Entry]:
    devices = tr("在收银台：Ctrl+,，再按“扫码枪、打印机、钱箱、客显”")
    return [
        Entry("printer", tr("小票打印机"), devices, "打印 型号 端口"),
        Entry("scanner", tr("扫码枪"), devices, "串口 扫描"),
        Entry("drawer", tr("钱箱"), devices, "开钱箱"),
        Entry("display", tr("客显"), devices, "第二屏 顾客 二维码"),
        Entry("papers", tr("票据样式"), tr("在收银台：Ctrl+,，再按“票据样式”"), "店标 抬头 logo"),
        Entry("own_pin", tr("改我的 PIN"), tr("在收银台：Ctrl+,，再按“改我的 PIN”"), "密码"),
        Entry("labels", tr("店内码"), tr("在收银台：Ctrl+,，再按“店务”"), "称重 电子秤"),
    ]
