# SPDX-License-Identifier: Apache-2.0
"""The place in which lines are run, and the files there."""

import os


def furnish(place):
    """Fills the directory that the lines name: small, real, for everybody."""
    files = {
        "one.env": "F1=one\nF2=two words\n# comment\nTOKEN\nNOTSET\n",
        "two.env": "F1=other\n\nA=file\n",
        "empty.env": "",
        "bad.env": "a b=c\n",
        "spaces.env": "  LEAD=1\nTRAIL=1  \n  # no comment\n",
        "crlf.env": "CR=1\r\nLF=2\r\n",
        "bom.env": "\ufeffBOM=1\n",
        "latin.env": "L=\udce9\n",
        "one.label": "fl=one\nfl2=two words\nbare\n",
        "profile.json": '{"defaultAction": "SCMP_ACT_ALLOW"}\n',
        "data/below/file": "x\n",
        "co,mma/file": "x\n",
        "quo\"te/file": "x\n",
        "da\nta/file": "x\n",
        "two words/file": "x\n",
        "readonly/file": "x\n",
        "cid/.keep": "",
    }
    os.chmod(place, 0o755)
    for name, text in files.items():
        path = os.path.join(place, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(text.encode("utf-8", "surrogateescape"))
    os.symlink("data", os.path.join(place, "link"))
    for name in ("data", "co,mma", "quo\"te", "da\nta", "two words", "cid"):
        os.chmod(os.path.join(place, name), 0o777)


def written(place):
    """The files that a client wrote (--cidfile)."""
    return sorted(set(os.listdir(os.path.join(place, "cid"))) - {".keep"})


def clean(place):
    """Takes away what a client wrote: a --cidfile stops the next run."""
    for name in written(place):
        os.unlink(os.path.join(place, "cid", name))
