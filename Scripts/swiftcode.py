"""Reads Swift text just far enough to tell code from comments and string literals."""

import functools
import re

QUOTE = re.compile(r'(#*)("""|")')


@functools.cache  # the self-test looks at an unchanged file many times
def code_only(text: str) -> str:
    """The text with comments and string literals blanked; code in interpolations stays."""
    out, i, n = list(text), 0, len(text)
    strings: list[tuple[str, str]] = []  # (closing delimiter, interpolation opener) being read
    parentheses: list[int] = []  # open ones, for each interpolation being read
    in_string = False

    def blank(start: int, end: int) -> None:
        for at in range(start, min(end, n)):
            if out[at] != "\n":
                out[at] = " "

    while i < n:
        if in_string:
            close, opener = strings[-1]
            if text.startswith(close, i):
                blank(i, i + len(close))
                i += len(close)
                strings.pop()
                in_string = False
            elif text.startswith(opener, i):
                blank(i, i + len(opener))
                i += len(opener)
                parentheses.append(1)
                in_string = False
            elif text.startswith(opener[:-1], i):
                blank(i, i + len(opener))
                i += len(opener)
            elif text[i] == "\n" and '"""' not in close:
                strings.pop()  # not closed on its line: no string that compiles
                in_string = False
            else:
                blank(i, i + 1)
                i += 1
            continue
        if text.startswith("//", i):
            end = text.find("\n", i)
            end = n if end < 0 else end
            blank(i, end)
            i = end
        elif text.startswith("/*", i):
            depth, end = 1, i + 2
            while depth and end < n:
                if text.startswith("/*", end):
                    depth, end = depth + 1, end + 2
                elif text.startswith("*/", end):
                    depth, end = depth - 1, end + 2
                else:
                    end += 1
            blank(i, end)
            i = end
        elif found := QUOTE.match(text, i):
            hashes, quote = found.groups()
            strings.append((quote + hashes, "\\" + hashes + "("))
            blank(i, found.end())
            i = found.end()
            in_string = True
        else:
            if parentheses and text[i] in "()":
                parentheses[-1] += 1 if text[i] == "(" else -1
                if parentheses[-1] == 0:
                    parentheses.pop()
                    in_string = True
                    blank(i, i + 1)
            i += 1
    return "".join(out)
