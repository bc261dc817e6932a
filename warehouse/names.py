"""One key for the ways a speaker is named: "Subrahmanyam Jaishankar", "Mr Jaishankar" and "Jaishankar" are one."""

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def speaker_key(name: str | None) -> str | None:
    """The surname of a person, all words of a body, without accents and case; None for None or a name without words."""
    words = _words(name or "")
    if _is_body(words):
        return " ".join(words)
    return words[-1] if words else None


def given_initial(name: str | None) -> str | None:
    """The first letter of a person's given name, None where only a surname or a body is named."""
    words = _words(name or "")
    return None if len(words) < 2 or _is_body(words) else words[0][0]


def _is_body(words: list[str]) -> bool:
    return any(word in _lists()["body_words"] for word in words)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(plain)]
    while len(words) > 1 and words[0] in _lists()["titles"]:
        del words[0]
    while len(words) > 1 and words[-1] in _lists()["suffixes"]:
        del words[-1]
    return words


@cache
def _lists() -> dict[str, frozenset[str]]:
    data = tomllib.loads(files("warehouse").joinpath("names.toml").read_text("utf-8"))
    return {name: frozenset(words) for name, words in data.items()}
