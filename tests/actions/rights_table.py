"""Every action × every role, and the actions that serve others and are asked for by nobody."""

from __future__ import annotations

from core.trust.staff import Role

ROLES = (Role.CASHIER, Role.PHARMACIST, Role.MANAGER, Role.OFFICE)
# cashier, pharmacist, manager, office
TABLE = """
add_product.add_product         yes yes yes no
approve.approve                 yes yes yes yes
by_hand.approve_by_hand         yes yes yes yes
by_hand.give_by_hand            yes yes yes no
by_hand.try_by_hand             yes yes yes yes
cards.freeze_member             no  no  yes yes
cases.case_detail               no  no  yes yes
cases.list_cases                no  no  yes yes
cases.note_case                 no  no  yes yes
cases.paper_of                  no  no  yes yes
papers_of.papers_of             no  no  yes yes
scan_in_office.meant_in_office  no  no  yes yes
tickets.tickets                 no  no  yes yes
decide_case.decide_case         no  no  yes yes
decide_case.reopen_case         no  no  yes yes
decide_case.weigh               no  no  yes yes
cards.renew_card                no  no  yes yes
cards.replace_card              yes yes yes no
cards.thaw_member               no  no  yes yes
change_paper.change_paper       no  no  yes yes
change_settings.change_settings no  no  yes yes
change_birthday.change_birthday yes yes yes yes
check_price.check_price         yes yes yes no
coupon_codes.issue_coupons      no  no  yes yes
withdraw_coupons.withdraw_coupons no no yes yes
handouts.meant_by_segment       no  no  yes yes
handouts.meant_by_cards         no  no  yes yes
handouts.begin_handout          no  no  yes yes
handouts.hand_out_more          no  no  yes yes
handouts.stop_handout           no  no  yes yes
coupon_rounds.follow_coupons    no  no  yes yes
coupon_rounds.round_codes       no  no  yes yes
coupon_rounds.withdraw_round    no  no  yes yes
issued_coupons.batch_again      no  no  yes yes
issued_coupons.last_batches     no  no  yes yes
day.close_day                   yes yes yes no
day.open_day                    yes yes yes no
deeds.correct_points            yes yes yes yes
deeds.credit_behaviour          yes yes yes yes
activities.cancel_activity      no  no  yes yes
activities.export_people        no  no  yes yes
draws.close_draw                no  no  yes yes
draws.commit_draw               no  no  yes yes
draws.draw_winners              no  no  yes yes
draws.give_prize                no  no  yes yes
draws.leave_draw                no  no  yes yes
draws.look_at_draw              no  no  yes yes
activities.look_at_activity     yes yes yes yes
activities.plan_activity        no  no  yes yes
attend.come                     yes yes yes yes
attend.leave                    yes yes yes yes
attend.sign_up                  yes yes yes yes
attend.told                     yes yes yes yes
drawer.open_drawer              no  no  yes no
drawer.pay_in                   yes yes yes no
drawer.pay_out                  no  no  yes no
exchange.begin_exchange         yes yes yes no
exchange.tendered               yes yes yes yes
drawer.try_drawer               no  no  yes yes
gifts.buy_gift                  yes yes yes no
gifts.choose_gift               yes yes yes no
grant_tier.grant_tier           no  no  yes no
grant_tier.withdraw_tier        no  no  yes no
hold.discard_held               no  no  yes no
badges.bind_badge               no  no  yes yes
badges.take_badge               no  no  yes yes
badges.print_badge              no  no  yes yes
consents.give_consent           yes yes yes no
consents.withdraw_consent       yes yes yes no
label_layouts.set_label_layout  no  no  yes yes
label_layouts.remove_label_layout no no yes yes
trace.add_trace                 yes yes yes no
trace.export_traces             no  no  yes yes
trace.name_trace                yes yes yes no
trace.waive_traces              no  no  yes no
hold.hold                       yes yes yes no
hold.recall                     yes yes yes no
join_member.join_member         yes yes yes no
login.lock                      yes yes yes yes
login.logout                    yes yes yes yes
look_at_member.look_at_member   no  yes yes yes
look_at_tiers.tiers_ending_in_full no yes yes yes
merge_members.merge_members     no  no  yes yes
preview_merge.preview_merge     no  no  yes yes
personal_data.personal_data     no  no  yes no
forget_member.forget_member     no  no  yes no
forget_member.look_at_privacy   no  no  yes no
forget_member.preview_forget    no  no  yes no
forget_member.set_member_rules  no  no  yes no
undo_merge.undo_merge           no  no  yes yes
change_profile.change_profile   no  no  yes yes
change_profile.join_family      no  no  yes yes
change_profile.open_profile     no  no  yes yes
change_profile.verify_profile   no  no  yes yes
preview_draft.receipt_by_both   no  no  yes yes
preview_draft.preview_draft     no  no  yes yes
notes.erase_note                yes yes yes yes
notes.write_note                yes yes yes yes
points_report.reminders_in_full no yes yes yes
offers.switch_off               yes yes yes no
offers.switch_on                yes yes yes no
partners.partner_accounts       no  no  yes yes
publish_rulebook.publish_rulebook no no yes yes
report.report_again             no  no  yes yes
report.recent_reports           no  no  yes yes
report.x_report                 no  no  yes yes
print_cards.print_cards         yes yes yes yes
print_cards.print_cards_between yes yes yes yes
print_cards.number_cards        yes yes yes yes
reward_shelf.count_rewards      no  no  yes yes
reward_shelf.receive_rewards    no  no  yes yes
catalogue.look_at_catalogue     no  no  yes yes
catalogue.reward_rows           no  no  yes yes
catalogue.shelf_moves           no  no  yes yes
catalogue.put_reward            no  no  yes yes
catalogue.drop_reward           no  no  yes yes
catalogue.set_picture           no  no  yes yes
referrals.referrals             no  no  yes yes
referrals.put_referral          no  no  yes yes
leaderboard.leaderboard         no  no  yes yes
leaderboard.give_prize          yes yes yes yes
redeem.redeem                   yes yes yes no
redeem.undo_redemption          no  no  yes no
reprint.reprint                 yes yes yes no
return_elsewhere.claim_return   yes yes yes no
return_elsewhere.claim_void     no  no  yes no
return_elsewhere.fetch_sale     yes yes yes no
return_elsewhere.return_elsewhere yes yes yes no
return_sale.preview_return      yes yes yes no
find_sales.find_sales           yes yes yes no
find_sales.look_at_sale         yes yes yes no
return_sale.return_sale         yes yes yes no
scan.scan                       yes yes yes no
settle.settle                   yes yes yes no
shift.change_shift              yes yes yes no
shift.count_drawer              yes yes yes no
shift.takings_now               no  no  yes yes
proof.audit_end                 no  no  yes yes
proof.audit_page                no  no  yes yes
proof.check_audit               no  no  yes yes
proof.export_audit              no  no  yes yes
proof.find_audit                no  no  yes yes
proof.see_people                no  no  yes yes
proof.tally_audit               no  no  yes yes
reports.report_for              no  no  yes yes
keep_running.back_up_now        no  no  yes yes
keep_running.change_routine     no  no  yes yes
keep_running.drill_now          no  no  yes yes
keep_running.look_at_running    no  no  yes yes
plan_prices.look_at_prices      no  no  yes yes
plan_prices.plan_prices         no  no  yes yes
draft_rules.begin_draft         no  no  yes yes
draft_rules.change_offer        no  no  yes yes
draft_rules.change_parts        no  no  yes yes
draft_rules.drop_draft          no  no  yes yes
draft_rules.look_at_draft       no  no  yes yes
draft_rules.publish_draft       no  no  yes yes
draft_rules.switch_in_draft     no  no  yes yes
choose_goods.look_for_goods     no  no  yes yes
choose_goods.sorts_of_goods     no  no  yes yes
look_at_rules.goods_named       no  no  yes yes
look_at_rules.look_at_rules     no  no  yes yes
preview_draft.receipt_by_both   no  no  yes yes
plan_rules.plan_draft           no  no  yes yes
plan_rules.withdraw_plan        no  no  yes yes
preview_draft.preview_draft     no  no  yes yes
look_at_rules.two_versions      no  no  yes yes
roll.fill_roll                  no  no  yes yes
roll.find_members               no  no  yes yes
export_members.export_members   no  no  yes yes
leaderboard.export_leaderboard  no  no  yes yes
roll.count_segments             no  no  yes yes
tidy.alike_members              no  no  yes yes
tidy.lists_to_tidy              no  no  yes yes
tidy.tell_apart                 no  no  yes yes
bring_in.begin_import           no  no  yes yes
past_imports.past_imports       no  no  yes yes
past_imports.look_at_import     no  no  yes yes
past_imports.take_import_back   no  no  yes yes
segments.keep_segment           no  no  yes yes
segments.members_of_segment     no  no  yes yes
segments.remove_segment         no  no  yes yes
segments.saved_segments         no  no  yes yes
segments.segments_counted       no  no  yes yes
member_file.record_file         no  no  yes yes
timeline.timeline               no  no  yes yes
points_desk.debtors             no  no  yes yes
points_desk.expiring_rows       no  no  yes yes
points_desk.expiring_within     no  no  yes yes
points_desk.holders             no  no  yes yes
points_desk.never_expiring_rows no  no  yes yes
points_desk.owed                no  no  yes yes
points_ledger.holders_meant    yes yes yes yes
points_ledger.audit_points      no  no  yes yes
points_ledger.moved_one         no  no  yes yes
points_ledger.moved_points      no  no  yes yes
shift_reports.drawer_openings   no  no  yes yes
shift_reports.shifts_between    no  no  yes yes
today.all_birthdays             no  no  yes yes
today.all_expiring              no  no  yes yes
today.birthdays                 no  no  yes yes
today.expiring                  no  no  yes yes
today.joined                    no  no  yes yes
today.sold                      no  no  yes yes
today.today                     no  no  yes yes
slips.gift_slip                 yes yes yes no
share_held.recall_taken         yes yes yes no
share_held.take_held            yes yes yes no
spend_points.spend_points       yes yes yes no
staff.bring_back                no  no  yes yes
staff.change_own_pin            yes yes yes yes
staff.change_rights             no  no  yes yes
staff.change_role               no  no  yes yes
staff.hire                      no  no  yes yes
staff.remove_staff              no  no  yes yes
statement.statement             no  yes yes yes
staff.set_pin                   no  no  yes yes
void.preview_void               yes yes yes no
void.sales_of_today             yes yes yes no
sync.join_chain                 no  no  yes yes
sync.leave_chain                no  no  yes yes
use_benefit.give_back_benefit   yes yes yes no
use_benefit.use_benefit         yes yes yes no
void.void_sale                  no  no  yes no
try_basket.try_basket           no  no  yes yes
try_basket.what_is_meant        no  no  yes yes
"""
ROWS = {row.split()[0]: row.split()[1:] for row in TABLE.strip().splitlines()}
# Not asked as somebody with a right: these serve the others.
SERVING = {
    "bring_in.end_import",
    "deeds.credit",
    "draft_rules.allow_change",
    "allow.allow",
    "allow.allow_second",
    "issue_limit.allow_issue",
    "issue_limit.takes_second",
    "allow.others_with",
    "allow.second",
    "allow.here",
    "allow.noted",
    "handouts.stop_waiting",
    "member_file.file_since",
    "notes.as_seen",
    "notes.notes_seen",
    "cards.freeze_by",
    "cards.thaw_by",
    "deeds.correct",
    "report.cash_report",
    "report.close_report",
    "report.turn_report",
    "shift.open_shift",
    "shift.close_shift",
    "by_hand.answered",
    "exchange.answer_exchange",
    "hold.lay_aside",
    "exchange.bring_back",
    "exchange.paid_by_member",
    "return_sale.take_back",
    "void.void_whole",
    "withdraw_coupons.take_out_of_use",
    "withdraw_coupons.withdraw_some",
    "draft_rules.change_draft",
    "thank_referrer.thank_referrer",
}
