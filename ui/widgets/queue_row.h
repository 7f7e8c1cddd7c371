/* SPDX-License-Identifier: Apache-2.0
 *
 * One queue as a card that is touched: what it is and where, and at the right how many wait and how long. With large letters
 * the right part moves below the left one; the card grows. One that gives no numbers says why when it is touched.
 */
#ifndef UI_WIDGETS_QUEUE_ROW_H
#define UI_WIDGETS_QUEUE_ROW_H

#include "session/view.h"
#include "ui/node/scene.h"
#include "ui/widgets/button.h"
#include "ui/widgets/queue_times.h"

struct queue_row {
    const char *id, *icon, *name, *about, *place; /* about and place may be NULL */
    const char *fact, *note;                      /* "12 人", "约 25 分钟"; NULL: nothing is known of it */
    const char *hours;                            /* until when, or of which day; NULL: nothing is known of it */
    const char *state, *state_icon;               /* what the chip says where no numbers are given; NULL: they are */
    const char *told[QUEUE_TOLD_MAX + 1]; /* what it says in its place when it was touched, in paragraphs; else none */
    const struct button *ways;            /* and what can be done instead, below that */
    int n_ways;
    bool newer;    /* a later version's: a touch leads to the page that says why */
    bool priority; /* stands out */
    struct node_action action;
};

int queue_row_height(const struct scene *s, int w, const struct queue_row *r);
void queue_row(struct scene *s, struct box b, const struct queue_row *r);

/* The words of a queue in the language of the view. */
const char *queue_name(struct scene *s, const struct view *v, const struct queue *q);
const char *queue_about(struct scene *s, const struct view *v, const struct queue *q);
const char *queue_place(struct scene *s, const struct view *v, const struct queue *q);
/* "12 人", or NULL; "约 25 分钟", "去了就办", "时间说不准"… */
const char *queue_people(struct scene *s, const struct view *v, int waiting);
const char *queue_minutes(struct scene *s, const struct view *v, int waiting, int minutes);

#endif
