/* SPDX-License-Identifier: Apache-2.0
 *
 * POST /v1/logs: the logs that staff asked for by an act of the kind LOGS (wire/act.h), on their way to the hall. A request
 * is a line of JSON and, behind its end, a piece of what root's part made and packed (board/common/logs.sh):
 *     {"id":32 hex digits,"size":bytes of the whole,"sha256":of the whole,"at":where the piece begins,"why":""}
 * or, where there are none to send, "why" a word of logs_why.def, sizes 0 and no piece. The hall answers 200
 *     {"have":bytes of it that are there,"over":true or false}
 * and the next piece begins at `have`, whatever was sent before; `over`: no more is wanted, all is there or it is given up.
 * 403: nobody asked this terminal for them. Neither side unpacks anything.
 */
#ifndef WIRE_LOGS_H
#define WIRE_LOGS_H

#include "base/buf.h"
#include "base/err.h"
#include "crypto/hash.h"
#include "wire/act.h"

#define LOGS_SIZE_MAX (4 * 1024 * 1024) /* packed */
#define LOGS_PIECE_MAX (128 * 1024)
#define LOGS_HEAD_MAX 320
#define LOGS_BODY_MAX (LOGS_PIECE_MAX + LOGS_HEAD_MAX)
#define LOGS_ANSWER_MAX 64

enum logs_why {
    LOGS_WHY_NONE,
#define LOGS_WHY(name, word, about) LOGS_WHY_##name,
#include "wire/logs_why.def"
#undef LOGS_WHY
    LOGS_WHYS
};
const char *logs_why_word(enum logs_why w); /* "" for LOGS_WHY_NONE */
const char *logs_why_about(enum logs_why w);
bool logs_why_by_word(const char *word, enum logs_why *ret);

struct logs_piece {
    uint8_t id[ACT_ID_LEN]; /* the act's */
    int64_t size, at;
    uint8_t sha256[SHA256_LEN];
    enum logs_why why;
    const uint8_t *bytes; /* borrowed from what was decoded */
    size_t len;
};
/* -ERR_INVALID where decode would refuse it. */
int logs_piece_encode(const struct logs_piece *p, struct buf *out, struct err *e);
int logs_piece_decode(const void *data, size_t len, struct logs_piece *ret, struct err *e);

struct logs_answer {
    int64_t have;
    bool over;
};
int logs_answer_encode(const struct logs_answer *a, struct buf *out);
int logs_answer_decode(const void *data, size_t len, struct logs_answer *ret, struct err *e);

#endif
