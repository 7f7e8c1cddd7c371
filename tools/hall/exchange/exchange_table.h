/* SPDX-License-Identifier: Apache-2.0
 *
 * The national exchange tables (up_pro_*, up_task_*) as data, and a row of one as CSV (RFC 4180) and as SQL for MySQL, whose
 * types they are. What the hall does not have is empty and counted, never made up; so is what does not fit its field. No
 * clock, no database.
 */
#ifndef HALL_EXCHANGE_TABLE_H
#define HALL_EXCHANGE_TABLE_H

#include "base/buf.h"
#include "base/json.h"
#include "tools/hall/exchange/codes.h"

enum exchange_type { EXCHANGE_BIGINT, EXCHANGE_INT, EXCHANGE_VARCHAR, EXCHANGE_LONGTEXT, EXCHANGE_DATETIME };
enum exchange_how { EXCHANGE_NONE, EXCHANGE_VALUE, EXCHANGE_ITEM_JSON, EXCHANGE_PART_JSON, EXCHANGE_CODE };
/* What a table has a row for. */
enum exchange_row_kind {
    EXCHANGE_ACCEPT,
    EXCHANGE_PROCESS,
    EXCHANGE_RESULT,
    EXCHANGE_SPECIAL,
    EXCHANGE_CASE_MATERIAL,
    EXCHANGE_ITEM,
    EXCHANGE_MATERIAL,
    EXCHANGE_FEE,
    EXCHANGE_QUESTION
};
/* Of which items a table of items is; a directory is of all. */
enum exchange_items {
    EXCHANGE_CASES,
    EXCHANGE_GENERAL,
    EXCHANGE_PUBLIC,
    EXCHANGE_CHECK,
    EXCHANGE_HANDLE,
    EXCHANGE_PUNISH,
    EXCHANGE_DIRECTORY
};
struct exchange_field {
    const char *name;
    enum exchange_type type;
    int max; /* characters, of a VARCHAR */
    bool required;
    enum exchange_how how;
    const char *from;
};
#define EXCHANGE_FIELDS_MAX 60
struct exchange_table {
    const char *name;
    const struct exchange_field *fields;
    int n_fields;
    enum exchange_row_kind row;
    enum exchange_items items;
};
/* NULL past the last. Static. */
const struct exchange_table *exchange_table(size_t i);

/* --- a row, before it is written --- */

#define EXCHANGE_VALUES_MAX 24
#define EXCHANGE_ROW_MAX (1024 * 1024)
struct exchange_row {
    const struct json *item, *part; /* borrowed; NULL: not known */
    struct {
        const char *name; /* static */
        size_t at;        /* its text, in `texts` */
    } values[EXCHANGE_VALUES_MAX];
    int n;
    struct buf texts;
};
void exchange_row_init(struct exchange_row *r, const struct json *item, const struct json *part);
void exchange_row_finish(struct exchange_row *r);
/* "" is no value. The row's id follows from `row-guid`. */
void exchange_row_put(struct exchange_row *r, const char *name, const char *text);
void exchange_row_put_int(struct exchange_row *r, const char *name, int64_t n);
/* "2026-01-05 09:00:00", China's time. */
void exchange_row_put_time(struct exchange_row *r, const char *name, int64_t ms);

/* --- a table that is being written --- */

#define EXCHANGE_TABLE_MAX (256 * 1024 * 1024)
struct exchange_out {
    const struct exchange_table *table;
    const struct exchange_codes *codes;
    struct buf csv, sql;
    int64_t rows;
    int64_t empty[EXCHANGE_FIELDS_MAX]; /* rows without that field; */
    int64_t unfit[EXCHANGE_FIELDS_MAX]; /* of them because what there is does not fit */
};
void exchange_out_init(struct exchange_out *o, const struct exchange_table *t, const struct exchange_codes *c);
void exchange_out_finish(struct exchange_out *o);
void exchange_out_add(struct exchange_out *o, const struct exchange_row *r);

/* A member of a JSON value by its way in: "dept.dept_name", "results.0.result_type". NULL: there is none. */
const struct json *exchange_member(const struct json *v, const char *way);

#endif
