/* SPDX-License-Identifier: Apache-2.0
 *
 * The logs a terminal hands over because staff asked for them (wire/logs.h): which pieces are taken, and how far they are.
 * Nothing is believed of who sends but that it is the terminal: what comes is so many bytes of an act of its own, in their
 * order, and never unpacked. Pure.
 */
#ifndef HALL_RULES_LOGS_H
#define HALL_RULES_LOGS_H

#include "wire/logs.h"

#define LOGS_KEPT 3                               /* of a terminal; so it takes LOGS_KEPT × LOGS_SIZE_MAX at most */
#define LOGS_KEPT_MS (30 * 24 * INT64_C(3600000)) /* since they began to come */
#define LOGS_OPEN_MS (7 * 24 * INT64_C(3600000))  /* since they were asked for: later no piece is taken */
#define LOGS_TRIES 3                              /* that may come damaged, or as others */
#define LOGS_LATE_MS (30 * INT64_C(60000))
#define LOGS_SLOW_MS (15 * INT64_C(60000))

struct logs_facts {
    /* of the act */
    int64_t asked_ms, granted_ms, done_ms; /* the latter two 0: not yet */
    /* of what came; began_ms 0: nothing */
    int64_t size, have, began_ms, last_ms;
    uint8_t sha256[SHA256_LEN];
    int tries;
    bool gone;
    enum logs_why why;
};

enum logs_take {
    LOGS_TAKE_NONE,  /* nobody asked for it */
    LOGS_TAKE_OVER,  /* no more is wanted */
    LOGS_TAKE_BEGIN, /* what there is goes, and a try with it; this is the first piece, or why there is none */
    LOGS_TAKE_NEXT,  /* it follows */
    LOGS_TAKE_ELSE,  /* another one is wanted: from `have` on */
};
enum logs_take logs_take(const struct logs_facts *f, const struct logs_piece *p, int64_t now_ms);

enum logs_stand {
#define LOGS_STAND(name, word, about) LOGS_STAND_##name,
#include "tools/hall/rules/logs_stand.def"
#undef LOGS_STAND
    LOGS_STANDS
};
const char *logs_stand_word(enum logs_stand s);
const char *logs_stand_about(enum logs_stand s);
enum logs_stand logs_judge(const struct logs_facts *f, int64_t now_ms);

#endif
