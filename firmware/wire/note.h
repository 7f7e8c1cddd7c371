/* SPDX-License-Identifier: Apache-2.0
 *
 * What may be known of a terminal without the key of its disk: the partition `note` (1 MiB, never encrypted) says whose
 * machine this is, which system it had, and for how many people it holds what the hall has not got. Whoever installs,
 * rescues or erases reads it; kiosk writes it, before the paper of what was handed in is printed.
 *
 *     byte 0          the one copy      NOTE_COPY_BYTES, written in turn, so that a torn write leaves the other
 *     byte 256 KiB    the other copy
 *     byte 512 KiB    on a machine without a TPM, the disk's key (board/README.md); nothing of it is read here
 *     byte 768 KiB    NOTE_RESET_WORD, where a factory reset is wanted at the next start
 *     byte 64 and 320 KiB, and 1016: pages for a machine that does not start, and a count of starts (board/image/rescue)
 *     the last block  a sheet on its way in (tools/install/sheet_block.h)
 *
 * A copy: "tongban-note-v1\n" ‖ be16(length of text) ‖ be16(length of signature) ‖ text ‖ signature ‖ zeros. The text is
 *     {"v":1,"sequence":n,"at":ms,"terminal":id,"place":{…},"version":text,"slot":"a","waiting":n,"last":n,"acked":n,
 *      "release":64 hex digits,"key":130 hex digits}
 * and the signature, over "tongban-note-v1\n" ‖ text, is of the terminal's record-signing key, whose point is `key`. It
 * shows that a copy is whole, and to whoever knows the terminal's key (the hall) that the terminal wrote it. It does not
 * keep anybody who can write the disk from putting his own there: he could as well erase all of it.
 *
 * Both copies zeros: no terminal was ever enrolled here, and nothing can be waiting. No copy that reads, and one that is not
 * zeros: not known, which counts as undelivered. Pure; of any bytes.
 */
#ifndef WIRE_NOTE_H
#define WIRE_NOTE_H

#include "base/machine.h"
#include "crypto/sign.h"
#include "model/place.h"
#include "model/record.h"
#include "wire/release.h"

#define NOTE_COPIES 2
#define NOTE_COPY_BYTES 4096
#define NOTE_COPY_AT (256 * 1024) /* from one copy's first byte to the other's */
#define NOTE_RESET_AT (768 * 1024)
#define NOTE_RESET_WORD "tongban-reset-v1"
#define NOTE_RESET_LEN 16
#define NOTE_WAITING_UNKNOWN (-1)

struct note {
    int64_t sequence; /* from 1; the newer copy's is larger */
    int64_t at_ms;    /* when it was written, by the terminal's clock */
    char terminal[TERMINAL_ID_MAX + 1];
    struct place place; /* its `terminal` is left empty */
    char version[MACHINE_VERSION_MAX + 1];
    char slot;           /* 'a', 'b'; '-': no slot */
    int64_t waiting;     /* applications and other sealed bodies that only this machine has; NOTE_WAITING_UNKNOWN */
    int64_t last, acked; /* the journal's last record, and the newest the hall has acknowledged */
    uint8_t release[RELEASE_SECRET_LEN]; /* release.h */
    struct public_key key;
};

/* A whole copy; signs it. `n->key` is filled from the key. -ERR_INVALID where decode would refuse it. */
int note_encode(struct note *n, const struct private_key *k, uint8_t out[NOTE_COPY_BYTES], struct err *e);
/* -ERR_NOTFOUND: zeros. -ERR_SIGNATURE, -ERR_INVALID: torn or foreign. */
int note_decode(const uint8_t copy[NOTE_COPY_BYTES], struct note *ret, struct err *e);
/* The newer of two copies. -ERR_NOTFOUND: nobody was ever enrolled; any other: not known, by the first copy's reason. */
int note_choose(const uint8_t one[NOTE_COPY_BYTES], const uint8_t other[NOTE_COPY_BYTES], struct note *ret, struct err *e);

/* The text alone. */
int note_text_encode(const struct note *n, struct buf *out);
int note_text_decode(const void *data, size_t len, struct note *ret, struct err *e);

#endif
