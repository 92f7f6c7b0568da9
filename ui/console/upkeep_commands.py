"""养护命令: what the commands that keep a home say: backup, restore, verify, recover, devices."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable

from core.ports import Till
from core.ports.upkeep import Upkeep, Verified
from ui.console.command_words import say, warn_of_key, warn_of_printer
from ui.devices.printer import printer_of
from ui.devices.profile_files import own_profiles, profile_of
from ui.devices.serial_scanner import BETWEEN, ports_of
from ui.finding_text import finding_words
from ui.text import tr


def obey_upkeep(upkeep: Upkeep, given: Namespace) -> int:
    """Do what the words ask for; the exit code."""
    return _COMMANDS[given.command](upkeep, given)


def _back_up(upkeep: Upkeep, given: Namespace) -> int:
    made = upkeep.back_up(None if given.to is None else str(given.to))
    say(tr("备份已加密、已核对：{path}", path=made))
    return 0


def _restore(upkeep: Upkeep, given: Namespace) -> int:
    recovery = None if given.recovery is None else str(given.recovery)
    till, is_key_in_file = upkeep.restore(str(given.backup), recovery)
    say(_restored(till, (given.home / "aside").is_dir()))
    if recovery is not None:
        warn_of_key(is_key_in_file, given.home)
    return 0


def _restored(till: Till, was_another_here: bool) -> str:
    words = "{store} {till} 号台已恢复，单号从第 {incarnation} 代继续。"
    if was_another_here:
        words = (
            "{store} {till} 号台已恢复，单号从第 {incarnation} 代继续；原来的文件在 aside 文件夹。"
        )
    return tr(
        words,
        store=till.store_name,
        till=till.till_no,
        incarnation=till.incarnation,
    )


def _verify(upkeep: Upkeep, _given: Namespace) -> int:
    """0 where all is well, else 1; sales of other engines are only named."""
    found = upkeep.verify()
    for line in _verified(found):
        say(line)
    return 1 if found.findings else 0


def _verified(found: Verified) -> list[str]:
    lines = [finding_words(finding) for finding in found.findings]
    if found.other_engines:
        words = "有 {count} 笔销售是别的版本的程序算的价：账和小票都核对了，价格没有重新计算。"
        lines.append(tr(words, count=found.other_engines))
    if found.findings:
        words = "发现 {count} 处不对。请不要删除任何文件，告诉维护的人。"
        return [*lines, tr(words, count=len(found.findings))]
    return [*lines, tr("核对完毕：链、账、余额、案件、抽奖和每一笔销售都对。")]


def _recover(upkeep: Upkeep, given: Namespace) -> int:
    is_in_file = upkeep.recover(str(given.recovery))
    say(tr("钥匙找回来了，{home} 的数据能打开。", home=given.home))
    warn_of_key(is_in_file, given.home)
    return 0


def _set_printer(upkeep: Upkeep, given: Namespace) -> int:
    printer, own = printer_of(given.setting), own_profiles(given.home)
    profile_of(given.profile, own)
    name, paper_mm = given.profile, given.paper
    if given.ladder:
        from ui.console.printer_ladder import climb

        name, paper_mm = climb(printer, own, sys.stdin)
    upkeep.keep_printer(given.setting, paper_mm, name)
    words = "打印机：{setting}，纸宽 {mm} 毫米。下次打开收银台起用。"
    say(tr(words, setting=given.setting, mm=paper_mm))
    if not given.ladder:  # it has just printed there
        warn_of_printer(given.setting)
    return 0


def _set_scanners(upkeep: Upkeep, given: Namespace) -> int:
    """One setting a scanner; "none" where there is none on a serial port."""
    setting = BETWEEN.join(given.settings)
    ports = ports_of(setting)
    upkeep.keep_scanners(setting if ports else "")
    named = tr("、").join(port.device for port in ports)
    words = tr("串口扫码枪：{named}。下次打开收银台起用。", named=named)
    say(words if ports else tr("没有串口扫码枪了。键盘口的照用。"))
    return 0


_COMMANDS: dict[str, Callable[[Upkeep, Namespace], int]] = {
    "backup": _back_up,
    "printer": _set_printer,
    "recover": _recover,
    "restore": _restore,
    "scanner": _set_scanners,
    "verify": _verify,
}
