"""审计的话: what each kind of row is called, and the segments that stand above them."""

from __future__ import annotations

from core.trust.audit_kinds import Group
from ui.text import tr

_KINDS: dict[str, str] = {
    "approval_failed": "授权没有通过",
    "approved": "授权",
    "audit_exported": "导出审计",
    "backup_made": "做备份",
    "backup_tried": "恢复演练",
    "badge_bound": "发工牌",
    "badge_printed": "印工牌",
    "badge_taken": "收回工牌",
    "basket_held": "挂单",
    "basket_recalled": "取单",
    "basket_taken": "取别台的挂单",
    "behaviour_credited": "送行为积分",
    "benefit_given_back": "退回权益",
    "benefit_used": "使用权益",
    "birthday_changed": "改生日",
    "birthday_entered": "补生日",
    "card_renewed": "卡续期",
    "card_replaced": "换卡",
    "cards_numbered": "印空白卡",
    "cards_printed": "印会员卡",
    "cash_paid_in": "放入现金",
    "cash_paid_out": "取出现金",
    "chain_joined": "加入连锁",
    "chain_left": "退出连锁",
    "change_left": "总部的一条变更没有用上",
    "consent_given": "会员同意",
    "consent_withdrawn": "会员撤回同意",
    "copy_found": "发现数据被复制过",
    "coupons_issued": "发券",
    "coupons_withdrawn": "收回券",
    "day_closed": "日结",
    "day_opened": "开店",
    "discount_by_hand": "手工优惠",
    "drawer_counted": "点钱",
    "drawer_opened": "开钱箱",
    "drawer_tried": "试开钱箱",
    "export_stopped": "导出中途取消",
    "gift_slip_printed": "打赠品单",
    "handout_stopped": "停发券",
    "held_discarded": "丢弃挂单",
    "held_gone": "挂单已被别台取走",
    "label_layout_removed": "去掉店内码版式",
    "label_layout_set": "设店内码版式",
    "locked": "锁屏",
    "logged_in": "登录",
    "logged_out": "退出登录",
    "login_failed": "登录没有成功",
    "manager_reset": "用恢复文件重设店长 PIN",
    "member_edited": "改会员资料",
    "member_erased": "抹去会员资料",
    "member_frozen": "冻结会员",
    "member_joined": "入会",
    "member_thawed": "解冻会员",
    "members_exported": "导出会员",
    "members_merged": "合并会员",
    "members_parted": "撤销合并",
    "note_erased": "删备注",
    "note_written": "写备注",
    "offer_off": "停用一条优惠",
    "paper_changed": "改单据版式",
    "personal_seen": "看完整资料",
    "pin_change_failed": "改 PIN 没有成功",
    "pin_changed": "改自己的 PIN",
    "pin_proved": "改 PIN 前核对",
    "pin_set": "重设 PIN",
    "points_corrected": "更正积分",
    "points_expired": "积分到期",
    "price_by_hand": "改价",
    "prices_began": "定好的价开始用",
    "prices_planned": "定下新的价",
    "product_added": "新增商品",
    "receipt_reprinted": "补打小票",
    "redemption_undone": "撤销兑换",
    "report_reprinted": "补打日结单",
    "reward_redeemed": "积分兑换",
    "rewards_counted": "改兑换品库存",
    "routine_changed": "改例行的事",
    "rulebook_began": "规则册开始用",
    "rulebook_published": "发布规则册",
    "rulebook_taken": "收到总部的规则册",
    "sale_returned": "退货",
    "sale_settled": "收银",
    "sale_voided": "作废小票",
    "segment_kept": "存会员条件",
    "segment_removed": "去掉会员条件",
    "settings_changed": "改设置",
    "shift_closed": "交班",
    "shift_opened": "接班",
    "staff_added": "新增员工",
    "staff_brought_back": "员工复职",
    "staff_removed": "停用员工",
    "staff_role_changed": "改角色",
    "store_renamed": "改店名",
    "takings_seen": "看营业数",
    "tier_granted": "授予等级",
    "tier_withdrawn": "收回授予的等级",
    "tiers_reviewed": "等级复核",
    "trace_prefix_learned": "认识一个追溯码前缀",
    "traces_exported": "导出追溯码",
    "traces_waived": "缺追溯码放行",
    "visitor_came": "别店会员来店",
}
_GROUPS: dict[Group, str] = {
    Group.APPROVED: "授权",
    Group.VOIDED: "作废",
    Group.PRICES: "改价",
    Group.DRAWER: "开钱箱",
    Group.PERSONAL: "看完整资料",
    Group.CORRECTED: "积分更正",
    Group.FAILED: "登录失败",
}


def kind_words(what: str) -> str:
    """What was done; a newer version may have written what this one has no words for."""
    return tr(_KINDS[what]) if what in _KINDS else tr("这个版本还不认识的事")


def kinds_by_words() -> list[tuple[str, str]]:
    """Every kind with its words, in the order of these."""
    return sorted(((what, tr(words)) for what, words in _KINDS.items()), key=lambda pair: pair[1])


def group_words(group: Group) -> str:
    """授权 · 作废 · 改价."""
    return tr(_GROUPS[group])
