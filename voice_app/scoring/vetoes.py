"""Why a phrase cannot mean another: polarity, opposites, numbers, other things, order, roles."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from voice_app.scoring.clauses import Order
from voice_app.scoring.lexicons.vocabulary import Ids, Vocabulary
from voice_app.scoring.matching import Matched, Pair
from voice_app.scoring.reading import Reading, Token
from voice_app.scoring.sounds import is_accent, likeness

_ANIMATE = {"people", "animals"}
_LIKE = 0.5
_TURNED = ({"before", "to"}, {"before", "from"}, {"to", "from"}, {"before", "after"})
_HALF_DAY = 12 * 60


@dataclass(frozen=True)
class Veto:
    """A reason against; `is_sure` where it is found that something else was said."""

    reason: str
    is_sure: bool = True


def vetoes(meant: Reading, said: Reading, found: Matched, *, table: Vocabulary) -> tuple[Veto, ...]:
    """Return every reason why `said` cannot be taken for `meant`, the same reason once."""
    polar = tuple(_polarity(meant, said, found))
    opposite = tuple(_opposites(found, table))
    left = (*found.missing, *found.extra)
    if polar and any(token.text in table.words["without"] for token in left):
        polar = (Veto("negation_unclear", is_sure=False),)
    elif polar and opposite:
        polar, opposite = (Veto("double_opposite", is_sure=False),), ()
    numbers = tuple(_numbers(found, table))
    others = () if opposite else tuple(_others(found, table))
    order = (*_order(meant, said, found), *_roles(found, table), *_swapped(found))
    return tuple(dict.fromkeys((*polar, *opposite, *numbers, *others, *order)))


def _polarity(meant: Reading, said: Reading, found: Matched) -> Iterator[Veto]:
    has_action = any(pair.meant.actions for pair in found.content)
    for pair in found.content:
        one, other = meant.polarities[pair.meant.clause], said.polarities[pair.said.clause]
        if one.kind == other.kind or {one.kind, other.kind} == {"no", "never"}:
            continue
        kinds = {one.kind, other.kind}
        is_plus = "more" in kinds and (one.has_plus and other.has_plus)
        if is_plus:
            yield Veto("ambiguous_plus", is_sure=False)
        elif kinds - {"", "no", "never", "more"} or "" not in kinds:
            yield Veto("negation_unclear", is_sure="lax" in kinds and "" in kinds)
        elif one.is_able and other.is_able:
            yield Veto("can_or_cannot", is_sure=False)
        else:
            yield Veto("negation", is_sure=bool(pair.meant.actions) or not has_action)


def _opposites(found: Matched, table: Vocabulary) -> Iterator[Veto]:
    for one, other in product(found.missing, found.extra):
        if one.is_weak and other.is_weak:
            continue
        if table.are_opposite(one.bases | {one.text}, other.bases | {other.text}):
            yield Veto(f"opposite:{other.text}")


def _numbers(found: Matched, table: Vocabulary) -> Iterator[Veto]:
    is_whole = not (_quantities(found.missing, table) or _quantities(found.extra, table))
    for pair in found.content:
        numbers = {pair.meant.number, pair.said.number}
        if "" not in numbers and len(numbers) > 1 and numbers != {"one", "1"}:
            yield Veto(f"number:{pair.said.number}", is_sure=is_whole)
    missing = [token for token in found.missing if token.is_number]
    extra = [token for token in found.extra if token.is_number]
    units = _units(found.missing, table) and _units(found.extra, table)
    for one, other in product(missing, extra):
        is_sure = is_whole and not units and not _is_half_day(one, other)
        yield Veto(f"number:{other.text}", is_sure=is_sure)
    yield from _clocks(found, table)


def _units(tokens: tuple[Token, ...], table: Vocabulary) -> bool:
    return _has(tokens, "units", table)


def _quantities(tokens: tuple[Token, ...], table: Vocabulary) -> bool:
    """Tell whether a half or a quarter is left over, which may be part of a number."""
    return _has(tokens, "quantities", table)


def _has(tokens: tuple[Token, ...], group: str, table: Vocabulary) -> bool:
    return any(table.groups.get(thing) == group for token in tokens for thing in token.things)


def _clocks(found: Matched, table: Vocabulary) -> Iterator[Veto]:
    """Ten o'clock is not ten minutes."""
    for pair in found.pairs:
        if pair.meant.is_clock == pair.said.is_clock:
            continue
        left = found.extra if pair.meant.is_clock else found.missing
        if _units(left, table):
            yield Veto("unit")


def _is_half_day(one: Token, other: Token) -> bool:
    """Tell whether two clock times may be one, told by twelve and by twenty-four hours."""
    if not (one.is_clock and other.is_clock):
        return False
    first, second = (_minutes(each.words[0]) for each in (one, other))
    return abs(first - second) == _HALF_DAY


def _minutes(clock: str) -> int:
    hours, _, minutes = clock.partition("h")
    return int(hours) * 60 + int(minutes or 0)


def _others(found: Matched, table: Vocabulary) -> Iterator[Veto]:
    missing, extra = found.missing_content, found.extra_content
    is_one_for_one = len(missing) == 1 and len(extra) == 1
    for one, other in product(missing, extra):
        thing = _other_thing(one, other, table, is_one_for_one=is_one_for_one)
        action = _other_action(one, other, table) if is_one_for_one else None
        if veto := thing or action:
            yield veto


