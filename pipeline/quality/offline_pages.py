"""Makes Great Expectations' pages safe to open: they neither escape values nor keep from loading scripts of others.

As built (1.24.1) a page writes failing values into its HTML as they are, so a feed's `<script>` would run, and it
loads code, styles and a counting pixel from seven hosts. Values are escaped before the page is built; here the
scripts and outside addresses go, and a Content-Security-Policy forbids what may have been missed.
"""

import html
import re
from functools import cache
from importlib.resources import files
from typing import Any

# Values longer than this are cut: a page needs to show what failed, not all of it.
_MAX_VALUE = 300

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_SCRIPTS = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_OUTSIDE = re.compile(r"<(?:link|img|iframe)\b[^>]*>", re.IGNORECASE)
_HANDLERS = re.compile(r"""\son\w+\s*=\s*("[^"]*"|'[^']*')""", re.IGNORECASE)
_STYLES = re.compile(r"<style\b.*?</style\s*>", re.DOTALL | re.IGNORECASE)


def escaped(value: Any) -> Any:
    """A result's values with every string escaped for HTML and cut to a length that can be shown."""
    if isinstance(value, str):
        return html.escape(value[:_MAX_VALUE] + "…" if len(value) > _MAX_VALUE else value)
    if isinstance(value, list):
        return [escaped(item) for item in value]
    if isinstance(value, dict):
        return {key: escaped(item) for key, item in value.items()}
    return value


def offline(page: str) -> str:
    """The page without scripts and outside addresses, with our stylesheet and a policy that allows nothing else."""
    for pattern in (_SCRIPTS, _STYLES, _OUTSIDE, _HANDLERS):
        page = pattern.sub("", page)
    policy = f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    return page.replace("<head>", f"<head>\n{policy}\n<style>{_style()}</style>", 1)


@cache
def _style() -> str:
    return files("pipeline.quality").joinpath("templates", "data_docs.css").read_text("utf-8")
