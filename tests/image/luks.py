# SPDX-License-Identifier: Apache-2.0
#
# A LUKS2 partition in a file, read and made without a kernel: cryptsetup opens its header and tells the key, and the sectors are
# AES-XTS (plain64) by libcrypto. So a test looks into a terminal's data on a machine that has no device mapper.
import contextlib
import ctypes
import ctypes.util
import json
import os
import subprocess
import tempfile

HEADER = 16 << 20
ALL_AT_ONCE = 1 << 20

crypto = ctypes.CDLL(ctypes.util.find_library("crypto"))
crypto.EVP_CIPHER_CTX_new.restype = ctypes.c_void_p
crypto.EVP_aes_256_xts.restype = ctypes.c_void_p


def cryptsetup(*words, key):
    done = subprocess.run(["cryptsetup", "--batch-mode", "--key-file", "-", *words], input=key, capture_output=True, check=False)
    if done.returncode:
        raise ValueError("cryptsetup: " + done.stderr.decode(errors="replace").strip())
    return done.stdout


def written(path, at=0, length=None):
    """Where a sparse file holds something, as (offset, length), both within `at` and `length`."""
    fd = os.open(path, os.O_RDONLY)
    end = at + (os.fstat(fd).st_size - at if length is None else length)
    try:
        while at < end:
            try:
                begin = os.lseek(fd, at, os.SEEK_DATA)
            except OSError:  # nothing but a hole from here on
                return
            if begin >= end:
                return
            at = min(os.lseek(fd, begin, os.SEEK_HOLE), end)
            yield begin, at - begin
    finally:
        os.close(fd)


class Volume:
    """The volume behind a header, opened with a key or refused with ValueError."""

    def __init__(self, header, key):
        with tempfile.TemporaryDirectory() as folder:
            path = folder + "/key"
            cryptsetup("luksDump", "--dump-volume-key", "--volume-key-file", path, header, key=key)
            with open(path, "rb") as f:
                self.key = f.read()
        segment = json.loads(cryptsetup("luksDump", "--dump-json-metadata", header, key=b""))["segments"]["0"]
        if segment["encryption"] != "aes-xts-plain64" or len(self.key) != 64:
            raise ValueError("luks: another cipher than aes-xts-plain64: " + segment["encryption"])
        self.offset, self.sector = int(segment["offset"]), segment["sector_size"]

    def turn(self, at, data, encrypt):
        """Sectors from byte `at` of the volume on, encrypted or decrypted."""
        ctx, out, n = ctypes.c_void_p(crypto.EVP_CIPHER_CTX_new()), ctypes.create_string_buffer(len(data)), ctypes.c_int()
        source = ctypes.create_string_buffer(data, len(data))
        crypto.EVP_CipherInit_ex(ctx, ctypes.c_void_p(crypto.EVP_aes_256_xts()), None, self.key, None, encrypt)
        for i in range(0, len(data), self.sector):
            tweak = ((at + i) // 512).to_bytes(16, "little")
            crypto.EVP_CipherInit_ex(ctx, None, None, None, tweak, encrypt)
            crypto.EVP_CipherUpdate(ctx, ctypes.byref(out, i), ctypes.byref(n), ctypes.byref(source, i), self.sector)
        crypto.EVP_CIPHER_CTX_free(ctx)
        return out.raw

    def copy(self, source, source_at, length, target, target_at, encrypt):
        """What a file holds within a range, turned, into another file. Holes stay holes: the volume has never written there."""
        with open(source, "rb") as f, open(target, "r+b") as out:
            for begin, size in written(source, source_at, length):
                first = (begin - source_at) // self.sector * self.sector
                last = min(length, -(-(begin - source_at + size) // self.sector) * self.sector)
                for at in range(first, last, ALL_AT_ONCE):
                    f.seek(source_at + at)
                    piece = f.read(min(ALL_AT_ONCE, last - at) // self.sector * self.sector)
                    out.seek(target_at + at)
                    out.write(self.turn(at, piece, encrypt))


@contextlib.contextmanager
def header_of(disk, at, length):
    """The header of the partition at those bytes of the disk, as a file."""
    with tempfile.NamedTemporaryFile() as header:
        with open(disk, "rb") as f:
            f.seek(at)
            header.write(f.read(HEADER))
        header.truncate(length)
        header.flush()
        yield header.name


def volume_of(disk, at, length, key):
    """The volume in that partition."""
    with header_of(disk, at, length) as header:
        return Volume(header, key)


def has_tpm_key(disk, at, length):
    """Whether a TPM can be asked for its key: each of a TPM's tokens names a slot that is there, and there is one."""
    with header_of(disk, at, length) as header:
        told = json.loads(cryptsetup("luksDump", "--dump-json-metadata", header, key=b""))
    slots = [slot for token in told["tokens"].values() if token["type"] == "systemd-tpm2" for slot in token["keyslots"]]
    return bool(slots) and set(slots) <= set(told["keyslots"])


def opened(disk, at, length, key, plain):
    """The same, decrypted into the file `plain`."""
    volume = volume_of(disk, at, length, key)
    with open(plain, "wb") as f:
        f.truncate(length - volume.offset)
    volume.copy(disk, at + volume.offset, length - volume.offset, plain, 0, 0)


def sealed(plain, key, path):
    """A terminal's data partition, as /usr/lib/tongban/data makes it, of a file system in the file `plain`."""
    size = os.path.getsize(plain)
    with open(path, "wb") as f:
        f.truncate(HEADER + size)
    cryptsetup("luksFormat", "--type", "luks2", "--label", "tongban-data", "--sector-size", "4096", "--pbkdf", "pbkdf2",
               "--pbkdf-force-iterations", "1000", path, key=key)
    volume = Volume(path, key)
    volume.copy(plain, 0, size, path, volume.offset, 1)
