"""权限的话: what a right lets somebody do, and where somebody has it from."""

from __future__ import annotations

from collections.abc import Iterable

from core.trust.rights import Right, Source, source
from core.trust.staff import Staff
from ui.text import right_name, role_name, tr

FIRST = (Right.SEE_PERSONAL, Right.SEE_HEALTH)
ORDER = (*FIRST, *(right for right in Right if right not in FIRST))
"""What is about people's data comes first."""


def right_words(right: Right) -> str:
    """Its name, and what is not to be guessed from it."""
    if right is Right.SEE_PERSONAL:
        return tr("{right}：手机、姓名、生日不遮", right=right_name(right))
    return right_name(right)


def source_words(found: Source) -> str:
    """角色带来 · 单独给的 · 单独收走 · 没有."""
    return {
        Source.ROLE: tr("角色带来"),
        Source.GIVEN: tr("单独给的"),
        Source.TAKEN: tr("单独收走"),
        Source.NONE: tr("没有"),
    }[found]


def names_by(people: Iterable[Staff], right: Right, found: Source) -> str:
    """Who has a right from there, or not."""
    names = (each.name for each in people if source(each, right) is found)
    return tr("、").join(names)


def role_and_more(person: Staff) -> str:
    """收银员 +2 −1: the role, and how many single rights are beside it."""
    beside = [source(person, right) for right in Right]
    given, taken = beside.count(Source.GIVEN), beside.count(Source.TAKEN)
    signs = (f"+{given}" if given else "", f"−{taken}" if taken else "")
    return " ".join(filter(None, (role_name(person.role), *signs)))
