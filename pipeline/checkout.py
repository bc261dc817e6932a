"""The parts of a source checkout that the installed package does not hold: the DAGs and the demo newsroom."""

from pathlib import Path


class NotACheckoutError(Exception):
    """stancewire runs from an installed package, where the DAGs or the examples are not. Remedy: clone the project."""


def checkout_folder(name: str) -> Path:
    """The folder `name` ("dags", "examples") of the checkout. Raises NotACheckoutError where there is none."""
    folder = Path(__file__).resolve().parent.parent / name
    if not folder.is_dir():
        raise NotACheckoutError(
            f"{folder} is not there: this command needs a checkout of stancewire; clone it and retry"
        )
    return folder
