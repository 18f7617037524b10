"""Reads .env texts with the real python-dotenv, one a line of standard input.

A line is `0|1 TEXT [NAME=VALUE ...]`: whether the file's values win over the environment's, the
text, and the environment, all in hexadecimal. The first line of the answer is the version of
python-dotenv, then one line a text: `error`, or the number of warnings and `KEY=VALUE` for each
key, `KEY` alone for one without a value.
"""
import logging
import os
import sys
import tempfile
from importlib.metadata import version

from dotenv.main import DotEnv


class Counter(logging.Handler):
    count = 0

    def emit(self, record):
        Counter.count += 1


def unhex(text):
    return bytes.fromhex(text)


logging.getLogger("dotenv.main").addHandler(Counter())
logging.getLogger("dotenv.main").propagate = False
print(version("python-dotenv"))
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, ".env")
    for line in sys.stdin.read().splitlines():
        override, text, *environment = line.split(" ")
        os.environ.clear()
        for pair in environment:
            name, _, value = pair.partition("=")
            os.environ[unhex(name).decode()] = unhex(value).decode()
        with open(path, "wb") as file:
            file.write(unhex(text))
        Counter.count = 0
        try:
            read = DotEnv(path, encoding="utf-8", override=override == "1").dict()
        except UnicodeDecodeError:
            print("error")
            continue
        words = [str(Counter.count)]
        for key, value in read.items():
            pair = key.encode().hex()
            if value is not None:
                pair += "=" + value.encode().hex()
            words.append(pair)
        print(" ".join(words))
