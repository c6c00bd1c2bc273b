"""The closed sets of this app, and the tables over them. Pure: no ORM queries, no clock."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.states import Row, StateTable, register


class Role(models.TextChoices):
    """What a person is somewhere. The first four follow from residency, the others from posts."""

    UNVERIFIED = "unverified", _("居民（未认证）")
    MEMBER = "member", _("社区成员")  # lives or works in the community, without a home of his in the register
    RESIDENT = "resident", _("居民")
    OWNER = "owner", _("业主")
    OWNERS_COMMITTEE = "owners_committee", _("业委会")
    RESIDENTS_COMMITTEE = "residents_committee", _("居委会")
    SERVICE_STATION = "service_station", _("社区服务站")
    PROPERTY_COMPANY = "property_company", _("物业")
    STREET_OFFICE = "street_office", _("街道办")
    DISTRICT = "district", _("区")
    PROVIDER = "provider", _("商家")
    CALL_AGENT = "call_agent", _("热线坐席")
    MEDIATOR = "mediator", _("调解员")
    AUDITOR = "auditor", _("审计员")
    SITE_EDITOR = "site_editor", _("网站编辑")
    OPERATOR = "operator", _("运维员")


class BodyKind(models.TextChoices):
    DISTRICT = "district", _("区政府")
    DEPARTMENT = "department", _("部门")
    STREET_OFFICE = "street_office", _("街道办事处")
    RESIDENTS_COMMITTEE = "residents_committee", _("居民委员会")
    SERVICE_STATION = "service_station", _("社区服务站")
    OWNERS_COMMITTEE = "owners_committee", _("业主委员会")
    PROPERTY_COMPANY = "property_company", _("物业公司")
    SOCIAL_ORG = "social_org", _("社会组织")
    MERCHANT = "merchant", _("商家")


R, B = Role, BodyKind

# Which roles a body of a kind has to give. Editors and mediators serve in many bodies.
ROLES_OF_BODY: dict[BodyKind, frozenset[Role]] = {
    B.DISTRICT: frozenset({R.DISTRICT, R.OPERATOR, R.AUDITOR, R.CALL_AGENT, R.SITE_EDITOR}),
    B.DEPARTMENT: frozenset({R.DISTRICT, R.AUDITOR, R.MEDIATOR, R.SITE_EDITOR}),
    B.STREET_OFFICE: frozenset({R.STREET_OFFICE, R.CALL_AGENT, R.MEDIATOR, R.AUDITOR, R.SITE_EDITOR, R.OPERATOR}),
    B.RESIDENTS_COMMITTEE: frozenset({R.RESIDENTS_COMMITTEE, R.MEDIATOR, R.SITE_EDITOR}),
    B.SERVICE_STATION: frozenset({R.SERVICE_STATION, R.SITE_EDITOR}),
    B.OWNERS_COMMITTEE: frozenset({R.OWNERS_COMMITTEE, R.SITE_EDITOR}),
    B.PROPERTY_COMPANY: frozenset({R.PROPERTY_COMPANY}),
    B.SOCIAL_ORG: frozenset({R.SITE_EDITOR, R.MEDIATOR}),
    B.MERCHANT: frozenset({R.PROVIDER}),
}

_BELOW_STREET = frozenset(
    {R.RESIDENTS_COMMITTEE, R.SERVICE_STATION, R.OWNERS_COMMITTEE, R.PROPERTY_COMPANY, R.PROVIDER, R.MEDIATOR, R.SITE_EDITOR}
)
# Appointing authority (docs/why/0003): who may appoint whom, inside his own places and term, never himself.
# Only the head of a body appoints. Every row but OPERATOR's is strictly below its key or within the own body.
MAY_APPOINT: dict[Role, frozenset[Role]] = {
    R.OPERATOR: frozenset({R.DISTRICT, R.OPERATOR}),
    R.DISTRICT: _BELOW_STREET | {R.STREET_OFFICE, R.DISTRICT, R.AUDITOR, R.CALL_AGENT},
    R.STREET_OFFICE: _BELOW_STREET | {R.STREET_OFFICE, R.CALL_AGENT},
    R.RESIDENTS_COMMITTEE: frozenset({R.RESIDENTS_COMMITTEE, R.SITE_EDITOR, R.MEDIATOR}),
    R.SERVICE_STATION: frozenset({R.SERVICE_STATION}),
    R.OWNERS_COMMITTEE: frozenset({R.OWNERS_COMMITTEE}),
    R.PROPERTY_COMPANY: frozenset({R.PROPERTY_COMPANY}),
    R.PROVIDER: frozenset({R.PROVIDER}),
}
# A head may appoint these in his own body only; in the bodies below he appoints the others.
OWN_BODY_ONLY: dict[Role, frozenset[Role]] = {
    R.OPERATOR: frozenset({R.OPERATOR}),
    R.DISTRICT: frozenset({R.DISTRICT, R.AUDITOR}),
    R.STREET_OFFICE: frozenset({R.STREET_OFFICE}),
    R.RESIDENTS_COMMITTEE: frozenset({R.RESIDENTS_COMMITTEE, R.SITE_EDITOR, R.MEDIATOR}),
    R.SERVICE_STATION: frozenset({R.SERVICE_STATION}),
    R.OWNERS_COMMITTEE: frozenset({R.OWNERS_COMMITTEE}),
    R.PROPERTY_COMPANY: frozenset({R.PROPERTY_COMPANY}),
    R.PROVIDER: frozenset({R.PROVIDER}),
}


def may_appoint(*, acting: Role, is_head: bool, role: Role, same_body: bool) -> bool:
    """Whether a holder of the acting role may appoint (or dismiss) the role; place and term are checked beside it."""
    if not is_head or role not in MAY_APPOINT.get(acting, frozenset()):
        return False
    return same_body or role not in OWN_BODY_ONLY.get(acting, frozenset())


class ResidencyKind(models.TextChoices):
    """The first four are ties to a home; the others to a community, for the half of a city on nobody's list."""

    OWNER = "owner", _("产权人")
    CO_OWNER = "co_owner", _("共有产权人")
    TENANT = "tenant", _("租户")
    FAMILY = "family", _("家人同住")
    LIVES_HERE = "lives_here", _("住在这里，房子不在册")
    REGISTERED = "registered", _("住在这里，户口在外地")
    WORKS_HERE = "works_here", _("在这里上班")


