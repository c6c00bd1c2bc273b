"""Service items of 柳渡街道, all of them invented: conditions, sums and limits are examples and say so on their pages."""

from __future__ import annotations

from dataclasses import dataclass, field

from linli.services.api import (
    Amount,
    Audience,
    Basis,
    Condition,
    Depth,
    Faq,
    Form,
    Kind,
    Level,
    LifeEvent,
    Material,
    Pace,
    Question,
    Result,
    Source,
    Special,
    Step,
)

A, E, K, L, R = Audience, LifeEvent, Kind, Level, Result
WHO = Question("who", "谁来办？", ("本人来", "家人代办"))
PROXY = Material("m9", "代办人身份证", form=Form.ORIGINAL, when=("who=家人代办",))
CARD = Material("m1", "身份证", source=Source.BASE)
BOOK = Material("m2", "户口簿", source=Source.BASE)
BANK = Material("m3", "本人银行卡", form=Form.COPY)


@dataclass(frozen=True)
class Example:
    """An item of the demo. `code` is of the shape of a basic code, with a region (99) that no province has."""

    code: str
    name: str
    lead: str
    kind: Kind
    level: Level
    audiences: tuple[Audience, ...]
    events: tuple[LifeEvent, ...]
    result: tuple[Result, str]
    conditions: tuple[str | Condition, ...]
    materials: tuple[Material, ...]
    steps: tuple[Step, ...]
    law: tuple[str, str]
    days: int = 0  # working days promised; 0: at once
    legal: int = 0
    visits: int = 1
    also: tuple[str, ...] = ()
    amounts: tuple[tuple[str, str], ...] = ()
    questions: tuple[Question, ...] = ()
    faqs: tuple[tuple[str, str], ...] = ()
    home_visit: bool = False
    errand: bool = True
    depth: Depth = Depth.ASK
    fee: tuple[int, str] = (0, "")
    valid: int = 0
    verified: int = 20  # days ago
    where: str = "街道"  # 街道 or 社区
    more: dict[str, str] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, object]:
        """As fields of a version's document."""
        return {
            "name": self.name, "lead": self.lead, "also": self.also, "kind": self.kind, "level": self.level,
            "audiences": self.audiences, "events": self.events,
            "pace": Pace.PROMISED if self.days else Pace.AT_ONCE, "promised_amount": self.days, "legal_amount": self.legal,
            "visits": self.visits, "depth": self.depth, "errand": self.errand, "home_visit": self.home_visit,
            "fee": self.fee[0], "fee_basis": self.fee[1], "result": self.result[0], "result_name": self.result[1], "result_days": self.valid,
            "conditions": tuple(row if isinstance(row, Condition) else Condition(row) for row in self.conditions),
            "amounts": tuple(Amount(*row) for row in self.amounts), "questions": self.questions, "materials": self.materials,
            "steps": self.steps, "bases": (Basis(*self.law),), "faqs": tuple(Faq(*row) for row in self.faqs), **self.more,
        }  # fmt: skip


TAKE = Step("受理", "窗口当场看材料，缺什么一次说清")
CHECK = Step("街道审核", "和库里的记录核对", 3)
PAY = Step("发到卡上", "次月 15 日前到账，短信告诉您", special=Special.PAYMENT, counted=False)
NOTICE = Step("公示", "社区公告栏和网站，只写姓和楼号", 7, special=Special.PUBLISH, unit="natural-day", counted=False)
LOOK = Step("上门看", "约好时间，两个人一起来", 3, special=Special.VISIT)

