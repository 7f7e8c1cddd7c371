/* SPDX-License-Identifier: Apache-2.0
 *
 * How far the journal was, kept beside it and not in it: a journal that lost its end, or was replaced by an older or another
 * one, looks whole in itself, and would give its last numbers a second time. The file is the journal's folder's name with
 * `.anchor` behind it (DATA/journal.anchor), outside the folder, so that a copy of the folder put back does not bring its
 * own.
 *
 * Two slots, each in a page of its own and with its checksum, written in turn: one that was torn leaves the other. Enrolment
 * makes it, with record 0; that alone makes an empty journal a first start. Written after every commit without waiting for
 * the disk, so a kill loses nothing; what it says was synced before as a record, so a power cut leaves it behind the journal
 * and never ahead. Lost or damaged, it is made anew from a journal that holds records.
 */
#ifndef JOURNAL_ANCHOR_H
#define JOURNAL_ANCHOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "model/record.h"

struct anchor_place { /* in the chain; seq 0: before the first record, the hash is not looked at */
    uint64_t seq;
    uint8_t hash[HASH_LEN];
};

struct anchor {
    char terminal[TERMINAL_ID_MAX + 1];
    uint8_t epoch[EPOCH_LEN];
    struct anchor_place last;  /* our last commit */
    struct anchor_place acked; /* what the hall holds, by its newest verified word: also when we do not hold it */
    int64_t trusted_ms;        /* the newest time of a trusted clock; 0: none yet */
};

/* One slot, in fixed places, big-endian:
 *
 *     0 "tongban-anchor-1"   16 terminal, NULs behind it (33)   49 epoch   65 turn (8): the slot with the greater one is
 * newer 73 last: seq (8), hash  113 acked: seq (8), hash          153 trusted_ms (8)          161 zeros   480 SHA-256 of
 * 0..479 */
#define ANCHOR_SLOT_LEN 512
#define ANCHOR_SLOT_EVERY 4096
void anchor_slot_encode(const struct anchor *a, uint64_t turn, uint8_t out[ANCHOR_SLOT_LEN]);
bool anchor_slot_decode(const uint8_t in[ANCHOR_SLOT_LEN], struct anchor *ret, uint64_t *ret_turn);

/* For readers. -ERR_NOTFOUND: there is none; -ERR_CHECKSUM: both slots are damaged. */
int anchor_read(const char *journal_dir, struct anchor *ret, struct err *e);
/* What enrolment does: from now on an empty journal is a first start. Replaces what is there. Durable. */
int anchor_make(const char *journal_dir, const char *terminal, const uint8_t epoch[EPOCH_LEN], struct err *e);

/* For the journal's one writer. */
struct anchor_file {
    int fd; /* -1: not open */
    uint64_t turn;
    char path[1024];
};
/* *ret_there: it is this terminal's and epoch's, and *ret says what stands in it. False: lost, damaged or another's, and
 * *ret holds zeros. Negative only when the disk does not answer. */
int anchor_open(struct anchor_file *f, const char *journal_dir, const char *terminal, const uint8_t epoch[EPOCH_LEN],
                struct anchor *ret, bool *ret_there, struct err *e);
/* Into the older slot; makes the file where it is not there. Does not wait for the disk. */
int anchor_write(struct anchor_file *f, const struct anchor *a, struct err *e);
/* Asks the kernel to write it now, and does not wait. */
void anchor_push(const struct anchor_file *f);
int anchor_sync(const struct anchor_file *f, struct err *e);
void anchor_close(struct anchor_file *f);

#endif
