"""What a hostile outlet may send: each string tries something, none may do anything but be read."""

from datetime import date, timedelta

from tests.unit.reports.press import TODAY, Report

SCRIPT = "<script>window.pwned='script'</script>"
SVG = "<svg onload=\"window.pwned='svg'\"></svg>"
IMAGE = "<img src=x onerror=\"window.pwned='img'\">"
CDATA = "]]></title></style></p></blockquote>--><script>window.pwned='cdata'</script>"
ATTRIBUTE = '" autofocus onfocus="window.pwned=\'attribute\'" x="'
TEMPLATE = "{{ 7 * 7 }}{% for x in y %}${7*7}"
BIDI = "supports \u202eesoppo\u202c \u2066it\u2069 \u200f!"
ANSI = "\x1b[2J\x1b[31mred\x1b]0;title\x07"
MARKDOWN = "# [x](javascript:alert(1)) `code` **bold** | cell <!channel> @here &lt;b&gt;\r\nBcc: all@corp.example"
RICH = "[bold red]markup[/] [link=https://evil.example]x[/link]"
MEGABYTE = "M" * (1 << 20)

TEXTS = (SCRIPT, SVG, IMAGE, CDATA, ATTRIBUTE, TEMPLATE, BIDI, ANSI, MARKDOWN, RICH)
URLS = (
    "javascript:window.pwned='url'",
    "JaVaScRiPt:window.pwned='url'//https://ok.example",
    "data:text/html,<script>window.pwned='data'</script>",
    "https://ok.example/\" onmouseover=\"window.pwned='mouse'",
    "https://user:secret@ok.example/a",
    "vbscript:x",
    "//evil.example/x",
    "https:///x",
    "http://[::1",
    " https://ok.example",
    "https://ok.example/\u202egpj.exe",
)


def hostile_days() -> list[tuple[date, list[Report]]]:
    """Every field that a page prints is hostile somewhere, in shifts as well as in evidence."""
    before = TODAY - timedelta(days=60)
    days: list[tuple[date, list[Report]]] = [(before, []), (TODAY, [])]
    for i, text in enumerate(TEXTS):
        for (day, reports), stance in zip(days, ("oppose", "support"), strict=True):
            reports.append(
                Report(
                    holder=text,
                    stance=stance,
                    words=f"{i} {stance} {text}",
                    published=day,
                    speaker=text,
                    role=text,
                    title=MEGABYTE if i == 0 else text,
                    outlet=text,
                    url=URLS[i],
                    condition=text,
                    proposal="hostile" if i % 2 else "northern-shield",
                    proposal_name=CDATA if i % 2 else None,
                )
            )
    return days
