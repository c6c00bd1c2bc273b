"""What residents of 柳渡街道 reported lately, and what came of it. Written by hand; invented throughout."""

from __future__ import annotations

from dataclasses import dataclass

FJ, YX, SQ, Y1, Y2, DX, JC = "纺机新村", "银杏苑", "石桥头", "运河湾一期", "运河湾二期", "丁香雅居", "机厂家属院"
QZ, YH, DT = "青砖里", "运河湾", "丁香新村"


@dataclass(frozen=True)
class Plan:
    """`day`: how long ago; `fate`: the state where it stands now. `public`: the redacted title. `late`: answered, or not yet
    answered, after its day. `rating`: outcome and stars."""

    place: str
    theme: str
    day: int
    text: str
    fate: str = "closed"
    answer: str = ""
    rating: tuple[str, int] | None = None
    public: str = ""
    wish: str = ""
    who: str = ""
    secrecy: str = "named"
    against: str = ""
    told: str = ""
    late: bool = False
    result: str = "solved"
    group: str = ""
    spot: str = ""
    urgency: str = ""


P = Plan
YES, SOME, NO = "yes", "partly", "no"
C, N = "confidential", "anonymous"

PLANS = [
    P(FJ, "light", 33, "5 幢北侧步道的灯有三盏不亮，晚上遛狗看不清台阶。", answer="换了三盏 30 瓦的灯，台阶那盏往下压了角度。", rating=(YES, 5), public="5 幢北侧步道三盏灯不亮", who="he", spot="北门步道灯"),
    P(FJ, "lift", 29, "3 幢加装电梯的围挡倒了一块，铁皮边朝外，小孩会划到。", answer="当天下午重新固定，边角包了橡胶条。", rating=(YES, 5), public="3 幢电梯围挡倒了一块", urgency="urgent"),
    P(FJ, "pipe", 26, "6 幢一楼下水道反水，厨房地上都是油。", answer="主管道疏通了，六楼以下的检查口都开过一遍。", rating=(YES, 4), public="6 幢下水道反水"),
    P(FJ, "rubbish", 24, "垃圾房门口的厨余桶满了两天没人换，一股味道。", answer="加了一班，早晚各换一次。", rating=(SOME, 3), public="垃圾房厨余桶满了没人换"),
    P(FJ, "parking", 21, "2 幢和 3 幢之间的消防通道夜里停满车，救护车进不来。", answer="划了黄线，夜里巡两次，先打电话请挪。", rating=(NO, 2), public="消防通道夜里停满车", group="lane"),
    P(FJ, "parking", 20, "消防通道又停满了，我家老人上次叫 120，车停在外面抬进来的。", answer="和前面那件一起办：划线、夜巡、贴单。", rating=(SOME, 3), group="lane"),
    P(FJ, "charging", 18, "2 单元有人天天把电瓶拎上楼充电，楼道里也拉了线。", answer="入户查了两次，拆了楼道里的线，充电棚本月开工。", rating=(SOME, 3), secrecy=C, public="有人把电瓶拎上楼充电"),
    P(FJ, "service", 16, "去物业前台报修，让我等，等了一个小时没人理，还说我事多。", answer="当班的人道了歉，前台装了取号机，等超过 15 分钟由经理接待。", rating=(YES, 4), secrecy=C, against="邻安物业"),
    P(FJ, "leak", 15, "顶楼下雨就漏，卧室墙上一大片水印。", "suspended", told="要等连晴五天才能做防水", public="顶楼下雨就漏"),
    P(FJ, "water", 12, "4 幢早上水很小，洗澡都没水，已经三天了。", answer="增压泵的压力开关坏了，换好了，四幢到六幢都量过。", rating=(YES, 5), public="4 幢早高峰水压小", urgency="urgent"),
    P(FJ, "trees", 11, "3 幢南面的香樟长到窗口了，刮风就打玻璃。", "answered", answer="修剪了六棵，三楼以下的窗口都让出来了。", public="香樟枝条打到窗户", who="he"),
    P(FJ, "light", 6, "北门进来第三盏灯又不亮了，说修过的。", "signed", public="北门第三盏灯又不亮", who="he", spot="北门步道灯", wish="换一盏好的，别一个月坏一次"),
    P(FJ, "noise", 5, "楼上半夜挪桌子，凌晨两点还在响，说过三次没用。", "dispatched", secrecy=C),
    P(FJ, "road", 4, "1 幢门口地砖翘起来了，雨天踩下去溅一身水，昨天有人绊了。", "accepted", public="1 幢门口地砖翘起"),
    P(FJ, "fees", 3, "物业费涨了三毛，说是业主大会通过的，我没收到过表决票。", "signed", against="邻安物业", wish="把表决的票数贴出来"),
    P(FJ, "pets", 2, "小花园有条大狗不拴绳，接孩子的时候很怕。", "submitted"),
    P(FJ, "lift", 1, "加装电梯今天停在二楼，门开一半。", "signed", urgency="urgent", public="加装电梯停在二楼"),
    P(YX, "lift", 31, "2 幢 B 梯关门时抖得厉害，老人不敢坐。", answer="换了门机皮带，维保改成半个月一次。", rating=(YES, 4), public="2 幢 B 梯关门抖动", who="hu", spot="2 幢 B 梯"),
    P(YX, "pipe", 28, "地下车库 C 区一下雨就积水，没过鞋面。", answer="排水沟清了，塌掉的一段管子换了。", rating=(YES, 5), public="地下车库 C 区积水"),
    P(YX, "noise", 25, "楼下健身房早上六点放音乐，床都在震。", answer="改成八点以后，音箱垫了减震。", rating=(YES, 4), secrecy=N),
    P(YX, "rubbish", 22, "装修垃圾堆在 3 幢侧门半个月了。", answer="联系清运公司拉走了，以后先交押金再堆。", rating=(YES, 4), public="装修垃圾堆了半个月"),
    P(YX, "fire", 19, "18 楼消防栓里没有水带，箱子是空的。", answer="全楼查了一遍，补了四条水带，箱门贴了封条。", rating=(YES, 5), public="18 楼消防栓没有水带", urgency="urgent"),
    P(YX, "leak", 17, "外墙水管漏水，顺着流到我家窗台，墙纸都起泡了。", answer="接头换了，淋水一小时不漏。", rating=(YES, 4)),
    P(YX, "parking", 13, "访客车停两小时收十块，牌子上没写价。", answer="价目牌装在道闸边上了，首小时免费。", rating=(SOME, 3), public="访客停车没有公示价格", late=True),
    P(YX, "service", 10, "保安拦外卖态度很凶，推了骑手一把。", "answered", answer="保安停岗学习三天，向骑手道了歉。", secrecy=N, against="邻安物业"),
    P(YX, "trees", 9, "中庭的银杏有一棵歪得厉害，下面是儿童滑梯。", "suspended", told="要请园林站的人来鉴定，约在下周", public="银杏树歪向儿童滑梯"),
    P(YX, "building", 8, "顶楼有人在露台上搭玻璃房，叮叮当当两个礼拜了。", "signed", secrecy=C, late=True),
    P(YX, "water", 5, "热水要放五分钟才来，水费白白交。", "waiting", told="请说一下是哪个阀门、什么时候方便上门", who="hu"),
    P(YX, "light", 2, "地下车库 B2 到电梯口一段全黑，手机照着走。", "dispatched", public="车库 B2 电梯口没有灯"),
    P(YX, "care", 1, "隔壁独居的老先生两天没开门，敲门没应，很担心。", "signed", urgency="emergency"),
    P(SQ, "pipe", 27, "化粪池盖子松了，踩上去会翘。", answer="换了防坠的盖子，围栏撤了。", rating=(YES, 5), public="化粪池盖子松动", urgency="urgent"),
    P(SQ, "light", 23, "2 幢楼道三楼到五楼的灯全不亮，声控的没反应。", answer="换了五个感应灯头。", rating=(YES, 5), public="2 幢楼道灯不亮"),
    P(SQ, "building", 14, "一楼院子搭了雨棚，把我家窗子挡了半边。", "refused", told="雨棚在产权院子里，没有超出红线，不属于违建；采光的纠纷可以请柳渡司法所调解，电话 555 0108"),
    P(SQ, "road", 7, "桥头下坡的防滑条磨平了，雨天老人推车下不来。", "signed", public="石桥头下坡防滑条磨平", spot="石桥头下坡"),
    P(SQ, "rubbish", 3, "河边台阶上有人倒鱼内脏，招苍蝇。", "accepted", public="河边台阶有人倒垃圾"),
    P(SQ, "policy", 2, "房子是单位分的，老人过世了，户口怎么迁？", "answered", answer="带户口本和医学证明到柳渡派出所户籍窗口，当天办；单位公房的承租人另外到房管站换。", result="explained"),
    P(Y1, "lift", 30, "二号梯困了我们三个人二十分钟，按铃没人接。", answer="对讲线断了，换了新线，值班室加了手机转接。", rating=(YES, 4), public="电梯困人时对讲没人接", urgency="urgent", spot="1 幢 2 号梯"),
    P(Y1, "fees", 26, "公共收益一年没公示，地下广告位租给谁了？", answer="账目贴在架空层，广告合同可以翻看。", rating=(NO, 2), public="公共收益没有公示", against="运河物业", late=True),
    P(Y1, "noise", 22, "广场舞音箱对着 3 幢，晚上九点半还在跳。", answer="和领队说好，八点半收，音箱朝河边。", rating=(YES, 5), public="广场舞音箱太响"),
    P(Y1, "charging", 18, "充电桩十个坏了六个，交了钱充不上。", answer="厂家换了四个主板，两个退了租金。", rating=(SOME, 3), public="充电桩坏了六个"),
    P(Y1, "pets", 15, "草地上都是狗屎，小孩打滚沾一身。", answer="装了三个拾便袋箱，保安看见就提醒。", result="unreached"),
    P(Y1, "fire", 12, "安全出口的门被锁链锁着，说是怕人乱进。", answer="锁链剪了，换成推杠锁，里面一推就开。", rating=(YES, 5), public="安全出口被锁", urgency="urgent", secrecy=N),
    P(Y1, "water", 6, "26 楼晚上停水到十点，水箱是不是坏了？", "replied", public="高层晚上停水", urgency="urgent"),
    P(Y1, "light", 3, "架空层的灯到半夜一点就灭，下夜班回来摸黑。", "dispatched", public="架空层的灯半夜就灭"),
    P(Y2, "leak", 28, "车库伸缩缝漏水，滴在车顶上一个个白点。", answer="伸缩缝做了注浆，挡水槽也装了。", rating=(SOME, 3), public="车库伸缩缝漏水", late=True),
    P(Y2, "parking", 24, "人防车位只租不卖，一年涨两次价。", answer="租价由开发商定，街道约谈过一次，今年不再涨。", result="explained", rating=(SOME, 2), against="运河物业"),
    P(Y2, "trees", 20, "新种的桂花死了一半，黄的一排。", answer="补种了十八棵，改成早晚浇水。", rating=(YES, 4), public="新种的桂花死了一半"),
    P(Y2, "rubbish", 16, "三十层的垃圾桶三天没收，走廊里都是味。", "withdrawn", told="已经收走了"),
    P(Y2, "lift", 9, "早高峰等电梯要十五分钟，两部里总有一部在修。", "signed", late=True, public="早高峰等电梯十五分钟"),
    P(Y2, "noise", 4, "工地夜里浇混凝土，灯照到卧室，整夜没睡。", "accepted", public="工地夜里施工"),
    P(DX, "water", 29, "二次供水水箱两年没洗，水里有红虫。", answer="水箱清洗消毒了，水样送检合格，报告贴在大堂。", rating=(YES, 5), public="水箱里有红虫", urgency="urgent"),
    P(DX, "lift", 21, "电梯里广告声音太大，关不掉。", answer="广告屏调成静音，晚上十点后熄屏。", rating=(YES, 4), public="电梯广告声音太大"),
    P(DX, "road", 17, "小区出口没有减速带，电瓶车冲出来差点撞到。", answer="装了橡胶减速带和一面凸面镜。", rating=(YES, 5), public="出口没有减速带"),
    P(DX, "fees", 8, "水电公摊一户六十多块，问了说是一直这样收。", "answered", answer="三个月的公摊明细贴出来了，路灯接错的表改回来，多收的退下月。", public="水电公摊收得不明不白"),
    P(DX, "care", 2, "妈妈 87 岁一个人住，能不能有人每天去看一眼？", "accepted", who="lu"),
    P(JC, "leak", 32, "三楼楼道屋顶渗水，石灰往下掉。", answer="屋面补了一块沥青，楼道刷白了。", rating=(SOME, 3), public="楼道屋顶渗水", late=True),
    P(JC, "pipe", 19, "院子里的下水井盖碎了一角，晚上看不见。", answer="换成球墨铸铁的，旁边那个也一起换了。", rating=(YES, 5), public="下水井盖碎了一角", spot="机厂院子井盖"),
    P(JC, "policy", 11, "厂里的老房子能不能加装电梯，找谁报名？", answer="能。一个单元三分之二以上同意就能报，表在丁香新村居委会，街道的补贴政策一起给您。", result="explained", rating=(YES, 5)),
    P(JC, "building", 6, "楼下车棚被人隔成小屋出租，晚上住人。", "signed", secrecy=C, urgency="urgent"),
    P(QZ, "road", 14, "柳渡路 218 弄口的盲道断了一截，被共享单车占满。", answer="盲道补好了，单车划了停放框，城管每天清两次。", rating=(YES, 4), public="弄口盲道断了一截", spot="218 弄口盲道"),
    P(QZ, "rubbish", 1, "菜场后门的泔水桶漏了一路，早上踩着过去的。", "submitted"),
    P(YH, "trees", 10, "滨河路的柳树垂到骑车人脸上，晚上看不见。", "answered", answer="修到两米五以上，沿河三百米都修了。", public="柳枝垂到车道"),
    P(DT, "noise", 7, "学校的喇叭对着居民楼，早上七点就放。", "returning", public="学校喇叭太早太响"),
]  # fmt: skip

# place, name, where, theme, metres east and north of the middle of the street
SPOTS = [
    (FJ, "北门步道灯", "5 幢北侧，第三根灯杆", "light", -230, 120),
    (YX, "2 幢 B 梯", "轿厢里按钮上方", "lift", 60, 210),
    (SQ, "石桥头下坡", "桥东头扶手上", "road", -160, -90),
    (Y1, "1 幢 2 号梯", "轿厢里按钮上方", "lift", 520, -60),
    (JC, "机厂院子井盖", "3 单元门口墙上", "pipe", -640, -300),
    (QZ, "218 弄口盲道", "弄口站牌背面", "road", -260, 60),
]
