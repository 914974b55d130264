"""The documents say what was set and what the code does; what they name is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tests.documents.conftest import CENTER, Making
from voice_app.access.rules import RULES
from voice_app.cli import voice_app
from voice_app.documents import documents
from voice_app.documents.pages import page
from voice_app.documents.writing import ANNEXES, INDEX, NAMES
from voice_app.oversight import DEFAULT
from voice_app.scoring.costs import COSTS
from voice_app.settings import Settings

DOCS = Path(__file__).parents[2] / "docs" / "documents.md"
_COMMAND = re.compile(r"`voice-app ([a-z]+)((?: [a-z]+)?)([^`]*)`")
_OPTION = re.compile(r"--[a-z][a-z-]+")
# Not used of people and their attempts in this house; "decision" and "mark" are.
_FOREIGN = re.compile(r"\b(users?|students?|quiz(?:zes)?|grades?)\b", re.IGNORECASE)
_MARK = re.compile(r"\*\*\[FILL IN (\d+): ")


def texts(facts_with: Making, **other: object) -> dict[str, str]:
    return {one.name: one.markdown for one in documents(facts_with(**other))}


def test_there_is_every_document_once(facts_with: Making):
    made = [one.name for one in documents(facts_with())]
    assert made == [INDEX, *NAMES, *ANNEXES]
    assert len({one.title for one in documents(facts_with())}) == len(made)


def test_open_places_are_counted_marked_and_listed(facts_with: Making):
    index, *made = documents(facts_with())
    for one in made:
        numbers = [int(found) for found in _MARK.findall(one.markdown)]
        assert numbers == list(range(1, len(one.blanks) + 1)), one.name
        assert page(one.title, one.markdown).count("<mark") == len(one.blanks)
        if one.name in NAMES:
            assert one.blanks
            assert f"**{len(one.blanks)} places are left" in one.markdown
            assert f"`{one.name}.md`. To fill in: {len(one.blanks)}." in index.markdown
    listed = len(re.findall(r"^\d+\. ", index.markdown, re.MULTILINE))
    assert listed == sum(len(one.blanks) for one in made)


def test_what_was_set_is_filled_in(facts_with: Making):
    made = texts(facts_with)
    for name in NAMES:
        assert "https://soleil.example" in made[name]
    notice = made["privacy-notice"]
    assert "Maison du Soleil (ES)" in notice
    assert "Contact: data@soleil.example" in notice
    assert "https://accounts.ministry.example" in notice
    assert "At most 77 answers wait" in made["instructions-for-use"]


def test_a_contact_that_was_not_set_is_left_open(facts_with: Making):
    known = {one.name: len(one.blanks) for one in documents(facts_with())}
    for one in documents(facts_with(issuer_email=None)):
        is_told = one.name in {"privacy-notice", "instructions-for-use"}
        assert len(one.blanks) == known[one.name] + is_told


def test_the_basis_is_the_one_that_is_told_aloud(facts_with: Making):
    for basis, article in (("contract", "6(1)(b)"), ("public-task", "6(1)(e)")):
        made = texts(facts_with, basis=basis)
        assert f"Article {article}" in made["privacy-notice"]
        assert f"Article {article}" in made["records-of-processing"]
        assert f"Article {article}" in made["impact-assessment"]
        facts = facts_with(basis=basis)
        for edition in facts.notices:
            assert f"`{edition.digest}`" in made["privacy-notice"]
            assert any(line.phrase == f"notice.basis.{basis}" for line in edition.lines)
            assert all(line.text in made["privacy-notice"] for line in edition.lines)


def test_plain_http_is_told_as_what_it_is(facts_with: Making):
    for origin, warns in (("http://10.0.0.7:8000", True), ("https://soleil.example", False)):
        made = texts(facts_with, origin=origin)
        assert ("**plain http**" in made["records-of-processing"]) is warns
        assert ("**phones cannot use their microphone there**" in made["instructions-for-use"]) is (
            warns
        )


def test_nobody_is_said_to_sign_in_elsewhere_where_no_provider_is_set(facts_with: Making):
    for text in texts(facts_with, provider=None).values():
        assert "ministry" not in text


def test_every_time_and_every_role_is_told(facts_with: Making):
    facts, made = facts_with(), texts(facts_with)
    for line in facts.kept:
        assert f"| {line.rule.kind} | {line.days} | {line.rule.since} |" in made["privacy-notice"]
        for table in line.rule.tables:
            assert re.search(rf"\b{table}\b", made["records-of-processing"])
    for role, about in facts.roles:
        assert f"| {role} | {about} |" in made["privacy-notice"]
        assert f"| {role} | {about} |" in made["records-of-processing"]


def test_thresholds_policy_and_models_are_those_of_the_code(facts_with: Making):
    facts, made = facts_with(), texts(facts_with)
    told = {one.profile: (one.right_from, one.not_right_up_to) for one in facts.thresholds}
    assert told == {"practice": ("80", "10"), "normal": ("90", "5"), "safety": ("99.5", "0.1")}
    assert told.keys() == COSTS.keys()
    for name in ("technical-file", "instructions-for-use"):
        for profile, (right, other) in told.items():
            assert f"| {profile} | {right} | {other} |" in made[name]
    assert f"{DEFAULT.sample_percent} of a hundred automatic passes" in made["technical-file"]
    assert all(f"| `{one.name}` |" in made["technical-file"] for one in facts.engines)
    assert made["technical-file"].count("| not installed |") == len(facts.engines)


def test_a_day_is_one_day(facts_with: Making):
    assert not re.search(r"\b1 (days|places|minutes)\b", "\n".join(texts(facts_with).values()))


def test_every_command_that_is_named_is_there(facts_with: Making):
    named = {
        found.groups() for text in texts(facts_with).values() for found in _COMMAND.finditer(text)
    }
    assert len(named) > 10
    for group, command, rest in named:
        assert set(_OPTION.findall(rest)) <= set(_options(group, command.strip())), (group, command)


def _options(group: str, command: str) -> Iterator[str]:
    context = click.Context(voice_app)
    found = voice_app.get_command(context, group)
    assert found is not None, group
    if isinstance(found, click.Group) and command:
        found = found.get_command(context, command)
        assert found is not None, (group, command)
    for parameter in found.params:
        yield from parameter.opts


def test_every_page_that_is_named_is_there(facts_with: Making):
    paths = {rule.route.partition(" ")[2] for rule in RULES}
    for text in texts(facts_with).values():
        assert set(re.findall(r"`(/[a-z/]+)`", text)) <= paths


@pytest.mark.parametrize("name", NAMES)
def test_the_words_are_those_of_the_house(facts_with: Making, name: str):
    assert _FOREIGN.findall(texts(facts_with)[name]) == []


def test_nothing_of_the_machine_it_runs_on_is_told(facts_with: Making):
    assert CENTER.origin.startswith("https:")
    for text in texts(facts_with).values():
        assert not re.search(r"/(home|root|tmp|var|usr)/", text)


def test_the_page_about_the_documents_names_them_all():
    told = DOCS.read_text("utf-8")
    assert [name for name in (INDEX, *NAMES, *ANNEXES) if f"`{name}`" not in told] == []
    variables = {f"`VOICE_APP_{name}`" for name in re.findall(r"`(?:VOICE_APP)?_([A-Z_]+)`", told)}
    known = {f"`VOICE_APP_{name.upper()}`" for name in Settings.model_fields}
    assert variables
    assert variables <= known
