"""检查的话: what is said of each thing that was looked at, and what to do where it is not well."""

from __future__ import annotations

from core.ports.upkeep import Check, Grade
from ui.text import sentence, tr


def title(check: Check) -> str:
    """What was looked at."""
    return _titles()[check.what]


def said(check: Check) -> str:
    """How it is; where it is not well, what to do."""
    if check.error is not None:
        return sentence(check.error)
    return tr(SAID[check.what, check.state], **check.facts)


def graded(grade: Grade) -> str:
    """正常 · 看一看 · 不好."""
    return {Grade.GOOD: tr("正常"), Grade.LOOK: tr("看一看"), Grade.BAD: tr("不好")}[grade]


def summary(checks: list[Check]) -> str:
    """The last line: how many of each are not well."""
    bad = sum(check.grade is Grade.BAD for check in checks)
    look = sum(check.grade is Grade.LOOK for check in checks)
    if bad:
        words = "{bad} 处不好，{look} 处要看一看。请照着做；不好的做完，再检查一次。"
        return tr(words, bad=bad, look=look)
    if look:
        return tr("能用。有 {look} 处要看一看。", look=look)
    return tr("都好。")


def _titles() -> dict[str, str]:
    return {
        "store": tr("数据"),
        "clock": tr("时钟"),
        "zone": tr("时区"),
        "jumps": tr("时钟跳动"),
        "key": tr("钥匙"),
        "recovery": tr("恢复文件"),
        "backup": tr("备份"),
        "settings": tr("设置"),
        "disk": tr("磁盘"),
        "place": tr("数据在哪里"),
        "writing": tr("写文件"),
        "memory": tr("内存"),
        "letters": tr("文字编码"),
        "leftovers": tr("遗留文件"),
        "logs": tr("日志"),
        "crashes": tr("出错记录"),
        "chain": tr("总部"),
        "unsent": tr("上传"),
        "printer": tr("打印机"),
        "papers": tr("票据样式"),
        "scanner": tr("扫码枪"),
        "drawer": tr("钱箱"),
        "pole": tr("杆式客显"),
        "window": tr("窗口"),
        "pictures": tr("图标"),
        "font": tr("字体"),
        "prints": tr("打印的字"),
    }


