/* SPDX-License-Identifier: Apache-2.0
 *
 * The commands of kioskctl, one file each: argv[0] is the command's word, --help prints its help, the result is the exit
 * code. And what they share (options.c, ask.c).
 */
#ifndef KIOSKCTL_KIOSKCTL_H
#define KIOSKCTL_KIOSKCTL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/options.h"
#include "wire/peer.h"

enum {
    EXIT_OK = 0,
    EXIT_BAD = 1,   /* what was asked about is not in order */
    EXIT_USAGE = 2, /* the arguments make no sense */
    EXIT_CANNOT = 3 /* it could not be found out or done */
};

#define KIOSKCTL_DATA "/var/lib/tongban"
#define KIOSKCTL_RUN "/run/tongban"
#define KIOSKCTL_PATH_MAX 1024
/* For a technician before a terminal whose journal lost records or is a fork. */
#define KIOSKCTL_JOURNAL_REMEDY                                                                                             \
    "its journal is not the one that was written last: stop both programs, kioskctl enrol --anew --undelivered"

/* A test has set the clock: what is started from here gets it too. */
extern bool kioskctl_clock_moved;

int kioskctl_card(int argc, char **argv);     /* card.c: decode */
int kioskctl_number(int argc, char **argv);   /* number.c: check */
int kioskctl_journal(int argc, char **argv);  /* journal.c: verify, list */
int kioskctl_status(int argc, char **argv);   /* status.c */
int kioskctl_ready(int argc, char **argv);    /* ready.c */
int kioskctl_enrol(int argc, char **argv);    /* enrol.c */
int kioskctl_devices(int argc, char **argv);  /* devices.c */
int kioskctl_selftest(int argc, char **argv); /* selftest.c */
int kioskctl_capture(int argc, char **argv);  /* capture.c */
int kioskctl_width(int argc, char **argv);    /* width.c */
int kioskctl_note(int argc, char **argv);     /* note.c */
int kioskctl_reset(int argc, char **argv);    /* reset.c */
int kioskctl_slots(int argc, char **argv);    /* slots.c */
int kioskctl_logs(int argc, char **argv);     /* logs.c */
int kioskctl_network(int argc, char **argv);  /* network.c */

int kioskctl_network_test(const char *run, bool json); /* network_test.c */

/* --- shared ------------------------------------------------------------------------------------------------------------ */

/* Prints "kioskctl: text" on stderr; returns `code`. */
int kioskctl_fail(const struct err *e, int code);
/* One request to the kiosk whose sockets are in `run`; its answer line. */
int kioskctl_ask(const char *run, const struct peer_line *request, int timeout_ms, char *answer, size_t cap, struct err *e);
/* The same, and what it answers is read from *ret_fd, which the caller closes. */
int kioskctl_begin(const char *run, const struct peer_line *request, int *ret_fd, struct err *e);
/* Prints a finished JSON text and a newline; EXIT_CANNOT when it could not be written, else `code`. Finishes b. */
int kioskctl_print(struct buf *b, int code);

#endif
