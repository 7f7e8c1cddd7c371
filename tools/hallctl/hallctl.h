/* SPDX-License-Identifier: Apache-2.0
 *
 * The commands of hallctl: one file each. Each takes its own arguments (argv[0] is the command's word), prints its help for
 * --help, and returns the exit code.
 */
#ifndef HALLCTL_HALLCTL_H
#define HALLCTL_HALLCTL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/options.h"
#include "tools/hall/store/store.h"

enum { EXIT_OK = 0, EXIT_FAILED = 1, EXIT_USAGE = 2, EXIT_NOT_FOUND = 3, EXIT_REFUSED = 4 };

int hallctl_keys(int argc, char **argv);        /* keys.c */
int hallctl_terminal(int argc, char **argv);    /* terminal.c: add, revoke */
int hallctl_terminals(int argc, char **argv);   /* terminal_list.c */
int hallctl_place(int argc, char **argv);       /* place.c */
int hallctl_slip(int argc, char **argv);        /* slip.c */
int hallctl_open(int argc, char **argv);        /* open.c */
int hallctl_recovery(int argc, char **argv);    /* disk.c */
int hallctl_release(int argc, char **argv);     /* disk.c */
int hallctl_records(int argc, char **argv);     /* records.c */
int hallctl_report(int argc, char **argv);      /* report_figures.c */
int hallctl_exchange(int argc, char **argv);    /* exchange.c */
int hallctl_ratings(int argc, char **argv);     /* ratings.c */
int hallctl_rebuild(int argc, char **argv);     /* rebuild.c */
int hallctl_backup(int argc, char **argv);      /* backup.c */
int hallctl_restore(int argc, char **argv);     /* backup.c */
int hallctl_staff(int argc, char **argv);       /* staff.c */
int hallctl_alerts(int argc, char **argv);      /* alerts.c */
int hallctl_duty(int argc, char **argv);        /* duty.c */
int hallctl_audit(int argc, char **argv);       /* audit.c */
int hallctl_queue(int argc, char **argv);       /* queue.c */
int hallctl_appointment(int argc, char **argv); /* appointment.c */
int hallctl_green(int argc, char **argv);       /* green.c */
int hallctl_complaint(int argc, char **argv);   /* complaint.c */
int hallctl_case(int argc, char **argv);        /* case.c */
int hallctl_licence(int argc, char **argv);     /* licence.c */
int hallctl_feed(int argc, char **argv);        /* feed.c */
int hallctl_notice(int argc, char **argv);      /* notice.c */
int hallctl_system(int argc, char **argv);      /* system.c */

/* --- what the commands share (options.c) --- */

/* A line that people read and that is kept unsealed, at most `max` bytes: text_is_plain_line(), and nobody's number in it.
 * NULL, not given, is fine. -1, or the exit code of a wrong argument. */
#define HALLCTL_REASON_MAX 200 /* bytes */
int hallctl_line(const char *command, const char *name, const char *text, size_t max);

/* A command that lists what the hall has: --data DIR [--json]. `each` goes through the rows and calls hallctl_row() for
 * each: its line for people, or with --json its object. `command`: as in base/options.h. */
struct hallctl_list {
    bool json;
    int n;
};
int hallctl_listing(const char *command, int argc, char **argv, const char *usage,
                    int (*each)(struct store *, struct hallctl_list *, struct err *));
/* Prints what `row` holds and wipes it. */
void hallctl_row(struct hallctl_list *l, struct buf *row);
/* An answer with --json: opened, filled by way of ->w, printed as one line and wiped. */
struct hallctl_object {
    struct buf out;
    struct jsonw w;
};
void hallctl_object_open(struct hallctl_object *o);
void hallctl_object_print(struct hallctl_object *o);
/* "3 sent", or {"sent":3}. EXIT_OK. */
int hallctl_count(const char *what, int n, bool json);
/* The place of a verb in a table of n rows of `row` bytes, each of which begins with its word (const char *); n for none,
 * and for NULL. */
size_t hallctl_verb(const void *verbs, size_t row, size_t n, const char *word);
/* There is none: tells which there are, in the order of the table. OPTIONS_USAGE. */
int hallctl_which(const char *command, const void *verbs, size_t row, size_t n);
/* Prints "hallctl: text" on stderr; the exit code that fits the error. */
int hallctl_fail(const struct err *e);
/* All offices of the hall, by number. For whoever goes through them and writes meanwhile. */
#define HALLCTL_OFFICES_MAX 10000
struct hallctl_offices {
    int list[HALLCTL_OFFICES_MAX];
    int n;
};
int hallctl_all_offices(struct store *s, struct hallctl_offices *ret, struct err *e);
/* 0; -ERR_NOTFOUND: the hall has no such office, for it has no terminal of it. */
int hallctl_office_known(struct store *s, int office, struct err *e);
/* Who works here: the login behind sudo, or the user's name. Static. */
const char *hallctl_who(void);

#endif
