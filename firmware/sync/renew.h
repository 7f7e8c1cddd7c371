/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminal's certificate, renewed before it ends (RFC 7030 4.2.2): from two thirds of its life on, each terminal at a
 * moment of its own within the next twelfth, it makes a new key, asks for a certificate with the old one, and keeps both in
 * one step (identity.h). A new key each time: one that was copied from a disk ends with its certificate. The key is on disk
 * before it is asked for: an answer lost on its way and a power cut cost nothing, since the hall takes old and new until it
 * sees the new one, and gives the same to whoever asks again with the same key, however late a request arrives.
 *
 * A certificate that has ended is still good for this one request, for 180 days.
 */
#ifndef SYNC_RENEW_H
#define SYNC_RENEW_H

#include "sync/http.h"

struct renew;

struct renew_events {
    int64_t (*moment)(void *ctx, bool *ret_sure); /* what time it is (tls_judge.h) */
    void (*renewed)(void *ctx);                   /* the new one is in use */
};
/* `data_dir` and `terminal` are copied; http is borrowed. Looks at once. */
int renew_create(struct loop *l, struct http *h, const char *data_dir, const char *terminal,
                 const struct renew_events *events, void *ctx, struct renew **ret, struct err *e);
void renew_destroy(struct renew *r); /* takes NULL */
/* Time has passed, or is known better: begins when it is due. */
void renew_check(struct renew *r);
/* When the certificate in use ends, in Unix milliseconds; and whether that is within 90 days. */
int64_t renew_ends(const struct renew *r);
bool renew_near_end(const struct renew *r);

/* When one with this validity is due; `spread` is the terminal's own share of the twelfth, 0..UINT32_MAX. */
int64_t renew_due(int64_t from_ms, int64_t ends_ms, uint32_t spread);

#endif