OF_HOME = frozenset({ResidencyKind.OWNER, ResidencyKind.CO_OWNER, ResidencyKind.TENANT, ResidencyKind.FAMILY})
OWNING = frozenset({ResidencyKind.OWNER, ResidencyKind.CO_OWNER})
TENANCY_DAYS = 365  # a tenant confirms his stay every year where his contract names no earlier end


class ResidencyState(models.TextChoices):
    CLAIMED = "claimed", _("等核实")
    VERIFIED = "verified", _("已认证")
    REFUSED = "refused", _("没有通过")
    WITHDRAWN = "withdrawn", _("已撤回")
    EXPIRED = "expired", _("已到期")
    ENDED = "ended", _("已搬走")


class Proof(models.TextChoices):
    CODE = "code", _("入户码")
    IN_PERSON = "in_person", _("当面核实")
    ROLL = "roll", _("与名册一致")


S = ResidencyState
RESIDENCY = register(
    StateTable(
        "residency",
        S.CLAIMED,
        [
            Row(S.CLAIMED, "verify", S.VERIFIED, "residents_committee | code | roll", effects=("tell_verified",)),
            Row(S.CLAIMED, "refuse", S.REFUSED, "residents_committee", effects=("tell_refused",)),
            Row(S.CLAIMED, "withdraw", S.WITHDRAWN, "self", effects=("tell_withdrawn",)),
            Row(S.CLAIMED, "merge", S.WITHDRAWN, "two accounts became one, the other has it"),
            Row(S.VERIFIED, "merge", S.WITHDRAWN, "two accounts became one, the other has it"),
            Row(S.VERIFIED, "end", S.ENDED, "self | residents_committee", effects=("tell_ended",)),
            Row(S.VERIFIED, "expire", S.EXPIRED, "time", effects=("tell_ended",)),
            Row(S.VERIFIED, "renew", S.VERIFIED, "self | residents_committee"),
            Row(S.EXPIRED, "renew", S.CLAIMED, "self", effects=("tell_reopened",)),
            Row(S.REFUSED, "claim_again", S.CLAIMED, "self", effects=("tell_reopened",)),
        ],
        final=[S.WITHDRAWN, S.ENDED],
        states=S,
        says="A person's tie to a home or a community, from the claim to its end.",
    )
)


