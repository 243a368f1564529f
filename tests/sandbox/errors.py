"""The one error of the test wiki: a sentence that says what is missing and what to do."""


class SandboxError(Exception):
    """The test wiki cannot do what was asked; the message is one sentence for a person."""
