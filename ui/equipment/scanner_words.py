"""自检的话: what was measured of a scanner, fact by fact, and in one sentence what to do."""

from __future__ import annotations

from msgspec import Struct

from core.values.settings import Settings
from ui.devices.habits import ENTER_END, LEARNED, NO_END, TAB_END, US
from ui.devices.scan_trial import ENOUGH, SERIAL, WITH_LETTERS, Fault, Measured
from ui.text import tr


class Said(Struct, frozen=True):
    """A title and a line; `is_good`: None where it is not known yet."""

    title: str
    line: str
    is_good: bool | None = True


def verdict(found: Measured | None) -> Said:
    """The one sentence of what is wrong and what to do, or how far it is."""
    if found is None:
        return Said(tr("还没有收到"), tr("把枪对着码扫一下"), None)
    if found.to_mend:
        return Said(*_mend(found.to_mend[0], found), is_good=False)
    received = tr("收到了，{ms} 毫秒", ms=found.took_ms) if found.end != SERIAL else tr("收到了")
    if not found.is_enough:
        if found.is_other:
            return Said(received, tr("换了一个码，从头数：这个码再扫 {left} 次", left=_left(found)))
        words = "第 {no} 次，同一个码再扫 {left} 次"
        return Said(received, tr(words, no=found.count, left=_left(found)))
    if found.faults:
        if len(found.faults) > 1:
            words = "{count} 处和平常不同：照量到的设置，就收得对"
            return Said(received, tr(words, count=len(found.faults)))
        name = _fault_name(found.faults[0])
        return Said(received, tr("{name}：照量到的设置，就收得对", name=name))
    return Said(received, tr("三次都一样"))


def facts(found: Measured | None) -> list[Said]:
    """How it is connected, what ends its codes, what came, and with which signs."""
    if found is None:
        waiting = tr("扫三次就知道")
        titles = (tr("怎么接的"), tr("结束符"), tr("收到的码"), tr("键盘布局和前后缀"))
        return [Said(title, waiting, None) for title in titles]
    return [_connection(found), _end(found), _code(found), _signs(found)]


def tips() -> list[str]:
    """没有反应？"""
    return [
        tr("灯亮不响：换一个 USB 口。"),
        tr("响了没字：扫说明书上的“USB 键盘”码。"),
        tr("扫不了屏幕：拿一盒商品扫，也行。"),
    ]


def habits_words(settings: Settings) -> str:
    """How the till takes the scanners that type, in a few words."""
    ends = {ENTER_END: tr("回车结束"), TAB_END: tr("Tab 结束"), NO_END: tr("没有结束符")}
    words = [tr("键盘口，插上就能用")]
    if settings.scan_end in ends:
        words.append(ends[settings.scan_end])
    if settings.scan_layout != US:
        words.append(tr("按{layout}换回", layout=_layout(settings.scan_layout)))
    if settings.scan_prefix or settings.scan_suffix:
        words.append(tr("去掉前后缀"))
    return "　".join(words)


def _left(found: Measured) -> int:
    return ENOUGH - found.count


def _mend(fault: Fault, found: Measured) -> tuple[str, str]:
    match fault:
        case Fault.CAPS_LOCK:
            return tr("大小写反了"), tr("Caps Lock（大小写锁定）开着：关掉它，再扫")
        case Fault.INPUT_METHOD:
            return tr("输入法开着"), tr("切到英文（Shift 或 Ctrl+空格），再扫")
        case Fault.LOST:
            what = tr("丢了 {lost} 个字符", lost=found.lost)
            return what, tr("换一个 USB 口；还丢，就照说明书把字符间隔调大")
        case Fault.SLOW:
            return tr("太慢，分不清是不是手打的"), tr("照说明书把字符间隔调小，再扫")
        case Fault.CHANGED:
            return tr("有的字符变了"), tr("把系统的键盘布局换成“美式英语”，再扫")
    return tr("几次扫的不一样"), tr("离近一点，对正了，再扫三次")


def _fault_name(fault: Fault) -> str:
    return {
        Fault.LAYOUT: tr("键盘布局不是美式"),
        Fault.AROUND: tr("码的前后多了字符"),
        Fault.NO_END: tr("没有结束符"),
    }[fault]


def _connection(found: Measured) -> Said:
    if found.end == SERIAL:
        return Said(tr("串口，已认出"), tr("不会和打字混在一起"))
    mean = f"{found.mean_gap_us / 1000:.1f}"
    line = tr("每个字符 {mean} 毫秒，最慢 {slowest} 毫秒", mean=mean, slowest=found.slowest_gap_ms)
    return Said(tr("USB 键盘式，已认出"), line, Fault.SLOW not in found.faults)


def _end(found: Measured) -> Said:
    match found.end:
        case "enter":
            return Said(tr("结束符是回车"), tr("可以准确分开扫描和打字"))
        case "tab":
            return Said(tr("结束符是 Tab"), tr("可以准确分开扫描和打字"))
        case "serial" | "usual":
            return Said(tr("结束符没有问题"), tr("可以准确分开扫描和打字"))
    line = tr("按停顿断开也行；能设成回车更好")
    return Said(tr("没有结束符"), line, is_good=False)


def _code(found: Measured) -> Said:
    lost = set(found.to_mend) - {Fault.SLOW}
    title = tr("{count} 个字符", count=len(found.code))
    if lost:
        return Said(title, _mend(found.to_mend[0], found)[0], is_good=False)
    if found.sample in WITH_LETTERS:
        return Said(title, tr("和测试码一个不差"))
    if is_ean(found.code):
        return Said(tr("13 位，校验位正确"), "EAN-13")
    return Said(title, tr("不是测试码：布局对不对，看不出来"), None)


def _signs(found: Measured) -> Said:
    if found.layout != US:
        line = tr("按{layout}换回美式", layout=_layout(found.layout))
        return Said(tr("键盘布局不是美式"), line, is_good=False)
    if found.prefix or found.suffix:
        line = tr("{before}…{behind}，收到就去掉", before=found.prefix, behind=found.suffix)
        return Said(tr("码的前后多了字符"), line, is_good=False)
    if found.sample in WITH_LETTERS and not set(found.to_mend) - {Fault.SLOW}:
        return Said(tr("键盘布局对，前后没有多的"), tr("字母、数字、符号都对"))
    if found.has_letters:
        return Said(tr("键盘布局对"), tr("前面扫的字母、数字、符号都对"))
    return Said(tr("字母和二维码还没试"), tr("卖药的店请再扫一个药盒上的追溯码"), None)


def _layout(layout: str) -> str:
    names = {"azerty": tr("法语键盘"), "qwertz": tr("德语键盘"), "shifted": tr("上档的数字键")}
    return tr("量到的布局") if layout.startswith(LEARNED) else names.get(layout, layout)


def is_ean(code: str) -> bool:
    """Whether a code is an EAN-13 with its check digit."""
    if len(code) != 13 or not (code.isascii() and code.isdigit()):
        return False
    return sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(code)) % 10 == 0
