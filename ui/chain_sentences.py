"""连锁的句子: what is said where a till and its server do not come together (`ui.sentences`)."""

from __future__ import annotations

from core import errors
from core.errors import Shortfall

CHAIN: dict[type[Shortfall], str] = {
    errors.LineElsewhere: (
        "第 {line_no} 行在别的收银台退过了，或正在退，还剩 {left}。"
        "这里没有退；请核对数量，或问问那边。"
    ),
    errors.ClaimDiffers: "这一笔（{ident}）是别的收银台的。什么都没有改动；请重新操作一次。",
    errors.ClaimLate: "这一笔等得太久，已经放开了。什么都没有改动；请重新操作一次。",
    errors.AskedElsewhere: (
        "{no} 是别的收银台的小票，要联网才能退，现在连不上总部。"
        "什么都没有改动；请等连上再退，或到开单的那台去退。"
    ),
    errors.CouponElsewhere: (
        "券“{code}”正在别的收银台用。这张券没有用上；请先不用它，或问问那边。"
    ),
    errors.CouponAsksLine: (
        "券“{code}”是别的店发的，要联网才知道用过没有，现在连不上总部。"
        "这一单没有结；请先不用这张券，或等连上再收款。"
    ),
    errors.HeldTaken: "这一单 {till_no} 号台已经取走了。这里什么都没有变；请看看那边。",
    errors.HeldAsksLine: (
        "这一单是别的收银台挂的，要联网才能取，现在连不上总部。"
        "它还挂着；请到挂它的那台取，或等连上再取。"
    ),
    errors.HeldThereOnly: (
        "这一单是 {till_no} 号台挂的，在这里只能取回。它还挂着；要丢弃或打条子，请到那台。"
    ),
    errors.ExchangeThere: (
        "{no} 是别的收银台的小票，不能直接换货。什么都没有改动；请先退货，再另开一单。"
    ),
    errors.ReturnThere: (
        "{no} 这张小票这台算不出一样的结果。什么都没有改动；请到开单的那台收银台去退。"
    ),
    errors.EscrowDiffers: (
        "总部没有为这台收银台留过这笔积分（{escrow_id}）。什么都没有扣；请重新用积分，或者用别的方式收款。"
    ),
    errors.MemberUnserved: (
        "这位会员（{member_id}）在连锁里冻结了，或撤回了同意。积分没有动；请用别的方式收款。"
    ),
    errors.PointsUnreserved: (
        "{points} 分还没有在总部留好。什么都没有扣；请再按一次收款，或按 F5 改用分。"
    ),
    errors.PointsOffline: (
        "连不上总部，这位会员在这台最多能用 {most} 分，不到 {points} 分。"
        "积分没有动；请少用一些，或用别的方式收款。"
    ),
    errors.NoPointsOffline: (
        "连不上总部，这位会员的积分现在不能用：这台没有给他留离线额度。"
        "积分都在；请用别的方式收款，连上以后再用。"
    ),
    errors.BadEvent: "有一条记录自己对不上（{reason}）。它的原文留着，别的照收；请打开案件看一看。",
    errors.ChangeUnread: (
        "总部发来的一项读不懂（{topic} {about}），先放着。"
        "收款照常，别的都收下了；请更新这台的程序。"
    ),
    errors.PointsDiffer: (
        "总部说的积分和这台记的对不上（会员 {member}），先不动。"
        "收款照常；请总部打开案件看一看，这台会再问一次。"
    ),
    errors.CardOfAnother: (
        "总部说卡号 {card} 是一位会员的，这台上它是别人的，先放着。"
        "收款照常，两边都没有改动；是同一个人，两台导入一样的姓名、手机、生日就合成一个，"
        "不是就请给其中一位换卡。"
    ),
    errors.TierNotHere: (
        "总部说一位会员是“{tier}”等级，这台的规则册里没有，先放着。"
        "收款照常，等级没有变；规则册到了会再收一次。"
    ),
    errors.RulebookUnread: (
        "总部的规则册第 {version} 版这台的程序用不了（{path}），先放着。"
        "收款照常，还按现在的规则；请更新这台的程序。"
    ),
    errors.RulebookDiffers: (
        "总部的规则册第 {version} 版和这台用过的第 {version} 版不一样，先放着。"
        "收款照常，还按第 {now} 版；请总部换一个更大的版号再发。"
    ),
    errors.PriceOfOffice: (
        "{code} 的价由总部统一定。这台的价没有变；要改，请在总部用 office prices 下发。"
    ),
    errors.RulebookOfOffice: (
        "这台的规则册由总部“{chain}”统一下发。规则没有变；要改，请在总部用 office rulebook 下发。"
    ),
    errors.ServerUnreachable: (
        "连不上总部：{detail}。收款照常，都记在这台上；接通了自己上传，不用做什么。"
    ),
    errors.NotAsked: (
        "没有问到总部：{detail}。这台没有入网，此外什么都没有改动；请看网络和地址，再试一次。"
    ),
    errors.ServerBusy: "总部忙，让我们等 {wait_s} 秒。收款照常，都记在这台上；到时自己再传。",
    errors.ServerStrange: (
        "回答的不像总部：{detail}。收款照常，都记在这台上；请看网络是不是要登录，地址对不对。"
    ),
    errors.ChunkBroken: (
        "总部的会员名录有一块不对，没有用它。收款照常；过一会儿自己会再要，不用做什么。"
    ),
    errors.SnapshotGone: ("总部没有这一份会员名录了。收款照常；正在重新要一份，不用做什么。"),
    errors.BadAddress: (
        "“{text}”不能作总部的地址。什么都没有发出去；"
        "请照总部给的写，像 https://hq.example.com 这样。"
    ),
    errors.PlainAddress: (
        "“{text}”不加密，路上的人都看得见。什么都没有发出去；请用 https 开头的地址，"
        "http 只能用在本店自己的网里。"
    ),
    errors.OfficeSellsNothing: (
        "这是连锁的后台电脑，没有台号，不收款。什么都没有改动；要收款，请在收银台上开店。"
    ),
    errors.TillNumberMissing: (
        "没有写是几号台，单号里要用。什么都没有做；请加上 --till，1 到 99 的数。"
    ),
    errors.BadInvitation: (
        "这不是完整的入网码。什么都没有发出去；请再扫一次总部发的二维码，或照整行输，"
        "像 https://hq.example.com#R123-4567-89ABC 这样。"
    ),
    errors.EnrolmentScanned: (
        "这是入网码，不是商品。没有记下，本单没有变；请店长在设置的“店务”里打开“上传”，在那里扫。"
    ),
    errors.NotInChain: (
        "这台收银台没有入网。什么都没有改动；要入网，请在设置的“店务”里打开“上传”，"
        "没有屏幕就用 main.py chain join。"
    ),
    errors.VisitorFrozen: (
        "别店会员{masked_name}（卡号 {card_no}）已冻结，这里不能解冻。"
        "本单没有变，商品照常卖；要解冻请顾客找自己的门店。"
    ),
    errors.SeveralKnown: "“{text}”有几位会员用过。什么都没有删；请写其中一位的编号：{members}。",
    errors.InChain: "这台收银台已经在“{name}”里。什么都没有改动；要换一家，请先退网。",
    errors.CodeUnknown: "没有这个入网码。这台没有入网；请核对再输，或请总部另发一个。",
    errors.CodeSpent: "这个入网码用过了，或过期了。这台没有入网；请总部另发一个。",
    errors.EnrolmentDiffers: (
        "入网码是给 {store_code} 店 {till_no} 号台的，不是这一台。"
        "这台没有入网；请用这一台的码，或请总部另发一个。"
    ),
    errors.CodeForOffice: (
        "这个入网码是给后台电脑的，不是给收银台的。这台没有入网；收银台请总部另发一个，"
        "后台电脑用 setup --chain 准备。"
    ),
    errors.OnlyForOffice: (
        "全店的销售只给这家店的后台电脑，不给收银台。这台什么都没有取；请在后台电脑上看。"
    ),
    errors.TillTaken: (
        "{store_code} 店 {till_no} 号台已经有一台入了网。"
        "什么都没有改动；换了电脑，请总部发一个换机的码（office code 加 --replace）。"
    ),
    errors.StoreUnknown: "连锁里没有编号 {code} 的门店。什么都没有改动；请先在总部加上这家店。",
    errors.NoTillThere: (
        "{store_code} 店 {till_no} 号台没有机器在网里。"
        "什么都没有改动；请核对店号和台号（0 是后台电脑），或用 office tills 看看有哪些。"
    ),
    errors.TillUnknown: (
        "总部不认得这台收银台。收款照常，都记在这台上；请先退网，再用新的入网码入网。"
    ),
    errors.TillRevoked: (
        "总部停用了这台收银台，不再收它的记录。收款照常，都记在这台上；"
        "要再用，请先退网，再用新的入网码入网。"
    ),
    errors.SessionOver: "和总部说话的时间到了。什么都没有少；它会自己再开始。",
    errors.CopyFound: (
        "总部见过这台收银台的另一份，这一份从第 {next_one} 代另外编号。两份的账都留着；"
        "请想一想是不是恢复过备份，或复制过这块硬盘。"
    ),
}