ALLOWANCES = (
    Example("990500001001", "高龄津贴申领", "户口在本市、年满 80 周岁的老人，每月领一笔。办一次，长期有效。", K.BENEFIT, L.DISTRICT,
        (A.OLD,), (E.RETIRE,), (R.PAYMENT, "每月津贴，打到卡上"), ("年满 80 周岁，从满 80 岁的当月算起", "户口在本市，人在外地也可以", "没有在别处领同类津贴"),
        (CARD, BOOK, BANK, PROXY), (TAKE, CHECK, PAY), ("《市老年人优待办法》（示例）", "第十一条", "2024-01-01"), 5, 20, also=("老人津贴", "八十岁补贴"),
        amounts=(("80—89 岁", "每月 100 元"), ("90—99 岁", "每月 200 元"), ("100 岁起", "每月 600 元")), questions=(WHO,), home_visit=True, depth=Depth.WHOLE,
        faqs=(("老人自己来不了怎么办？", "家人可以代办，也可以请社区上门，十几分钟办完。"), ("晚办了几个月，能补吗？", "能。从满 80 岁的当月补起，最多补 12 个月。")), visits=0, where="社区"),
    Example("990500002001", "尊老金申领", "70 周岁以上、没有退休金的老人，每季度领一次。", K.BENEFIT, L.STREET, (A.OLD,), (E.RETIRE, E.HARDSHIP), (R.PAYMENT, "每季度一笔，打到卡上"),
        ("年满 70 周岁", "户口在柳渡街道满 3 年", "没有退休金，也没有领高龄津贴"), (CARD, BOOK, BANK, PROXY), (TAKE, CHECK, PAY), ("《柳渡街道敬老办法》（示例）", "第四条", "2025-03-01"), 7, 20,
        amounts=(("70—74 岁", "每季度 90 元"), ("75—79 岁", "每季度 150 元")), questions=(WHO,), home_visit=True, where="社区"),
    Example("990500003001", "残疾人两项补贴", "困难残疾人领生活补贴，重度残疾人领护理补贴，两样都符合就都能领。", K.BENEFIT, L.DISTRICT, (A.DISABLED,), (E.DISABLED, E.HARDSHIP), (R.PAYMENT, "每月补贴，打到卡上"),
        ("有残疾人证", Condition("家里在吃低保", ("kind=生活补贴",)), Condition("残疾等级是一级或二级", ("kind=护理补贴",))),
        (Material("m4", "残疾人证", source=Source.BASE), CARD, BANK, Material("m5", "低保证", source=Source.AGENCY, where="区民政局", when=("kind=生活补贴",)), PROXY),
        (TAKE, CHECK, Step("区残联复核", "", 5), PAY), ("《残疾人两项补贴管理办法》（示例）", "第六条", "2023-07-01"), 10, 30, also=("残疾补贴", "护理补贴"),
        amounts=(("生活补贴", "每月 120 元"), ("护理补贴", "每月 150 元")), questions=(Question("kind", "申请哪一项？", ("生活补贴", "护理补贴")), WHO), home_visit=True, depth=Depth.APPLY, where="社区"),
    Example("990500004001", "临时救助", "突然遇到大事，眼下过不去：生大病、着火、家里顶梁柱倒下，可以先领一笔急用。", K.BENEFIT, L.STREET, (A.POOR, A.ANYBODY), (E.HARDSHIP, E.ILL), (R.PAYMENT, "一次性救助金"),
        ("家里突然遇到困难，自己一时解决不了", "住在柳渡街道，户口不在本地也能申请"), (CARD, Material("m6", "能说明困难的材料", form=Form.COPY, where="病历、缴费单、证明都行", promise=True), BANK),
        (TAKE, LOOK, Step("街道决定", "急的先发钱后补手续", 2), PAY), ("《社会救助暂行办法》（示例）", "第四十七条", "2014-05-01"), 5, 10, also=("救急", "困难补助"),
        amounts=(("一般情况", "1000—3000 元"), ("特别困难", "最多 10000 元，区里定")), home_visit=True, faqs=(("外地户口能申请吗？", "能。住在这里，就在这里申请。"),), where="社区"),
    Example("990500005001", "低保初审", "家里每人每月的收入低于标准，可以申请最低生活保障。", K.BENEFIT, L.DISTRICT, (A.POOR,), (E.HARDSHIP,), (R.DECISION, "批或不批的书面决定"),
        ("一家人每人每月收入不到 1200 元", "没有第二套房，没有十万元以上的车和存款", "户口在本市"),
        (CARD, BOOK, Material("m7", "收入和财产核对授权书", form=Form.FORM, where="窗口有，签字就行"), Material("m8", "收入证明", form=Form.ORIGINAL, where="单位开；没有单位的写承诺书", valid_days=30, promise=True), BANK),
        (TAKE, Step("收入和财产核对", "系统里查，不用您跑", 7), LOOK, NOTICE, Step("区民政局审批", "", 5)), ("《最低生活保障审核确认办法》（示例）", "第十二条", "2021-07-01"), 20, 30, also=("低保", "困难户"), home_visit=True, where="社区",
        faqs=(("公示会写什么？", "只写姓、楼号和几口人，贴 7 天。"),)),
    Example("990500006001", "特困供养申请", "没有劳动能力、没有收入、没有人养的老人、残疾人和孩子，由政府供养。", K.BENEFIT, L.DISTRICT, (A.OLD, A.DISABLED), (E.HARDSHIP, E.RETIRE), (R.DECISION, "供养决定，从批下当月起"),
        ("年满 60 周岁，或重度残疾，或不满 18 周岁", "没有收入来源", "没有能养他的家人"), (CARD, BOOK, Material("m7", "收入和财产核对授权书", form=Form.FORM, where="上门时签"), Material("m4", "残疾人证", source=Source.BASE)),
        (Step("社区替他提出", "自己说不了的，居委会代为申请"), LOOK, Step("生活能力评估", "", 5, special=Special.EXPERTS), NOTICE, Step("区民政局审批", "", 5)), ("《特困人员认定办法》（示例）", "第九条", "2021-04-26"), 20, 30, also=("五保", "三无老人"), home_visit=True, where="社区"),
    Example("990500007001", "居家养老服务补贴", "失能、独居或困难的老人，每月有一张服务券，请人来家里做饭、擦身、打扫。", K.BENEFIT, L.STREET, (A.OLD,), (E.RETIRE, E.ILL), (R.PAYMENT, "每月服务券，不能换钱"),
        ("年满 60 周岁，住在柳渡街道", "评估为轻度失能以上，或者 80 岁以上独居"), (CARD, Material("m11", "病历", form=Form.COPY, where="最近一次看病的，没有也行", promise=True), PROXY),
        (TAKE, Step("能力评估", "评估员到家里，半小时", 5, special=Special.EXPERTS), Step("街道定等级", "", 2), Step("选服务商", "自己挑，不满意随时换")), ("《柳渡街道居家养老办法》（示例）", "第七条", "2025-01-01"), 10, 20, also=("助老券", "上门照顾"),
        amounts=(("轻度失能", "每月 300 元"), ("中度失能", "每月 600 元"), ("重度失能", "每月 900 元")), questions=(WHO,), home_visit=True, where="社区", verified=200),
    Example("990500008001", "独生子女父母奖励扶助", "独生子女的父母，女满 55 岁、男满 60 岁起，每月领奖励金。", K.BENEFIT, L.DISTRICT, (A.OLD, A.FAMILY), (E.RETIRE,), (R.PAYMENT, "每月奖励金，打到卡上"),
        ("只生过或收养过一个孩子", "女满 55 周岁，男满 60 周岁", "户口在本市"), (CARD, BOOK, Material("m12", "独生子女证", form=Form.COPY, where="丢了也能办，签承诺书", promise=True), BANK),
        (TAKE, CHECK, NOTICE, PAY), ("《市人口与计划生育条例》（示例）", "第二十六条", "2022-01-01"), 15, 30, also=("独生子女费", "计生奖励"), amounts=(("父母各", "每月 100 元"),), where="社区"),
)  # fmt: skip
