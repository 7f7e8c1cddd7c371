/* SPDX-License-Identifier: Apache-2.0
 *
 * When queues give numbers, in words.
 */
#ifndef UI_WIDGETS_QUEUE_TIMES_H
#define UI_WIDGETS_QUEUE_TIMES_H

#include "session/view.h"
#include "ui/node/scene.h"

/* All queues in one look. */
struct queues_sum {
    int gives;    /* so many give numbers now */
    int off;      /* so many do not, and will again; what only newer software can do is none of the two */
    bool timed;   /* one that gives does so by its hours */
    bool unsure;  /* there are hours, but the clock is not good enough to go by them */
    int64_t from; /* the first moment one gives numbers again; 0: not known. Where none does now */
};
struct queues_sum queues_sum(const struct view *v);

/* "今早 9:00", "明天 13:30", "11月23日 9:00"; `full`: with the weekday, where it is not plainly today. */
const char *queue_when(struct scene *s, const struct view *v, int64_t ms, bool full);
/* Where no window is open at this moment and it is known from when one is: that moment in words; else NULL. */
const char *queue_windows_from(struct scene *s, const struct view *v);
/* The line of a row: until when it is open, else the hours of the day it opens next or why it is closed; NULL: nothing is
 * known of its hours. */
const char *queue_hours_line(struct scene *s, const struct view *v, const struct view_queue *q);
/* "登记系统维护，11:00 恢复" */
const char *queue_pause_line(struct scene *s, const struct view *v, const struct view_queue *q);
/* What one that gives no numbers says when it is touched: why, from when, that nothing is lost, what can be done now.
 * `brief`: without what the other rows say. In paragraphs, NULL behind the last. */
#define QUEUE_TOLD_MAX 5
void queue_told(struct scene *s, const struct view *v, const struct view_queue *q, bool brief,
                const char *ret[QUEUE_TOLD_MAX + 1]);
/* Applications are taken at this moment. */
bool queue_else_apply(const struct view *v);

#endif
