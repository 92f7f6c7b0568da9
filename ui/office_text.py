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
        "unsealed": tr("收银台说删过一位会员，总部没有删过"),
        "differs": tr("核对时对不上"),
        "overspent": tr("花掉了已经没有的积分；不算会员欠的，请看那台有没有另一份"),
        "returned_twice": tr("同一张单几台都退了，退的比卖的多；请对一对说明里的单号和行"),
        "coupon_twice": tr("一张只能用一次的券，几张单都用了；请对一对说明里的单号"),
    }.get(kind, kind)


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
