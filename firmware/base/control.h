/* SPDX-License-Identifier: Apache-2.0
 *
 * One line of a control channel (--control of kiosk, kiosk-sync, hall and the installer; desk): a command of words, found in
 * a table and answered in one line of JSON. For tests and the demo: whoever holds the other end is trusted.
 */
#ifndef BASE_CONTROL_H
#define BASE_CONTROL_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

#define CONTROL_ARGS_MAX 4

struct control_args {
    const char *command;              /* as the table has it */
    const char *word;                 /* the first that is no number */
    int64_t number[CONTROL_ARGS_MAX]; /* in their order */
};

/* What a command does: fills `reply` with an object of JSON, or leaves it empty for {"ok":true}; or fails. */
typedef int control_fn(void *ctx, const struct control_args *a, struct buf *reply, struct err *e);

struct control_command {
    const char *words; /* "fault slow" */
    const char *takes; /* a letter for each argument: n a number of up to 15 digits, w a word, W one that may be missing, r
                          the rest */
    control_fn *fn;
};

struct control_table {
    const struct control_command *commands; /* ends with words NULL; the first that fits is it */
    void (*clock_moved)(void *ctx);         /* after `clock set MS` and `clock advance MS`; NULL: it has neither */
};

/* Obeys `text`, which is taken apart. `reply`, empty before, gets the answer without its newline: what the command said,
 * {"ok":true}, or {"ok":false,"error":"…"}. */
void control_obey(const struct control_table *t, void *ctx, char *text, struct buf *reply);

#endif
