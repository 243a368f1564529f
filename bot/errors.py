"""The errors that end a command, each a sentence for a person; knows nothing of where they are raised.

EventSafetyError              one root: caught once, in bot/cli
├── UsageError                the words of the command cannot be taken (exit 2)
├── ConfigError               settings file, environment, file modes
├── BadInputError             a file that a person gave: names every bad row
├── EventNotFoundError        which event is meant?
│   ├── NoSuchPageError       no page of this title
│   ├── NoRegistrationError   a page with neither registration nor sign-up list
│   ├── RegistrationGoneError the registration was deleted
│   ├── UnknownRegistrationError no registration has this id
│   ├── WrongWikiError        the event belongs to a page of another wiki
│   └── NoCampaignEventsError the wiki does not have the extension
└── WikiError                 the wiki could not be read
├── UnreachableError      no connection, or no answer in time
├── BusyError             429, 503 or maxlag, longer than we may wait
├── LoginError            the account cannot log in
└── AnswerError           it answered what cannot be understood (HTML for JSON, a wrong shape, an API error)
"""


class EventSafetyError(Exception):
    """What, where, and what to do, in one sentence; ``str()`` is that sentence."""


class UsageError(EventSafetyError):
    """An argument that cannot be taken as it is."""


class ConfigError(EventSafetyError):
    """A setting that cannot be used."""


class BadInputError(EventSafetyError):
    """A file whose content cannot be used; ``problems`` holds a sentence for each bad row."""

    def __init__(self, message: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__("\n  ".join((message, *problems)))
        self.problems = problems


class EventNotFoundError(EventSafetyError):
    """The event that was asked for cannot be identified."""


class NoSuchPageError(EventNotFoundError):
    """The wiki has no page of this title."""


class NoRegistrationError(EventNotFoundError):
    """The page has neither a registration nor a sign-up list."""


class RegistrationGoneError(EventNotFoundError):
    """The registration was deleted by an organizer."""


class UnknownRegistrationError(EventNotFoundError):
    """No registration has this id."""


class WrongWikiError(EventNotFoundError):
    """The registration, or the address, belongs to another wiki."""


class NoCampaignEventsError(EventNotFoundError):
    """The wiki does not have the CampaignEvents extension."""


class WikiError(EventSafetyError):
    """The wiki could not be read."""


class UnreachableError(WikiError):
    """No connection to the wiki, or no answer in the time allowed."""


class BusyError(WikiError):
    """The wiki asked us to wait longer than we may."""


class LoginError(WikiError):
    """The account cannot log in."""


class AnswerError(WikiError):
    """The wiki answered something that cannot be understood; ``code`` is MediaWiki's error code, if it gave one."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code
