"""总部的话: what a case is about, and what is wrong with the database, in words."""

from __future__ import annotations

from ui.catalogue import tr


def case_name(kind: str) -> str:
    """What happened; a kind that nobody knows is shown as it is."""
    return {
        "copy": tr("同一台收银台有两份"),
        "left_unsent": tr("停用的收银台还有没传的"),
        "price": tr("重算的价不一样"),
        "other_engine": tr("比总部新的程序算的价"),
        "unreadable": tr("销售重算不了"),
        "passed": tr("总部没能处理的记录"),
        "future": tr("更新的程序的记录"),
        "left": tr("收银台用不了下发的"),
        "fork": tr("同一个位置有两条记录"),
        "foreign": tr("别的收银台的记录"),
        "place": tr("位置对不上"),
        "hash": tr("校验值对不上"),
        "private": tr("个人资料和校验值对不上"),
        "record": tr("记录缺了东西"),
        "spelling": tr("读不出的记录"),
        "same_phone": tr("两台收银台用同一个手机号入会，合成了一个"),
        "same_card": tr("两台导入过同一张卡，合成了一个"),
        "card_twice": tr("两个人用同一张卡"),
        "opened_twice": tr("同一张卡两次导入的期初积分不一样"),
        "opened_spent": tr("期初积分导入过两次，花的比一次多"),
        "unsealed": tr("收银台说删过一位会员，总部没有删过"),
        "erasure_wanted": tr("一家店请总部删除一位会员的个人资料"),
        "differs": tr("核对时对不上"),
        "overspent": tr("花掉了已经没有的积分；不算会员欠的，请看那台有没有另一份"),
        "returned_twice": tr("同一张单几台都退了，退的比卖的多；请对一对说明里的单号和行"),
        "coupon_twice": tr("一张只能用一次的券，几张单都用了；请对一对说明里的单号"),
    }.get(kind, kind)


def case_advice(kind: str) -> str:
    """What to do about it; "" where its name says so, or nobody knows the kind."""
    strange = tr(
        "记录原样另放着，没有丢。那台可能有另一份，或硬盘坏了："
        "请在那台上跑 main.py doctor 和 main.py verify。"
    )
    priced = tr(
        "单子照收，不用退补。先看总部的程序是不是最新；规则册和价两边一样还有，请报给做软件的人。"
    )
    unread = tr("记录收着，一条不少。先升级总部的程序；升级后还在，请报给做软件的人。")
    return {
        "copy": tr(
            "只让一台用下去；另一台要用就换个台号重新设，另发入网码。从备份恢复的不用做什么。"
        ),
        "left_unsent": tr("没传的只在那台上。开得了机就收好它，照它的记录补；看过就结掉。"),
        "price": priced,
        "other_engine": priced,
        "unreadable": priced,
        "passed": unread,
        "future": unread,
        "left": tr(
            "收银台照旧卖。看“说明”里是什么：卡号或条码被占了就换一个，规则册不合就另发一版。"
        ),
        **dict.fromkeys(
            ("fork", "foreign", "place", "hash", "private", "record", "spelling"), strange
        ),
        "same_phone": tr(
            "是一个人就结掉；是两个人就分开：office part 后面先写“说明”里的编号，再写“记录”里的。"
        ),
        "same_card": tr(
            "姓名、手机、生日不矛盾，期初积分算一次。对就结掉；哪张卡其实是两个人："
            "office part 后面写卡号。"
        ),
        "card_twice": tr(
            "姓名、手机或生日对不上，没有合。是一个人就在两台导入一样的；不是就给其中一位换卡。"
        ),
        "opened_twice": tr("算的是先导入的，“说明”里写在前面。不对就在收银台调整积分。"),
        "opened_spent": tr("会员欠着“说明”里的积分，以后的先抵。不该他还，就请在收银台调整积分。"),
        "unsealed": tr("请问一问店里。真要删就用 office erase，在全连锁删；不是就结掉。"),
        "erasure_wanted": tr(
            "该删就用 office erase，后面写“记录”里的编号，全连锁都删；不该删就结掉。"
        ),
        "differs": tr("不要自己改数据库。先备份，再报给做软件的人。"),
    }.get(kind, "")


def store_trouble(detail: str) -> str:
    """What keeps the server from its database; what has no words is a code for who looks it up."""
    return {
        "gone": tr("连不上"),
        "busy": tr("太忙"),
        "twice": tr("两边同时在写"),
        "28P01": tr("密码不对"),
        "28000": tr("用户不对"),
        "3D000": tr("没有这个库"),
        "42501": tr("没有权限"),
        "25006": tr("只能读，可能是备库"),
        "25P03": tr("等得太久"),
    }.get(detail, detail)
