"""What is on the notice boards of the demo. Data: place, who issues, kind, level, when, until, words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """`days` ago it was published (0: today; negative: not yet); right for `lasts` days from then.

    `fate`: published, draft, waiting, scheduled, withdrawn, corrected (then `later` is the correcting title).
    """

    place: str
    issuer: str
    kind: str
    level: str
    days: float
    lasts: float
    title: str
    text: str
    short: str = ""
    buildings: tuple[str, ...] = ()
    pinned: bool = False
    fate: str = "published"
    later: str = ""
    why: str = ""


_STREET, _QZ, _YH, _DX = "柳渡街道办", "青砖里居委会", "运河湾居委会", "丁香新村居委会"
_LA, _YW, _JC = "邻安物业", "运河物业", "丁香后勤"

STREET = [
    Text("柳渡街道", _STREET, "service", "ordinary", 6, 60, "街道服务大厅周三开到 20:00", "白天上班的，周三晚上也能来。\n\n- 社保、医保、居住证都办\n- 17:00 以后从东门进\n- 拿号到 19:40", pinned=True),
    Text("柳渡街道", _STREET, "public", "important", 12, 40, "柳渡路菜场改造方案公示，可以提意见", "方案贴在菜场门口和街道大厅，共 6 张图。\n\n意见三种办法：\n\n1. 在这里的提问里写\n2. 打 555 0100\n3. 到街道大厅 3 号窗口\n\n每一条都会写明采不采纳、为什么。", "柳渡路菜场改造方案公示，意见请打五五五零一零零，或到街道大厅三号窗口。"),
    Text("柳渡街道", _STREET, "safety", "urgent", 21, 2, "暴雨红色预警，沿河步道和地下车库先别去", "今晚有大暴雨。\n\n- 滨河步道 18:00 起封闭\n- 地下车库的车请移到高处\n- 孤老户由居委会逐户打电话", "今晚大暴雨，沿河步道六点起封闭，地下车库的车请移到高处。"),
    Text("柳渡街道", _STREET, "wanted", "ordinary", 30, 20, "招 12 名人口核查员，会用手机就行", "做 15 天，每天 4 小时，先培训半天。\n\n报名到街道大厅，带身份证。"),
    Text("柳渡街道", _STREET, "event", "ordinary", 3, 14, "滨河健步走周日 7:00 开始，不用报名", "石桥头集合，走完有热豆浆。下雨改到下一周。"),
    Text("柳渡街道", _STREET, "service", "ordinary", 45, 10, "换第三代社保卡的大篷车来三天", "周五到周日，柳渡路 1 号门前。带旧卡和身份证，当场取新卡。"),
    Text("柳渡街道", _STREET, "service", "ordinary", 9, 30, "大厅二楼搬到一楼，电梯周五修好", "5 号到 9 号窗口搬到一楼东侧。", fate="corrected", later="大厅二楼搬到一楼，电梯改到下周三修好"),
    Text("柳渡街道", _STREET, "other", "ordinary", 16, 30, "社区食堂名单（2026 年）", "名单里有一处写错了。", fate="withdrawn", why="名单里有一位老人的电话，不该公开。改好重发。"),
    Text("柳渡街道", _STREET, "event", "ordinary", -2, 20, "河灯会改在石桥头办", "晚上 18:30 开始，进出走石桥路。", fate="scheduled"),
    Text("柳渡街道", _STREET, "safety", "ordinary", -1, 20, "冬天用炭火，窗要开一条缝", "去年有三户因为关窗出事。", fate="waiting"),
    Text("柳渡街道", _STREET, "public", "ordinary", -1, 20, "2027 年实事项目，您选哪几件", "一共 12 件，选 5 件。", fate="draft"),
]

COMMUNITIES = [
    Text("青砖里", _QZ, "service", "ordinary", 4, 30, "老年人免费体检本周六开始，空腹来，带身份证", "65 岁以上，7:30 到 10:30，卫生服务中心 2 楼。\n\n行动不便的打 555 0110，有车来接。"),
    Text("青砖里", _QZ, "public", "important", 8, 20, "第三季度居务收支公布，可对每一笔提问", "收 12 笔、支 31 笔，凭证都能看。公示 20 天。", "第三季度居务收支公布了，公示二十天，每一笔都可以问。"),
    Text("青砖里", _QZ, "outage", "urgent", 18, 1, "柳渡路煤气管抢修，218 弄停气到 21:00", "气管被施工挖破，已经关阀。\n\n- 不要开火，不要开灯关灯\n- 来气以后由燃气公司逐户点火", "柳渡路煤气管抢修，二一八弄停气到二十一点，来气前不要开火。"),
    Text("青砖里", _QZ, "event", "ordinary", 2, 12, "周六下午缝纫小组教锁边，带一件旧衣服来", "社区 2 楼，14:00 到 16:00。机器有 8 台，先来先用。"),
    Text("青砖里", _QZ, "wanted", "ordinary", 14, 40, "楼组长还缺 5 位，每月开一次会", "银杏苑 2 位，石桥头 3 位。有补贴，想做的到居委会填一张表。"),
    Text("青砖里", _QZ, "service", "ordinary", 40, 10, "少儿医保集中参保三天", "带户口本和孩子的医保卡，居委会 1 楼。"),
    Text("青砖里", _QZ, "event", "ordinary", 10, 20, "重阳敬老饭周三 11:00 开席", "80 岁以上的请来，能带一位家人。", fate="corrected", later="重阳敬老饭改到周四 11:00 开席"),
    Text("青砖里", _QZ, "other", "ordinary", 22, 30, "旧家具回收点的联系人", "电话见下。", fate="withdrawn", why="写成了师傅自己的手机号。请打居委会。"),
    Text("青砖里", _QZ, "outage", "important", -1, 3, "周四 8:00 起换配电箱，石桥头停电四小时", "供电公司换两只配电箱。冰箱里的先吃掉。", "周四八点起石桥头停电四小时，冰箱里的先吃掉。", fate="scheduled"),
    Text("青砖里", _QZ, "service", "ordinary", -1, 20, "居住证到期的，网上就能续", "三步：拍照、填表、等短信。", fate="waiting"),
    Text("青砖里", _QZ, "event", "ordinary", -1, 20, "年末邻里饭，各家带一个菜", "还在定地方。", fate="draft"),
    Text("运河湾", _YH, "service", "ordinary", 5, 30, "服务站每月 15 日请律师坐堂", "13:30 到 16:30，不收钱，先打 555 0111 排号。"),
    Text("运河湾", _YH, "public", "important", 11, 30, "滨河东路路灯改造，夜里 22:00 后施工", "分三段，每段五夜。噪声大的活只做到 24:00。", "滨河东路换路灯，夜里十点后施工，每段五夜。"),
    Text("运河湾", _YH, "safety", "urgent", 25, 2, "运河水位超警戒，一层车库今晚清空", "水位 3.6 米，还在涨。沙袋在北门，人手在一期架空层集合。", "运河水位超警戒，一层车库今晚清空，沙袋在北门。"),
    Text("运河湾", _YH, "event", "ordinary", 1, 10, "周五晚上露天电影，自带小板凳", "一期中心花园，18:45 开始。下雨改周六。"),
    Text("运河湾", _YH, "wanted", "ordinary", 33, 20, "亲子护河队招 20 个家庭", "每月一次，走 3 公里，捡到的按斤换图书。"),
    Text("运河湾", _YH, "service", "ordinary", 13, 25, "疫苗接种点搬到二期会所", "周一、周四上午。", fate="corrected", later="疫苗接种点搬到二期会所，周四改周五"),
    Text("运河湾", _YH, "other", "ordinary", 28, 30, "宠物登记名单", "名单。", fate="withdrawn", why="名单不用公开，登记的各户已单独通知。"),
    Text("运河湾", _YH, "event", "ordinary", -3, 15, "读书会下一本：《城南旧事》", "服务站二楼。", fate="scheduled"),
    Text("运河湾", _YH, "safety", "ordinary", -1, 20, "楼道电动车清理最后三天", "三天后统一挪到车棚。", fate="waiting"),
    Text("运河湾", _YH, "service", "ordinary", -1, 20, "居民议事厅新规矩", "还没写完。", fate="draft"),
    Text("丁香新村", _DX, "service", "ordinary", 3, 30, "磨刀、修伞、配钥匙，每月第一个周日", "居委会门口，9:00 到 11:30。80 岁以上不收钱。"),
    Text("丁香新村", _DX, "public", "important", 9, 25, "机厂路小学划片有变，丁香雅居改到东校区", "只管明年起的新生。在读的不动。问教育局 555 0009。", "明年起的新生，丁香雅居改到机厂路小学东校区，在读的不动。"),
    Text("丁香新村", _DX, "outage", "urgent", 15, 1, "机厂路变压器烧坏，两个小区停电到 19:00", "备用车在路上，先保电梯和水泵。有人困在电梯里就打 555 0134。", "机厂路变压器烧坏，停电到十九点，先保电梯和水泵。"),
    Text("丁香新村", _DX, "event", "ordinary", 7, 20, "老机床图片展，老师傅讲三场", "居委会底楼，每天 9:00 到 17:00。"),
    Text("丁香新村", _DX, "wanted", "ordinary", 36, 25, "助餐点招两名帮厨", "上午 8:00 到 12:30，要健康证。"),
    Text("丁香新村", _DX, "service", "ordinary", 12, 25, "丁香路 12 弄改单行，从西口进", "早晚高峰有人指路。", fate="corrected", later="丁香路 12 弄改单行，从东口进"),
    Text("丁香新村", _DX, "other", "ordinary", 20, 30, "寻一只走丢的猫", "图。", fate="withdrawn", why="猫找到了。"),
    Text("丁香新村", _DX, "event", "ordinary", -2, 14, "冬至包汤圆，孩子也来", "居委会底楼，10:00。", fate="scheduled"),
    Text("丁香新村", _DX, "safety", "ordinary", -1, 20, "独居老人的暖气，一周巡一次", "名单由网格员带着。", fate="waiting"),
    Text("丁香新村", _DX, "service", "ordinary", -1, 20, "丁香雅居北门开放时间", "还没定。", fate="draft"),
]

# For every compound: the same lot of a house, in its own words. (kind, level, days, lasts, title, text, short)
_PLAIN: dict[str, tuple[str, list[tuple[str, str, float, float, str, str, str]]]] = {
    "纺机新村": (_LA, [
        ("works", "ordinary", 1, 20, "2、4 幢换单元门禁，旧卡可换新卡", "带上旧卡，到物业前台换，每户四张。\n\n8:30 到 20:00 都可以来。", ""),
        ("works", "important", 5, 20, "3 幢加装电梯第四步，北侧通道改走东边", "打桩 12 天，9:00 到 17:00。\n\n- 北侧通道封闭\n- 快递柜移到东门", "三幢加装电梯，北侧通道改走东边，打桩十二天。"),
        ("service", "ordinary", 24, 15, "水箱清洗，周二 9:00 到 15:00 水压偏低", "先存两桶水。洗完由第三方取样，结果贴在门房。", ""),
        ("safety", "urgent", 33, 1, "5 幢东侧墙皮脱落，先绕行", "已拉警戒线，脚手架当晚到。车请挪开。", "五幢东侧墙皮脱落，请绕行，车挪开。"),
    ]),
    "银杏苑": (_LA, [
        ("works", "ordinary", 2, 14, "1 幢电梯年检，周四 14:00 到 16:00 停用", "腿脚不便的请早点上下楼，保安可以帮着提东西。", ""),
        ("public", "important", 10, 30, "物业费收支上半年账公布", "收 84 万，支 79 万，凭证在前台。", "物业费上半年收支公布，凭证在前台可以看。"),
        ("event", "ordinary", 4, 12, "银杏叶书签，周日上午孩子来做", "会所 201，材料都有。", ""),
        ("outage", "urgent", 19, 1, "2 幢水泵跳闸，10 层以上停水到 18:00", "师傅在换接触器。要用水到门房提。", "二幢水泵跳闸，十层以上停水到十八点，要用水到门房提。"),
    ]),
    "石桥头": (_QZ, [
        ("works", "ordinary", 3, 25, "河道护栏换新，步道分两段封", "先封南段 8 天，再封北段 8 天。", ""),
        ("service", "important", 9, 20, "石桥头没有物业，倒垃圾改到早晚两次", "6:00 到 9:00，17:00 到 20:00，桥西投放点。", "石桥头倒垃圾改到早晚两次，投放点在桥西。"),
        ("event", "ordinary", 6, 15, "桥头茶摊周六开，会下棋的来", "14:00 起，自带茶杯。", ""),
        ("safety", "urgent", 27, 1, "2 幢南墙有马蜂窝，消防今晚来摘", "17:00 起关好窗，别在墙下走。", "二幢南墙有马蜂窝，今晚来摘，五点起关好窗。"),
    ]),
    "运河湾一期": (_YW, [
        ("works", "ordinary", 2, 20, "地库照明换声控灯，分区做", "一天一区，车不用挪。", ""),
        ("public", "important", 7, 30, "业主大会选聘审计的表决结果", "面积和人数两项都过了三分之二，结果公示 30 天。", "业主大会选聘审计，两项过三分之二，表决通过。"),
        ("event", "ordinary", 5, 10, "架空层跳蚤市场周日开", "摊位 30 个，先到先得，孩子的玩具优先。", ""),
        ("outage", "urgent", 29, 1, "3 幢消防管爆裂，电梯停到 22:00", "水已关。请走东侧楼梯，老人由保安背。", "三幢消防管爆裂，电梯停到二十二点，请走东侧楼梯。"),
    ]),
    "运河湾二期": (_YW, [
        ("service", "ordinary", 4, 20, "快递柜移到北门岗亭旁", "大件还放前台，存三天。", ""),
        ("works", "important", 8, 25, "外墙清洗 2 幢先做，请关窗收衣", "每幢 4 天，7:30 前挂绳。空调外机上别放东西。", "外墙清洗二幢先做，请关窗收衣。"),
        ("wanted", "ordinary", 31, 20, "业主监督小组招 7 人", "每季度查一次账，报名到会所。", ""),
        ("safety", "urgent", 23, 1, "1 幢 20 层有人高空抛物，监控已调", "砸到一辆车，没有人受伤。当事人请到前台。", "一幢有人高空抛物，监控已调，当事人请到前台。"),
    ]),
    "丁香雅居": (_JC, [
        ("service", "ordinary", 3, 20, "暖气试水，周一到周三家里留人", "9:00 到 16:00，漏水就打 555 0134。", ""),
        ("works", "important", 6, 20, "车位重划，B 区先做四天", "车先停到机厂路临时位，门岗登记。", "车位重划，先做四天，车先停到机厂路临时位。"),
        ("event", "ordinary", 12, 20, "楼下花坛认养，一户一米", "工具到门岗领，土和苗由物业出。", ""),
        ("outage", "urgent", 17, 1, "2 幢配电间进水，停电到 15:00", "抽水机在抽。制氧机要用电的到门岗。", "二幢配电间进水，停电到十五点，制氧机要用电的到门岗。"),
    ]),
    "机厂家属院": (_JC, [
        ("service", "ordinary", 5, 25, "浴室周三不开，换锅炉阀门", "周四 14:00 起照常。票还能用。", ""),
        ("public", "important", 13, 30, "老房屋面防水，先修 1 幢", "花大修基金 18 万，三家报价在门房。", "老房屋面防水先修一幢，三家报价在门房。"),
        ("event", "ordinary", 2, 12, "露天舞场新音响，声音不过 60 分贝", "19:00 到 20:30，放低音量。", ""),
        ("safety", "urgent", 35, 1, "1 幢煤气味，先开窗别开灯", "燃气公司 20 分钟到。", "一幢有煤气味，先开窗，别开灯。"),
    ]),
}  # fmt: skip


def _house(place: str, issuer: str, rows: list[tuple[str, str, float, float, str, str, str]]) -> list[Text]:
    own = [Text(place, issuer, kind, level, days, lasts, title, text, short) for kind, level, days, lasts, title, text, short in rows]
    return [
        *own,
        Text(place, issuer, "service", "ordinary", 16, 25, f"{place}装修登记，周末不动电钻", "登记在前台，工作日 8:00 到 18:00 可以施工。", fate="corrected", later=f"{place}装修登记，周末和节假日不动电钻"),
        Text(place, issuer, "other", "ordinary", 26, 30, "捡到一串钥匙", "在门房。", fate="withdrawn", why="失主领走了。"),
        Text(place, issuer, "works", "ordinary", -2, 10, f"{place}消防演练，10:00 会响警铃", "响铃 5 分钟，走一遍楼梯。", fate="scheduled"),
        Text(place, issuer, "service", "ordinary", -1, 20, "门房代收快递的新规矩", "大件当天取。", fate="waiting"),
        Text(place, issuer, "event", "ordinary", -1, 20, "年底大扫除定在哪天", "还在问。", fate="draft"),
    ]


URGENT_NOW = Text(
    "纺机新村", _QZ, "outage", "urgent", 0.13, 1.1, "柳渡路水管抢修，纺机新村 1—6 幢停水",
    "水管被重车压破，自来水公司在抢修。\n\n- 送水车在 3 幢南门口\n- 行动不便的打 555 0110，有人送水上门\n- 来水后先放一会儿，清了再用\n\n银杏苑水压偏低，不停水。",
    "水管抢修，一到六幢停水，送水车在三幢南门口，来水会再通知。",
    ("1 幢", "2 幢", "3 幢", "4 幢", "5 幢", "6 幢"),
)  # fmt: skip
CHOSEN = Text(
    "纺机新村", _LA, "works", "important", 2.2, 12, "3 幢单元门换闭门器，进出手要轻",
    "新闭门器劲大，老人和孩子当心。一周以后调松。", "三幢单元门换了闭门器，劲大，老人和孩子当心。", ("3 幢",),
)  # fmt: skip


def texts() -> list[Text]:
    """All of them, the oldest first, as they would have been written."""
    houses = [text for place, (issuer, rows) in _PLAIN.items() for text in _house(place, issuer, rows)]
    return sorted([*STREET, *COMMUNITIES, *houses, URGENT_NOW, CHOSEN], key=lambda one: -one.days)
