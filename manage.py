#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

# These read a file and write to the screen: no database, no keys, so they run anywhere without an environment.
COMMANDS_WITHOUT_KEYS = {"compute_benefit", "compute_deadlines", "new_keys"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cistor.settings")
    if COMMANDS_WITHOUT_KEYS.intersection(sys.argv[1:2]):
        os.environ["CISTOR_ENV"] = "test"
    execute_from_command_line(sys.argv)
