"""What organizers owe an event, judged from values: hours, health, agreement, readiness; reads and writes nothing."""
