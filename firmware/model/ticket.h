/* SPDX-License-Identifier: Apache-2.0
 *
 * Queue tickets: blocks of numbers the hall has leased to this terminal, and how it stands in the queues. Numbers of a
 * leased series are a letter and a number ("A 032"), those of a terminal's own series name the terminal ("A03-001").
 */
#ifndef MODEL_TICKET_H
#define MODEL_TICKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define QUEUE_ID_MAX 23 /* [a-z0-9_-] */
bool queue_id_valid(const char *id);

/* A queue as the catalogue describes it. English texts may be empty: then the Chinese one stands. */
struct queue {
    char id[QUEUE_ID_MAX + 1];
    char name[60], name_en[60];
    char about[120], about_en[120]; /* what it is for; of a priority queue: who may use it */
    char place[60], place_en[60];   /* floor and windows */
    char icon[24];                  /* a name of assets/icons */
    char letter;                    /* of its numbers */
    int recall;                     /* whoever missed the call may come back within so many numbers; 0: no rule */
    int per_hour, days_ahead;       /* appointments: places of an hour, so many days ahead; 0: none */
    bool open, priority;
    bool newer; /* of a later version than this software: shown, and no number is given here */
};

/* Numbers first … first + count - 1, this terminal's alone for one queue and day. */
#define TICKET_BLOCK 20
#define TICKET_FIRST_MAX 999999
struct ticket_block {
    int first, count;
};
/* The smallest number above `last` in any of the blocks, whatever their order; 0: none is left. A number that was passed
 * over, void or not, never comes again. */
int ticket_block_next(const struct ticket_block *blocks, size_t n, int64_t last);
/* How many numbers lie above `last`. */
int ticket_block_left(const struct ticket_block *blocks, size_t n, int64_t last);

/* One queue as the hall sees it at a moment. */
#define QUEUE_REASON_MAX 60
struct queue_now {
    char id[QUEUE_ID_MAX + 1];
    int waiting;          /* people; -1: not known */
    int minutes;          /* until one who comes now is called; 0: at once; -1: not known */
    int64_t paused_until; /* wall clock, ms; 0: not paused */
    char reason[QUEUE_REASON_MAX + 1];
};
/* A queue that is not in the list has nobody waiting. */
#define QUEUES_NOW_MAX 16
struct queues_now {
    int64_t version; /* of an office's queues: grows with every ticket, call and pause */
    int n;
    struct queue_now list[QUEUES_NOW_MAX];
};
const struct queue_now *queues_now_find(const struct queues_now *q, const char *id); /* NULL: not in the list */

#endif
