/* SPDX-License-Identifier: Apache-2.0
 *
 * Green-channel cards (model/green_card.h): those that were issued, and which number each was used for on a day. The holder
 * is kept masked, or not at all. Each function runs in the caller's transaction.
 */
#ifndef HALL_STORE_GREEN_H
#define HALL_STORE_GREEN_H

#include "model/green_card.h"
#include "tools/hall/store/store.h"

#define GREEN_HOLDER_MAX 60 /* bytes */

struct green_row {
    struct green_card card;
    char holder[GREEN_HOLDER_MAX + 1]; /* masked, "王*"; "": not kept */
    int64_t issued;                    /* ms */
    int64_t revoked;                   /* ms; 0: it was not */
};
/* Gives it a serial that no card of the office has, in row->card. By chance, so that one from before a backup was put back
 * is not given again. */
int green_add(struct store *s, struct green_row *row, struct err *e);
/* 1: found. 0: no such card is known here, which says nothing against one that is signed. */
int green_find(struct store *s, int office, const char *serial, struct green_row *ret, struct err *e);
/* 1; 0: there is none that is not revoked yet. */
int green_revoke(struct store *s, int office, const char *serial, int64_t now, struct err *e);
typedef int green_fn(void *ctx, const struct green_row *r); /* non-zero stops */
/* Those of an office by the time they were issued; `revoked`: by serial, those that were and whose last day is not before
 * `today`. */
int green_each(struct store *s, int office, green_fn *fn, void *ctx, struct err *e);
int green_each_revoked(struct store *s, int office, int64_t today, green_fn *fn, void *ctx, struct err *e);

/* The card is used for this number today. 1: it is the first of the day, or it was used for the same one, or the other one
 * is void. 0: it was used. */
struct green_use {
    int office;
    const char *serial, *queue, *number; /* as the ticket is kept */
    int64_t day;
};
int green_use(struct store *s, const struct green_use *u, struct err *e);
/* 1: it was used for this very number today. */
int green_was_used(struct store *s, const struct green_use *u, struct err *e);

#endif
