"""隐私的文件: all that is kept of one person, as JSON and as PDF; the certificate of an erasure."""

from __future__ import annotations

from pathlib import Path

import msgspec

from core.actions.personal_data import CaseKept, PersonalData
from core.errors import BadReportFile
from core.members.certificate import VOUCHER_YEARS, Certificate, Why
from core.ports.life import LifeStep
from core.sales.statement import Movement
from core.values.money import format_money
from core.values.quantity import format_quantity
from ui.case_text import case_name, decision_name
from ui.devices.record_pdf import RecordSection, record_pdf
from ui.devices.slip_rows import CAUSES
from ui.here import day_words
from ui.manage.activities.state import place_words
from ui.manage.members.field_words import field_label, value_words
from ui.manage.members.file_words import FileLine
from ui.manage.members.timeline_words import Happened, draw_row, lived_row
from ui.text import tr
from ui.tier_words import step_words, why_words

WHY = {"asked": "本人要求", "retention": "保存期满", "mistake": "登记有误"}


def data_bytes(data: PersonalData, path: Path) -> bytes:
    """The file that a name ends in: .json or .pdf. Raises BadReportFile."""
    match path.suffix.lower():
        case ".json":
            return msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n"
        case ".pdf":
            title = tr("个人资料")
            return record_pdf(title, f"{data.store}　{day_words(data.made_on)}", _sections(data))
    raise BadReportFile(path.name)


def _sections(data: PersonalData) -> list[RecordSection]:
    sections = [
        RecordSection(tr("资料"), _standing(data)),
        RecordSection(
            tr("同意"),
            [("", tr("同意保存资料") if e.is_given else tr("撤回同意")) for e in data.consents],
        ),
        RecordSection(tr("备注"), [("", note.text) for note in data.notes]),
        RecordSection(
            tr("消费"),
            [
                (
                    day_words(line.business_on),
                    "　".join(
                        (
                            line.name,
                            format_quantity(line.quantity_milli),
                            format_money(line.payable_fen),
                        )
                    ),
                )
                for line in data.purchases
            ],
        ),
        RecordSection(tr("积分变动"), [_moved(each) for each in data.movements]),
        RecordSection(
            tr("等级怎么来的"),
            [
                (day_words(step.on), "　".join(filter(None, (step_words(step), why_words(step)))))
                for step in data.tiers
            ],
        ),
        RecordSection(tr("券"), [(each.name, each.code) for each in data.coupons]),
        RecordSection(
            tr("活动"),
            [
                (day_words(each.on), "　".join((each.title, place_words(each.place))))
                for each in data.activities
            ],
        ),
        RecordSection(tr("抽奖"), [_happened(draw_row(each).line) for each in data.life.draws]),
        RecordSection(tr("还发生过"), [_happened(each.line) for each in _others(data)]),
        RecordSection(tr("案件"), [_case(each) for each in data.cases]),
        RecordSection(
            tr("改过什么"),
            [
                (
                    field_label(edit.field),
                    " → ".join(
                        value_words(edit.field, value) for value in (edit.before, edit.after)
                    ),
                )
                for edit in data.edits
            ],
        ),
    ]
    return [section for section in sections if section.rows]


def _moved(each: Movement) -> tuple[str, str]:
    words = (tr(CAUSES.get(each.cause, "其他")), f"{each.points:+,}".replace("-", "−"))
    return day_words(each.business_on), "　".join((*words, each.sale_no)).strip()


def _others(data: PersonalData) -> list[Happened]:
    """What has no section of its own, the newest first."""
    lived = data.life.lived
    rows = [lived_row(data.life, each) for each in lived if each.what is not LifeStep.ACTIVITY]
    return sorted(rows, key=lambda each: (each.on, each.at_us), reverse=True)


def _happened(line: FileLine) -> tuple[str, str]:
    return line.title, "　".join(filter(None, (line.line, line.amount)))


def _case(case: CaseKept) -> tuple[str, str]:
    decided = tr("还没有处理") if case.decision is None else decision_name(case.decision)
    return case_name(case.kind), "　".join((decided, *case.words))


def _standing(data: PersonalData) -> list[tuple[str, str]]:
    rows = [(field_label(field), value_words(field, v)) for field, v in data.fields.items()]
    rows += [
        (tr("卡号"), "、".join(data.cards)),
        (tr("入会"), day_words(data.joined_on)),
        (tr("等级"), data.tier),
        (tr("积分"), f"{data.points:,}".replace("-", "−")),
    ]
    return rows if data.frozen_for is None else [*rows, (tr("已冻结"), data.frozen_for)]


def why_of(made: Certificate) -> str:
    """本人要求, 保存期满, 登记有误."""
    return tr("总部删除") if made.why is Why.OFFICE else tr(WHY[made.why.value])


def certificate_pdf(made: Certificate, store: str, by: str) -> bytes:
    """删除证明: what was erased, what stays by which law and until when; nothing says whose."""
    kept = made.kept
    erased = [
        (tr("资料"), tr("{count} 项", count=kept.fields)),
        (tr("修改记录"), tr("{count} 项", count=kept.edits)),
        (tr("备注"), tr("{count} 项", count=kept.notes)),
        (tr("旧卡号"), tr("{count} 项", count=kept.cards)),
        (tr("更正、等级和案件的理由"), tr("{count} 项", count=kept.words)),
        (tr("流水旁的个人信息"), tr("{count} 项", count=kept.beside)),
        (tr("作废的积分"), f"{kept.points:,}".replace("-", "−")),
    ]
    until = "" if kept.sales_until is None else day_words(kept.sales_until)
    vouchers = tr(
        "{count} 张小票，只有编号，没有姓名、手机和卡号。会计凭证按《会计档案管理办法》第十四条"
        "保存 {years} 年，至 {until}。",
        count=kept.sales,
        years=VOUCHER_YEARS,
        until=until,
    )
    stays = [(tr("{all:小票|小票}", all=""), vouchers if kept.sales else tr("没有"))]
    if kept.papers:
        told = tr("{count} 条，写在单子上，和小票一样保存", count=kept.papers)
        stays.append((tr("退货和作废的原因"), told))
    stays.append((tr("积分账和审计"), tr("只有编号，看不出是谁。账要平，记录不能改。")))
    basis = tr(
        "《个人信息保护法》第四十七条：处理目的已经实现、本人撤回同意或保存期限届满的，应当删除。"
    )
    about = [
        (tr("证明编号"), made.id.hex),
        (tr("删除日期"), day_words(made.on)),
        (tr("原因"), why_of(made)),
        (tr("经手"), by),
        (tr("会员编号"), made.member_id.hex),
        (tr("依据"), basis),
        (tr("校验码"), made.seal),
    ]
    sections = [
        RecordSection(tr("这次删除"), about),
        RecordSection(tr("删掉了"), erased),
        RecordSection(tr("还留着"), stays),
    ]
    return record_pdf(tr("个人资料删除证明"), store, sections)
