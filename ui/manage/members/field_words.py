"""资料的栏，在话里: what each field of a member is called, and how its value reads."""

from __future__ import annotations

from core.members.birthday import birthday_told
from core.members.phone import format_phone
from core.members.profile import CODES
from ui.text import birthday_words, tr

_LABELS = {
    "name": "姓名",
    "phone": "手机",
    "birthday": "生日",
    "card_no": "卡号",
    "kind": "类别",
    "sex": "性别",
    "occupation": "职业",
    "other_phone": "别的电话",
    "email": "邮箱",
    "wechat": "微信",
    "address": "住址",
    "source": "来源",
    "referrer": "介绍人",
    "family": "家人",
    "tags": "标签",
    "verified": "核对日期",
}
_VALUES = {
    "person": "个人",
    "company": "企业",
    "trade": "同行",
    "female": "女",
    "male": "男",
    "store": "到店",
    "friend": "朋友介绍",
    "online": "网上",
    "event": "活动",
    "partner": "合作单位",
    "other": "其他",
}


def field_label(field: str) -> str:
    """姓名, 手机."""
    return tr(_LABELS[field])


def code_words(code: str) -> str:
    """个人, 女, 朋友介绍."""
    return tr(_VALUES[code])


def value_words(field: str, value: str) -> str:
    """A value as it reads; "—" for none. What is masked stays as it is."""
    if not value:
        return "—"
    if field in CODES:
        return code_words(value)
    if field in ("phone", "other_phone") and value.startswith("+"):
        return format_phone(value)
    if field == "birthday":
        born = birthday_told(value)
        return value if born is None else birthday_words(born)
    if field in ("referrer", "family"):
        return tr("有")
    return value
