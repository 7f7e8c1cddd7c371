/* SPDX-License-Identifier: Apache-2.0
 *
 * Arguments of every program, read alike and strictly: long options in any order, each once, words between them, --help.
 * What is wrong is told in one line, "PROGRAM: what; see COMMAND --help", and ends with OPTIONS_USAGE before anything is
 * done.
 *
 * `command` is what a person types before the arguments: "hall", "hallctl queue"; its first word is the program.
 */
#ifndef BASE_OPTIONS_H
#define BASE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

struct option_word {
    const char *name;   /* "--data" */
    const char **value; /* gets the word that follows, or what stands behind "="; never an empty one. NULL: a flag */
    bool *flag;
};

#define OPTIONS_USAGE 2 /* exit code of wrong arguments */
#define OPTIONS_MAX 32  /* in one list */

/* Options of the list (up to one without a name) are taken wherever they stand; other words go to `words`, *ret_n of at most
 * `max`. argv[0] is passed over. -1: go on; else the exit code: 0 after `help` went to stdout, OPTIONS_USAGE. */
int options_read(const char *command, int argc, char **argv, const char *help, const struct option_word *options,
                 const char **words, int max, int *ret_n);
/* What a command's verb takes, where one list serves several: `needed` and `taken` are names with spaces between. -1: all
 * that are needed were given (values not NULL), and none beside both. */
int options_fit(const char *command, const struct option_word *options, const char *needed, const char *taken);

/* The value of the option `name`. -1: *ret is set; else OPTIONS_USAGE, and it was told what would be right. */
int options_number(const char *command, const char *name, const char *text, int64_t min, int64_t max, int64_t *ret);
int options_day(const char *command, const char *name, const char *text, struct date *ret); /* 2027-06-30, or 20270630 */
int options_time(const char *command, const char *name, const char *text, int64_t *ret_ms); /* RFC 3339 */

/* --control FD[,MS], for tests: an inherited descriptor, and the wall clock at the start; *ret_ms is 0 without one. */
int options_control(const char *command, const char *text, int *ret_fd, int64_t *ret_ms);

/* A tool's own option before its command, `--clock TIME`, for tests: sets the clock and takes both words away. -1: go on,
 * *ret_moved says whether it stood there. */
int options_clock(const char *command, int *argc, char ***argv, bool *ret_moved);

/* What a tool ends with: `code`, or when its answer did not get out, which it then tells, `lost`. */
int options_end(const char *program, int code, int lost);

/* Tells what is wrong. OPTIONS_USAGE. */
int options_wrong(const char *command, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
