"""The door of people and policy."""

from .access import needs, public, require, signed_in
from .account_export import include as include_in_export
from .account_export import leave_out as leave_out_of_export
from .account_rules import Try
from .account_words import register as register_audit_words
from .actions.card import issue_card
from .actions.divisions import ensure_district_body, import_divisions
from .actions.factor import reset_factor_of, reset_second_factor
from .actions.finding import find_person
from .actions.groups import end_group, found_group, rename_group
from .actions.merge import merge_accounts
from .actions.signin_limits import TooMany, count_try, refuse_if_full
from .actions.signin_links import create_administrator, make_signin_link
from .address import client_address
from .claim_clock import bring as bring_claim_clock
from .models import Body, BodyPlace, Identifier, Mandate, Person, Post, Residency
from .offices import ABOVE, bodies_serving, nearest_body, next_above, posts_of
from .permissions import P
from .policy import Actor, holds, load_holdings, load_stays, may, may_anywhere, register
from .queries.holders import nearest_holders
from .queries.homes import Occupancy, occupancy
from .queries.residency import place_name
from .rules import BodyKind, MandateScope, Proof, ResidencyKind, ResidencyState, Role
from .scopes import oneself, within
from .sessions import sign_in_without_stages

__all__ = [
    "ABOVE",
    "Actor",
    "Body",
    "BodyKind",
    "BodyPlace",
    "Identifier",
    "Mandate",
    "MandateScope",
    "Occupancy",
    "P",
    "Person",
    "Post",
    "Proof",
    "Residency",
    "ResidencyKind",
    "ResidencyState",
    "Role",
    "TooMany",
    "Try",
    "bodies_serving",
    "bring_claim_clock",
    "client_address",
    "count_try",
    "create_administrator",
    "end_group",
    "ensure_district_body",
    "find_person",
    "found_group",
    "holds",
    "import_divisions",
    "include_in_export",
    "issue_card",
    "leave_out_of_export",
    "load_holdings",
    "load_stays",
    "make_signin_link",
    "may",
    "may_anywhere",
    "merge_accounts",
    "nearest_body",
    "nearest_holders",
    "needs",
    "next_above",
    "occupancy",
    "oneself",
    "place_name",
    "posts_of",
    "public",
    "refuse_if_full",
    "register",
    "register_audit_words",
    "rename_group",
    "require",
    "reset_factor_of",
    "reset_second_factor",
    "sign_in_without_stages",
    "signed_in",
    "within",
]  # fmt: skip
