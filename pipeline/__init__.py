"""stancewire: who spoke for or against which alliance proposal, whose position changed, and the exact words."""

__version__ = "0.1.0"
