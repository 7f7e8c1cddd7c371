#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# Cuts the power at many moments of what a machine wrote (writes.py), and says of each disk that is left whether the terminal would
# start and has what it had acknowledged (disk.py). AIMED cuts go to the windows in turn, five to each at least, RANDOM ones anywhere. One
# disk of each window is kept in FOLDER to be started, start-WINDOW.disk, and each that failed. The disk is as it was before the first
# log, and is used up. A window of --windows that was not there, or was met fewer than five times, is a failure: what was not recorded
# was not tried.
#   an update        download, asked for, a slot's header, its root file system, the end of that, its hash tree, its kernel, the order of
#                    starting, the restart, the first boot, what the new system first writes to the data, called good
#   a first start    the table grows, the data is begun, its header and keys made, it is filled, labelled, used, the start is called good
#   a recovered one  its key goes into another TPM (reseal), and it is used
# What the new system first writes to the data (first-start) is where an older form of it would be brought forward. Today nothing
# is: the journal, the only thing there that cannot be had again, has had one form, and a later system opens it as it is.
# Usage: cuts.py --kioskctl PROGRAM --kernel SIGNED… [--recovery FILE [--stick]] [--windows NAME,…] DISK FOLDER AIMED RANDOM SEED LOG…
import argparse
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
HEADER_WRITES = 8  # of a slot, which begins the one that a kernel looks at; and as many are its end
FEWEST = 5  # cuts of a window


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
        self.end_of_root()
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
        """The first start of all: the word that it is begun, the header and its keys, what fills it, the label that says that it is
        made, and what uses it. Of data that is there, a header is written where its key is given to another TPM."""
        if phase == "grow" and where in ("data", "note"):
            return "begin"
        following = {"begin": ("make", True), "make": ("fill", False), "fill": ("label", True), "label": ("first-use", False),
                     "running": ("reseal", True), "reseal": ("used", False)}
        if where == "data" and phase in following and header == following[phase][1]:
            return following[phase][0]
        return phase

    def end_of_root(self):
        """The last that is written there, and what comes before anything else is. A hash tree is so short that it is its own end."""
        written = [n for n, where in enumerate(self.touched) if self.window[n] == "root" and where.startswith("root-")]
        for n in range(written[-HEADER_WRITES:][0] if written else len(self.window), len(self.window)):
            if self.window[n] == "root":
                self.window[n] = "root-end"

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
    for k in range(max(aimed, FEWEST * len(names)) if aimed else 0):
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

    def __init__(self, path, entries, data, recovery):
        super().__init__(path, entries)
        parts = terminal.partitions(path)
        self.plain, self.begin = path + ".plain", data[0]
        self.volume = luks.volume_of(path, *parts["data"], recovery or terminal.note_key(path, parts))
        terminal.opened(path, parts, self.plain, recovery)
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
    def __init__(self, options, history, signed, recovery):
        self.path, self.folder, self.kioskctl, self.stick = options.disk, options.folder, options.kioskctl, options.stick
        self.history, self.signed, self.recovery = history, signed, recovery
        self.whole, self.kept, self.sums = set(), set(), collections.OrderedDict()

    def judge(self, disk, number, cut, rng):
        n, window, how = cut
        held = disk.cut(n, how, rng)
        name, known = "cut-%d-%s-%s" % (number, window, how), self.history.known[n - 1]
        stamps = {slot: self.history.slot_stamp(slot, n, disk.settled) for slot in "ab"}
        try:
            seen = terminal.Known([slot for slot, stamp in stamps.items() if stamp in self.whole], getattr(disk, "plain", None),
                                  self.recovery, self.stick)
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


def asked_for():
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("--kioskctl", required=True)
    parser.add_argument("--kernel", action="append", required=True)
    parser.add_argument("--recovery", help="a file: the key of data whose own is in a TPM")
    parser.add_argument("--stick", action="store_true", help="the recovery key is at hand")
    parser.add_argument("--windows", default="", help="those that have to be there")
    for name, kind in (("disk", str), ("folder", str), ("aimed", int), ("random", int), ("seed", str)):
        parser.add_argument(name, type=kind)
    parser.add_argument("log", nargs="+")
    return parser.parse_args()


def history_of(options, entries):
    """And where the partitions lie. The disk is left as it is."""
    parts, before = terminal.partitions(options.disk), options.disk + ".before"
    begin = parts["data"][0]
    parts["data"] = begin, os.path.getsize(options.disk) - begin - 34 * 512  # as far as it grows at its first start
    terminal.run("cp", "--sparse=always", options.disk, before)
    history = History(options.disk, entries, parts)
    os.replace(before, options.disk)
    return history, parts


def tell_windows(name, wanted, sums):
    """How often each was met, and what started; whether all were that have to be."""
    for window, seen in sums.items():
        print("# %s: %s" % (window, ", ".join("%d %s" % (k, what) for what, k in seen.items())))
    missed = [window for window in wanted if sum(sums.get(window, {}).values()) < FEWEST]
    if missed:
        print("# met fewer than %d times: %s" % (FEWEST, ", ".join(missed)))
    print("%sok image-cuts-%s-windows" % ("not " if missed else "", name))


def main():
    options = asked_for()
    entries, rng, recovery = writes.read(options.log), random.Random(options.seed), None
    if options.recovery:
        with open(options.recovery, "rb") as f:
            recovery = f.read().strip()
    history, parts = history_of(options, entries)
    windows = history.windows()
    for name, where in windows.items():
        print("# %s: %d writes, from entry %d to %d" % (name, len(where), where[0], where[-1]))
    judge = Judge(options, history, terminal.signed(options.kernel), recovery)
    disk = Opened(options.disk, entries, parts["data"], recovery) if "running" in windows else writes.Disk(options.disk, entries)
    for number, cut in enumerate(chosen(windows, options.aimed, options.random, rng), 1):
        judge.judge(disk, number, cut, rng)
    tell_windows(os.path.basename(options.folder), [name for name in options.windows.split(",") if name], judge.sums)
    with open(options.folder + "/known", "w", encoding="ascii") as f:
        json.dump({window: history.known[where[0] - 1] for window, where in windows.items()}, f)


main()
