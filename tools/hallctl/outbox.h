/* SPDX-License-Identifier: Apache-2.0
 *
 * Empties the outbox (store/store_notice.h) into a file or a hook, for `hallctl notice send` and `hallctl feed send`: one
 * message after the other, each held so that two senders never have the same; what is not taken comes again, and after three
 * days it is given up with an alert.
 */
#ifndef HALLCTL_OUTBOX_H
#define HALLCTL_OUTBOX_H

#include "base/buf.h"
#include "tools/hall/store/store_notice.h"

struct outbox { /* strings are borrowed */
    struct store *store;
    enum notice_for who;
    const char *file, *hook; /* one of them; of the feed also both: what only the file took is not written there again */
    const char *token_file;  /* for the hook; NULL: none */
    /* Appends the message as one object of JSON with this id; nothing: it is not true any more, and counts as told. Outside
     * any transaction. */
    int (*compose)(void *ctx, const struct store_notice *n, const char *id, struct buf *json, struct err *e);
    void *ctx;
    int taken, put_off; /* out */
    bool hook_away;     /* it did not answer: not asked again in this run */
};
/* 0 also when some were put off, which stderr says. */
int outbox_send(struct outbox *o, struct err *e);

/* -1: go on; else the exit code: whether what is wanted of them was given, and how a hook begins. */
int outbox_check(const char *command, enum notice_for who, const char *file, const char *hook);

#endif
