"""One key for the ways a speaker is named: "Subrahmanyam Jaishankar", "Mr Jaishankar" and "Jaishankar" are one."""

import re
import unicodedata

# A body is named by all of its words; a surname alone would make one speaker of every ministry.
_BODY_WORDS = frozenset(
    "administration agency alliance army assembly authority bloc bundestag cabinet chancellery chancellor commission "
    "committee congress council court department diet duma embassy executive force forces foundation government group "
    "house institute institution kremlin leader leaders leadership league majority military minister ministers ministry "
    "mission movement office official officials organisation organization parliament party pentagon president presidency "
    "public respondents secretariat senate source sources spokesman spokesperson spokeswoman staff state treasury union "
    "university voters".split()
)
_TITLES = frozenset(
    "mr mrs ms mx dr sir dame lord lady prof professor gen general adm admiral lt col sen senator rep".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv phd mp mep kc qc".split())
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def speaker_key(name: str | None) -> str | None:
    """The surname of a person, all words of a body, without accents and case; None for None or a name without words."""
    if name is None:
        return None
    words = _words(name)
    if not words or any(word in _BODY_WORDS for word in words):
        return " ".join(words) or None
    return words[-1]


def given_initial(name: str | None) -> str | None:
    """The first letter of a person's given name, None where only a surname or a body is named."""
    words = _words(name or "")
    if len(words) < 2 or any(word in _BODY_WORDS for word in words):
        return None
    return words[0][0]


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = [word.removesuffix("'s").removesuffix("’s") for word in _WORD.findall(plain)]
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    while len(words) > 1 and words[-1] in _SUFFIXES:
        del words[-1]
    return words
