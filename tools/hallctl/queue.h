/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of `hallctl queue` share: queue.c has the command and its arguments, queue_act.c what a window does,
 * queue_green.c who shows a card, queue_pause.c what keeps a queue from giving numbers, queue_show.c what tells of them,
 * queue_hook.c what sends calls on. What it shares with the staff's pages is tools/hall/calling.
 */
#ifndef HALLCTL_QUEUE_H
#define HALLCTL_QUEUE_H

#include "base/clock.h"
#include "tools/hall/store/store_call.h"
#include "tools/hallctl/hallctl.h"

#define QUEUE_COMMAND "hallctl queue"

struct queue_options {
    const char *verb, *data, *office, *queue, *number, *at, *until, *reason, *reason_word, *window, *staff, *to, *url, *card;
    bool json;
    /* what was read of them */
    int office_n, window_n;           /* window_n 0: none */
    int64_t at_ms, until_ms;          /* at: now, where none is given */
    char queues[CALL_QUEUES_MAX + 1]; /* --queue of open: with blanks between */
};

/* --- verbs; each prints its answer. The exit code --- */
int queue_verb_list(struct store *s, const struct queue_options *o); /* queue_show.c */
int queue_verb_board(struct store *s, const struct queue_options *o);
int queue_verb_open(struct store *s, const struct queue_options *o);  /* queue_act.c; of a window */
int queue_verb_close(struct store *s, const struct queue_options *o); /* of a window, or of a queue for the day */
int queue_verb_act(struct store *s, const struct queue_options *o);
int queue_verb_check_in(struct store *s, const struct queue_options *o); /* queue_green.c */
int queue_verb_pause(struct store *s, const struct queue_options *o);    /* queue_pause.c */
int queue_pause_day(struct store *s, const struct queue_options *o);     /* likewise: until midnight */
/* queue_hook.c; until it is ended. `s` is NULL. */
int queue_verb_hook(struct store *s, const struct queue_options *o);
/* The files for display and voice, after something was done: that stands, so a failure is only told, on stderr. */
void queue_renew(struct store *s, const struct queue_options *o);
/* -ERR_NOTFOUND: no terminal stands there, so the number is mistyped. */
int queue_need_office(struct store *s, int number, struct err *e);

#endif
