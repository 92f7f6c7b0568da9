"""会员读数: who wins where tills say different things of one member (sync.md 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from core.sync.effects import BIRTHDAY, FROZEN, NAME, PHONE, Alias, ConsentTold, Wrote

NEVER_US = 2**63 - 1
WHO = (NAME, PHONE, BIRTHDAY)


def present(root_id: UUID, wrote: Iterable[Wrote]) -> dict[str, str | None]:
    """What is known of a person now: their own fields, and frozen where it binds who they were."""
    own = (each for each in wrote if each.member_id == root_id or each.field == FROZEN)
    last = _last(own)
    last.sort(key=lambda each: (each.value is not None, each.member_id == root_id, when(each)))
    return {each.field: each.value for each in last}


def all_present(root_id: UUID, wrote: Iterable[Wrote], field: str) -> tuple[str, ...]:
    """Of a field also what those have who became this person; their own comes first."""
    last = _last(each for each in wrote if each.field == field)
    last.sort(key=lambda each: (each.member_id != root_id, each.member_id))
    return tuple(dict.fromkeys(each.value for each in last if each.value))


def is_alike(one: Mapping[str, str | None], other: Mapping[str, str | None]) -> bool:
    """Whether two with one card are one person: something that both tell is the same, and all is.

    What only one of them tells is no reason, neither for nor against.
    """
    both = [(one[each], other[each]) for each in WHO if one.get(each) and other.get(each)]
    return bool(both) and all(ours == theirs for ours, theirs in both)


def is_withdrawn(steps: Iterable[ConsentTold]) -> bool:
    """Whether a withdrawal stands that nobody has answered, whatever the clocks say.

    It is answered by the same till later, or by one that knew of it.
    """
    steps = tuple(steps)
    given = [step for step in steps if step.is_given]
    return any(
        not any(_answers(each, step) for each in given) for step in steps if not step.is_given
    )


def when(each: Wrote) -> tuple[int, int, int, UUID]:
    """The last writer is larger; of two at one instant the later one of a till, or always one."""
    return each.at_us, each.incarnation, each.seq, each.event_id


def _last(wrote: Iterable[Wrote]) -> list[Wrote]:
    """The last writers, of each field of each member."""
    found: dict[tuple[UUID, str], Wrote] = {}
    for each in wrote:
        key = each.member_id, each.field
        found[key] = max(found.get(key, each), each, key=when)
    return [*found.values()]


def _answers(given: ConsentTold, withdrawn: ConsentTold) -> bool:
    if given.answered is not None and given.answered == withdrawn.at_us:
        return True
    is_later = (given.incarnation, given.seq) > (withdrawn.incarnation, withdrawn.seq)
    return given.till_id == withdrawn.till_id and is_later


def roots(
    members: Iterable[UUID], aliases: Iterable[Alias], joined_us: Mapping[UUID, int]
) -> dict[UUID, UUID]:
    """Who each of these members is: the one that all who are one person end in.

    Where tills contradict each other (a into b here, b into a there, or a into two), it is the
    eldest of those that it could be. What the server made says nothing where a till has said it.
    """
    standing = [alias for alias in aliases if alias.undone_us is None]
    by_tills = {frozenset((a.gone_id, a.into_id)) for a in standing if a.event_id is not None}
    standing = [
        alias
        for alias in standing
        if alias.event_id is not None or {alias.gone_id, alias.into_id} not in by_tills
    ]
    group = {member: {member} for member in members}
    for alias in standing:
        whole = group.setdefault(alias.gone_id, {alias.gone_id})
        whole |= group.setdefault(alias.into_id, {alias.into_id})
        for member in whole:
            group[member] = whole
    gone = {alias.gone_id for alias in standing}
    found: dict[UUID, UUID] = {}
    for member, whole in group.items():
        if member not in found:
            root = min(
                whole - gone or whole, key=lambda each: (joined_us.get(each, NEVER_US), each)
            )
            found |= dict.fromkeys(whole, root)
    return found
