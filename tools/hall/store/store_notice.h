/* SPDX-License-Identifier: Apache-2.0
 *
 * The outbox: who is still to be told what of a case (rules/notice.h). A row is added in the transaction of what it tells
 * of, so that neither is there without the other, and once: the same again is nothing. It names nobody and holds no words:
 * those are made when it goes out. Others deliver (hallctl notice); a row has one sender at a time, and an id that stays, by
 * which whoever gets it a second time knows it.
 */
#ifndef HALL_STORE_NOTICE_H
#define HALL_STORE_NOTICE_H

#include "tools/hall/rules/notice.h"
#include "tools/hall/store/store.h"

#define NOTICE_NUMBER_MAX TERMINAL_ID_MAX

struct store_notice {
    int office;
    uint8_t id[16];
    char number[NOTICE_NUMBER_MAX + 1]; /* of the case, or of what was said; of a feed also a queue's id, a terminal's */
    enum notice_kind kind;
    char about[NOTICE_ABOUT_MAX + 1];
    int64_t made; /* ms */
    int tries;    /* begun so far */
    int64_t next; /* ms: not before */
    int64_t sent; /* ms; 0: not yet */
};

/* 1: it is new, 0: it was there. */
int store_notice_add(struct store *s, int office, const char *number, enum notice_kind kind, const char *about, int64_t now,
                     struct err *e);
/* There are two kinds of receivers, and who sends to one leaves the other's alone: people, and what stands beside the
 * terminals (rules/feed.h). */
enum notice_for { NOTICE_FOR_PEOPLE, NOTICE_FOR_FEED };
/* The next that is due, oldest first, taken for `hold_ms`: until then nobody else gets it. 1, or 0: none is. In a
 * transaction of its own. */
int store_notice_take(struct store *s, enum notice_for who, int64_t now, int64_t hold_ms, struct store_notice *ret,
                      struct err *e);
/* It was delivered; or it was not, and comes again at `next` (-1: never, it is given up). -ERR_STATE: its time was over and
 * somebody else has it now. In a transaction of its own. */
int store_notice_sent(struct store *s, const struct store_notice *n, int64_t now, struct err *e);
int store_notice_failed(struct store *s, const struct store_notice *n, int64_t next, struct err *e);
/* Given-up ones are tried again from now on. The count. */
int store_notice_retry(struct store *s, int office, enum notice_for who, int64_t now, struct err *e);

typedef int store_notice_fn(void *ctx, const struct store_notice *n); /* non-zero stops */
/* Of an office, those that are not delivered (`all`: and those that are), oldest first. */
int store_notice_each(struct store *s, int office, enum notice_for who, bool all, store_notice_fn *fn, void *ctx,
                      struct err *e);

#endif
