# SPDX-License-Identifier: Apache-2.0
"""What words of ps mean, for top: undocker gives docker words of its own."""

import re

COLUMNS = ("pid ppid pgid user uid stat tty time etime pcpu pmem rss vsz nice "
           "comm args").split()
TEXTS = ("tty", "comm", "args")  # what may hold a blank
WORD = re.compile("[aux]+|-aux|-[ef]+")
LIST = re.compile(r"(?:^| )-([ef]*)o ?(\S*)")

# As `docker top C WORDS` has them: good ones, and others.
WORDS = ([[], [], ["aux"], ["-aux"], ["-ef"], ["-fe"], ["-e", "-f"],
          ["a", "x"], ["u"], ["-o", "pid,comm"], ["-eo", "pid,args"],
          ["-opid"], ["-o", "pid", "-oargs", "-e"],
          ["ax", "-o", "user,pid,args"]],
         [["-eosz=PID", "-oruser", "-oargs", "f", "e"], ["e"], ["auxe"],
          ["-u"], ["-o", "comm,pid"], ["-o", "user"], ["-o"], ["-o", ""],
          ["-opid,pid"], ["-o", "pid,%cpu"], ["aux", "-ef"], ["-ef", "-opid"],
          ["--sort=pid"], ["-o pid,comm"], ["aux e"], [""], ["--"], ["-"],
          ["-p", "1"], ["-A"], ["-aux", "-opid,tty"], ["-o", "tty,pid"]])


def columns(text):
    """The columns that all of -o name, in order."""
    return [c for _, names in LIST.findall(text) for c in names.split(",")]


def meaning(text):
    """Letters of a, u and x; of e and f; and columns."""
    rest = LIST.sub(r" -\1", text).replace("-aux", "aux").split()
    return [sorted(set("".join(w for w in rest if w[0] != "-"))),
            sorted(set("".join(w[1:] for w in rest if w[0] == "-"))),
            columns(text)]
