#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Cuts the power at many moments of what a machine wrote (writes.py), and says of each disk that is left whether the terminal would
# start and has what it had acknowledged (disk.py). AIMED cuts go to the windows in turn, RANDOM ones anywhere. One disk of each window
# is kept in FOLDER to be started, start-WINDOW.disk, and each that failed. The disk is as it was before the first log, and is used up.
# Usage: cuts.py DISK FOLDER AIMED RANDOM SEED KIOSKCTL KERNEL… -- LOG…
import collections
import json
import os
import random
import re
import sys

import disk as terminal
import luks
import writes

MARK_AT = 1024 * 512  # between the table of partitions and the first one: updating.bash writes there
HEADER_WRITES = 8  # of a slot, which begins the one that a kernel looks at


def place(entry, parts):
    """Where on the disk an entry writes: a partition's name, or mark, table, flush."""
    if not entry.length:
        return "flush"
    if entry.at == MARK_AT:
        return "mark"
    for name, (at, length) in parts.items():
        if at <= entry.at < at + length:
            return name
    return "table"


def kernels(path, parts):
    said = terminal.run("mdir", "-b", "-i", "%s@@%d" % (path, parts["esp"][0]), "::/EFI/Linux").stdout.decode(errors="replace")
    return sorted(line.rsplit("/", 1)[-1] for line in said.split("\n") if line)


class History:
    """Of a log of writes: for each number of entries its window, and how many records the terminal had acknowledged by then."""

    def __init__(self, path, entries, parts):
        self.entries, self.parts, self.window, self.known, self.touched = entries, parts, [], [], []
        self.names = [None]  # of the boot partition's kernels
        disk, records, slots = writes.Disk(path, entries), 0, collections.Counter()
        with open(path, "rb") as f:
            f.seek(parts["data"][0])
            phase = "running" if any(f.read(1 << 20)) else "grow"
        for n, entry in enumerate(entries):
            where = place(entry, parts)
            disk.settle(n + 1)
            if n and entry.log != entries[n - 1].log:
                phase = "first-boot"
            if where == "mark":
                word, count = re.match(rb"tongban-mark (\S*) (\d*)", disk.data(entry)).groups()
                phase, records = word.decode() or phase, max(records, int(count or 0))
            else:
                phase = self.next_phase(phase, where, slots[where])
                phase = self.next_making(phase, where, entry.at - parts["data"][0] < luks.HEADER)
            slots[where] += 1
            self.names.append(kernels(path, parts) if where == "esp" else self.names[-1])
            self.window.append(phase)
            self.known.append(records)
            self.touched.append(where)
        self.around_renames()

    @staticmethod
    def next_phase(phase, where, before):
        """An update's way, by the places it writes to; what lies in between belongs to what came last."""
        if phase in ("asked", "header", "root") and where.startswith("root-"):
            return "header" if before < HEADER_WRITES else "root"
        if where.startswith("verity-"):
            return "verity"
        if phase == "verity" and where == "esp":
            return "kernel"
        if phase == "first-boot" and where == "data":
            return "first-start"
        return phase

    @staticmethod
    def next_making(phase, where, header):
        """The first start of all: what makes the data, fills it, says that it is made, and what uses it."""
        if phase == "grow" and where in ("data", "note"):
            return "make"
        following = {"make": "fill", "fill": "label", "label": "first-use"}
        if where == "data" and phase in following and header == (phase == "fill"):
            return following[phase]
        return phase

    def around_renames(self):
        """Where the kernel that starts changes its name, or is judged: some writes before, and what is written there right after."""
        for n in range(1, len(self.window)):
            if self.names[n + 1] == self.names[n] or self.names[n] is None:
                continue
            phase = {"kernel": "boot-order", "first-start": "mark-good", "first-use": "first-mark-good"}.get(self.window[n])
            if not phase or any(name.endswith(".new") for name in self.names[n + 1]):
                continue
            end = n + 1
            while end < len(self.window) and end < n + 24 and (self.touched[end] in ("esp", "flush")):
                end += 1
            for i in range(max(0, n - 6), end):
                self.window[i] = phase
        if "boot-order" in self.window:
            last = len(self.window) - self.window[::-1].index("boot-order")
            for i in range(last, len(self.window)):
                if self.window[i] != "kernel":
                    break
                self.window[i] = "restart"

    def windows(self):
        found = collections.OrderedDict()
        for n, phase in enumerate(self.window):
            if self.touched[n] not in ("mark", "flush"):
                found.setdefault(phase, []).append(n + 1)
        return found

    def slot_stamp(self, slot, n, settled):
        """The same for two cuts between which nothing was written to a slot; None where a cut may have left it in part."""
        parts = ("root-" + slot, "verity-" + slot)
        if any(where in parts for where in self.touched[settled:n]):
            return None
        return slot, sum(where in parts for where in self.touched[:settled])


