/* SPDX-License-Identifier: Apache-2.0
 *
 * What is done with an edition, a catalogue or a system, by command: the words of it, who does it and whether he may, in one
 * transaction. The rules are the hall's (tools/hall/rules/edition.h).
 */
#ifndef HALLCTL_EDITION_DOING_H
#define HALLCTL_EDITION_DOING_H

#include "tools/hall/editions/edition_deed.h"

/* As they were typed; those that were not given are NULL. */
struct edition_words {
    const char *command; /* "hallctl system", for what is wrong */
    enum edition_kind kind;
    const char *verb, *data, *version, *office, *staff, *reason, *percent, *at, *stop_after, *terminals;
    bool json;
};
struct edition_doing {
    const struct edition_words *words;
    struct store *store;
    struct edition_deed deed;
    enum edition_refusal refusal;
    struct edition_row row;
};

/* Reads the words, opens the hall, runs fn. The exit code. */
int edition_doing_run(struct edition_doing *d, int (*fn)(struct edition_doing *d, struct err *e));
/* Runs fn in one transaction, again where somebody else was faster. -ERR_EXISTS: he may not, which is written down. */
int edition_doing_change(struct edition_doing *d, int (*fn)(struct edition_doing *d, struct err *e), struct err *e);
/* The same question without doing anything yet. */
int edition_doing_may(struct edition_doing *d, struct err *e);
/* How d->row stands. */
void edition_doing_say(const struct edition_doing *d);
/* Approve, rollout, pause, resume, withdraw; what is due at once is done without a hall that runs. The exit code. */
int edition_doing_act(const struct edition_words *w);

#endif