class MandateScope(models.TextChoices):
    """What may be done for another. A vote is never in it: proxies for votes are given vote by vote."""

    ALL = "all", _("各种事务，投票除外")
    REQUESTS = "requests", _("报修、投诉和提问")
    APPLICATIONS = "applications", _("办事申请")
    CARE = "care", _("照护和预约")
    ACCOUNT = "account", _("账号和住处")


class MandateHow(models.TextChoices):
    ONLINE = "online", _("本人在网上设的")
    IN_PERSON = "in_person", _("当面办的")
    PAPER = "paper", _("书面委托")
    PHONE = "phone", _("电话里复述确认")
    GUARDIAN = "guardian", _("监护人")


MANDATE_MAX_DAYS = 730


class RevealField(models.TextChoices):
    PHONE = "phone", _("手机号")
    EMAIL = "email", _("电子邮箱")
    LEGAL_NAME = "legal_name", _("真实姓名")
    BORN = "born", _("出生日期")


class RevealPurpose(models.TextChoices):
    """Why a sealed fact is looked at; the person reads it among those who looked."""

    CLAIM = "claim", _("核实住处")
    CONTACT = "contact", _("联系本人办事")
    IDENTITY = "identity", _("当面核对身份")
    CORRECTION = "correction", _("应本人要求更正资料")
    EMERGENCY = "emergency", _("紧急情况")
    OTHER = "other", _("其他，请写明")


REVEALS_A_DAY = 30  # more by one person are raised with the auditor (domain/trust.md section 4)
REVEAL_WORDS = 200

CODE_DAYS = 90  # how long a printed home code counts
CODE_USES = 8  # how many persons may claim with it
CODE_LENGTH = 12
OPEN_CLAIMS = 5  # how many claims one person may have waiting at once
CLAIM_DAYS = 3  # working days in which the committee decides
CLAIM_NOTE = 300
REASON_LENGTH = 200
ROLL_TRIES_A_DAY = 3


def roll_covers(*, listed: str, claimed: str) -> bool:
    """Whether a line of the roll proves a claim: rolls do not tell owners from co-owners, and do not list families."""
    return claimed == listed or claimed == ResidencyKind.FAMILY or (listed in OWNING and claimed in OWNING)


def code_settles(*, claimed: str, owned: bool) -> bool:
    """Whether a paper code alone verifies: the paper lies in the home, so a further owner is looked at by people."""
    return claimed in OF_HOME and not (claimed in OWNING and owned)


def kind_fits(kind: str, *, is_home: bool, is_community: bool) -> bool:
    """The first four kinds need a home, the others a community."""
    return is_home if kind in OF_HOME else is_community


class PostEnd(models.TextChoices):
    """Ends of posts that came with their body's; others are given in words."""

    CARRIED = "succession", _("单位变动，职务接续")
    NOT_CARRIED = "succession_end", _("单位变动，职务结束")
    BODY_ENDED = "body_ended", _("单位撤销")


MISSES_A_DAY = 40  # look-ups of persons that found nobody; more in a day are guesses
