"""档案的其余部分，在话里: fields, relations, coupons and cards."""

from __future__ import annotations

from core.actions.file_more import EditKept, FileMore, Relation
from core.actions.member_file import RecordFile
from core.members.profile import (
    ADDRESS,
    EMAIL,
    KIND,
    OCCUPATION,
    OTHER_PHONE,
    SEX,
    SOURCE,
    TAGS,
    WECHAT,
)
from ui.here import day_words
from ui.manage.members.field_words import code_words, field_label, value_words
from ui.manage.members.file_words import FileLine
from ui.text import tr

SHOWN = (KIND, SEX, OCCUPATION, OTHER_PHONE, WECHAT, EMAIL, ADDRESS, SOURCE, TAGS)
RELATIONS = {"family": "家人", "referrer": "介绍人", "referred": "由他介绍"}


def field_lines(file: RecordFile) -> list[FileLine]:
    """What is known, by field; nothing where it is not."""
    values = file.more.values
    lines = [
        FileLine(field_label(field), amount=value_words(field, values[field]))
        for field in SHOWN
        if values[field]
    ]
    if not values[KIND]:
        lines.insert(0, FileLine(field_label(KIND), amount=code_words("person")))
    on = file.more.verified_on
    words = day_words(on) if on is not None else tr("没有核对过")
    return [*lines, FileLine(tr("上次核对"), amount=words)]


def relation_line(relation: Relation) -> FileLine:
    """李*华, 家人, ****0001."""
    return FileLine(relation.name, tr(RELATIONS[relation.kind]), relation.card)


def edit_lines(more: FileMore) -> list[FileLine]:
    """What became what, by whom and when."""
    return [_edit(each) for each in more.edits]


def _edit(kept: EditKept) -> FileLine:
    edit = kept.edit
    texts = [value_words(edit.field, value) for value in (edit.before, edit.after)]
    title = tr(
        "{field}：{before} → {after}",
        field=field_label(edit.field),
        before=texts[0],
        after=texts[1],
    )
    return FileLine(title, "　".join((day_words(kept.on), kept.by or tr("总部"))))


def coupon_lines(more: FileMore) -> list[FileLine]:
    """Those that can be used stand first."""
    lines = []
    for each in more.coupons:
        day = "" if each.day is None else day_words(each.day)
        match each.state:
            case "used":
                words = tr("用过了，{no}", no=each.sale_no)
            case "withdrawn":
                words = tr("{day}收回", day=day)
            case "expired":
                words = tr("{day}到期，没有用", day=day)
            case "waits":
                words = tr("{day}起能用", day=day)
            case _:
                words = tr("能用，至{day}", day=day) if day else tr("能用，永久有效")
        lines.append(FileLine(each.name, words, each.code))
    return lines


def card_lines(file: RecordFile) -> list[FileLine]:
    """The card of now, and those before."""
    until = file.more.card_until
    words = tr("永久有效") if until is None else tr("至{day}", day=day_words(until))
    lines = [FileLine(tr("现在的卡"), words, file.card)] if file.card else []
    for old in file.more.old_cards:
        lines.append(
            FileLine(tr("旧卡"), tr("{day}换掉", day=day_words(old.replaced_on)), old.card_no)
        )
    return lines
