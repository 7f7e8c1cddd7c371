/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV by RFC 4180, in UTF-8: fields in quotes where they need them, lines that end in CR LF. What is read comes from
 * people's machines: at most CSV_BYTES_MAX, strict; but its fields may stand between semicolons or tabs, as spreadsheets of
 * some languages write them. The first of the three in the first line says which.
 */
#ifndef HALL_CSV_H
#define HALL_CSV_H

#include "base/buf.h"
#include "base/err.h"

#define CSV_BYTES_MAX (16 * 1024 * 1024)
#define CSV_FIELDS_MAX 200
#define CSV_MARK "\xef\xbb\xbf" /* of byte order: by it a spreadsheet knows UTF-8 */

/* A field; `first` of its line, or behind another. */
void csv_text(struct buf *out, const char *text, bool first);
void csv_end(struct buf *out);

/* Goes through a file. Fields are texts in `line`, the reader's own, until the next call. */
struct csv_reader {
    const char *at, *end;
    char between; /* fields */
    int lines;    /* read so far: of records, not of line ends */
    struct buf line;
    const char *fields[CSV_FIELDS_MAX];
    int n;
};
/* A mark of byte order is passed over. `data` is borrowed. */
void csv_reader_init(struct csv_reader *r, const void *data, size_t len);
void csv_reader_finish(struct csv_reader *r);
/* 1: a line; 0: the end, or nothing but empty lines up to it; -ERR_INVALID: no CSV, not UTF-8, a NUL; -ERR_TOOLONG. */
int csv_next(struct csv_reader *r, struct err *e);

#endif
