"""总部命令: what `main.py serve` and `main.py office` do and say."""

from __future__ import annotations

import io
from argparse import Namespace
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from core.actions.administer import first_admin_code, make_admin_code
from core.actions.enrol_till import Before, Issued, issue, name_store
from core.actions.erase_member import erase_member, find_to_erase
from core.actions.head_office import (
    all_tills,
    begin_serving,
    close_case,
    last_seen,
    named_in,
    open_cases,
    revoke_at,
    set_address,
)
from core.actions.part_members import part_card, part_members
from core.actions.verify_office import Verified, verify_office
from core.errors import NoSuchAlias
from core.members.masks import mask_name
from core.ports.office import EnrolledTill
from core.ports.readings import ChainMember
from core.shop import HeadOffice
from core.sync.effects import CARD, NAME
from core.sync.session import OFFICE, TILL
from core.trust.cases import Case
from ui.case_text import case_advice, case_name
from ui.console.command_words import say, warn
from ui.console.issue_commands import Files, prices_words, rulebook_words, rulebooks_words
from ui.console.points_desk import table
from ui.text import quoted, sentence, tr


class Program(Files, Protocol):
    """What a head office stands on (`server.program`)."""

    def opened_office(
        self, database: str | None, home: Path | None
    ) -> AbstractContextManager[HeadOffice]: ...

    def in_zone(self, office: HeadOffice, zone: str, day_ends_hour: int) -> HeadOffice: ...

    @property
    def serve(self) -> Callable[..., None]: ...


def obey_office(given: Namespace, program: Program) -> int:
    """Do what the words ask for, and say it."""
    with program.opened_office(given.database, given.home) as office:
        if given.command == "serve":
            office = program.in_zone(office, given.zone, given.day_ends)
            _serve(office, given, program.serve)
        else:
            say(_obey(office, given, program))
            if given.verb == "cases":
                _advise(office)
    return 0


def _serve(office: HeadOffice, given: Namespace, serving: Callable[..., None]) -> None:
    name = begin_serving(office, given.chain)
    _keep_address(office, given)

    def listening(host: str, port: int) -> None:
        words = tr("“{name}”的服务器开了：http://{host}:{port}", name=name, host=host, port=port)
        say(words)
        if code := first_admin_code(office):
            say(_admin_words(code))

    where = (given.host, given.port, given.log_level)
    way = {"prices_behind": given.price_behind, "words": sentence}
    serving(office, *where, **way, on_listening=listening)
    say(tr("服务器停了，收到的都在。"))


def _obey(office: HeadOffice, given: Namespace, files: Files) -> str:
    match given.verb:
        case "rulebook":
            return rulebook_words(office, given, files)
        case "prices":
            return prices_words(office, given, files)
        case "rulebooks":
            return rulebooks_words(office)
        case "store":
            name_store(office, given.store, given.name)
            return tr("门店 {code} 叫“{name}”。", code=given.store, name=given.name)
        case "code":
            return _code_words(_issued(office, given), given)
        case "admin-code":
            return _admin_words(make_admin_code(office))
        case "revoke":
            revoke_at(office, given.store, given.till)
            words = "{place} 停用了，不再收它的记录。换上的那台要用新的入网码入网。"
            return tr(words, place=_place(given.store, given.till))
        case "cases":
            return _cases_words(office)
        case "close-case":
            close_case(office, given.case)
            return tr("案件结了。")
        case "verify":
            return _verified_words(verify_office(office))
        case "erase":
            return _erase_words(office, given)
        case "part":
            return _part_words(office, given.gone, given.into)
    return _tills_words(office)


def _part_words(office: HeadOffice, gone: str, into: UUID | None) -> str:
    """Two ids, or a card."""
    if into is None:
        part_card(office, gone)
    else:
        try:
            gone_id = UUID(gone)
        except ValueError:
            raise NoSuchAlias(gone, into.hex) from None
        part_members(office, gone_id, into)
    return tr("分开了：他们是两个人，各有各的积分，以后不再合成一个。")


def _erase_words(office: HeadOffice, given: Namespace) -> str:
    found = find_to_erase(office, given.member)
    if not (given.yes or found.is_erased):
        words = (
            "会员“{name}”，{points} 分，编号 {member}。删了谁也找不回来；就是要删，后面加 --yes。"
        )
        named = {"name": found.name, "points": f"{found.points:,}", "member": str(found.member_id)}
        return tr(words, **named)
    done = erase_member(office, found.member_id)
    wiped = done.wiped.beside + done.wiped.apart + done.wiped.fields
    words = (
        "删除证明\n会员编号 {member}\n删除时间 {at}\n这次删除 {count} 条个人资料\n证明码 {seal}\n"
        "总部不再有这位会员的姓名、手机号、卡号等资料，补传来的也不留；"
        "每台收银台连上总部就删。以前的备份里还有，到期作废。"
    )
    said = {"member": str(done.member_id), "at": _instant(done.at_us), "seal": done.seal}
    certificate = tr(words, count=wiped, **said)
    if not found.is_erased:
        return certificate
    return tr("这位会员以前删过了，证明再打一份。") + "\n" + certificate


def _verified_words(verified: Verified) -> str:
    words = "都对得上：{events} 条记录，{members} 位会员的积分。"
    return tr(words, events=f"{verified.events:,}", members=f"{verified.members:,}")


def _admin_words(code: str) -> str:
    words = "管理码：{code}\n十五分钟内用一次：POST /v1/admin/session；别让外人看到。"
    return tr(words, code=f"{code[:4]}-{code[4:8]}-{code[8:]}")