SAID = {
    ("store", "no_home"): "文件夹 {home} 不在。新开店用 main.py setup；"
    "换了电脑用 main.py restore 加备份和恢复文件。",
    ("store", "no_store"): "{home} 里没有数据。新开店用 main.py setup；"
    "有备份就用 main.py restore 恢复。",
    ("store", "damaged"): "数据文件有 {count} 页坏了。请停止收款，不要删除任何文件，"
    "用 main.py restore 恢复最近的备份，并告诉维护的人。",
    ("store", "running"): "能打开，每一页都完好，{mib} MB，第 {revision} 版；收银台正开着。",
    ("store", "sound"): "能打开，每一页都完好，{mib} MB，第 {revision} 版。",
    ("clock", "behind"): "电脑时间比上一笔早 {minutes} 分钟。请校对电脑的时间，并打开自动校时。",
    ("clock", "ahead"): "上一笔是 {days} 天以前的。很久没有开店就没有事；不然请校对电脑的日期。",
    ("clock", "fits"): "{now}，和上一笔接得上。",
    ("zone", "differs"): "门店的时区是 {zone}，现在 {there}；这台电脑显示 {here}。"
    "账按门店的时区记；请把电脑的时区改过来。",
    ("zone", "fits"): "{zone}，和门店一样。",
    ("jumps", "stood_still"): "有 {count} 条记录停在同一时刻，多半是时间被往回调过。"
    "账没有错；请打开自动校时。",
    ("key", "in_keystore"): "在系统钥匙串里。",
    ("key", "readable"): "{path} 别的用户也能读。请改成只有本用户能读（chmod 600）。",
    ("key", "in_file"): "在文件 {path} 里，只有本用户能读。请不要把它抄给别人。",
    ("recovery", "beside"): "{path} 还在这台电脑上。请移到 U 盘或打印出来收好："
    "电脑坏了，没有它就打不开备份。",
    ("recovery", "apart"): "{path} 现在读得到。是 U 盘，请拔下来收好；"
    "是这台电脑的另一块盘，请移走。",
    ("recovery", "elsewhere"): "建店时存的地方和数据文件夹里都没有，这样对；别的地方没有找过。"
    "它也不该留在这台电脑上：请放到 U 盘或打印出来，并记得收在哪里。",
    ("backup", "none"): "还没有备份。请日结一次，或现在做一份：main.py backup。",
    ("backup", "old"): "最近的备份是 {days} 天以前的。请日结，或现在做一份：main.py backup。",
    ("backup", "fresh"): "有 {count} 份，最近的是 {days} 天以前的。请常抄一份到 U 盘（--to）。",
    ("settings", "sound"): "读得懂。",
    ("disk", "full"): "只剩 {mib} MB。请马上腾出空间：再满就记不了账。",
    ("disk", "room"): "还有 {mib} MB。",
    (
        "place",
        "elsewhere",
    ): "数据在网络盘（{kind}）上，断网时账会坏。请把数据文件夹搬到本机的磁盘。",
    ("place", "here"): "在本机的磁盘上。",
    ("writing", "works"): "能写，也能用中文文件名。",
    ("memory", "little"): "{total} MB 里只剩 {free} MB。请关掉别的程序，或重新启动电脑。",
    ("memory", "enough"): "{total} MB 里有 {free} MB 可用。",
    ("letters", "other"): "{where} 用的是 {encoding}，不是 UTF-8。请把系统的语言设成带 UTF-8 的"
    "（例如 zh_CN.UTF-8），不然文件名会乱。",
    ("letters", "utf8"): "UTF-8。",
    ("leftovers", "some"): "有 {count} 个没做完的文件（{name} 等，{mib} MB）。"
    "收银台关着时可以删除，账不在里面。",
    ("leftovers", "none"): "没有。",
    ("logs", "large"): "{mib} MB，太大了。收银台关着时可以删掉 logs 文件夹。",
    ("logs", "small"): "{mib} MB，到了大小会自己换新的。",
    ("crashes", "some"): "七天里有 {count} 次出错或意外结束，最近的一次：{path}。"
    "请把它交给维护的人，里面没有会员的资料。",
    ("crashes", "none"): "七天里没有。",
    ("chain", "apart"): "有 {count} 条总部另外放着，等人看过。收银台这里不用做什么；请问总部的人。",
    ("chain", "out"): "总部停用了这台收银台，不再收它的记录。收款照常，都记在这台上；"
    "要再用，请先退网，再用新的入网码入网。",
    ("chain", "office_out"): "总部停用了这台后台电脑，不再收它的记录，也不再给它全店的销售。"
    "已经有的都在这台上；要再用，请先退网（main.py chain leave），再用新的入网码入网。",
    ("chain", "answers"): "“{name}”，{url} 有回应。",
    ("unsent", "old"): "有 {count} 条没有传，最早的等了 {days} 天。账都在这台上；"
    "请看网络，或在 main.py chain status 里看为什么。",
    ("unsent", "few"): "没有传的有 {count} 条，最早的不到一天。",
    ("printer", "none"): "没有设打印机。要打小票：main.py printer。",
    ("printer", "answers"): "{setting} 有回应。",
    ("printer", "set"): "设的是 {setting}；有没有纸，打一张测试才知道。",
    (
        "printer",
        "silent",
    ): "{setting} 没有回应。请看电源、纸和线，再看地址对不对（main.py printer）。",
    ("printer", "no_queue"): "系统里没有打印队列“{name}”（有的是：{queues}）。"
    "请在系统里装好打印机，或换一个名字（main.py printer）。",
    ("printer", "stopped"): "打印队列“{name}”停了。请在系统的打印机设置里恢复它，再打一张测试。",
    ("printer", "queue"): "打印队列“{name}”开着；有没有纸，打一张测试才知道。",
    ("papers", "sound"): "票据样式都读得懂。",
    ("scanner", "types"): "当作键盘用的扫码枪看不见：请在收银台扫一件商品试试。",
    ("scanner", "there"): "串口 {port} 在。",
    ("scanner", "gone"): "串口 {port} 不在（有的是：{ports}）。请插好扫码枪，或在设置里改端口。",
    ("drawer", "there"): "串口 {port} 在。",
    ("drawer", "gone"): "串口 {port} 不在（有的是：{ports}）。请插好钱箱的线，或在设置里改端口。",
    ("pole", "there"): "串口 {port} 在。",
    ("pole", "gone"): "串口 {port} 不在（有的是：{ports}）。请插好客显，或在设置里改端口。",
    ("window", "broken"): "窗口打不开。请照 README 装好系统的图形库，再检查一次；"
    "无屏的收银台（till --headless）不受影响。",
    ("window", "no_screen"): "这台机器没有屏幕；无屏的收银台（till --headless）能用。",
    ("window", "shown"): "{platform}，{size}。",
    ("pictures", "none"): "图标画不出来，少了 Qt 的 SVG 插件。请重新安装这个程序。",
    ("font", "lacks"): "{font} 缺常用字：{signs}。请装一种中文字体，例如 Noto Sans CJK。",
    ("font", "lacks_rare"): "{font} 缺生僻字：{signs}，屏幕上名字里有它就显示成方框，打印不受影响。"
    "可以装一种大字库，例如 Noto Sans CJK；记的名字没有错。",
    ("font", "has_all"): "{font}，常用字和生僻字都有。",
    ("prints", "has_all"): "常用字和生僻字都有。",
    ("prints", "lacks"): "缺这些字：{signs}，打印出来是方框。请重新安装这个程序。",
    (
        "prints",
        "gone",
    ): "字体文件 {file} 不在或坏了，存不了 PDF。请重新安装这个程序；小票照常打印。",
}
