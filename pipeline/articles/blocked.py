"""Pages that stand in an article's place: bot challenges, consent walls, paywalls. The signs are data.

A paywall that shows the whole text is an article; so is an article that writes about cookies or captchas. So
phrases count only where little text was found (schemas/blocked_pages.toml, FAULTS 13).
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

# A wall's own text is a few sentences; a teaser before a paywall up to three or four paragraphs.
_WALL_CHARS = 700
_TEASER_CHARS = 1500
_NOT_FREE = re.compile(r'"isaccessibleforfree"\s*:\s*"?false', re.IGNORECASE)


def blocked_reason(markup: str, title: str | None, text: str, visible: str) -> str | None:
    """The reason code of a page that holds no article though it answered 200, or None.

    `text` is what extraction found, `visible` all that a reader sees on the page.
    """
    if len(text) >= _TEASER_CHARS:
        return None
    source, seen = markup.lower(), f"{title or ''}\n{visible}".lower()
    if len(text) < _WALL_CHARS:
        for reason in ("bot_challenge", "consent_page"):
            if _shows(reason, source, seen, short=len(visible) < 2 * _WALL_CHARS):
                return reason
    not_free = _NOT_FREE.search(source) is not None
    phrased = any(phrase in seen for phrase in _signs("paywall")[1])
    return "paywall" if phrased and (not_free or len(text) < _TEASER_CHARS // 2) else None


def _shows(reason: str, source: str, seen: str, *, short: bool) -> bool:
    markup, phrases = _signs(reason)
    return short and (any(phrase in seen for phrase in phrases) or any(sign in source for sign in markup))


@cache
def _signs(reason: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    data = tomllib.loads(files("schemas").joinpath("blocked_pages.toml").read_text("utf-8"))[reason]
    return tuple(data["markup"]), tuple(data["phrases"])
