"""Pywikibot settings for Event Safety Bot: copy to user-config.py; it works as it is, reading without an account.

Only this file and user-password.py know the account. Neither belongs into git.
"""

family = "meta"
mylang = "meta"

# To read faster (500 names a request instead of 50) and to write, log in with a bot password (Special:BotPasswords)
# that has the grants "basic", "highvolume" and, for writing, "editpage" and "createeditmovepage":
#   1. take the two lines below out of their comments and put your bot's name in;
#   2. make user-password.py with the one line   ('ExampleBot', BotPassword('eventsafety', 'the password'))
#   3. chmod 600 user-password.py
# usernames['meta']['meta'] = 'ExampleBot'
# password_file = 'user-password.py'

# `pwb check_registrations` is found here.
user_script_paths = ["scripts"]

# Meta's rules for bots: one edit in ten seconds, and never a captcha prompt in a job that nobody watches.
put_throttle = 10
solve_captcha = False
