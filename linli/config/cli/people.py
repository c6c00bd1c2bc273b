"""`linli people`: what must work before anybody can sign in."""

import argparse

from . import setup, show

HELP = "人员：一次性登录链接 · people: one-time sign-in links, lost second factors"


def add(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="people_command", metavar="COMMAND", required=True)
    link = commands.add_parser("link", help="给这个手机号的人一个 24 小时内有效的登录链接 · a sign-in link for 24 hours")
    link.add_argument("phone", metavar="PHONE")
    reset = commands.add_parser("reset-factor", help="取下丢了的第二重验证，告诉本人 · take a lost second factor away")
    reset.add_argument("phone", metavar="PHONE")
    reset.add_argument("--reason", required=True, help="为什么，本人会看到 · why; the person reads it")


def run(args: argparse.Namespace) -> None:
    setup.instance_django()
    from linli.common import clock
    from linli.people import api

    if args.people_command == "reset-factor":
        show.say(api.reset_factor_of(args.phone, reason=args.reason, now=clock.now()))
    else:
        show.say(api.make_signin_link(args.phone, now=clock.now()))
