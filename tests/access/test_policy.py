"""The policy itself, without a service: who may do what to whose."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voice_app.access import Actor, Rule, Subject, may, rule_for
from voice_app.access.policy import by_route
from voice_app.access.roles import EVERYONE, ROLES, STAFF
from voice_app.access.rules import BY_ROUTE, RULES

names = st.sampled_from([None, "one", "other"])
actors = st.builds(
    Actor,
    role=st.sampled_from(ROLES),
    center=names,
    account=names,
    owner_hash=names,
    is_fresh=st.booleans(),
)
subjects = st.builds(Subject, center=names, owner_hash=names, account=names)
rules = st.builds(
    Rule,
    route=st.sampled_from(["GET /x/{id}", "POST /x/{id}"]),
    who=st.frozensets(st.sampled_from(ROLES), min_size=1),
    scope=st.sampled_from(["own", "center", "any"]),
    about=st.just(""),
    needs_fresh=st.booleans(),
)


@settings(deadline=None)
@given(actors, rules, subjects)
def test_another_center_is_never_let_in(actor: Actor, rule: Rule, subject: Subject):
    if rule.scope == "center" and may(actor, rule, subject):
        assert actor.center is not None
        assert actor.center == subject.center


@settings(deadline=None)
@given(actors, rules, subjects)
def test_what_is_anothers_own_is_never_touched(actor: Actor, rule: Rule, subject: Subject):
    if rule.scope == "own" and may(actor, rule, subject):
        assert (actor.owner_hash == subject.owner_hash is not None) or (
            actor.account == subject.account is not None
        )


@settings(deadline=None)
@given(actors, rules, subjects)
def test_a_role_that_is_not_named_may_nothing(actor: Actor, rule: Rule, subject: Subject):
    assert not (may(actor, rule, subject) and actor.role not in rule.who)


@settings(deadline=None)
@given(actors, rules, subjects)
def test_what_needs_a_fresh_proof_is_not_done_without(actor: Actor, rule: Rule, subject: Subject):
    assert not (may(actor, rule, subject) and rule.needs_fresh and not actor.is_fresh)


@settings(deadline=None)
@given(actors, rules)
def test_nobodys_thing_is_only_touched_where_anybodys_is(actor: Actor, rule: Rule):
    assert not (may(actor, rule) and rule.scope != "any")


def test_two_rules_of_one_route_never_speak_of_the_same_role():
    twice = [Rule("GET /x", EVERYONE, "any", ""), Rule("GET /x", STAFF, "own", "")]
    with pytest.raises(ValueError, match="GET /x"):
        by_route(twice)


def test_each_role_finds_its_own_rule():
    apart = [
        Rule("GET /x", frozenset({"candidate"}), "own", ""),
        Rule("GET /x", frozenset({"assessor"}), "center", ""),
    ]
    assert [rule_for(apart, role) for role in ("candidate", "assessor", "owner")] == [
        apart[0],
        apart[1],
        None,
    ]


def test_staff_who_change_something_need_the_token_of_a_page():
    assert Rule("POST /x", STAFF, "center", "").needs_token
    assert not Rule("GET /x", STAFF, "center", "").needs_token
    assert not Rule("POST /x", EVERYONE, "any", "").needs_token


def test_an_operator_sees_nothing_of_candidates():
    # What anybody may open on a phone of their own is no candidate's: attempts are the phone's.
    theirs = [
        one.route
        for one in RULES
        if "operator" in one.who and not {"stranger"} & one.who and "candidate" in one.route
    ]
    assert theirs == []


# What hands out, destroys, takes back or opens to others what cannot be had back: by route.
_CANDIDATES_OWN = ("POST /me/file", "POST /me/voice", "POST /me/everything")
_STAFFS_OWN = (
    "POST /staff/security/password",
    "POST /staff/security/app",
    "GET /staff/security/app",
    "POST /staff/security/app/code",
    "POST /staff/security/recovery-codes",
    "POST /staff/security/passkeys/options",
    "POST /staff/security/passkeys",
    "POST /staff/security/passkeys/removal",
    "POST /staff/security/organization",
)
_OVER_OTHERS = (
    "POST /staff/people/invitations",
    "POST /staff/people/{account_id}/lock",
    "POST /staff/people/{account_id}/unlock",
    "POST /staff/people/{account_id}/reset",
    "POST /staff/candidates/{candidate_id}/card",
    "POST /staff/candidates/{candidate_id}/pictures",
    "POST /staff/candidates/{candidate_id}/link",
    "POST /staff/candidates/{candidate_id}/export",
    "POST /staff/candidates/{candidate_id}/erasure",
    "POST /staff/candidates/{candidate_id}/badges",
    "POST /staff/oversight/resume",
    "POST /staff/oversight/policy",
    "POST /staff/oversight/word",
)
# What staff may change without it, and why nothing is lost by it.
_LIGHT = {
    "POST /staff/sign-out": "ends something",
    "POST /staff/security/sign-ins/end": "ends something",
    "POST /staff/prove": "is the proof",
    "POST /staff/candidates": "enrolls somebody new, of whom nothing is kept yet",
    "POST /staff/candidates/{candidate_id}/code": (
        "opens on one device of the center, within ten minutes, for one of a queue of people"
    ),
    "POST /staff/candidates/{candidate_id}/corrections": "notes that a person looked",
    "POST /staff/devices": "a device opens nothing without a code",
    "POST /staff/devices/{device_id}/end": "ends something",
    "POST /staff/oversight/stop": "stops the machine, which has to be quick",
    "POST /staff/machine/stop": "stops the machine, which has to be quick",
    "POST /staff/oversight/attempts/{waiting_id}/items/{item}": "marks one answer after another",
    "POST /staff/promises/{appeal_seq}": "gives more points or leaves them, with a reason",
    "POST /staff/marking/{task_seq}": "marks one answer after another",
    "POST /staff/marking/{task_seq}/cannot": "marks one answer after another",
    "POST /staff/marking/{task_seq}/left-out": "costs nobody points, with a reason",
    "POST /staff/marking/{task_seq}/comments": "goes with one mark after another",
    "POST /staff/marking/leave": "what waits for a mark is a queue",
    "POST /staff/marking/undo": "takes back what nobody was told yet",
    "POST /staff/marking/people/conflicts": "keeps somebody from marking, or no longer",
    "POST /staff/marking/training/comments": "proposes a comment, which a coordinator reads",
    "POST /staff/marking/training/comments/{comment_seq}": "shares a comment or does not",
    "POST /staff/juries": "convenes people, of whom nothing is told yet",
    "POST /staff/juries/{jury_id}/links": "opens one seat of one jury, once",
    "POST /staff/juries/{jury_id}/seat": "opens one's own seat",
    "POST /staff/juries/{jury_id}/merge": "adds what a jury did, and is the same when done again",
    "PUT /staff/juries/{jury_id}/recordings/{utterance_id}": "adds what a jury recorded",
    "POST /staff/juries/{jury_id}/end": "ends something",
}


@pytest.mark.parametrize("route", [*_CANDIDATES_OWN, *_STAFFS_OWN, *_OVER_OTHERS])
def test_what_cannot_be_undone_needs_a_fresh_proof(route: str):
    rules = [one for one in BY_ROUTE[route] if one.who & (STAFF | {"candidate"})]
    if route in _CANDIDATES_OWN:
        rules = [one for one in rules if "candidate" in one.who]
    assert rules
    assert all(one.needs_fresh for one in rules)


def test_whatever_else_staff_change_is_named_with_its_reason():
    without = {
        one.route
        for one in RULES
        if one.who <= STAFF and not one.route.startswith("GET ") and not one.needs_fresh
    }
    assert without == _LIGHT.keys()


def test_a_phone_without_a_sign_in_has_no_more_to_prove():
    for route in _CANDIDATES_OWN:
        rule = rule_for(BY_ROUTE[route], "stranger")
        assert rule is not None
        assert not rule.needs_fresh


def test_keys_have_no_route_at_all():
    private = [one.route for one in RULES if "key" in one.route and "passkey" not in one.route]
    assert private == ["GET /keys/{key_id}.json"]


def test_every_rule_says_what_its_route_does():
    assert all(one.about and one.who and " " in one.route for one in RULES)
    assert sum(len(rules) for rules in BY_ROUTE.values()) == len(RULES)
