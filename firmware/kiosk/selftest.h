/* SPDX-License-Identifier: Apache-2.0
 *
 * The guided test: kioskctl leads through it, one request and one answer a step. A page or a card is a step of the session
 * (session/state_selftest.c), which begins it only while nobody is served and gives way to a resident; this file turns words
 * into its inputs and its effects into words. Of a card nothing is said but that it was read and of what kind it is.
 *
 *     selftest begin              selftest print receipt|ticket        selftest card SECONDS        selftest facts
 */
#ifndef KIOSK_SELFTEST_H
#define KIOSK_SELFTEST_H

#include "base/buf.h"
#include "base/line.h"
#include "kiosk/port.h"

struct selftest;

struct selftest_events {
    void (*check)(void *ctx);                  /* start the check of the journal, and call selftest_checked() at its end */
    void (*facts)(void *ctx, struct buf *out); /* then: the answer to "facts" */
};

/* `terminal`, borrowed: its id. */
struct selftest *selftest_create(const char *terminal, const struct selftest_events *events, void *ctx,
                                 const struct port *port);
void selftest_destroy(struct selftest *s); /* takes NULL */
void selftest_request(struct selftest *s, struct line *asker, const char *step, const char *option);
void selftest_told(struct selftest *s, const struct effect_tested *t); /* EFFECT_SELFTEST */
void selftest_checked(struct selftest *s);
bool selftest_runs(const struct selftest *s); /* somebody waits for a step */
void selftest_gone(struct selftest *s, const struct line *asker);

#endif
