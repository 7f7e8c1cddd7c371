/* SPDX-License-Identifier: Apache-2.0
 *
 * What is kept of a sitting: one line for the work order, which ends in a number to be read out on the telephone; a JSON
 * file of that number; and, made from it, a sheet of paper. FLASH 20261119-0931 1.5.0 ok=03,05 no=04 fake=1 7QM4-2KXD The
 * number is 40 bits of the SHA-256 of all that the record says: who writes down another line cannot make it fit.
 */
#ifndef FLASH_RECORD_H
#define FLASH_RECORD_H

#include "tools/flash/run.h"

#define RECORD_CODE_LEN 9 /* "7QM4-2KXD": no I L O U */
#define RECORD_LINE_MAX 8192
#define RECORD_PATH_MAX 1024
#define RECORD_FILE_MAX (256 * 1024)

struct flash_record {
    char line[RECORD_LINE_MAX];
    char code[RECORD_CODE_LEN + 1];
    char path[RECORD_PATH_MAX]; /* where it was kept */
};

/* Of the sticks that were begun. `folder` NULL: $XDG_STATE_HOME/tongban-flash, or ~/.local/state/tongban-flash. When it
 * cannot be kept an error is returned, and the line is there all the same. */
int record_make(const struct run *r, const char *folder, struct flash_record *ret, struct err *e);
/* Writes flash-CODE.html, one A4 page, into the present folder. -ERR_NOTFOUND: there is no such record. */
int record_print(const char *folder, const char *code, char out_path[RECORD_PATH_MAX], struct err *e);

/* A record says that this sheet is on a good stick; *ret_at: when, in milliseconds. */
bool record_has_sheet(const char *folder, const struct sheet *t, int64_t *ret_at);

#endif
