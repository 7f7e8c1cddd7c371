/* SPDX-License-Identifier: Apache-2.0
 *
 * One line of what kiosk, kiosk-sync and kioskctl say to each other over kiosk.sock; the lines stand in peer.def. Whoever
 * may open the socket may say anything: what is decoded is bounded and of the right shape, and who said it and whether it is
 * signed is for the hearer to ask.
 */
#ifndef WIRE_PEER_H
#define WIRE_PEER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define PEER_WORD_MAX 23
#define PEER_WARNINGS_MAX 512

enum peer_kind {
#define PEER(name, ...) PEER_##name,
#include "wire/peer.def"
#undef PEER
    PEER_KINDS,
};
enum peer_from { PEER_FROM_KIOSK, PEER_FROM_PEER };

/* A kind's fields stand in peer.def; the others are zero. */
struct peer_line {
    enum peer_kind kind;
    int64_t seq, version, whole, ms, needs, seconds, mark, id, tried, halts;
    bool up, sure, refused, here;
    char queue[PEER_WORD_MAX + 1], day[PEER_WORD_MAX + 1], role[PEER_WORD_MAX + 1], step[PEER_WORD_MAX + 1],
        option[PEER_WORD_MAX + 1], reason[PEER_WORD_MAX + 1];
    char receipt[PEER_WORD_MAX + 1], ticket[PEER_WORD_MAX + 1], reader[PEER_WORD_MAX + 1], out[PEER_WORD_MAX + 1];
    int64_t since, until;
    char warnings[PEER_WARNINGS_MAX + 1]; /* "-": none */
    const char *bytes;                    /* borrowed from the text that was decoded */
};

/* What that side may say. -ERR_INVALID: it is no line of its, or a field of it is missing, too much or out of bounds. */
int peer_decode(const char *text, enum peer_from from, struct peer_line *ret);
/* Adds the line without its newline. -ERR_INVALID: it could not be decoded again. */
int peer_encode(const struct peer_line *p, struct buf *out);

#endif
