/* SPDX-License-Identifier: Apache-2.0
 *
 * Questions that name a person, for kiosk: posts what it sealed (wire/ask.h) and hands back what the hall answers, or a word
 * why there is no answer. One at a time, as there is one resident: the newest question takes the place of another, whose
 * answer nobody hears. Neither question nor answer can be read here, and none of it touches a disk or the log.
 */
#ifndef SYNC_ASK_H
#define SYNC_ASK_H

#include "model/ask_reason.h"
#include "sync/http.h"
#include "wire/peer.h"

#define ASK_TIMEOUT_S 10

struct ask_client;

struct ask_events {
    /* To kiosk: one PEER_ASKED or PEER_UNASKED (hall-away, hall-busy, opener-away, refused) for each question that no newer
     * one has replaced. */
    void (*say)(void *ctx, const struct peer_line *p);
    void (*outcome)(void *ctx, enum http_outcome o);
};
/* http is borrowed. */
int ask_client_create(struct http *h, const struct ask_events *events, void *ctx, struct ask_client **ret, struct err *e);
void ask_client_destroy(struct ask_client *c); /* takes NULL */
/* `bytes`, a line of text, goes out as it is. */
void ask_client_ask(struct ask_client *c, int64_t id, const char *bytes);
/* What an HTTP status says to who asked; of 200: ASK_ANSWERED. */
enum ask_reason ask_status(int status);

#endif
