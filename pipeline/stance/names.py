"""When two names are the same: the codebook's rules for speakers and holders.

Agrees with the reference scorer: same surname and no contradiction in the rest; bodies and unnamed speakers by what
tells them apart; states by their code; publics by the state whose public they are.
"""

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from pipeline.stance.gazetteer import country_names
from pipeline.stance.lexicon import read

_LETTERS = str.maketrans("łŁøØđĐıħ", "lLoOdDih") | {
    ord("ß"): "ss",
    ord("æ"): "ae",
    ord("Æ"): "AE",
    ord("œ"): "oe",
    ord("þ"): "th",
    ord("ð"): "d",
}
_POSSESSIVE = re.compile(r"['’ʼ`]s\b")
_APOSTROPHES = re.compile(r"['’ʼ‘`]")
_INITIALS = re.compile(r"\b(?:[a-z]\.){2,}")
_REGIME = (("government",), ("kingdom",), ("republic",))
# Given names agree when they are spelt alike to this ratio ("Sergei", "Sergey").
_ALIKE = 0.75

Tokens = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    filler: frozenset[str]
    suffix: frozenset[str]
    particle: frozenset[str]
    generic: frozenset[str]
    kinds: dict[str, str]
    people: frozenset[str]
    spelling: dict[str, str]


@cache
def _words() -> _Words:
    data = read("names.toml")
    generic = frozenset(data["generic"].split())
    asked = frozenset(data["asked"].split())
    kinds = dict.fromkeys(data["partylike"].split(), "party") | dict.fromkeys(asked, "respondent")
    kinds |= dict.fromkeys(data["voices"].split(), "spokesperson") | {"advisor": "adviser"}
    people = (generic & asked) | frozenset(data["people"].split())
    return _Words(
        frozenset(data["filler"].split()),
        frozenset(data["suffix"].split()),
        frozenset(data["particle"].split()),
        generic,
        kinds,
        people,
        data["spelling"],
    )


@lru_cache(maxsize=4096)
def tokens(name: str | None) -> Tokens:
    """The words of a name without diacritics, possessives, punctuation and plural endings, in lower case."""
    text = unicodedata.normalize("NFKD", str(name or "").translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = _APOSTROPHES.sub("", _POSSESSIVE.sub("", text))
    text = _INITIALS.sub(lambda m: m[0].replace(".", "") + " ", text)
    return tuple(_stem(w) for w in re.sub(r"[\W_]+", " ", text).split())


def _stem(word: str) -> str:
    word = _words().spelling.get(word, word)
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _content(name: str) -> Tokens:
    return tuple(w for w in tokens(name) if w not in _words().filler)


@cache
def _states() -> tuple[frozenset[str], dict[Tokens, str], dict[Tokens, str]]:
    """Codes, names by tokens, and names with adjectives by tokens."""
    names: dict[Tokens, str] = {}
    adjectives: dict[Tokens, str] = {}
    common = read("names.toml")["states"]
    aliases = {a.strip() for a in common["aliases"].split("|")}
    described = set(common["adjectives"].split())
    for code, (full, demonyms) in country_names().items():
        names.update((_content(n), code) for n in full if n == full[0] or n in aliases)
        adjectives.update((tokens(d), code) for d in demonyms if code in described)
    extra = {("saudi", "arabian"): "SAU", ("zealander",): "NZL", ("new", "zealander"): "NZL"}
    return frozenset(country_names()), names, {**names, **adjectives, **extra}


def country(holder: str | None) -> str | None:
    """The code of a holder that is a state: the code itself or the state's name."""
    text = (holder or "").strip()
    codes, names, adjectives = _states()
    if re.fullmatch(r"[A-Z]{3}", text) and text in codes:
        return text
    words = _content(text)
    if words[:1] in _REGIME and words[1:] in names:
        words = words[1:]
    if words[-1:] == ("government",):
        return names.get(words[:-1]) or adjectives.get(words[:-1])
    return names.get(words)


def _mapped(words: Tokens) -> list[str]:
    """The words with states and their adjectives replaced by `@` and the code."""
    adjectives = _states()[2]
    out: list[str] = []
    at = 0
    while at < len(words):
        length = next((n for n in (4, 3, 2, 1) if at + n <= len(words) and words[at : at + n] in adjectives), 0)
        out.append("@" + adjectives[words[at : at + length]] if length else words[at])
        at += length or 1
    return out


def same_holder(one: str | None, other: str | None) -> bool:
    """Whether two holders are one: states by code, publics by their state, else by name."""
    for kind in (country, public):
        first, second = kind(one), kind(other)
        if first or second:
            return first == second
    return same_name(one, other)


def public(holder: str | None) -> str | None:
    """The code of the state whose public the holder is: "Finns", "Finnish public", "Australian voters"."""
    words = _mapped(_content(holder or ""))
    codes = [w for w in words if w[0] == "@"]
    if len(codes) != 1 or not set(words) - {codes[0]} <= _words().people:
        return None
    return codes[0] if len(words) > 1 or country(holder) is None else None


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two speakers are one."""
    first, second = (one or "").strip(), (other or "").strip()
    if not first or not second:
        return first == second
    x, y = (tuple(w for w in _content(s) if w not in _words().suffix) for s in (first, second))
    if not x or not y:
        return first == second
    if set(x) == set(y) or _acronym(first, second) or _acronym(second, first):
        return True
    if x[-1] == y[-1] and x[-1] not in _words().generic:
        return _given_names_agree(x, y)
    if (set(x) | set(y)) & _words().generic:
        return _same_description(x, y)
    u, v = set(x) - _words().particle, set(y) - _words().particle
    return bool(u and v) and (u <= v or v <= u or len(u & v) / len(u | v) > 0.5)


def _given_names_agree(x: Tokens, y: Tokens) -> bool:
    dropped = _words().generic | _words().particle
    u, v = ([w for w in t[:-1] if w not in dropped] for t in (x, y))
    return not u or not v or any(_alike(a, b) for a in u for b in v)


def _alike(a: str, b: str) -> bool:
    shorter = min(len(a), len(b))
    if a == b or ((shorter == 1 or shorter >= 3) and (a.startswith(b) or b.startswith(a))):
        return True
    return len(a) > 3 and SequenceMatcher(None, a, b).ratio() >= _ALIKE


def _same_description(x: Tokens, y: Tokens) -> bool:
    """Two speakers, at least one of them named by a kind of role, told apart by state and by what else is said."""
    generic, kinds = _words().generic, _words().kinds
    gx, gy = ({kinds.get(w, w) for w in t if w in generic} for t in (x, y))
    u, v = (set(_mapped(t)) - generic for t in (x, y))
    cu, cv = ({w for w in t if w[0] == "@"} for t in (u, v))
    if u and v and ((cu and cv and not cu & cv) or (not u & v and (u == cu) != (v == cv))):
        return False
    u, v = u - cu, v - cv
    if not (gx and gy):
        return bool(u) and u == v
    if not gx & gy:
        return False
    if not u or not v:
        return True
    overlap = len(u & v) / len(u | v)
    return overlap > 0.5 if "party" in gx & gy else overlap >= 0.5 or u <= v or v <= u


def _acronym(short: str, full: str) -> bool:
    if not re.fullmatch(r"[A-Z]{2,6}", short):
        return False
    return "".join(w[0] for w in re.findall(r"\w+", full) if w[0].isupper()).upper() == short
