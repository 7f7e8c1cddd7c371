/* SPDX-License-Identifier: Apache-2.0
 *
 * Cases in the database. `case_event` holds what happened to each, as the bytes of rules/case_wire.h with their chain: added
 * to, never changed, and the only truth. A row of `cases` is derived: that it is there, from the record of its application
 * (projection.c); where it stands, from its events. case_rebuild() makes the same rows anew.
 *
 * Each function runs in the caller's transaction. That two do something at once shows when an event's number in its case is
 * taken: -ERR_RETRY, and the whole transaction again, on what is there then; the rules say what becomes of it.
 */
#ifndef HALL_STORE_CASE_H
#define HALL_STORE_CASE_H

#include "tools/hall/rules/deadline.h"
#include "tools/hall/store/store.h"

/* One case, read whole. */
struct case_file {
    int office;
    char number[CASE_NUMBER_LEN + 1];
    uint8_t record[16]; /* the application's */
    int64_t applied, received;
    char item[RECORD_TEXT_MAX + 1], terminal[TERMINAL_ID_MAX + 1];
    struct case_state state;  /* stage NEW: nobody has taken it in */
    uint8_t hash[SHA256_LEN]; /* of its last event, or the chain's beginning */
};
typedef void case_event_fn(void *ctx, const struct case_event *ev);
/* fn (may be NULL) gets its events in their order. -ERR_NOTFOUND: no such application was delivered; -ERR_CHECKSUM: its
 * events are not those that were stored. */
int case_file_read(struct store *s, int office, const char *number, case_event_fn *fn, void *ctx, struct case_file *ret,
                   struct err *e);
/* All that were handed in before a moment (ms), by office and number, with bounded memory: fn (may be NULL) gets the events
 * of each, then done() the case; non-zero stops. */
typedef int case_file_fn(void *ctx, const struct case_file *f);
int case_each_file(struct store *s, int64_t before, case_event_fn *fn, case_file_fn *done, void *ctx, struct err *e);
/* The same of one office alone, behind a number ("": from its first). */
int case_each_file_of(struct store *s, int office, const char *after, int64_t before, case_event_fn *fn, case_file_fn *done,
                      void *ctx, struct err *e);
/* The next of an office's that are due by a day, after *at, which goes on: by day and number, whole, some hundreds at a
 * time; {0} begins. fn non-zero stops. 1: there may be more; 0: that was the last page. A case to which something is done
 * meanwhile may come twice, or not. */
struct case_place {
    int64_t due;
    char number[CASE_NUMBER_LEN + 1];
};
int case_due_page(struct store *s, int office, int64_t until, struct case_place *at, case_file_fn *fn, void *ctx,
                  struct err *e);
/* Adds an event that the rules allow: its number and place are filled in, its row follows. `calendar`: rules/deadline.h. */
int case_file_add(struct store *s, struct case_file *f, struct case_event *ev, const struct workday_calendar *calendar,
                  struct err *e);

/* The latest time that is known here without this machine's clock: of what terminals sent and reported, and of this case
 * (NULL: of none). 0: none. */
int case_heard(struct store *s, const struct case_file *f, int64_t *ret, struct err *e);

/* What events make of the rows of `cases`, from all of them. The count of cases that have any. */
int case_rebuild(struct store *s, const struct workday_calendar *calendar, struct err *e);
/* The same while others write, a page of cases in a transaction of its own: not inside one. What was done so far stays when
 * it fails. */
int case_recount_days(struct store *s, const struct workday_calendar *calendar, struct err *e);

#endif
