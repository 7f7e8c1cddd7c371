/* SPDX-License-Identifier: Apache-2.0
 *
 * Fields of the national tables, their checks, and rows as CSV and SQL.
 */
#include "tools/hall/exchange/exchange_table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "tools/hall/reports/csv.h"

#define CHINA_MS (8 * INT64_C(3600000))
#define NUMBER_LEN 24

#define TABLE(name, row, items) static const struct exchange_field name##_fields[] = {
#define FIELD(name, type, max, required, how, from)                                                                         \
    {#name, EXCHANGE_##type, max, REQUIRED == required, EXCHANGE_##how, from},
#define END                                                                                                                 \
    }                                                                                                                       \
    ;
enum { OPTIONAL, REQUIRED };
#include "tools/hall/exchange/case_table.def"
#include "tools/hall/exchange/item_table.def"
#include "tools/hall/exchange/item_table_other.def"
#undef TABLE
#undef FIELD
#undef END
#define TABLE(name, row, items)                                                                                             \
    {#name, name##_fields, (int)(sizeof name##_fields / sizeof *name##_fields), EXCHANGE_##row, EXCHANGE_##items},
#define FIELD(name, type, max, required, how, from)
#define END
static const struct exchange_table tables[] = {
#include "tools/hall/exchange/case_table.def"
#include "tools/hall/exchange/item_table.def"
#include "tools/hall/exchange/item_table_other.def"
};

const struct exchange_table *exchange_table(size_t i)
{
    return i < sizeof tables / sizeof *tables ? &tables[i] : NULL;
}

/* --- rows --- */

void exchange_row_init(struct exchange_row *r, const struct json *item, const struct json *part)
{
    *r = (struct exchange_row){.item = item, .part = part};
    buf_init(&r->texts, EXCHANGE_ROW_MAX);
}

void exchange_row_finish(struct exchange_row *r)
{
    buf_finish(&r->texts);
}

void exchange_row_put(struct exchange_row *r, const char *name, const char *text)
{
    if (!text[0] || r->n == EXCHANGE_VALUES_MAX)
        return;
    r->values[r->n].name = name;
    r->values[r->n].at = r->texts.len;
    if (buf_add(&r->texts, text, strlen(text) + 1) == 0)
        r->n++;
}

void exchange_row_put_int(struct exchange_row *r, const char *name, int64_t n)
{
    char text[NUMBER_LEN];

    snprintf(text, sizeof text, "%" PRId64, n);
    exchange_row_put(r, name, text);
}

void exchange_row_put_time(struct exchange_row *r, const char *name, int64_t ms)
{
    char day[DATE_LEN + 1], text[64];
    int seconds = (int)((ms + CHINA_MS) / 1000 % 86400);

    if (ms <= 0)
        return;
    date_format(date_of_ms(ms), day);
    snprintf(text, sizeof text, "%s %02d:%02d:%02d", day, seconds / 3600, seconds / 60 % 60, seconds % 60);
    exchange_row_put(r, name, text);
}

static const char *value(const struct exchange_row *r, const char *name)
{
    for (int i = 0; i < r->n; i++)
        if (strcmp(r->values[i].name, name) == 0)
            return (const char *)r->texts.data + r->values[i].at;
    return "";
}

const struct json *exchange_member(const struct json *v, const char *way)
{
    char key[60];

    while (v && *way) {
        size_t len = strcspn(way, ".");

        if (len >= sizeof key)
            return NULL;
        memcpy(key, way, len);
        key[len] = '\0';
        if (json_is_arr(v))
            v = json_at(v, (size_t)atoi(key));
        else
            v = json_is_obj(v) ? json_member(v, key) : NULL;
        way += len + (way[len] == '.');
    }
    return v;
}

/* A number stands in `out`. */
static const char *json_words(const struct json *v, char out[NUMBER_LEN])
{
    if (v && json_is_str(v))
        return json_str(v);
    if (v && json_is_bool(v))
        return json_bool(v) ? "1" : "0"; /* GB/T 39046: yes and no */
    out[0] = '\0';
    if (v && json_is_int(v))
        snprintf(out, NUMBER_LEN, "%" PRId64, json_int(v));
    return out;
}

/* --- fields --- */

/* 63 bits of a hash of table and row, so that the same row has the same number whenever it is exported. */
static void row_id(const struct exchange_table *t, const struct exchange_row *r, char out[NUMBER_LEN])
{
    char text[200];
    uint8_t hash[SHA256_LEN];

    snprintf(text, sizeof text, "%s\n%s", t->name, value(r, "row-guid"));
    sha256(text, strlen(text), hash);
    snprintf(out, NUMBER_LEN, "%" PRIu64, be64(hash) >> 1 | 1);
}

static const char *find(const struct exchange_out *o, const struct exchange_field *f, const struct exchange_row *r,
                        char number[NUMBER_LEN])
{
    const char *word = "";

    switch (f->how) {
    case EXCHANGE_VALUE:
        if (strcmp(f->from, "row-id") != 0)
            return value(r, f->from);
        row_id(o->table, r, number);
        return number;
    case EXCHANGE_ITEM_JSON:
        return json_words(exchange_member(r->item, f->from), number);
    case EXCHANGE_PART_JSON:
        return json_words(exchange_member(r->part, f->from), number);
    case EXCHANGE_CODE:
        if (f->from[0] && !(word = value(r, f->from))[0])
            word = json_words(exchange_member(r->item, f->from), number);
        return f->from[0] && !word[0] ? "" : exchange_code(o->codes, f->name, word);
    case EXCHANGE_NONE:
        break;
    }
    return "";
}

static bool is_time(const char *text)
{
    static const char pattern[] = "0000-00-00 00:00:00";

    for (size_t i = 0; i < sizeof pattern; i++)
        if (pattern[i] == '0' ? text[i] < '0' || text[i] > '9' : text[i] != pattern[i])
            return false;
    return true;
}

static bool is_whole(const char *text)
{
    size_t len = strspn(text, "0123456789");

    return len > 0 && !text[len];
}

static bool fits(const struct exchange_field *f, const char *text)
{
    switch (f->type) {
    case EXCHANGE_BIGINT:
        return is_whole(text) && strlen(text) < 20;
    case EXCHANGE_INT:
        return is_whole(text) && strlen(text) < 10;
    case EXCHANGE_VARCHAR:
        return utf8_count(text) <= (size_t)f->max;
    case EXCHANGE_DATETIME:
        return is_time(text);
    case EXCHANGE_LONGTEXT:
        break;
    }
    return true;
}

/* --- writing --- */

void exchange_out_init(struct exchange_out *o, const struct exchange_table *t, const struct exchange_codes *c)
{
    *o = (struct exchange_out){.table = t, .codes = c};
    buf_init(&o->csv, EXCHANGE_TABLE_MAX);
    buf_init(&o->sql, EXCHANGE_TABLE_MAX);
    for (int i = 0; i < t->n_fields; i++)
        csv_text(&o->csv, t->fields[i].name, i == 0);
    csv_end(&o->csv);
}

void exchange_out_finish(struct exchange_out *o)
{
    buf_finish(&o->csv);
    buf_finish(&o->sql);
}

/* MySQL takes a backslash for an escape. */
static void put_literal(struct buf *out, const char *text)
{
    buf_addc(out, '\'');
    for (const char *c = text; *c; c++) {
        if (*c == '\'' || *c == '\\')
            buf_addc(out, (uint8_t)*c);
        buf_addc(out, (uint8_t)*c);
    }
    buf_addc(out, '\'');
}

/* A text that is missing is empty where it must not be NULL; numbers and times have nothing but NULL. */
static void put_sql(struct buf *out, const struct exchange_field *f, const char *text)
{
    bool number = f->type == EXCHANGE_BIGINT || f->type == EXCHANGE_INT;

    if (!text[0] && (number || f->type == EXCHANGE_DATETIME || !f->required))
        buf_adds(out, "NULL");
    else if (number)
        buf_adds(out, text);
    else
        put_literal(out, text);
}

void exchange_out_add(struct exchange_out *o, const struct exchange_row *r)
{
    const struct exchange_table *t = o->table;

    buf_addf(&o->sql, "INSERT INTO %s (", t->name);
    for (int i = 0; i < t->n_fields; i++)
        buf_addf(&o->sql, "%s%s", i ? "," : "", t->fields[i].name);
    buf_adds(&o->sql, ") VALUES (");
    for (int i = 0; i < t->n_fields; i++) {
        char number[NUMBER_LEN];
        const struct exchange_field *f = &t->fields[i];
        const char *text = find(o, f, r, number);

        if (text[0] && !fits(f, text)) {
            o->unfit[i]++;
            text = "";
        }
        o->empty[i] += !text[0];
        csv_text(&o->csv, text, i == 0);
        if (i)
            buf_addc(&o->sql, ',');
        put_sql(&o->sql, f, text);
    }
    csv_end(&o->csv);
    buf_adds(&o->sql, ");\n");
    o->rows++;
}
