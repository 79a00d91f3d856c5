# SPDX-License-Identifier: Apache-2.0
"""Shell words: as undocker prints them, and as people read them."""

import re

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b",
           "E": "\x1b", "f": "\f", "v": "\v", "\\": "\\", "'": "'", '"': '"',
           "?": "?"}
WORD_PART = re.compile(
    rb"\$'(?P<ansi>(?:[^'\\]|\\.)*)'|'(?P<quoted>[^']*)'|\\(?P<one>.)"
    rb"|(?P<bare>[A-Za-z0-9@%+=:,./_^~{}\[\]-]+)|(?P<blank> +)", re.S)
ANSI_PART = re.compile(
    rb"\\x([0-9a-fA-F]{1,2})|\\([0-7]{1,3})|\\(.)|([^\\]+)", re.S)


def ansi_bytes(text):
    out = b""
    for hexa, octal, letter, plain in ANSI_PART.findall(text):
        if hexa:
            out += bytes([int(hexa, 16)])
        elif octal:
            out += bytes([int(octal, 8) & 255])
        elif letter:
            out += ESCAPES[letter.decode("latin-1")].encode()
        else:
            out += plain
    return out


def shell_words(line):
    """The words of a line of '…', $'…' and bare parts; ValueError if odd."""
    words, word, at = [], None, 0
    while at < len(line):
        part = WORD_PART.match(line, at)
        if part is None:
            raise ValueError("no shell word at %r" % line[at:at + 40])
        at = part.end()
        if part["blank"] is not None:
            if word is not None:
                words.append(word)
            word = None
        elif part["ansi"] is not None:
            word = (word or b"") + ansi_bytes(part["ansi"])
        else:
            word = (word or b"") + (
                part["quoted"] or part["one"] or part["bare"] or b"")
    if word is not None:
        words.append(word)
    return [w.decode("utf-8", "surrogateescape") for w in words]


def shown(words):
    """As words that bash reads back."""
    return " ".join(shown_word(word) for word in words)


def shown_word(word):
    plain = ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
             "0123456789@%+=:,./_-")
    if word and all(c in plain for c in word):
        return word
    if all(c.isprintable() and not "\udc80" <= c <= "\udcff" for c in word):
        return "'" + word.replace("'", "'\\''") + "'"
    raw = word.encode("utf-8", "surrogateescape")
    return "$'" + "".join(
        chr(b) if 32 <= b < 127 and b not in b"'\\" else "\\x%02x" % b
        for b in raw) + "'"
