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
/* Adds an event that the rules allow: its number and place are filled in, its row follows. `calendar`: rules/deadline.h. */
int case_file_add(struct store *s, struct case_file *f, struct case_event *ev, const struct workday_calendar *calendar,
                  struct err *e);

/* The latest time that is known here without this machine's clock: of what terminals sent and reported, and of this case.
 * 0: none. */
int case_heard(struct store *s, const struct case_file *f, int64_t *ret, struct err *e);

/* A row of `cases`; strings are borrowed for the call. */
struct case_row {
    int office;
    const char *number, *item, *staff, *post, *name; /* name: masked; "": it was never opened */
    enum case_stage stage;
    int64_t version, applied, due; /* due: card_first(), or the first day of one nobody has taken in */
};
typedef int case_row_fn(void *ctx, const struct case_row *r); /* non-zero stops */
/* Of an office, by number: those of one stage; or those due by a day, 0 for every one. */
int case_each_stage(struct store *s, int office, enum case_stage stage, case_row_fn *fn, void *ctx, struct err *e);
int case_each_due(struct store *s, int office, int64_t day, case_row_fn *fn, void *ctx, struct err *e);
/* Of an office, in one stage, whose person is `staff` ("": nobody has it yet); at most `limit`, by number. */
int case_each_with(struct store *s, int office, const char *staff, enum case_stage stage, int64_t limit, case_row_fn *fn,
                   void *ctx, struct err *e);
/* Those of one bundle (store_bundle.h), in their order. */
int case_each_of_bundle(struct store *s, int office, const char *bundle, case_row_fn *fn, void *ctx, struct err *e);
/* Those to which something was done since a moment (ms), by number. */
int case_each_acted(struct store *s, int office, int64_t since, case_row_fn *fn, void *ctx, struct err *e);
/* A page of an office's, after a place that was seen before (both 0 and "": from the beginning); at most `limit`. */
struct case_page {
    bool by_due; /* what somebody owes something in, by due day and number; else all, by number */
    int64_t due; /* of the last row that was seen */
    const char *number;
    enum case_stage stage; /* CASE_STAGES: all */
    const char *staff;     /* NULL: whoever's */
    int64_t limit;
};
int case_each_page(struct store *s, int office, const struct case_page *page, case_row_fn *fn, void *ctx, struct err *e);

/* What events make of the rows of `cases`, from all of them. The count of cases that have any. */
int case_rebuild(struct store *s, const struct workday_calendar *calendar, struct err *e);

#endif
