"""Which wire agency an article credits: read from byline, dateline and credit lines, never from running text."""

import re
import tomllib
from functools import cache
from importlib.resources import files

_OPENING = 220  # characters: where a dateline stands
_CLOSING_LINES = 4  # lines: where a credit stands
_CREDIT_LINE = 160  # characters: a longer last line is a paragraph of the article


def credited_agency(text: str, author: str | None) -> str | None:
    """The agency's name as schemas/agencies.toml has it, or as printed for one not listed; None if none is credited."""
    lines = text.split("\n")
    places = [(_byline_patterns(), author or "")]
    places += [(_dateline_patterns(), line[:_OPENING]) for line in lines[:2]]
    places += [(_credit_patterns(), line) for line in lines[:1] + lines[-_CLOSING_LINES:] if len(line) <= _CREDIT_LINE]
    places.append((_tail_patterns(), lines[-1][-_CREDIT_LINE:]))
    for patterns, place in places:
        for pattern in patterns:
            match = pattern.search(place)
            if match:
                return _known().get(match["agency"], match["agency"])
    return None


@cache
def _known() -> dict[str, str]:
    """Printed spelling → name."""
    data = tomllib.loads(files("schemas").joinpath("agencies.toml").read_text("utf-8"))
    return {credit: agency["name"] for agency in data["agency"] for credit in agency["credits"]}


def _agency() -> str:
    """A listed spelling, or a capitalised name that says what it is: "Name Wire", "Name News Agency"."""
    listed = "|".join(re.escape(credit) for credit in sorted(_known(), key=len, reverse=True))
    words = r"(?!(?:By|The|From|For|With)\b)(?:[A-Z][\w'’-]+ ){1,3}"
    return rf"(?P<agency>(?<!\w)(?:{listed}|{words}(?:News Agency|Newswire|Press Agency|Wire))(?!\w))"


@cache
def _byline_patterns() -> tuple[re.Pattern[str], ...]:
    return (re.compile(rf"(?:^|[,;/|(]\s*|\b(?:[Bb]y|BY|and|for|with|from)\s+){_agency()}\s*(?:$|[,;/|)])"),)


@cache
def _dateline_patterns() -> tuple[re.Pattern[str], ...]:
    place = r"[A-Z][\w .'’/-]{0,40}"  # bounded, like every repetition here: the text may be hostile
    return (
        # TOKYO, Oct 10 (Agency) - ...      TOKYO (Agency) — ...      (Agency) - ...
        re.compile(rf"^(?:{place}(?:, [^()]{{1,40}})? )?\({_agency()}\)"),
        # Agency, TOKYO - ...      AGENCY – ...
        re.compile(rf"^{_agency()}(?:,? {place})? [-–—] "),
        # TOKYO, Oct 10, Agency: ...
        re.compile(rf"^{place},(?: [^:]{{1,30}},)? {_agency()}:\s"),
    )


@cache
def _credit_patterns() -> tuple[re.Pattern[str], ...]:
    lead = (
        r"source|credit|via|from|by|with (?:additional )?(?:inputs?|reporting|material|files) (?:from|by)"
        r"|(?:additional )?(?:inputs?|reporting|report) (?:from|by)"
        r"|this (?:story|report|article) (?:is|was) [\w ]{1,40} by"
        r"|©(?: ?\d{4})?|copyright(?: \d{4})?|published (?:from|by|with)|supplied by|text"
    )
    several = r"(?:[\w .’'-]{1,40}(?:,| and|/) ?){0,3}"
    return (
        re.compile(rf"^\W*(?i:{lead}):?\s+{several}{_agency()}(?:\W|$)"),
        re.compile(rf"^\W*{_agency()}(?:\W*| contributed to this (?:report|story)\W*)$"),
    )


@cache
def _tail_patterns() -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"[(\[]{_agency()}[)\]]\W*$"),
        re.compile(rf"[.!?”\"]\s*[-–—]+\s*{_agency()}\W*$"),
    )
