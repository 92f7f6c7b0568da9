"""存疑: what is hardly anybody's name, phone or birthday, and what is somebody's."""

from __future__ import annotations

import pytest

from core.members.doubts import (
    doubts_of,
    is_birthday_doubtful,
    is_name_doubtful,
    is_phone_doubtful,
)
from core.members.segment import Doubt


@pytest.mark.parametrize(
    "name", ["王", "李女士", "先生", "测试", "测试会员", "张某某", "王小明2", "丽丽", "会员"]
)
def test_nobody_is_called_so(name: str) -> None:
    assert is_name_doubtful(name)


@pytest.mark.parametrize("name", ["王芳", "欧阳小红", "Maria Silva", "女娲", "买买提·艾力"])
def test_somebody_is_called_so(name: str) -> None:
    assert not is_name_doubtful(name)


@pytest.mark.parametrize(
    ("phone", "is_doubtful"),
    [
        ("+8613800000000", True),
        ("+8613812345678", True),
        ("+8613887654321", True),
        ("+8613812121212", True),
        ("+8613812341234", True),
        ("+8613811111112", False),
        ("+8613905716802", False),
        ("+861065120000", False),
    ],
)
def test_a_phone_of_a_pattern_is_looked_at(phone: str, is_doubtful: bool) -> None:
    assert is_phone_doubtful(phone) is is_doubtful


@pytest.mark.parametrize(
    ("born", "is_doubtful"),
    [
        ((None, 3, 5), False),
        ((1900, 1, 1), True),
        ((1970, 1, 1), True),
        ((1970, 1, 2), False),
        ((1899, 6, 2), True),
        ((2027, 3, 5), True),
        ((2026, 3, 5), False),
        ((1921, 3, 5), False),
    ],
)
def test_nobody_is_of_that_year(born: tuple[int | None, int, int], is_doubtful: bool) -> None:
    assert is_birthday_doubtful(born, 2026) is is_doubtful


def test_each_doubt_is_told() -> None:
    assert doubts_of("王", "+8613800000000", (1900, 1, 1), 2026) == set(Doubt)
    assert doubts_of("王芳", None, (None, None, None), 2026) == set()
