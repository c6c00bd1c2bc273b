"""More service items of the invented street: registers, advice, permits, volunteers."""

from __future__ import annotations

from linli.services.api import (
    Audience,
    Condition,
    Depth,
    Form,
    Kind,
    Level,
    LifeEvent,
    Material,
    Question,
    Result,
    Source,
    Special,
    Step,
)

from .services_texts import BOOK, CARD, CHECK, PROXY, TAKE, WHO, Example

A, E, K, L, R = Audience, LifeEvent, Kind, Level, Result
HOME = Question("home", "住的是谁的房？", ("自己的", "租的", "单位的"))
LEASE = Material("m20", "租房合同", form=Form.BOTH, when=("home=租的",))
DORM = Material("m21", "单位住宿证明", form=Form.ORIGINAL, where="单位盖章", valid_days=30, when=("home=单位的",))
DEED = Material("m22", "房产证", source=Source.BASE, when=("home=自己的",))
DESK = Step("窗口办", "当场办完，当场拿走")
ASK = Step("来问或打电话", "听您说完，一条条讲清")

REGISTERS = (
    Example("990700001001", "居住证申领", "外地户口在这里住满半年、有工作或住处，可以领居住证，凭证孩子上学、看病、买车。", K.CONFIRM, L.DISTRICT, (A.NEWCOMER, A.TENANT), (E.MOVE, E.RENT, E.SCHOOL), (R.CERTIFICATE, "居住证"),
        ("户口不在本市", "登记居住满半年", "有稳定的工作、住处，或者在上学，占一样就行"), (CARD, Material("m23", "一寸照片", copies=2, where="窗口能拍，不收钱"), DEED, LEASE, DORM, PROXY),
        (TAKE, Step("派出所核实", "", 5), Step("制证", "区里统一做", 5), Step("领证", "寄到家或到窗口拿")), ("《居住证暂行条例》（示例）", "第九条", "2016-01-01"), 15, 15, also=("暂住证",), questions=(HOME, WHO), depth=Depth.APPLY, valid=365,
        faqs=(("快到期了怎么办？", "到期前一个月来签注，一年一次，当场办完。"), ("搬家了要重办吗？", "不用，改一下住址，当场办完。")), more={"result_sample": "一张卡，正面有照片和住址"}),
    Example("990700002001", "流动人口居住登记", "搬来住三天以上，登记一下，就能在这里办别的事。", K.CONFIRM, L.COMMUNITY, (A.NEWCOMER, A.TENANT), (E.MOVE, E.RENT), (R.RECORD, "登记好了，给一张回执"),
        ("户口不在本区，搬来住三天以上",), (CARD, DEED, LEASE, DORM), (DESK,), ("《市流动人口服务管理规定》（示例）", "第八条", "2020-06-01"), also=("暂住登记", "居住登记"), questions=(HOME,), home_visit=True, depth=Depth.WHOLE, visits=0, where="社区"),
    Example("991000001001", "租房合同备案", "房东和租客签了合同，来备个案，以后办居住证、提公积金都用得上。", K.OTHER, L.STREET, (A.TENANT,), (E.RENT, E.MOVE), (R.RECORD, "备案证明"),
        ("房子能出租：不是违章建筑，不隔断群租", "房东或租客来一个就行"), (Material("m24", "租房合同", form=Form.ORIGINAL), CARD, Material("m22", "房产证", source=Source.AGENCY, where="不动产登记中心")),
        (DESK,), ("《商品房屋租赁管理办法》（示例）", "第十四条", "2011-02-01"), also=("房屋租赁备案",), depth=Depth.WHOLE, visits=0),
    Example("990700003001", "公租房资格初审", "没有房子、收入不高的家庭，先在这里初审，合格了排队等公租房。", K.CONFIRM, L.DISTRICT, (A.POOR, A.NEWCOMER), (E.RENT, E.HARDSHIP), (R.DECISION, "初审意见，合格的进排队名单"),
        (Condition("户口在本市，人均住房不到 15 平方米", ("hukou=本市",)), Condition("有居住证，缴社保满 2 年", ("hukou=外地",)), "家里人均月收入不到 4200 元", "没有在别处住保障房"),
        (CARD, BOOK, Material("m25", "收入证明", where="单位开", valid_days=30), Material("m26", "住房情况", source=Source.AGENCY, where="不动产登记中心"), Material("m27", "居住证", source=Source.BASE, when=("hukou=外地",))),
        (TAKE, CHECK, Step("公示", "公告栏和网站", 5, special=Special.PUBLISH, counted=False), Step("区住建局复核", "", 5)), ("《公共租赁住房管理办法》（示例）", "第七条", "2012-07-15"), 15, 30, also=("廉租房",), questions=(Question("hukou", "户口在哪里？", ("本市", "外地")),), depth=Depth.APPLY),
    Example("990700004001", "生育登记", "怀孕了来登记一下，不审批，生几个都登记。", K.CONFIRM, L.STREET, (A.FAMILY,), (E.BIRTH,), (R.RECORD, "生育登记单，手机里也有"),
        ("夫妻一方的户口或住处在柳渡街道",), (CARD, Material("m28", "结婚证", source=Source.BASE)), (DESK,), ("《市生育登记服务办法》（示例）", "第三条", "2022-10-01"), also=("准生证", "生育服务证"), depth=Depth.WHOLE, visits=0, home_visit=True,
        faqs=(("没结婚能登记吗？", "能，带身份证和产检本来就行。"), ("生完了再办来得及吗？", "来得及，生后三个月内补办。"))),
    Example("990700005001", "老年人优待证", "60 岁以上的老人，坐公交、逛公园、看病挂号有优待。", K.CONFIRM, L.STREET, (A.OLD,), (E.RETIRE,), (R.CERTIFICATE, "优待证，当场拿"),
        ("年满 60 周岁，户口在哪里都行",), (CARD, Material("m23", "一寸照片", copies=1, where="窗口能拍，不收钱"), PROXY), (DESK,), ("《市老年人优待办法》（示例）", "第五条", "2024-01-01"), also=("老年证", "老人卡"), questions=(WHO,), home_visit=True, where="社区"),
    Example("990100001001", "养犬登记", "养狗要登记，打过疫苗就能办，一年一次年检。", K.PERMIT, L.DISTRICT, (A.ANYBODY,), (E.PET,), (R.CERTIFICATE, "养犬证和狗牌"),
        ("一户一只，不是禁养的品种", "狗打过狂犬疫苗", "楼里没有人反对，或者反对的理由不成立"), (CARD, Material("m29", "免疫证", form=Form.BOTH, where="宠物医院开", valid_days=365), Material("m30", "狗的照片", copies=2, where="手机拍的就行"), DEED, LEASE),
        (TAKE, Step("问楼里的邻居", "居委会问", 2), Step("派出所发证", "")), ("《市养犬管理条例》（示例）", "第十条", "2021-05-01"), 5, 10, also=("狗证", "办狗证"), questions=(Question("home", "住的是谁的房？", ("自己的", "租的")),), fee=(30000, "《市养犬管理条例》（示例）第十二条"), valid=365,
        faqs=(("绝育的狗有优惠吗？", "有，带绝育证明，收一半。"),)),
    Example("990700006001", "失业登记", "没工作的人来登记，领失业金、找工作、免费培训都从这里开始。", K.CONFIRM, L.STREET, (A.JOBLESS,), (E.WORK, E.HARDSHIP), (R.RECORD, "登记好了，当天能领失业金的告诉您"),
        ("16 到 60 周岁，能工作、想工作，现在没有工作",), (CARD, Material("m31", "解除劳动合同证明", form=Form.COPY, where="原单位开；没有的写承诺书", promise=True)), (DESK,), ("《就业服务与就业管理规定》（示例）", "第六十三条", "2008-01-01"), also=("待业登记", "失业金"), depth=Depth.WHOLE, visits=0, verified=195),
    Example("990700007001", "居民医保参保", "没有单位缴医保的人，老人、孩子、自由职业，都在这里参保。", K.CONFIRM, L.STREET, (A.ANYBODY, A.OLD, A.FAMILY), (E.ILL, E.BIRTH, E.MOVE), (R.RECORD, "参保登记好了，缴费后次月能用"),
        ("没有参加职工医保", Condition("出生 90 天以内，当年免缴", ("who=刚出生的孩子",))), (CARD, BOOK, Material("m32", "出生证", form=Form.COPY, when=("who=刚出生的孩子",)), Material("m27", "居住证", source=Source.BASE, when=("who=外地来的",))),
        (DESK, Step("缴费", "手机或银行，每年 9—12 月", special=Special.PAYMENT, counted=False)), ("《市城乡居民基本医疗保险办法》（示例）", "第六条", "2019-01-01"), also=("医保", "医疗保险"), questions=(Question("who", "给谁参保？", ("本地的大人", "刚出生的孩子", "外地来的")),), amounts=(("18 岁以下", "每年 240 元"), ("60 岁以上", "每年 300 元"), ("其他人", "每年 400 元")), depth=Depth.WHOLE, visits=0),
    Example("992000001001", "社保政策咨询", "退休早几年晚几年、断缴了怎么补、转移怎么办，算给您听。", K.SERVICE, L.STREET, (A.ANYBODY,), (E.RETIRE, E.WORK), (R.ADVICE, "当场讲清，要书面的也给"),
        ("谁都能问，不登记姓名",), (Material("m1", "身份证", form=Form.ORIGINAL, where="只问政策不用带；要查自己的记录才带", when=("what=查我自己的",)),), (ASK,), ("《社会保险法》（示例）", "第七十四条", "2011-07-01"), also=("社保", "养老金"), questions=(Question("what", "想问什么？", ("问政策", "查我自己的")),), depth=Depth.ASK, visits=0),
    Example("992000002001", "义务教育入学咨询", "孩子上哪个学校、要准备什么、几月报名，按您的地址查给您看。", K.SERVICE, L.COMMUNITY, (A.FAMILY, A.NEWCOMER), (E.SCHOOL, E.MOVE), (R.ADVICE, "学区、时间、材料一张单子"),
        ("孩子当年满 6 周岁，或者要转学",), (CARD, DEED, LEASE), (ASK,), ("《义务教育法》（示例）", "第十二条", "2006-09-01"), also=("上小学", "学区"), questions=(Question("home", "住的是谁的房？", ("自己的", "租的")),), visits=0, where="社区",
        faqs=(("租房子能上学吗？", "能。有居住证和备案的租房合同，由区里统筹安排。"),)),
    Example("992000003001", "老年人意外伤害保险", "60 岁以上的老人，摔一跤、烫一下，看病的钱有保险赔一部分。", K.SERVICE, L.STREET, (A.OLD,), (E.RETIRE, E.ILL), (R.RECORD, "保单，手机里能看"),
        ("年满 60 周岁，住在柳渡街道", "低保和特困老人由街道替他买"), (CARD, PROXY), (TAKE, Step("保险公司出单", "", 3)), ("《市老年人意外保险实施方案》（示例）", "第二条", "2025-03-01"), 3, 0, also=("银龄险", "老人保险"), questions=(WHO,), fee=(3000, "自愿参加，保险公司报价（示例）"), valid=365, where="社区"),
    Example("992000004001", "志愿者注册", "想帮邻居、想护河、想陪老人聊天，注册一下，时间都给您记着。", K.SERVICE, L.COMMUNITY, (A.ANYBODY,), (E.HELP,), (R.RECORD, "志愿者编号，时间银行开户"),
        ("年满 14 周岁，未成年人要家长同意",), (CARD, Material("m33", "家长同意书", form=Form.FORM, where="窗口有，家长签字", when=("age=不到 18 岁",))), (DESK, Step("听一次课", "一小时，每周六下午", counted=False)), ("《志愿服务条例》（示例）", "第七条", "2017-12-01"), also=("义工", "做好事"), questions=(Question("age", "多大了？", ("18 岁以上", "不到 18 岁")),), depth=Depth.WHOLE, visits=0, where="社区"),
)  # fmt: skip
