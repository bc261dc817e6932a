"""How an error reads on the command line: one line that names the thing, the cause and the remedy."""


def one_line(error: BaseException) -> str:
    """The error as one printable line; an error that nobody foresaw says how to see more of it."""
    text = " ".join(_message(error).split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _message(error: BaseException) -> str:
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"setting {'.'.join(map(str, first['loc']))}: {first['msg']}; see docs/settings.md"
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror or error}"
    if type(error).__module__.partition(".")[0] in ("pipeline", "warehouse"):
        return str(error)
    return f"{type(error).__name__}: {error} (unexpected; STANCEWIRE_DEBUG=1 shows where)"
