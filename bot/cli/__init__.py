"""The command ``eventsafety``: the only place that prints, prompts and exits."""


def main() -> None:
    """Run the command line."""
