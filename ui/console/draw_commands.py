"""抽奖命令: `main.py draw verify FILE`: anybody draws again, and sees whether it is as was said."""

from __future__ import annotations

from pathlib import Path

from core.errors import FileUnreadable
from core.trust.draw_record import COMMITMENT, GONE, LIST, SEED, WINNERS, Replayed, replay
from ui.draw_words import hash_words
from ui.text import tr

FOUND = 1
MOST_BYTES = 64 << 20
_WRONG = {
    SEED: "公布的种子和它的哈希对不上",
    COMMITMENT: "奖品或种子和承诺值对不上",
    LIST: "名单和名单值对不上",
    GONE: "退出的人不在名单上",
    WINNERS: "按这份名单和种子重抽，中奖的不是这些人",
}


def replayed(path: Path, shown: str | None) -> tuple[str, int]:
    """What was drawn again; code 1 where it is not as the file, or as the promise that was shown.

    Raises FileUnreadable, NoCertificate.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES)
    except OSError:
        raise FileUnreadable(str(path)) from None
    again = replay(data)
    wrong = [tr(_WRONG[part]) for part in again.wrong]
    if shown is not None and _signs(shown) != again.commitment:
        wrong.append(tr("承诺值不是抽奖前公布的那一个"))
    lines = [*_about(again, is_checked=shown is not None), *_won(again)]
    if wrong:
        lines += [tr("对不上：{what}。", what=each) for each in wrong]
        return "\n".join(lines), FOUND
    lines.append(tr("全部对得上：按这份名单和种子重抽，中奖的就是这些号。"))
    return "\n".join(lines), 0


def _signs(shown: str) -> str:
    """As people copy it from paper: in groups, or in capitals."""
    return "".join(shown.split()).replace("-", "").lower()


def _about(again: Replayed, *, is_checked: bool) -> list[str]:
    plan = again.plan
    lines = [
        tr("{name}：{entries} 人参加，{tickets} 张券", name=plan.name, entries=f"{again.entries:,}",
           tickets=f"{again.tickets:,}"),
        tr("承诺值 {hash}", hash=hash_words(again.commitment)),
        tr("名单值 {hash}", hash=hash_words(again.list_sha256)),
        tr("现场的话：{word}", word=again.word) if again.word else tr("现场没有人说话"),
    ]  # fmt: skip
    if not is_checked:
        lines.insert(2, tr("请和抽奖前公布的承诺值比一比，或加上 --commitment 再来一次。"))
    return lines


def _won(again: Replayed) -> list[str]:
    lines = []
    for at, prize in enumerate(again.plan.prizes):
        numbers = [
            tr("{no} 号", no=no) if no else tr("没有人")
            for each, no in zip(again.won, again.numbers, strict=True)
            if each.prize == at
        ]
        lines.append(tr("{prize}：{numbers}", prize=prize.name, numbers=tr("、").join(numbers)))
    return lines