def chosen(windows, aimed, count, rng):
    """The cuts, in the order of what was written: (entries, window, how)."""
    cuts, names = [], [name for name in windows if name != "running"]
    for k in range(aimed):
        name = names[k % len(names)]
        turn = k // len(names)
        where = windows[name]
        n = where[0] if turn == 0 else where[-1] if turn == 1 else rng.choice(where)
        cuts.append((n, name, writes.MODES[2 - turn % 3]))
    everywhere = [(n, name) for name, where in windows.items() for n in where]
    for _ in range(count):
        cuts.append((*rng.choice(everywhere), rng.choice(writes.MODES)))
    return sorted(cuts)


class Opened(writes.Disk):
    """A disk whose data is there decrypted too, in a file: decrypting all of it for each cut would take most of the time."""

    def __init__(self, path, entries, data):
        super().__init__(path, entries)
        parts = terminal.partitions(path)
        self.plain, self.begin = path + ".plain", data[0]
        self.volume = luks.volume_of(path, *parts["data"], terminal.note_key(path, parts))
        luks.opened(path, *parts["data"], terminal.note_key(path, parts), self.plain)
        self.inside = open(self.plain, "r+b", buffering=0)
        self.inside.truncate(data[1] - self.volume.offset)  # as far as it grows at its first start

    def put(self, at, data):
        super().put(at, data)
        sector, begin = self.volume.sector, self.begin + self.volume.offset
        first = max(0, at - begin) // sector * sector
        last = -(-(at + len(data) - begin) // sector) * sector
        if last > first and at >= self.begin and last <= os.fstat(self.inside.fileno()).st_size:
            self.file.seek(begin + first)
            self.inside.seek(first)
            self.inside.write(self.volume.turn(first, self.file.read(last - first), 0))


class Judge:
    def __init__(self, path, folder, history, kioskctl, signed):
        self.path, self.folder, self.history, self.kioskctl, self.signed = path, folder, history, kioskctl, signed
        self.whole, self.kept, self.sums = set(), set(), collections.OrderedDict()

    def judge(self, disk, number, cut, rng):
        n, window, how = cut
        held = disk.cut(n, how, rng)
        name, known = "cut-%d-%s-%s" % (number, window, how), self.history.known[n - 1]
        stamps = {slot: self.history.slot_stamp(slot, n, disk.settled) for slot in "ab"}
        try:
            seen = terminal.Known([slot for slot, stamp in stamps.items() if stamp in self.whole], getattr(disk, "plain", None))
            found = terminal.check(self.path, self.kioskctl, self.signed, seen)
            if found["records"] < known:
                raise terminal.Fault("%d records were acknowledged, %d are there" % (known, found["records"]))
            self.whole |= {stamps[found["slot"]]} - {None}
            self.sums.setdefault(window, collections.Counter())[found["version"] + " starts"] += 1
            print("ok image-%s" % name)
            if window not in self.kept:
                self.kept.add(window)
                self.keep("start-" + window)
        except terminal.Fault as fault:
            self.sums.setdefault(window, collections.Counter())["failed"] += 1
            self.keep(name)
            print("# entry %d of %d, the last flush at %d: %s\nnot ok image-%s" % (n, len(disk.entries), disk.settled, fault, name))
        sys.stdout.flush()
        disk.mend(held)

    def keep(self, name):
        terminal.run("cp", "--sparse=always", self.path, "%s/%s.disk" % (self.folder, name))


def main():
    split = sys.argv.index("--")
    path, folder, aimed, count, seed, kioskctl = sys.argv[1:7]
    signed, entries = terminal.signed(sys.argv[7:split]), writes.read(sys.argv[split + 1:])
    parts, rng = terminal.partitions(path), random.Random(seed)
    begin = parts["data"][0]
    parts["data"] = begin, os.path.getsize(path) - begin - 34 * 512  # as far as it grows at its first start
    before = path + ".before"
    terminal.run("cp", "--sparse=always", path, before)
    history = History(path, entries, parts)
    os.replace(before, path)
    windows = history.windows()
    for name, where in windows.items():
        print("# %s: %d writes, from entry %d to %d" % (name, len(where), where[0], where[-1]))
    judge = Judge(path, folder, history, kioskctl, signed)
    disk = Opened(path, entries, parts["data"]) if "running" in windows else writes.Disk(path, entries)
    for number, cut in enumerate(chosen(windows, int(aimed), int(count), rng), 1):
        judge.judge(disk, number, cut, rng)
    for window, sums in judge.sums.items():
        print("# %s: %s" % (window, ", ".join("%d %s" % (k, what) for what, k in sums.items())))
    with open(folder + "/known", "w", encoding="ascii") as f:
        json.dump({window: history.known[where[0] - 1] for window, where in windows.items()}, f)


main()
