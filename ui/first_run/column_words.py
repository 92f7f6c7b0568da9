"""列的名字: what the columns of an imported table are called on the screen."""

from __future__ import annotations

from ui.text import tr


def column_name(what: str, field: str) -> str:
    """The word for a column of products or members."""
    names = {
        "code": tr("条码"),
        "price": tr("售价"),
        "member_price": tr("会员价"),
        "special_price": tr("特价"),
        "spec": tr("规格"),
        "unit": tr("单位"),
        "category": tr("分类"),
        "is_prescription": tr("处方药"),
        "is_weighed": tr("称重"),
        "brand": tr("品牌"),
        "requires_trace": tr("需追溯码"),
        "card_no": tr("会员卡号"),
        "phone": tr("手机"),
        "birthday": tr("生日"),
        "is_lunar": tr("农历生日"),
        "tier": tr("等级"),
        "points": tr("积分"),
        "expires_on": tr("积分有效期"),
    }
    if field == "name":
        return tr("品名") if what == "products" else tr("姓名")
    return names[field]
