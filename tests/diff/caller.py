# SPDX-License-Identifier: Apache-2.0
"""The caller: the account that undocker acts for."""

import os
import pwd


class Caller:
    def __init__(self, name):
        entry = pwd.getpwnam(name)
        self.name, self.uid, self.gid = name, entry.pw_uid, entry.pw_gid
        self.user = "%d:%d" % (self.uid, self.gid)
        self.groups = os.getgrouplist(name, self.gid)

    def may_write(self, path):
        try:
            status = os.stat(path)
        except OSError:
            return True
        if self.uid in (0, status.st_uid):
            bit = 0o200
        elif status.st_gid in self.groups:
            bit = 0o020
        else:
            bit = 0o002
        return bool(self.uid == 0 or status.st_mode & bit)
