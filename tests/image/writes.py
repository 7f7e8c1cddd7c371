# SPDX-License-Identifier: Apache-2.0
#
# All that a machine wrote to its disk, in order, as QEMU's blklogwrites kept it (the format of Linux' dm-log-writes): so its disk can
# be had as it was at any moment, or as a power cut at that moment may leave it. What was written since the last flush a disk may have
# taken, lost, or taken in part; what was written before it has to be there.
import os
import struct

MAGIC, SECTOR = 0x6A736677736872, 512
FLUSH, DISCARD = 1, 4
MODES = "whole", "flushed", "part"  # of what was written since: all, nothing, and some of it


class Entry:
    __slots__ = "log", "data_at", "at", "length", "flags"

    def __init__(self, log, data_at, at, length, flags):
        self.log, self.data_at, self.at, self.length, self.flags = log, data_at, at, length, flags


def read(paths):
    """The entries of several logs, one after the other: each is a start of the machine."""
    entries = []
    for path in paths:
        with open(path, "rb") as log:
            magic, version, count, sector = struct.unpack("<QQQI", log.read(28))
            if magic != MAGIC or version != 1 or sector != SECTOR:
                raise ValueError("%s is no log of writes" % path)
            at, end = SECTOR, os.path.getsize(path)
            while at + SECTOR <= end:  # not `count`: that is written at each flush only
                log.seek(at)
                first, sectors, flags, _ = struct.unpack("<QQQQ", log.read(32))
                at += SECTOR
                length = 0 if flags & DISCARD else sectors * SECTOR
                if not sectors and not flags & FLUSH or at + length > end:
                    break  # the machine went while it was being kept
                entries.append(Entry(path, at, first * SECTOR, length, flags))
                at += length
        if len(entries) < count:
            raise ValueError("%s: %d of %d entries" % (path, len(entries), count))
    return entries


class Disk:
    """The file of a disk as it was before, brought forward through what was written to it, and never back."""

    def __init__(self, path, entries):
        self.entries, self.settled, self.logs = entries, 0, {}
        self.file = open(path, "r+b", buffering=0)

    def data(self, entry):
        if entry.log not in self.logs:
            self.logs[entry.log] = open(entry.log, "rb")
        self.logs[entry.log].seek(entry.data_at)
        return self.logs[entry.log].read(entry.length)

    def put(self, at, data):
        self.file.seek(at)
        self.file.write(data)

    def flushed(self, n):
        """Of the first n entries: how many a disk cannot have lost."""
        while n > self.settled and not self.entries[n - 1].flags & FLUSH:
            n -= 1
        return n

    def settle(self, n):
        """All that the first n entries wrote is on the disk."""
        for entry in self.entries[self.settled:n]:
            if entry.length:
                self.put(entry.at, self.data(entry))
        self.settled = max(self.settled, n)

    def cut(self, n, mode, rng):
        """The power goes after n entries: returns what the disk held in their place, for mend()."""
        self.settle(self.flushed(n))
        held = []
        for entry in self.entries[self.settled:n]:
            length = entry.length
            if mode == "flushed":
                length = 0
            elif mode == "part":  # half of them; and of one in ten the beginning alone
                length = rng.choice((0, length)) if rng.random() > 0.1 else rng.randrange(0, length + 1, SECTOR)
            if not length:
                continue
            self.file.seek(entry.at)
            held.append((entry.at, self.file.read(length)))
            self.put(entry.at, self.data(entry)[:length])
        return held

    def mend(self, held):
        for at, data in reversed(held):
            self.put(at, data)
