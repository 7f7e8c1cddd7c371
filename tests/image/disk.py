#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
#
# A terminal's disk, read from outside as the terminal would read it after a power cut, in seconds and without starting it: its table
# of partitions, the kernel that systemd-boot would start, the root file system of that kernel, the data and the journal in it.
# The key of the data is in the note, or in a TPM: then the recovery key tells what is in it. Which board it is says $BOARD. Usage:
#   disk.py DISK data FILE               the data's file system, decrypted, its journal played
#   disk.py DISK seal FILE               puts a file system there, as a terminal's first start makes it, with a new key
#   disk.py DISK check KIOSKCTL KERNEL…  what would start, as a line of JSON; or why it would not, exit 1. KERNEL: a signed one
import functools
import hashlib
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

import luks

SALT = hashlib.sha256(b"tongban").hexdigest()  # board/image/disk.sh
KEY_AT, KEY_BYTES = 512 << 10, 64  # of the note: firmware/wire/note.h
BEGUN = b"tongban-begun-v1"  # where the data's file system will begin: board/image/root/usr/lib/tongban/data
BLOCK = 4096
BOARDS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../board")


class Fault(Exception):
    """Why a terminal would not start, or what it would have lost."""


def run(*words, **options):
    return subprocess.run(words, capture_output=True, check=False, **options)


def copy(disk, at, length, path):
    """A part of the disk as a file of its own, holes and all."""
    with open(disk, "rb") as f, open(path, "wb") as out:
        out.truncate(length)
        for begin, size in luks.written(disk, at, length):
            f.seek(begin)
            out.seek(begin - at)
            while size:
                piece = f.read(min(size, 1 << 20))
                out.write(piece)
                size -= len(piece)


# --- the table of partitions (UEFI 2.10, 5.3) ---
def table_at(f, sector):
    """The partitions by name, (first byte, length), of the header in that sector; None where it is not whole."""
    f.seek(sector * 512)
    header = f.read(512)
    size = struct.unpack_from("<I", header, 12)[0]
    if header[:8] != b"EFI PART" or not 92 <= size <= 512:
        return None
    told, zeroed = struct.unpack_from("<I", header, 16)[0], header[:16] + bytes(4) + header[20:size]
    entries, count, each, crc = struct.unpack_from("<QIII", header, 72)
    if zlib.crc32(zeroed) != told or each != 128 or count > 128:
        return None
    f.seek(entries * 512)
    array = f.read(count * each)
    if zlib.crc32(array) != crc:
        return None
    found = {}
    for i in range(0, len(array), each):
        first, last = struct.unpack_from("<QQ", array, i + 32)
        if any(array[i:i + 16]):
            found[array[i + 56:i + 128].decode("utf-16-le").rstrip("\0")] = (first * 512, (last - first + 1) * 512)
    return found


