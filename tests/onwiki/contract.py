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
SEVERITIES = {
    "ban": "On a public list of bans",
    "lock": "Global lock (a lock alone is not a ban)",
    "global block": "Global block",
    "sitewide block": "Block on this wiki",
}
