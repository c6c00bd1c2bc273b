"""`{% load site_head %}`: what the head of a public page says to those who pass its address on."""

from django import template
from django.urls import reverse

from linli.sites.addresses import absolute
from linli.sites.frame import local_of

register = template.Library()


@register.inclusion_tag("sites/parts/og.html", takes_context=True)
def og(context, title="", description="", image="", kind="website"):
    """`{% og title=… description=… image=… %}`: the canonical address and Open Graph. `image` is a path of ours."""
    request = context["request"]
    site = local_of(request)
    page = request.GET.get("page", "")
    path = f"{request.path}?page={page}" if page.isdigit() and page != "1" else request.path
    return {
        "title": title or (site.name if site else ""), "description": description, "kind": kind, "url": absolute(path, site),
        "image": absolute(image, site) if image else "", "name": site.name if site else "",
    }  # fmt: skip


@register.inclusion_tag("sites/parts/feed.html", takes_context=True)
def feed(context, route, *args):
    """`{% feed "portal:blog_feed" site.slug %}`: the page's feed, for readers to find."""
    return {"url": reverse(route, args=args), "site": local_of(context["request"])}
