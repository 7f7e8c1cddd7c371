/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody said at a terminal, in the database: a row of `complaint` from the record (projection.c), and what staff did
 * since as rows of `complaint_event`, added to, never changed; where it stands follows from them. Each function runs in the
 * caller's transaction; who was slower than another gets -ERR_RETRY.
 */
#ifndef HALL_STORE_COMPLAINT_H
#define HALL_STORE_COMPLAINT_H

#include "tools/hall/rules/complaint.h"
#include "tools/hall/store/store.h"

struct complaint_file {
    int office;
    char number[SPEAK_NUMBER_LEN + 1];
    uint8_t record[16];
    char terminal[TERMINAL_ID_MAX + 1];
    int64_t received, said; /* ms */
    enum speak_kind kind;
    struct complaint_state state;
};

/* The row of a record; 0: another record has the number. */
int complaint_put(struct store *s, const struct sender *who, const struct store_record *r, const char *number,
                  enum speak_kind kind, struct err *e);

typedef void complaint_event_fn(void *ctx, const struct complaint_event *ev);
/* fn (may be NULL) gets what was done to it, in order. -ERR_NOTFOUND: nothing with this number has come. */
int complaint_file_read(struct store *s, int office, const char *number, complaint_event_fn *fn, void *ctx,
                        struct complaint_file *ret, struct err *e);
/* Adds what the rules allow; its place is filled in, the row follows, and whoever is to hear of it is told (store_notice.h):
 * the person only where `reachable`. */
int complaint_file_add(struct store *s, struct complaint_file *f, struct complaint_event *ev, bool reachable, struct err *e);

/* Of an office, by number and behind one ("": all): those of one stage, or with COMPLAINT_STAGES those to which an answer is
 * owed. Non-zero stops. */
typedef int complaint_file_fn(void *ctx, const struct complaint_file *f);
int complaint_each(struct store *s, int office, enum complaint_stage stage, const char *after, complaint_file_fn *fn,
                   void *ctx, struct err *e);

/* Where each stands, anew from its events. */
int complaint_rebuild(struct store *s, struct err *e);

#endif
