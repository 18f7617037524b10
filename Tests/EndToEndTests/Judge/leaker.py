"""A program that leaks a secret: what the canary hunter must find before it may be believed.

Usage: leaker.py FILE CHANNEL FORM

The secret stands in FILE. What shows it for a moment only lasts until FILE.found exists, or ten
seconds: a hunter that is slow is no hunter that is blind.
"""

import base64
import json
import os
import subprocess
import sys
import time
import urllib.parse

path, channel, form = sys.argv[1:]
with open(path, encoding="utf-8") as file:
    secret = file.read()

FORMS = {
    "plain": lambda text: text,
    # In the middle of something longer, so that the letters depend on where it begins.
    "base64": lambda text: base64.b64encode(f'{{"a":"{text}"}}'.encode()).decode(),
    "percent": lambda text: urllib.parse.quote(text, safe=""),
    "form": urllib.parse.quote_plus,
    "json": json.dumps,
    "hex": lambda text: text.encode().hex(),
    "reversed": lambda text: text[::-1],
    "part": lambda text: text[6:26],
}
leak = FORMS[form](secret)
WAITING = ["/bin/sh", "-c", "read line"]


def show(child):
    """Lets a child wait for its input until it was found, then ends it."""
    for _ in range(1000):
        if os.path.exists(path + ".found"):
            break
        time.sleep(0.01)
    child.stdin.close()
    child.wait()


match channel:
    case "output":
        print(leak)
    case "errors":
        print(leak, file=sys.stderr)
    case "file":
        with open("left-behind", "w", encoding="utf-8") as file:
            file.write(leak)
    case "file-for-a-moment":
        with open("passing", "w", encoding="utf-8") as file:
            file.write(leak)
        show(subprocess.Popen(WAITING, stdin=subprocess.PIPE))
        subprocess.run(["rm", "passing"], check=True)
    case "arguments":
        show(subprocess.Popen([*WAITING, "sh", leak], stdin=subprocess.PIPE))
    case "environment":
        show(subprocess.Popen(WAITING, stdin=subprocess.PIPE, env={"LEAK": leak}))
    case "core":
        subprocess.run(
            ["/bin/sh", "-c", "ulimit -c unlimited; read -r leak; kill -ABRT $$"],
            input=leak + "\n",
            encoding="utf-8",
            check=False,
        )
    case "nothing":
        pass
    case _:
        sys.exit(f"no such channel: {channel}")
