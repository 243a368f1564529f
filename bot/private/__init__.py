"""What is confidential: event-ban lists, refusals, incident records; it must not know a wiki or what writes to one.

Nothing that plans or writes imports this package, and it imports nothing that fetches, plans or saves: import contracts
check both. Values that hold names have no ``repr``, so that no log line and no traceback can show one.
"""
