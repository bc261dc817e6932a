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
WHOLE_CHARS = 1500  # a text this long is an article
_LEAST_CHARS = 120
_NOT_FREE = re.compile(r'"isaccessibleforfree"\s*:\s*"?false', re.IGNORECASE)


def blocked_reason(markup: str, title: str | None, text: str, visible: str) -> str | None:
    """The reason code of a page that holds no article though it answered 200, or None.

    `text` is what extraction found, `visible` all that a reader sees on the page.
    """
    if len(text) >= WHOLE_CHARS:
        return None
    source, shown = markup.lower(), f"{title or ''}\n{visible}".lower()
    if len(text) < _WALL_CHARS:
        for reason in ("bot_challenge", "consent_page"):
            if _is_wall(reason, source, title, text, visible):
                return reason
    phrased = any(phrase in shown for phrase in _signs("paywall")[1])
    return "paywall" if phrased and (_NOT_FREE.search(source) or len(text) < WHOLE_CHARS // 2) else None


def _is_wall(reason: str, source: str, title: str | None, text: str, visible: str) -> bool:
    """Whether what was found is the wall itself; a banner beside a short article was left out by extraction."""
    markup, phrases = _signs(reason)
    nothing_found = len(text) < _LEAST_CHARS
    seen = f"{title or ''}\n{visible if nothing_found else text}".lower()
    in_markup = nothing_found and len(visible) < WHOLE_CHARS and any(sign in source for sign in markup)
    return in_markup or any(phrase in seen for phrase in phrases)


@cache
def _signs(reason: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    data = tomllib.loads(files("schemas").joinpath("blocked_pages.toml").read_text("utf-8"))[reason]
    return tuple(data["markup"]), tuple(data["phrases"])