def partitions(disk):
    with open(disk, "rb") as f:
        found = table_at(f, 1)
        if found is None:  # the firmware puts the first right by the second, before anything starts
            found = table_at(f, os.path.getsize(disk) // 512 - 1)
    if found is None:
        raise Fault("both tables of partitions are damaged")
    return found


# --- what systemd-boot would start (systemd 257: src/boot/boot.c, boot_entry_compare) ---
def improved(a, b):
    """Of two versions, -1, 0 or 1: strverscmp_improved (UAPI.10, version format)."""
    def order(x, y):
        return (x > y) - (x < y)
    while True:
        a, b = (re.sub(r"^[^A-Za-z0-9.~^-]+", "", text) for text in (a, b))
        if a[:1] == "~" or b[:1] == "~":
            result = order(a[:1] != "~", b[:1] != "~")
        elif not a or not b:
            return order(len(a), len(b))
        elif a[0] in "-^." or b[0] in "-^.":
            first = next(sign for sign in "-^." if sign in (a[0], b[0]))
            result = order(a[0] != first, b[0] != first)
        else:
            kind = r"\d*" if a[0].isdigit() or b[0].isdigit() else r"[A-Za-z]*"
            x, y = re.match(kind, a)[0], re.match(kind, b)[0]
            if kind == r"\d*":
                result = order(bool(x), bool(y)) or order(int(x or 0), int(y or 0))
            else:
                result = order(x, y)
            if result:
                return result
            a, b = a[len(x):], b[len(y):]
            continue
        if result:
            return result
        a, b = a[1:], b[1:]


def told_by_kernel(kernel):
    """Of a signed kernel's sections: its version, the root hash its command line names, and how many blocks that is."""
    (pe,) = struct.unpack_from("<I", kernel, 0x3C)
    count, = struct.unpack_from("<H", kernel, pe + 6)
    optional, = struct.unpack_from("<H", kernel, pe + 20)
    sections = {}
    for i in range(count):
        at = pe + 24 + optional + 40 * i
        size, _, length, begin = struct.unpack_from("<IIII", kernel, at + 8)
        sections[kernel[at:at + 8].rstrip(b"\0").decode()] = kernel[begin:begin + min(size, length)].decode(errors="replace")
    version = re.search(r"^IMAGE_VERSION=(\S+)", sections[".osrel"], re.MULTILINE)[1]
    line = sections[".cmdline"]
    return version, re.search(r"tongban\.hash=(\S+)", line)[1], int(re.search(r"tongban\.blocks=(\d+)", line)[1])


class Entry:
    """One kernel in the boot partition: its file, the starts it has left, and what is in it."""

    def __init__(self, name, kernel):
        self.name, self.kernel = name, kernel
        self.id = re.sub(r"\+\d+(-\d+)?(?=\.efi$)", "", name)
        counted = re.search(r"\+(\d+)(-\d+)?\.efi$", name)
        self.left = int(counted[1]) if counted else None
        self.version, self.hash, self.blocks = told_by_kernel(kernel)


def before(a, b):
    if (a.left == 0) != (b.left == 0):
        return 1 if a.left == 0 else -1
    return -improved(a.version, b.version) or -improved(a.id, b.id)


def entries(esp):
    """Those systemd-boot lists, the one it starts first. It reads every file: one that is no kernel at all it leaves out."""
    listed = run("mdir", "-b", "-i", esp, "::/EFI/Linux")
    if listed.returncode:
        raise Fault("EFI/Linux is not to be read: " + listed.stderr.decode(errors="replace").strip())
    found = []
    for path in listed.stdout.decode(errors="replace").split("\n"):
        name = path.rsplit("/", 1)[-1]
        if not name.endswith(".efi"):
            continue
        kernel = run("mtype", "-i", esp, path).stdout
        try:
            found.append(Entry(name, kernel))
        except (struct.error, KeyError, TypeError, IndexError):
            continue
    return sorted(found, key=functools.cmp_to_key(before))


def starts(esp, kernels):
    """What is started of a boot partition: a kernel that the firmware lets start, which is a whole one."""
    found = entries(esp)
    if not found:
        raise Fault("nothing to start in the boot partition")
    if hashlib.sha256(found[0].kernel).hexdigest() not in kernels:
        raise Fault("the kernel to start is not whole: " + found[0].name)
    return found[0]


def loader_name(board):
    """The file that the firmware of such machines starts: board/x86_64/machine."""
    with open("%s/%s/machine" % (BOARDS, board), encoding="utf-8") as f:
        return "EFI/BOOT/BOOT%s.EFI" % re.search(r"^efi_name=(\w+)", f.read(), re.MULTILINE)[1].upper()


def boot_partition(disk, parts, folder, kernels):
    esp, name = folder + "/esp", loader_name(os.environ.get("BOARD", "x86_64"))
    copy(disk, *parts["esp"], esp)
    if not run("mtype", "-i", esp, "::/" + name).stdout.startswith(b"MZ"):
        raise Fault("systemd-boot is gone: there is no " + name)
    first = starts(esp, kernels)
    # before Linux mounts it; what is there then is what RAUC and the next start see
    code = run("fsck.vfat", "-a", esp).returncode
    if code > 1:
        raise Fault("fsck.vfat cannot mend the boot partition: %d" % code)
    if starts(esp, kernels).name != first.name:
        raise Fault("after fsck.vfat another kernel is the one to start")
    return first


# --- the root file system ---
def fits(disk, parts, slot, entry, folder, whole):
    """Whether a slot begins as that kernel's root hash demands, or all of it: as board/image/init does, and dm-verity later."""
    root, tree = folder + "/root", folder + "/tree"
    length = entry.blocks * BLOCK if whole else BLOCK
    copy(disk, parts["root-" + slot][0], length, root)
    copy(disk, *parts["verity-" + slot], tree)
    if not whole:  # one block, by the way from it to the root
        return way_up(root, tree, entry)
    done = run("veritysetup", "verify", "--no-superblock", "--salt", SALT, "--data-blocks", str(entry.blocks), root, tree, entry.hash)
    return done.returncode == 0


def way_up(root, tree, entry):
    salt = bytes.fromhex(SALT)
    levels, blocks = [], entry.blocks
    while blocks > 1:
        blocks = -(-blocks // (BLOCK // 32))
        levels.append(blocks)
    with open(root, "rb") as f:
        found = hashlib.sha256(salt + f.read(BLOCK)).digest()
    at = sum(levels)
    with open(tree, "rb") as f:
        for blocks in levels:  # the highest level lies first
            at -= blocks
            f.seek(at * BLOCK)
            block = f.read(BLOCK)
            if block[:32] != found:
                return False
            found = hashlib.sha256(salt + block).digest()
    return found.hex() == entry.hash


def root_file_system(disk, parts, entry, folder, trusted):
    for slot in "ab":
        if fits(disk, parts, slot, entry, folder, False):
            if slot not in trusted and not fits(disk, parts, slot, entry, folder, True):
                raise Fault("slot %s begins as %s demands, and is not whole" % (slot, entry.name))
            return slot
    raise Fault("no slot holds the root file system of " + entry.name)


# --- the data ---
def note_key(disk, parts):
    with open(disk, "rb") as f:
        f.seek(parts["note"][0] + KEY_AT)
        return f.read(KEY_BYTES)


def seal(disk, parts, plain):
    key = os.urandom(KEY_BYTES // 2).hex().encode()
    with tempfile.NamedTemporaryFile(dir=os.path.dirname(os.path.abspath(disk))) as made, open(disk, "r+b") as f:
        luks.sealed(plain, key, made.name)
        if os.path.getsize(made.name) > parts["data"][1]:
            raise Fault("the data partition is too small for that")
        f.seek(parts["note"][0] + KEY_AT)
        f.write(key)
        for at, length in luks.written(made.name):
            made.seek(at)
            f.seek(parts["data"][0] + at)
            f.write(made.read(length))


def is_made(disk, parts, folder):
    """Whether there is data; else the next start makes it. What /usr/lib/tongban/data asks, in its order."""
    begin = folder + "/begin"
    copy(disk, parts["data"][0], luks.HEADER, begin)
    os.truncate(begin, parts["data"][1])
    if run("cryptsetup", "isLuks", "--type", "luks2", begin).returncode == 0:
        label = run("blkid", "-p", "-o", "value", "-s", "LABEL", begin).stdout.decode().strip()
        if label not in ("tongban-data", "tongban-new"):
            raise Fault("the data partition is encrypted, and not by a terminal: " + label)
        return label == "tongban-data"
    with open(begin, "rb") as f, open(disk, "rb") as whole:
        whole.seek(parts["data"][0] + luks.HEADER)
        if any(f.read(1 << 20)) and whole.read(len(BEGUN)) != BEGUN:
            raise Fault("what is in the data partition is nothing of a terminal's")
    return False


def opened(disk, parts, plain, recovery=None):
    key = recovery or note_key(disk, parts)
    try:
        if plain:
            luks.opened(disk, *parts["data"], key, plain)
        else:
            luks.volume_of(disk, *parts["data"], key)
    except ValueError as e:
        raise Fault("the data does not open: %s" % e) from e


def mended(plain, *undo):
    """The data's file system, decrypted: its journal is played as before it is mounted, and then nothing is wrong with it."""
    done = run("e2fsck", "-p", *undo, plain)
    if done.returncode > 1:
        raise Fault("e2fsck does not mend the data by itself: " + done.stdout.decode(errors="replace").strip())
    done = run("e2fsck", "-fn", plain)
    if done.returncode:
        raise Fault("the data's file system is damaged: " + done.stdout.decode(errors="replace").strip())


def journal(plain, folder, kioskctl):
    """The number of its last record, as our own reader says; 0 where there is none yet."""
    target = folder + "/tongban"
    run("debugfs", "-R", "rdump /lib/tongban " + folder, plain)
    if not os.path.exists(target + "/terminal.json"):
        return 0
    done = run(kioskctl, "journal", "verify", "--data", target)
    said = (done.stdout + done.stderr).decode(errors="replace").strip()
    whole = re.search(r"^(\d+) records?, all in order", said, re.MULTILINE)
    if done.returncode or not whole:
        raise Fault("the journal is not whole: " + said)
    return int(whole[1])


def signed(paths):
    """What the firmware lets start: the hashes of signed kernels."""
    found = set()
    for path in paths:
        with open(path, "rb") as f:
            found.add(hashlib.sha256(f.read()).hexdigest())
    return found


class Known:
    """What need not be looked at again: slots that were whole, and the data, decrypted, in a file that is left as it was. And the
    recovery key of data whose own key is in a TPM; `stick`: that key is at hand on a stick, so the TPM need not have it."""

    def __init__(self, slots=(), plain=None, recovery=None, stick=False):
        self.slots, self.plain, self.recovery, self.stick = slots, plain, recovery, stick


def records_of(disk, parts, folder, kioskctl, known):
    """How many records the journal holds."""
    if not is_made(disk, parts, folder):
        return 0
    if known.recovery and not known.stick and not luks.has_tpm_key(disk, *parts["data"]):
        raise Fault("no TPM can be asked for the data's key")
    if not known.plain:
        opened(disk, parts, folder + "/plain", known.recovery)
        mended(folder + "/plain")
        return journal(folder + "/plain", folder, kioskctl)
    opened(disk, parts, None, known.recovery)
    try:
        mended(known.plain, "-z", folder + "/undo")
        return journal(known.plain, folder, kioskctl)
    finally:
        if os.path.exists(folder + "/undo") and run("e2undo", folder + "/undo", known.plain).returncode:
            raise OSError("e2undo: the data cannot be left as it was")


def check(disk, kioskctl, kernels, known=Known()):
    """What the disk would start and what it holds; raises Fault where it would not, or where that is not whole."""
    with tempfile.TemporaryDirectory(dir=os.path.dirname(os.path.abspath(disk))) as folder:
        parts = partitions(disk)
        entry = boot_partition(disk, parts, folder, kernels)
        slot = root_file_system(disk, parts, entry, folder, known.slots)
        return {"starts": entry.name, "version": entry.version, "slot": slot,
                "records": records_of(disk, parts, folder, kioskctl, known)}


def main():
    disk, what = sys.argv[1:3]
    try:
        if what == "data":
            opened(disk, partitions(disk), sys.argv[3])
            mended(sys.argv[3])
        elif what == "seal":
            seal(disk, partitions(disk), sys.argv[3])
        else:
            print(json.dumps(check(disk, sys.argv[3], signed(sys.argv[4:]))))
    except Fault as fault:
        sys.exit("disk: %s" % fault)


if __name__ == "__main__":
    main()