def _keep_address(office: HeadOffice, given: Namespace) -> None:
    if given.address:
        set_address(office, given.address)


def _issued(office: HeadOffice, given: Namespace) -> Issued:
    _keep_address(office, given)
    kind = TILL if given.till else OFFICE
    return issue(office, given.store, given.till, kind=kind, replaces=given.replace)


def _code_words(issued: Issued, given: Namespace) -> str:
    import segno

    picture = io.StringIO()
    segno.make_qr(issued.line, error="m").terminal(picture, border=2, compact=True)
    invited = issued.invited
    place = _place(invited.store_code, invited.till_no)
    words = "{place} 的入网码：{line}\n在收银台上扫，或照着输；一天内用一次，别让外人看到。"
    said = [picture.getvalue(), tr(words, place=place, line=issued.line)]
    if issued.before is not None:
        said.append(_before_words(issued.before))
    if given.out is not None:
        said.append(_saved(issued, given.out))
    return "\n".join(said)


def _before_words(before: Before) -> str:
    """What is known of the machine that goes; of what it did since nobody here knows."""
    seen = _instant(before.seen_us)
    if not before.unsent:
        words = "换机：原来的那台上次见到是 {seen}，到那时的都传完了。新的入网时它就停用。"
        return tr(words, seen=seen)
    words = (
        "换机：原来的那台上次见到是 {seen}，到那时还有 {count} 条没有传。"
        "它还开得了机就先接上网传完；新的入网时它就停用。"
    )
    return tr(words, seen=seen, count=f"{before.unsent:,}")


def _saved(issued: Issued, out: Path) -> str:
    from ui.devices.files import write_named
    from ui.devices.invitation_paper import invitation_pdf, invitation_png

    if out.suffix.lower() == ".png":
        write_named(out, invitation_png(issued.line))
    else:
        invited = issued.invited
        words = "{store}　{place}"
        where = _place(invited.store_code, invited.till_no)
        place = tr(words, store=invited.store_name, place=where)
        until = _instant(invited.until_us)
        write_named(out, invitation_pdf(issued.line, invited.chain_name, place, until))
    return tr("存在 {file}，用完请删掉。", file=out)


def _tills_words(office: HeadOffice) -> str:
    with office.store.read() as reading:
        stores = {store.code: store.name for store in reading.stores.all()}
    headings = (tr("门店"), tr("名称"), tr("收银台"), tr("上次见到"), tr("程序"), tr("状态"))
    tills = all_tills(office)
    empty = [code for code in stores if code not in {till.store_code for till in tills}]
    rows = [_till_row(till, stores) for till in tills]
    rows += [(code, stores[code], "", "", "", "") for code in empty]
    return table(headings, rows) if rows else tr("还没有门店，用 office store 加一家。")


def _till_row(till: EnrolledTill, stores: dict[str, str]) -> tuple[str, ...]:
    return (
        till.store_code,
        stores.get(till.store_code, ""),
        str(till.till_no) if till.till_no else tr("后台电脑"),
        _instant(last_seen(till)),
        quoted(till.program),
        tr("已停用") if till.revoked_us is not None else _clock_words(till.clock_behind_us),
    )


def _clock_words(behind_us: int) -> str:
    """From a minute on it is shown: days and offers go by the till's own clock."""
    minutes = abs(behind_us) // 60_000_000
    if not minutes:
        return ""
    words = "钟慢 {minutes} 分钟" if behind_us > 0 else "钟快 {minutes} 分钟"
    return tr(words, minutes=minutes)


def _cases_words(office: HeadOffice) -> str:
    places = {till.id: _place(till.store_code, till.till_no) for till in all_tills(office)}
    cases = open_cases(office)
    named = named_in(office, cases)
    rows = [_case_row(case, places.get(case.till_id, ""), named[case.id]) for case in cases]
    headings = (
        tr("编号"),
        tr("什么事"),
        tr("收银台"),
        tr("记录"),
        tr("说明"),
        tr("会员"),
        tr("收到"),
        tr("代号"),
    )
    return table(headings, rows) if rows else tr("没有未结的案件。")


def _advise(office: HeadOffice) -> None:
    """What to do, once for each kind; the table stays one for scripts."""
    for kind in dict.fromkeys(case.kind for case in open_cases(office)):
        if advice := case_advice(kind):
            warn(tr("{name}：{advice}", name=case_name(kind), advice=advice))


def _case_row(case: Case, place: str, named: Sequence[ChainMember]) -> tuple[str, ...]:
    about, detail, at = case.about, quoted(case.detail), _instant(case.at_us)
    who = tr("、").join(filter(None, dict.fromkeys(map(_member_words, named))))
    return (str(case.id), case_name(case.kind), place, about, detail, who, at, case.kind)


def _member_words(member: ChainMember) -> str:
    """Masked, with the card; nothing of who was erased."""
    name, card_no = member.fields.get(NAME) or "", member.fields.get(CARD) or ""
    return f"{mask_name(name) if name else ''} {card_no}".strip()


def _instant(at_us: int) -> str:
    """In the zone of the machine."""
    at = datetime.fromtimestamp(at_us // 1_000_000, UTC).astimezone()
    return at.isoformat(" ", timespec="minutes")


def _place(store_code: str, till_no: int) -> str:
    if not till_no:
        return tr("{store} 后台电脑", store=store_code)
    return f"{store_code}-T{till_no}"
