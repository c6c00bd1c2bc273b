"""What authors and those who report pictures are told."""

from django.utils.translation import gettext_lazy as _

from linli.messaging.api import Channel, Group, Template, register

_SAMPLE = {"title": _("三月的河边"), "site": _("青砖里社区"), "reason": _("照片里看得清别人家的门牌")}
for _one in (
    Template(
        key="blog.withdrawn", group=Group.AFFAIRS, title=_("您的博客被撤下了"),
        text=_("您在%(site)s写的《%(title)s》被撤下了，原因：%(reason)s。文章还在您的“我写的”里。"),
        sms=_("您在%(site)s写的《%(title)s》被撤下了，登录后看原因。"),
        channels=(Channel.EMAIL,), link="portal:blog_mine", link_label=_("看我写的"), sample=_SAMPLE,
    ),
    Template(
        key="album.withdrawn", group=Group.AFFAIRS, title=_("您的相册被撤下了"),
        text=_("您在%(site)s的相册《%(title)s》被撤下了，原因：%(reason)s。图片已经删除。"),
        sms=_("您在%(site)s的相册《%(title)s》被撤下了，登录后看原因。"), channels=(Channel.EMAIL,), sample=_SAMPLE,
    ),
    Template(
        key="album.picture", group=Group.AFFAIRS, title=_("您相册里的一张图片被撤下了"),
        text=_("您在%(site)s的相册《%(title)s》里有一张图片被撤下了，原因：%(reason)s。其余的都在。"),
        sms=_("您的相册《%(title)s》里有一张图片被撤下了，登录后看原因。"), channels=(Channel.EMAIL,), sample=_SAMPLE,
    ),
    Template(
        key="picture_report.remove", group=Group.AFFAIRS, title=_("您报的图片撤下了"),
        text=_("相册《%(title)s》里您报的那张图片已经撤下。回复：%(answer)s"),
        sms=_("相册《%(title)s》里您报的图片已经撤下。"), channels=(Channel.EMAIL,),
        sample={"title": _("三月的河边"), "answer": _("看得清门牌，已撤下")},
    ),
    Template(
        key="picture_report.keep", group=Group.AFFAIRS, title=_("您报的图片留着了"),
        text=_("相册《%(title)s》里您报的那张图片看过了，留着。回复：%(answer)s"),
        sms=_("相册《%(title)s》里您报的图片看过了，留着。"), channels=(Channel.EMAIL,),
        sample={"title": _("三月的河边"), "answer": _("照的是公共花坛，没有人")},
    ),
):  # fmt: skip
    register(_one)
