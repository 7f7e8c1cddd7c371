/* SPDX-License-Identifier: Apache-2.0
 *
 * The enrolment sheets (wire/enrol.h) that go onto the sticks: which terminal each is for. One file, or a folder of them.
 */
#ifndef FLASH_SHEET_H
#define FLASH_SHEET_H

#include "base/err.h"
#include "crypto/hash.h"
#include "tools/flash/disk.h"
#include "wire/enrol.h"

#define SHEETS_MAX 1000

struct sheet {
    char unit[TERMINAL_ID_MAX + 1]; /* the terminal's id */
    uint8_t block[DISK_BLOCK];      /* the sheet's bytes and zeros, as it lies on the medium */
    uint8_t id[SHA256_LEN];         /* of the bytes: says which sheet was used, and not its code */
    bool used;                      /* a stick has it */
};

struct sheets {
    size_t n;
    struct sheet *list; /* owned; by terminal, as numbers are sorted */
};

/* `path`: a sheet, or a folder of NAME.json. -ERR_INVALID names the file in *e. */
int sheets_open(const char *path, struct sheets *ret, struct err *e);
/* One sheet, from the bytes of its file. */
int sheets_take(const void *data, size_t len, struct sheets *ret, struct err *e);
/* Leaves out those for which `used` says so. */
void sheets_leave_out(struct sheets *s, bool (*used)(void *ctx, const struct sheet *t), void *ctx);
void sheets_close(struct sheets *s);
/* The first that no stick has; NULL: none is left. */
struct sheet *sheets_next(struct sheets *s);
size_t sheets_left(const struct sheets *s);

#endif
