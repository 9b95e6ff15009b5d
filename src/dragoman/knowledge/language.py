"""A language pack for the actors stage: role words, referring words and traps, read from `languages/<code>.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from dragoman.errors import KnowledgeError

RoleKind = Literal["person", "office", "group"]

SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC NGO".split()
)
"""PLOVER's sector codes; NGO stands here for a role that makes its owner a non-governmental organisation."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a role word says of its bearer; `generic` words (leader, official) take the sector of what modifies them."""

    phrase: str
    kind: RoleKind
    sectors: tuple[str, ...] = ()
    generic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words of one language that name, describe and refer back to actors. All keys are lower-case lemmas."""

    code: str
    roles: Mapping[str, Role]
    modifiers: Mapping[str, tuple[str, ...]]
    pronouns: Mapping[str, frozenset[str]]
    impersonal: frozenset[str]
    addressing: frozenset[str]
    governing: frozenset[str]
    modified_only: frozenset[str]
    yielding: frozenset[str]
    owned_only: frozenset[str]
    plural_only: frozenset[str]
    stances: frozenset[str]
    halved: frozenset[str]
    origin: frozenset[str]
    firms: frozenset[str]
    papers: frozenset[str]
    of_a_place: frozenset[str]
    articled: frozenset[str]
    no_roles: frozenset[str]
    default_owner: Mapping[str, str]
    unmistakable: frozenset[str]
    houses: Mapping[str, str]
    adverse: frozenset[str]
    heads_of_bodies: frozenset[str]
    single: frozenset[str]
    covers: Mapping[str, frozenset[str]]
    posted: frozenset[str]
    attached: frozenset[str]
    making: frozenset[str]
    endings: tuple[str, ...]
    kin: frozenset[str]
    coming: frozenset[str]
    collecting: frozenset[str]
    named_by_parent: Mapping[str, Mapping[str, str]]
    known_by_surname: frozenset[str]
    local: frozenset[str]
    domestic: frozenset[str]
    abroad: frozenset[str]
    former: frozenset[str]
    no_longer: frozenset[str]
    ended: frozenset[str]
    first_names: frozenset[str]
    common_surnames: frozenset[str]
    sexes: Mapping[str, bool]
    """Whether a first name is a man's (True) or a woman's; names of both are left out."""
    sexed_words: Mapping[str, bool]
    """The same for honorifics and role words: "Mrs", "queen"."""
    opening: frozenset[str]
    referring: Mapping[str, frozenset[str]]
    nobody_capital: frozenset[str]
    nobody_word: frozenset[str]
    nobody_of: frozenset[str]
    naming: frozenset[str]
    rivers: frozenset[str]
    nobody_before: frozenset[str]
    nobody_within: frozenset[str]
    elsewhere: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    sport_sure: frozenset[str]
    sport_phrases: tuple[str, ...]
    sport_hint: frozenset[str]
    sport_not: frozenset[str]
    turns: frozenset[str]
    regions: Mapping[str, str]
    collective: tuple[str, ...]
    halves: Sequence[Mapping[str, str]]
    sides: frozenset[str]
    compass: frozenset[str]
    polities: Mapping[str, frozenset[str]]
    parts: frozenset[str]
    introduced: frozenset[str]
    locative: frozenset[str]
    direction: frozenset[str]
    motion: frozenset[str]
    reached: frozenset[str]
    longest_role: int

    def is_role(self, phrase: str, borne: str) -> bool:
        """Whether one role word can stand for the other: "minister" for a foreign minister, "doctor" for a surgeon."""
        same = phrase == borne or borne.endswith(" " + phrase) or phrase.endswith(" " + borne)
        return same or any(borne == other or borne.endswith(" " + other) for other in self.covers.get(phrase, ()))

    def role(self, words: Sequence[str]) -> tuple[Role, int] | None:
        """The longest role phrase that ends the words, and how many words it takes; None where there is none."""
        for length in range(min(self.longest_role, len(words)), 0, -1):
            found = self.roles.get(_closed_up(words[-length:]))
            if found is not None and words[-length][0].isalnum():
                return found, length
        return None

    def compounded(self, word: str) -> Role | None:
        """The role of a word made of another before it: a metalworker is a worker."""
        if not word.endswith(self.endings):
            return None
        return next((self.roles[e] for e in self.endings if word.endswith(e) and e in self.roles and word != e), None)

    def sex(self, phrase: str) -> bool | None:
        """Whether an honorific or role word is a man's (True) or a woman's (False); None where it says nothing."""
        if phrase.endswith("woman"):
            return False
        return self.sexed_words.get(phrase, self.sexed_words.get(phrase.rpartition(" ")[2]))

    def region(self, word: str) -> str | None:
        """The state of a region, a town or their people, written with a capital: "Chechen", "Karachi", "Crimean Tatar"."""
        return self.regions.get(word.lower()) if word[:1].isupper() else None


def _closed_up(words: Sequence[str]) -> str:
    """The words as a phrase is listed: hyphens and apostrophes without the spaces that the tokens put around them."""
    phrase = " ".join(words)
    if "-" in phrase:
        phrase = phrase.replace(" - ", "-")
    return phrase.replace("’", "'").replace(" '", "'") if "'" in phrase or "’" in phrase else phrase


def _spaced_out(phrase: str) -> int:
    """How many tokens a listed phrase takes in a text."""
    return len(phrase.replace("-", " - ").replace("'", " '").split())


@cache
def load_language(code: str = "en") -> Language:
    """The pack of that ISO 639-1 code; KnowledgeError where there is none or it names a sector that PLOVER lacks."""
    folder = files("dragoman.knowledge") / "data" / "languages"
    file = folder / f"{code}.toml"
    if not file.is_file():
        known = sorted(f.name.removesuffix(".toml") for f in folder.iterdir() if len(f.name) == len("en.toml"))
        raise KnowledgeError(
            f"No language pack for {code!r}; installed: {', '.join(known)}. Add knowledge/data/languages/{code}.toml."
        )
    return _language(code, tomllib.loads(file.read_text(encoding="utf-8")), file)


def _language(code: str, data: dict[str, Any], file: Traversable) -> Language:
    roles: dict[str, Role] = {}
    for role in _roles(data, file):
        if role.phrase in roles:
            raise KnowledgeError(f"{file.name} lists the role {role.phrase!r} twice; keep the one that fits best.")
        roles[role.phrase] = role
    roles |= {short: roles[phrase] for short, phrase in data["roles"]["abbreviated"].items()}
    nobody = data["nobody"]
    return Language(
        code=code,
        roles=roles,
        modifiers={word: (sector,) for sector, words in data["modifier"].items() for word in words},
        pronouns={
            name: frozenset(words)
            for name, words in data["pronouns"].items()
            if name not in ("impersonal", "addressing")
        },
        addressing=frozenset(data["pronouns"]["addressing"]),
        impersonal=frozenset(data["pronouns"]["impersonal"]),
        governing=frozenset(data["generic"]["governing"]),
        modified_only=frozenset(data["generic"]["modified_only"]),
        yielding=frozenset(data["generic"]["yielding"]),
        owned_only=frozenset(data["many"]["owned_only"]),
        plural_only=frozenset(data["many"]["plural_only"]),
        stances=frozenset(data["many"]["stances"]),
        halved=frozenset(data["many"]["halved"]),
        origin=frozenset(data["many"]["origin"]),
        firms=frozenset(data["firms"]["words"]),
        papers=frozenset(data["firms"]["papers"]),
        of_a_place=frozenset(data["firms"]["of_a_place"]),
        articled=frozenset(nobody["articled"]),
        no_roles=frozenset(data["many"]["no_roles"]),
        default_owner=data["many"]["default_owner"],
        houses=data["many"]["houses"],
        adverse=frozenset(data["many"]["adverse"]),
        heads_of_bodies=frozenset(data["many"]["heads_of_bodies"]),
        unmistakable=frozenset(data["many"]["unmistakable"]),
        single=frozenset(data["many"]["single"]),
        covers={word: frozenset(others) for word, others in data["roles"]["covers"].items()},
        coming=frozenset(data["many"]["coming"]),
        collecting=frozenset(data["many"]["collecting"]),
        endings=tuple(data["many"]["endings"]),
        kin=frozenset(data["many"]["kin"]),
        making=frozenset(data["many"]["making"]),
        attached=frozenset(data["many"]["attached"]),
        posted=frozenset(data["many"]["posted"]),
        named_by_parent=data["many"]["named_by_parent"],
        known_by_surname=frozenset(data["many"]["known_by_surname"]),
        local=frozenset(data["many"]["local"]),
        domestic=frozenset(data["many"]["domestic"]),
        abroad=frozenset(data["many"]["abroad"]),
        former=frozenset(data["former"]["words"]),
        no_longer=frozenset(data["former"]["eli"]),
        ended=frozenset(data["former"]["ended"]),
        first_names=frozenset(data["former"]["first_names"]),
        common_surnames=frozenset(data["former"]["common_surnames"]),
        sexes={w: male for male in (True, False) for w in data["sexes"]["masculine" if male else "feminine"]},
        sexed_words={
            w: male for male in (True, False) for w in data["sexes"]["masculine_words" if male else "feminine_words"]
        },
        opening=frozenset(data["sexes"]["opening"]),
        referring={name: frozenset(words) for name, words in data["referring"].items()},
        nobody_capital=frozenset(nobody["next_capital"]),
        nobody_word=frozenset(nobody["next_word"]),
        nobody_of=frozenset(nobody["previous_of"]),
        naming=frozenset(nobody["naming"]),
        rivers=frozenset(nobody["rivers"]),
        nobody_before=frozenset(nobody["previous_capital"]),
        nobody_within=frozenset(nobody["in_name"]),
        elsewhere={name: (frozenset(e["there"]), frozenset(e["here"])) for name, e in data["elsewhere"].items()},
        sport_sure=frozenset(nobody["sport_sure"]),
        sport_phrases=tuple(nobody["sport_phrases"]),
        sport_hint=frozenset(nobody["sport_hint"]),
        sport_not=frozenset(nobody["sport_not"]),
        turns=frozenset(data["transcript"]["turns"]),
        regions={word: state for kind in ("towns", "regions") for state, words in data[kind].items() for word in words},
        collective=tuple(data["place"]["collective"]),
        halves=tuple(data["halves"]),
        sides=frozenset(side.title() for pair in data["halves"] for side in pair),
        compass=frozenset(data["parts"]["compass"]),
        polities={word: frozenset(states) for word, states in data["polities"].items()},
        parts=frozenset(data["parts"]["words"]),
        introduced=frozenset(data["introduced"]["words"]),
        locative=frozenset(data["place"]["locative"]),
        direction=frozenset(data["place"]["direction"]),
        motion=frozenset(data["place"]["motion"]),
        reached=frozenset(data["place"]["reached"]),
        longest_role=max(map(_spaced_out, roles)),
    )


def _roles(data: dict[str, Any], file: Traversable) -> Iterable[Role]:
    kinds: tuple[RoleKind, ...] = ("person", "office", "group")
    for kind in kinds:
        for sectors, words in data[kind].items():
            codes = tuple(sectors.split("|"))
            if unknown := set(codes) - SECTORS:
                raise KnowledgeError(
                    f"{file.name}: [{kind}] names sector {', '.join(sorted(unknown))}; PLOVER has {', '.join(sorted(SECTORS))}."
                )
            yield from (Role(word, kind, codes) for word in words)
    yield from (Role(word, "person", (), generic=True) for word in data["generic"]["person"])
    yield from (Role(word, "office", (), generic=True) for word in data["generic"]["office"])
