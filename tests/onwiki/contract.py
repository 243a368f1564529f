"""What the bot and its templates have agreed on: the parameters of each template and the values they may have."""

PARAMETERS = {
    "Template:Event safety review": ("event", "registration", "start", "unchecked", "not counted", "stop"),
    "Template:Event safety flag": (
        *("id", "name", "account", "severity", "source", "link", "since", "until", "listed"),
        *("event", "date", "facts", "reopened", "status", "comment"),
    ),
    "Template:Event safety settled": ("id", "facts", "status", "revision"),
}
STATUSES = ("open", "confirmed", "not this person", "handled")
NOT_COUNTED = (
    "who set it is in no reviewer group",
    "nobody decides about themselves",
    "who set it is hidden",
    "it is none of",
    "somebody had changed what the flag says",
    "the bot did not write this flag",
    "it was not put there by the bot",
    "only what was handled is settled",
)
SEVERITIES = {
    "ban": "On a public list of bans",
    "lock": "Global lock (a lock alone is not a ban)",
    "global block": "Global block",
    "sitewide block": "Block on this wiki",
}