def _other_thing(
    one: Token, other: Token, table: Vocabulary, *, is_one_for_one: bool
) -> Veto | None:
    if not other.things:
        return None
    reason = f"other:{other.text}"
    if not one.things:
        alike = likeness(one.text, other.text, table.language) >= _LIKE
        return Veto(reason, is_sure=alike and not one.actions) if is_one_for_one else None
    if not _groups(one.things, table) & _groups(other.things, table) and not is_one_for_one:
        return None
    if table.is_near(one.things, other.things):
        return Veto(f"near:{other.text}", is_sure=False)
    if is_accent(one.words, other.words, table.language):
        return Veto(f"accent:{other.text}", is_sure=False)
    return Veto(reason)


def _groups(things: Ids, table: Vocabulary) -> set[str]:
    return {table.groups[thing] for thing in things}


def _other_action(one: Token, other: Token, table: Vocabulary) -> Veto | None:
    if not (one.actions and other.actions) or one.things & other.things:
        return None
    fields = [{table.fields[each] for each in token.actions} for token in (one, other)]
    is_near = table.is_near(one.actions, other.actions)
    if fields[0] & fields[1] or "light" in fields[0] | fields[1] or is_near:
        return Veto(f"near:{other.text}", is_sure=False)
    if is_accent(one.words, other.words, table.language):
        return Veto(f"accent:{other.text}", is_sure=False)
    return Veto(f"other:{other.text}")


def _order(meant: Reading, said: Reading, found: Matched) -> Iterator[Veto]:
    if len(meant.orders) != len(said.orders):
        is_then = all(each.is_then for each in (*meant.orders, *said.orders))
        if not (is_then and _is_in_order(found)):
            yield Veto("order_unclear", is_sure=False)
        return
    for one, other in zip(meant.orders, said.orders, strict=True):
        same, turned = _agreement(one, other, found)
        if turned > same:
            yield Veto("order")
        elif turned == same:
            yield Veto("order_unclear", is_sure=False)


def _agreement(one: Order, other: Order, found: Matched) -> tuple[int, int]:
    same = turned = 0
    for pair in found.content:
        mine, theirs = pair.meant.clause, pair.said.clause
        same += (mine in one.earlier and theirs in other.earlier) or (
            mine in one.later and theirs in other.later
        )
        turned += (mine in one.earlier and theirs in other.later) or (
            mine in one.later and theirs in other.earlier
        )
    return same, turned


def _is_in_order(found: Matched) -> bool:
    places = [pair.said.at for pair in found.content]
    return places == sorted(places)


def _roles(found: Matched, table: Vocabulary) -> Iterator[Veto]:
    """Who gives whom: a person who acts is not the one who is acted on.

    It is found where the deed itself is the same: one gives what the other takes.
    """
    people = [pair for pair in found.content if _groups(pair.meant.things, table) & _ANIMATE]
    turned = 0
    for pair in people:
        roles = {_role(pair, found, table, is_said=said) for said in (False, True)}
        turned += len(roles) > 1 and "" not in roles
        if roles in _TURNED:
            is_free = table.language == "es" and roles == {"before", "after"}
            yield Veto("role", is_sure=_has_deed(pair, found) and not is_free)
    if any(_changed_places(*both, found, table=table) for both in combinations(people, 2)):
        yield Veto("role", is_sure=False)
    if turned > 1:
        yield Veto("role", is_sure=all(_has_deed(pair, found) for pair in people))


def _has_deed(person: Pair, found: Matched) -> bool:
    deeds = (pair.meant for pair in found.content if pair.meant.actions and not pair.meant.things)
    return any(deed.clause == person.meant.clause for deed in deeds)


def _changed_places(one: Pair, other: Pair, found: Matched, *, table: Vocabulary) -> bool:
    """Tell whether two people of one part in the phrase stand the other way round."""
    is_marked = {each.mark for each in (one.said, other.said)} != {one.said.mark}
    if is_marked or (one.meant.at < other.meant.at) == (one.said.at < other.said.at):
        return False
    first, last = sorted((one.said.at, other.said.at))
    said = [*(pair.said for pair in found.pairs), *found.extra]
    between = [token for token in said if first < token.at < last]
    return not any(token.text in table.words["and"] for token in between)


def _role(pair: Pair, found: Matched, table: Vocabulary, *, is_said: bool) -> str:
    token = pair.said if is_said else pair.meant
    if token.mark in table.words["to"]:
        return "to"
    if token.mark in table.words["from"]:
        return "from"
    sides = [each.said if is_said else each.meant for each in found.pairs]
    sides += found.extra if is_said else found.missing
    near = [each for each in sides if each.actions and each.clause == token.clause]
    actions = [each for each in near if not each.things] or [e for e in near if e is not token]
    if not actions:
        return ""
    return "before" if token.at < min(each.at for each in actions) else "after"


def _swapped(found: Matched) -> Iterator[Veto]:
    """Find two things that changed places around a small word, or two clauses that did."""
    pairs = [pair for pair in found.content if pair.meant.things]
    for at, one in enumerate(pairs):
        for other in pairs[at + 1 :]:
            mine, theirs = (one.meant.mark, other.meant.mark), (one.said.mark, other.said.mark)
            if mine[0] != mine[1] and mine == theirs[::-1]:
                yield Veto("role", is_sure=one.said.at > other.said.at)
    content = found.content
    for one in content:
        for other in content:
            if one.meant.clause == other.meant.clause and one.said.clause != other.said.clause:
                third = [p for p in content if p.meant.clause != one.meant.clause]
                if any(p.said.clause == one.said.clause for p in third) and any(
                    p.said.clause == other.said.clause for p in third
                ):
                    yield Veto("arguments", is_sure=False)
