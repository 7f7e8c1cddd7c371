/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of `hallctl feed` share: feed.c has the command, feed_event.c finds events and says them, feed_duty.c
 * those for whom is on duty, feed_page.c writes the pages.
 */
#ifndef HALLCTL_FEED_H
#define HALLCTL_FEED_H

#include "model/strings.h"
#include "tools/hall/cases/published.h"
#include "tools/hall/store/store_notice.h"
#include "tools/hallctl/hallctl.h"

/* Puts what happened since the last look into the outbox, of all offices: in a transaction for each. */
int feed_look(struct store *s, int64_t now, struct err *e);
/* One event as the object that is sent (outbox.h). */
struct feed_saying {
    struct store *store;
    const struct published *published;
};
int feed_compose(void *saying, const struct store_notice *n, const char *id, struct buf *json, struct err *e);

/* The part of both that is for whom is on duty; *ret_n: how many alerts there still are to tell. */
int feed_look_duty(struct store *s, int office, int64_t now, struct err *e);
int feed_say_duty(struct store *s, struct jsonw *w, const struct store_notice *n, int *ret_n, struct err *e);

/* Writes overdue.html and decisions.html of an office into DATA/feeds/OFFICE. */
int feed_pages(struct store *s, const struct published *p, const char *data, int office, enum language language,
               struct err *e);

#endif
