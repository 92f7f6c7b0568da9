"""错误句子: one sentence for each error: what happened; what it does not affect; what to do."""

from __future__ import annotations

from core import errors
from core.errors import Shortfall
from ui.chain_sentences import CHAIN
from ui.office_sentences import OFFICE
from ui.rule_errors import RULES
from ui.table_errors import TABLES

# Whatever is no Shortfall is a bug of ours.
BUG = (
    "程序出了错，这一步没有做成。已经结账的都在；请重做这一步，"
    "再出错就告诉维护的人，记录在 crashes 文件夹里。"
)

# `ui.text.sentence` fills them in: `{…_fen}` is money, `{kind}` a tender, the rest is quoted.
SENTENCES: dict[type[Shortfall], str] = {
    errors.Shortfall: "这一步做不了。什么都没有改动；请换个办法再试。",
    errors.Refused: "规则不允许这一步。什么都没有改动；请改一改再试。",
    errors.Unavailable: "现在做不了这一步。什么都没有改动；请稍后再试。",
    # What is typed or scanned
    errors.BadMoney: "“{text}”不是金额。什么都没有改动；请输入像 12.50 这样的数。",
    errors.BadQuantity: "“{text}”不能作数量。原来的数量没有变；请输入 0.001 到 9,999 之间的数。",
    errors.QuantityOnTag: "“{name}”的价钱在价签上，数量不能改。这一行没有变；还要就再扫一张。",
    errors.NotWhole: "“{name}”不称重，不能卖 {text}。原来的数量没有变；请输入 1、2 这样的整数。",
    errors.BadPhone: (
        "“{text}”不是电话号码。什么都没有改动；请输入 11 位手机号，外地号码加国家区号。"
    ),
    errors.BadBirthday: "{calendar}里没有“{text}”这一天。其他资料照常可存；请核对生日，或先空着。",
    errors.BadName: "“{text}”不能作姓名。什么都没有存；请输入 1 到 40 个字，不带控制符。",
    errors.BadCheckDigit: "条码“{code}”的校验位不对，多半是扫错或输错了。本单没有变；请再扫一次。",
    errors.BadScan: "扫到 {length} 个字符，不是能用的码。本单没有变；请再扫一次。",
    errors.UnknownCode: (
        "没有找到“{code}”。不是会员，也不是商品，本单没有变；可以搜索，或新增商品。"
    ),
    errors.PaymentCode: (
        "这是{kind}的付款码或卡号，不是商品，也不是会员卡。没有记下，本单没有变；"
        "收款时请在支付终端上扫。"
    ),
    errors.SeveralMembers: "“{text}”有几位会员共用。本单没有变；请问清是哪一位，再选。",
    # What is scanned and is not sold as it is
    errors.SeveralMeanings: "“{text}”在这里有几个意思：{kinds}。本单没有变；请选是哪一个。",
    errors.PaperScanned: (
        "{no} 是一张小票，不是商品。本单没有变；要退货或补打，请先结完这一单，再扫它。"
    ),
    errors.BadgeScanned: "这是{name}的工牌，不是商品。本单没有变；要换人，请先锁屏，再扫工牌。",
    errors.NoBadge: "{name} 没有工牌。什么都没有变；请先发一张。",
    errors.NoSuchBadge: "没有人用这张工牌。什么都没有变；请选名字，输 PIN。",
    errors.BadBadge: (
        "“{text}”不能作工牌。什么都没有存；"
        "请用 6 到 32 位字母和数字，不能全是数字，或不写就发一个新的。"
    ),
    errors.BadgeTaken: "这张工牌是{name}的。什么都没有存；请换一张，或先收回。",
    errors.StrangeStripe: (
        "这张磁条卡不是本店的会员卡。没有记下，本单没有变；要用它付款，请在支付终端上刷。"
    ),
    errors.BatchExpired: (
        "“{name}”{batch}{on} 已经过期，不能卖。本单没有变；请把这一盒下架，换一盒。"
    ),
    errors.BadTrace: (
        "“{text}”不能作追溯码。本单没有变；请扫包装上的码，20 位数字，别的码 8 到 64 个字。"
    ),
    errors.TraceUnknown: (
        "追溯码 {code} 还不知道是哪种商品。本单没有变；请扫一次它的商品条码，以后就认得。"
    ),
    errors.StrayTrace: (
        "没有找到“{code}”，像是别的追溯系统的码。本单没有变；请选它是哪一行的追溯码。"
    ),
    errors.TraceTwice: "追溯码 {code} 这一单扫过了，在“{name}”上。本单没有变；请扫下一盒。",
    errors.TraceNeeded: (
        "“{name}”要扫追溯码，还缺 {missing} 个。还没有收款；请扫包装上的码，扫不出请店长放行。"
    ),
    errors.WeightNeeded: "“{name}”的重量还没输。还没有收款；请在数量里输入称出来的重量。",
    errors.NoSuchTrace: "这里没有追溯码 {code}。什么都没有改动；请核对再扫。",
    errors.TraceElsewhere: (
        "追溯码 {code} 不是这一单卖的，是 {no} 卖的。什么都没有选；请核对小票，或找出那一单来退。"
    ),
    errors.TraceNotNeeded: "本单不缺追溯码。什么都没有改动；照常收款。",
    errors.TooManyTraces: "“{name}”每件都有追溯码了。本单没有变；多卖一件请先改数量。",
    errors.BadLabelLayout: "这样的版式读不了：{fault}。原来的没有变；请改好再试。",
    errors.NoSuchLabelLayout: "门店没有给 {prefix} 设版式。什么都没有变；请用 labels list 看清单。",
    # Basket and payment
    errors.NoSuchLine: "本单没有第 {no} 行。其他行没有变；请看行号再选。",
    errors.EmptyBasket: "还没有商品，这一步做不了。会员照样留着；请先扫商品。",
    errors.BasketFull: "一单最多 {limit} 行，放不下了。已有的都在；请先结这一单，其余另开一单。",
    errors.BadTender: (
        "{kind} {amount} 元不能收。已收的不变；请输入大于 0 的金额，或换一种支付方式。"
    ),
    errors.TenderTooHigh: (
        "{kind}收 {amount} 元太多，最多 {limit} 元。已收的不变；请改小金额，要找零的用现金收。"
    ),
    errors.MoneyTaken: (
        "这一单已经收了 {taken} 元，还没有收完。这一步没有做，本单没有变；"
        "请先收完，或在收款（F9）里退给顾客。"
    ),
    errors.HeldMoney: (
        "挂着的“{name}”已经收了 {taken} 元。它还挂着，这一步没有做；"
        "请先取单，收完，或在收款里退给顾客。"
    ),
    errors.NotPaid: "还差 {left} 元。已收的都记着；收齐就结账。",
    errors.PriceChanged: (
        "价格刚刚变了，现在应收 {payable} 元。这一笔没有收，之前收的都记着；请给顾客看过再收。"
    ),
    errors.PointsPayNothing: (
        "本店的积分不能抵钱。本单没有变；要开通，请在规则册里写 points.spend。"
    ),
    errors.MemberNeeded: "本单还没有会员。什么都没有改动；请先扫会员卡，或输手机号。",
    errors.BadPointsWish: "“{text}”不是积分数。本单没有变；请输入 0 以上的整数。",
    errors.CouponUsed: "券 {code} 用过了，在单 {no} 上。本单没有变；请收回这张券。",
    errors.CouponEarly: "券 {code} 从 {on} 起才能用。本单没有变；请到时候再来。",
    errors.CouponLate: "券 {code} 用到 {on} 为止，过期了。本单没有变；请收回这张券。",
    errors.CouponWithdrawn: "券 {code} 在 {on} 被店里收回了，不能再用。本单没有变；请问店长。",
    errors.NoSuchIssuedCode: "没有发过券码 {code}。什么都没有收回；请照发券时的文件再写。",
    errors.CouponStopped: "券 {code} 的活动不在现在的规则册里。本单没有变；请问店长。",
    errors.CouponTwice: "一单只用一张“{name}”。本单没有变；要换一张，请先再扫一次原来的那张。",
    errors.CouponOfOther: "券 {code} 是别的会员的。本单没有变；请让本人来用。",
    errors.NoSuchCode: "本单会员没有这张券。本单没有变；请用 coupons 看清单再选。",
    errors.NoSuchCoupon: (
        "规则册里没有“{offer}”这种要发券码的券。什么都没有发；请核对 id，没有 code 的券才发券码。"
    ),
    errors.NobodyMeant: "没有会员会得到这张券。什么都没有发；请换个条件，或换一份卡号清单。",
    errors.NoSuchHandout: "这一批券找不到了。什么都没有做；请按 F5 重新看。",
    errors.TooManyMeant: "一次最多发给 {limit} 位会员。什么都没有发；请把条件收窄，分几次发。",
    errors.BadCodeCount: "不能发 {count} 张。什么都没有发；一次发 1 到 {limit} 张。",
    errors.BadDates: "从 {start} 到 {end} 写反了。什么都没有做；请核对两个日期。",
    errors.CouponsPast: "{on} 已经过去，券发出来就过期。什么都没有发；请写今天或以后的日期。",
    errors.TierOutstanding: (
        "新的规则册里没有“{tier}”，可有 {count} 位会员是这个等级。规则册没有换；"
        "请写上这个等级，代码照旧，名称和好处可以改。"
    ),
    errors.CouponsOutstanding: (
        "新的规则册里没有“{offer}”这种券，可还有 {count} 张券码没有用。规则册没有换；"
        "请把这种券写回去，等它们用完或过期。"
    ),
    errors.NotEnoughPoints: (
        "积分不够：要用 {points} 分，今天能用的是 {most} 分。什么都没有改动；请改少一些。"
    ),
    errors.BadHeldName: "“{text}”不能作挂单的名字。本单没有变；请写 20 个字以内，或不写。",
    errors.NoSuchHeld: "这张挂单已经不在了，被取走、丢弃或结过账。其他挂单都在；请看清单再选。",
    errors.TooManyHeld: "已经挂了 {limit} 单，放不下了。本单没有变；请先取回几单结掉。",
    errors.BadDiscount: (
        "“{text}”不能作优惠。本单没有变；请输入大于 0 的金额，或 0.1 到 9.9 之间的折数。"
    ),
    errors.DiscountTooHigh: "要减 {amount} 元，这里最多减 {limit} 元。本单没有变；请改小金额。",
    errors.NotOffered: (
        "“{code}”现在不能选作赠品或加价购。本单没有变；请看清单再选，达到条件才能选。"
    ),
    errors.GiftUnmet: (
        "“{name}”现在不能都算作赠品或加价购，全部按售价买要 {price} 元。"
        "还没有收款；请取下它、改少几件，或改为按售价买。"
    ),
    errors.NoSuchOffer: "本单没有“{offer}”这个优惠可以开关。本单没有变；请看用上的优惠再选。",
    errors.NoSuchReason: "改价、手工优惠和关优惠要有理由。本单没有变；请选一个：{reasons}。",
    errors.OutsideDiscount: (
        "这种商品（如处方药）不参加任何优惠，也不能改价。本单没有变；其他商品照样可以优惠。"
    ),
    errors.NothingByHand: "这里没有改价，也没有手工优惠。本单没有变；请看行号再选。",
    errors.NothingSold: "还没有上一单。什么都没有改动；卖出第一单以后再来。",
    errors.NoSuchSale: "没有找到“{text}”这张小票。什么都没有改动；请核对单号，或从今天的单里选。",
    errors.SaleNotOfToday: (
        "{no} 是 {business_on} 卖的，那一天已经日结，不能作废。什么都没有改动；请按退货办理。"
    ),
    errors.SaleReturned: ("{no} 已经退过货，不能再整单作废。什么都没有改动；其余的请按退货办理。"),
    errors.SaleIsVoid: "{no} 已经作废，钱早已退回，不能再退货。什么都没有改动；请核对小票号。",
    errors.NothingToReturn: "还没有选要退的商品。什么都没有改动；请选商品和数量。",
    errors.TooMuchReturned: "“{name}”最多还能退 {left}。什么都没有改动；请改小数量。",
    errors.ExchangeWaits: (
        "{no} 的换货已经在这一单里等着。什么都没有改动；请先收完这一单，或点“不换了”，再选要退的。"
    ),
    errors.OnlyForQuality: (
        "药品“{name}”只因质量问题才能退。什么都没有改动；原因确是质量问题就选它，请店长授权。"
    ),
    errors.NothingToReprint: "没有可以补打的小票。收款照常；请核对小票号。",
    # Members and products
    errors.PhoneTaken: (
        "这个手机号已经是会员{masked_name}的，卡号 {card_no}。没有另建会员；请用这张卡，或换号码。"
    ),
    errors.NamesakeFound: (
        "会员{masked_name}同名、同生日，{masked_phone}，卡号 {card_no}。没有另建会员；"
        "是同一位就用这张卡，真是另一位请确认再办。"
    ),
    errors.BadCard: (
        "“{text}”不能作卡号，要 4 到 32 位字母或数字，其中有数字。什么都没有存；"
        "请扫卡，或核对卡上的号码。"
    ),
    errors.ConsentMissing: (
        "顾客还没有同意，没有入会。本单不变；请先问顾客，同意保存资料才能办会员。"
    ),
    errors.ConsentWithdrawn: (
        "会员{masked_name}（卡号 {card_no}）撤回了同意。本单没有变，商品照常卖；"
        "请把同意的话再念一遍，顾客同意才能接着用。"
    ),
    errors.CardTaken: "卡号 {card_no} 已经用过了。什么都没有存；请换一个号码。",
    errors.NoSuchMember: "没有找到会员“{text}”。什么都没有改动；请核对卡号，或查一下手机号。",
    errors.BadCardCount: "一次能印 1 到 {limit} 张卡，不能印 {count} 张。什么都没有存；请分几次。",
    errors.NoCardsBetween: (
        "没有会员的卡号在 {first} 到 {last} 之间。什么都没有存；请写两个一样长的卡号，小的在前。"
    ),
    errors.BadPrintSize: (
        "尺寸文件“{path}”写得不对（{why}）。什么都没有存；请改好这一处，或删去它用原来的。"
    ),
    errors.NothingToTag: "没有这样的商品。什么都没有存；请换一个分类、日期，或扫商品条码。",
    errors.TooManyTags: "一次最多 {limit} 张标价签。什么都没有存；请按分类分几次。",
    errors.UntaggedCode: "没有商品的条码是“{code}”。什么都没有存；请核对清单里的这一行。",
    errors.NoSuchSize: "没有“{name}”这种标价签。什么都没有存；请选：{names}。",
    errors.MemberFrozen: (
        "会员{masked_name}（卡号 {card_no}）已冻结：{reason}。本单没有变，商品照常卖；"
        "要解冻请店长授权。"
    ),
    errors.CardExpired: (
        "会员{masked_name}的卡 {card_no} 到 {until} 为止，已经过期。本单没有变，商品照常卖；"
        "要续期请店长授权。"
    ),
    errors.CardRetired: (
        "这是一张旧卡，{on} 已经换成 {masked_card}。什么都没有存；"
        "请换一张没用过的卡，或空着自动发卡。"
    ),
    errors.CardReplaced: (
        "这张卡 {on} 已经换成新卡 {masked_card}。本单没有变；请用新卡，或输手机号找会员。"
    ),
    errors.MemberMerged: (
        "这张卡的会员已并入{masked_name}，卡号 {card_no}。本单没有变；请用这位会员接着收。"
    ),
    errors.SameMember: "两张卡是同一位会员。什么都没有改动；请换另一张卡。",
    errors.PointsInDebt: "会员{masked_name}的积分是负数，不能合并。什么都没有改动；请先补齐积分。",
    errors.BadNote: "“{text}”不能记下。什么都没有存；请写 1 到 120 个字，不带控制符。",
    errors.NoSuchNote: "这条备注已经不在了。其他备注没有变；请看清再选。",
    errors.BadCardEnd: "“{text}”不能作有效期。卡没有变；请写今天或以后的日期，像 2027-12-31。",
    errors.ProductTaken: "条码“{code}”已经有商品。原来的商品没有变；请直接扫它，或换个条码。",
    errors.BadPrice: "“{text}”不能作售价。什么都没有存；请输入 0.01 到 1,000,000 元之间的数。",
    # Points without a sale
    errors.NoSuchBehaviour: (
        "规则册里没有“{text}”这种行为。积分没有变；请输入 behaviours 看有哪些。"
    ),
    errors.BehaviourLimit: "“{name}”{per}最多 {most} 次，已经记满了。积分没有变；请告诉会员。",
    errors.BadCorrection: "“{text}”不能作更正。积分没有变；请写像 +50 或 -50 这样的整数。",
    errors.NoSuchReward: "没有“{text}”这种兑换。积分没有变；请输入 rewards 看能换什么。",
    errors.BadUnits: "“{text}”不能作件数。积分没有变；请写 1 以上的整数。",
    errors.RewardNotNow: "“{name}”现在不能换。积分没有变；请换别的，或看好日期再来。",
    errors.RewardForTier: "“{name}”要{tier}以上才能换。积分没有变；请换别的。",
    errors.RewardLimit: "“{name}”每位会员一共换 {most} 件。积分没有变；请少换几件，或换别的。",
    errors.RewardOutOfStock: ("“{name}”库存 {left} 件，不够换。积分没有变；请换别的，或等到货。"),
    errors.StockMoved: "库存刚变过，现在是 {left} 件。这次没有加；请看过再加一次。",
    errors.BadStock: "“{text}”不能作库存。库存没有变；请写兑换品的代码和 0 以上的整数。",
    errors.NoSuchRedemption: "没有找到“{text}”这张兑换单。积分没有变；请核对单号。",
    errors.CouponHandedOut: (
        "{no} 换的是券，券码已经给了会员，不能撤销。积分没有变；真要退，请更正积分并写理由。"
    ),
    errors.RedemptionUndone: "{no} 已经撤销，积分早已退回。什么都没有改动；请核对单号。",
    # People and days
    errors.NotLoggedIn: "还没有人登录。什么都没有改动；请先用 PIN 登录。",
    errors.WrongPin: "PIN 不对。什么都没有变；请再输一次，忘了就请店长重设。",
    errors.PinWait: (
        "PIN 连着输错了几次，要等 {seconds} 秒才能再输。什么都没有变；请等一等，忘了就请店长重设。"
    ),
    errors.NameNeeded: "这里有几位员工，只凭 PIN 分不清是谁。什么都没有改动；请加上姓名。",
    errors.WeakPin: "这个 PIN 太容易猜。什么都没有存；请用 6 到 12 位数字，不全相同，也不连号。",
    errors.StaffTaken: "已经有一位员工叫“{name}”。什么都没有存；请加一个字分清，登录要用姓名。",
    errors.NoSuchStaff: (
        "没有找到员工“{text}”。什么都没有改动；请核对姓名，main.py staff list 列出全部。"
    ),
    errors.StaffGone: "“{name}”已经停用，这一步没有做。本单都还在；请换一位登录。",
    errors.LastManager: (
        "“{name}”是最后一位什么都能做的店长，不能停用、换角色或收走权限。什么都没有改动；"
        "请先另设一位这样的店长。"
    ),
    errors.ByNeeded: (
        "这一步要有权限的人在场。什么都没有改动；请加上 --by 姓名 --by-pin 这个人的PIN。"
    ),
    errors.NotYoursToGive: (
        "“{right}”这项权限你自己没有，不能给别人。什么都没有改动；请有这项权限的店长来给。"
    ),
    errors.NotAllowed: (
        "这一步要有“{right}”的权限。什么都没有改动；请有这项权限的人来做，或请店长给你这项权限。"
    ),
    errors.ApprovalSpent: "授权“{right}”过了两分钟，已经作废。什么都没有改动；请再授权一次。",
    errors.BadStoreCode: (
        "“{text}”不能作门店编号。什么都没有存；请写 1 到 8 个英文字母或数字，像 S01。"
    ),
    errors.DayNotOpen: "今天还没有开店。商品和会员照样可查；请先点备用金，开店。",
    **TABLES,
    errors.BadZone: "“{text}”不是时区。什么都没有存；中国的门店写 Asia/Shanghai。",
    errors.UnlikelyFloat: (
        "备用金 {amount} 元太多，像是输错了。还没有开店；真有这么多就再确认一次，不是就改。"
    ),
    errors.DayOpenAlready: "{business_on} 已经开店，还没有日结。销售照常；要换一天，请先日结。",
    errors.NoReportYet: "还没有日结过，没有日结单。营业照常；日结以后再来。",
    errors.NoSuchReport: "没有找到“{text}”这张日结单。什么都没有改动；请核对单号。",
    errors.DifferenceUnexplained: (
        "钱箱与账对不上：{difference}，还没有说明。什么都没有改动；请再点一次，或选好原因再来。"
    ),
    errors.ReasonNeeded: "还没有说明原因。什么都没有改动；请选一个原因，选“其他”要写一句话。",
    errors.BadWords: "“{text}”不能作说明。什么都没有改动；请写 {limit} 个字以内，不带控制符。",
    errors.TooMuchCash: (
        "{amount} 元太多，这里最多 {limit} 元。钱箱的账没有变；请核对金额，漏记的先补记。"
    ),
    errors.SaleUnfinished: "还有一单没有结完，不能日结。这一单还在；请先收款，或把它清空。",
    # Tiers
    errors.CardNeedsMember: (
        "“{name}”是会员卡，要有会员才能卖。本单没有变；请先扫会员，或新入会，再收款。"
    ),
    errors.NoSuchTier: "“{text}”不是能授予的等级。会员没有变；请选一个：{names}。",
    errors.BadGrantEnd: "“{text}”不能作到期日。会员没有变；请写今天以后、十年以内的日期。",
    errors.NotGranted: "{name}没有授予的等级可收回。会员没有变；等级是消费或买卡得来的。",
    errors.NoSuchBenefit: "{tier}没有“{text}”这项权益。会员没有变；请看会员资料里的权益。",
    errors.BenefitUsedUp: "“{name}”这一期用完了。本单照常；{next_on} 起是下一期。",
    errors.BenefitNotCounted: "“{name}”不限次数，不用记。会员没有变；照着给就行。",
    errors.BenefitNotUsed: "“{name}”这一期还没有用过。会员没有变；不用退回。",
    # Tables to import
    errors.NotATable: "{place}{fault}，不能导入。什么都没有导入；请用 CSV 或 XLSX 再试。",
    errors.MissingColumns: "表格缺少这些列：{names}。什么都没有导入；请补上表头再导入。",
    errors.TableTooLarge: "表格展开后超过 {limit_mib} MiB。什么都没有导入；请拆成几个文件再导入。",
    errors.ImportRunning: "正在导入另一个表格，或撤回没有做完的。收款照常；请等它做完再导入。",
    errors.Cancelled: "已经取消。什么都没有留下，原来的都在；需要时可以重来。",
    errors.BadRecord: (
        "“{path}”这一项写得不对（{reason}）。现在用的规则没有变；请改好这一项再试。"
    ),
    errors.BadDesign: (
        "票据样式 {file} 第 {line} 行“{path}”写得不对（{reason}）。"
        "打印照常，用的是随程序来的样式；请改好这一行再试。"
    ),
    errors.NoSuchPaper: ("没有叫“{name}”的票据。什么都没有改；文件名请用其中一个：{names}。"),
    errors.StatementTooLong: (
        "{start} 到 {end} 的积分和购物超过 {most} 行。没有打对账单；请选短一些的日期。"
    ),
    errors.BadInquiry: (
        "询价的 JSON 里“{path}”写得不对（{reason}）。没有算价，什么都没有改动；请改好这一处再试。"
    ),
    # Devices
    errors.BadPrinterSetting: (
        "“{text}”不是能用的打印机设置。原来的设置没有变；请写成像 tcp:192.168.1.50:9100 这样。"
    ),
    errors.BadProfile: (
        "打印机型号文件“{path}”写得不对（{why}）。原来的设置没有变；请改好这一处再试。"
    ),
    errors.BadPicture: "图片“{path}”不能用：{detail}。没有换；请换一张图片。",
    errors.BadScannerSetting: (
        "“{text}”不是能用的扫码枪设置。原来的设置没有变；请写成像 serial:/dev/ttyACM0:9600 这样。"
    ),
    errors.BadDrawerSetting: "“{text}”开不了钱箱。原来的设置没有变；串口请写成像 COM5:9600 这样。",
    errors.BadDisplaySetting: (
        "“{text}”不能用在客显上。收银照常；请在设置里的设备一页重新选，二维码最多 300 个字节。"
    ),
    # The chain
    **CHAIN,
    **OFFICE,
    **RULES,
    # The world
    errors.StoreLocked: "另一个收银程序正开着这家店的数据。数据完好；请用那个窗口，或先关掉它。",
    errors.AlreadyOpen: "收银台已经开着，它的窗口到前面来了。什么都没有变；请在那里接着收。",
    errors.NotOurStore: "“{path}”不是熟客的数据文件。文件没有动过；请核对位置，或从备份恢复。",
    errors.WrongKey: "密钥打不开“{path}”。数据没有动过；请换回原来的密钥，或用恢复文件。",
    errors.KeyMissing: "找不到“{path}”的密钥。数据还在；请用恢复文件找回密钥。",
    errors.BadRecoveryFile: (
        "恢复文件“{path}”坏了，或不是这家店的。数据没有动过；请换一份恢复文件。"
    ),
    errors.StoreNewer: "“{path}”是更新版本的程序写的。数据没有动过；请先升级这个程序。",
    errors.StoreOlder: (
        "“{path}”还是旧版本的数据。数据没有动过；请先用 main.py till 开一次收银台，数据会升级好。"
    ),
    errors.NoStore: "“{path}”里还没有店。什么都没有改动；请先建店，或核对位置。",
    errors.HomeTaken: "“{path}”里已经有一家店。它没有变；请换一个位置，或直接打开它。",
    errors.RecoveryTaken: (
        "恢复文件“{path}”已经有了，可能是另一台的。它没有变，店也没有建；请换一个文件名。"
    ),
    errors.DiskFull: "磁盘满了，这一步没有写进去。以前的数据都在；请腾出空间再试。",
    errors.DiskFailed: "磁盘读写失败（{detail}）。这一步没有做，以前的数据都在；请检查磁盘再试。",
    errors.ReadOnly: "“{path}”不能写入。以前的数据都在；请检查权限，或换一个位置。",
    errors.FileUnreadable: "读不了“{path}”。什么都没有改动；请核对文件在不在、能不能打开。",
    errors.StoreDamaged: "数据文件“{path}”损坏了。备份没有动过；请停止收款，从备份恢复。",
    errors.SaleBroken: (
        "这一单对不上账（{what}），没有结账。以前的单都在；请清空重扫，并告诉维护的人。"
    ),
    errors.PrinterUnavailable: "小票没有打出来：{detail}。收款照常；请检查打印机，好了就补打。",
    errors.PrinterMissing: (
        "打印机用不上：找不到“{place}”，或不许往里写。收款照常，小票会留着；请接好打印机，或换一个设置。"
    ),
    errors.PrintedInPart: (
        "小票可能没有打完：{detail}。收款照常；请看一下纸，没打完就补打，打好了就不用。"
    ),
    errors.ScannerUnavailable: (
        "扫码枪 {device} 读不到：{cause}。收款照常，别的枪照用；插好就自己接上。"
    ),
    errors.DrawerUnavailable: (
        "钱箱 {device} 开不了：{cause}。收款照常；请用钥匙开，再看一下它的线。"
    ),
    errors.QueueUnkept: (
        "没打出来的小票存不下来。收款和打印照常，只是关机后就没有了；"
        "请把文件夹 {path} 改成本用户能读写，再重开收银台。"
    ),
    errors.DisplayUnavailable: "客显 {device} 用不了：{cause}。收款照常；插好就自己接上。",
    errors.BadSettings: (
        "设置文件 {path} 读不懂。账和会员都在；请用 main.py printer 重新设定打印机，文件会重写。"
    ),
    errors.NoScreen: (
        "这台机器没有屏幕，窗口打不开。数据没有变；请接上屏幕，或用 main.py till --headless。"
    ),
}
