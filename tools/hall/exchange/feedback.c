/* SPDX-License-Identifier: Apache-2.0
 *
 * See feedback.h.
 */
#include "tools/hall/exchange/feedback.h"

#include <string.h>

#include "base/text.h"

static const struct {
    const char *name;
    bool needed;
    size_t max;    /* characters */
    size_t offset; /* in struct feedback */
} columns[FEEDBACK_COLUMNS] = {
    {"row_guid", true, FEEDBACK_GUID_MAX, offsetof(struct feedback, guid)},
    {"err_type", true, FEEDBACK_TYPE_MAX, offsetof(struct feedback, type)},
    {"remark", false, FEEDBACK_REMARK_MAX, offsetof(struct feedback, remark)},
    {"table_cd_batch", false, FEEDBACK_BATCH_MAX, offsetof(struct feedback, batch)},
    {"table_sql_name", true, FEEDBACK_TABLE_MAX, offsetof(struct feedback, table)},
    {"cd_time", false, FEEDBACK_TIME_MAX, offsetof(struct feedback, found)},
    {"table_row_guid", true, FEEDBACK_GUID_MAX, offsetof(struct feedback, row_guid)},
};

int feedback_reader_init(struct feedback_reader *r, const void *data, size_t len, struct err *e)
{
    csv_reader_init(&r->csv, data, len);
    int rc = csv_next(&r->csv, e);

    for (int c = 0; c < FEEDBACK_COLUMNS; c++) {
        r->columns[c] = -1;
        for (int i = 0; rc == 1 && i < r->csv.n; i++) {
            if (strcmp(r->csv.fields[i], columns[c].name) != 0)
                continue;
            if (r->columns[c] >= 0)
                return err_set(e, ERR_INVALID, "line 1: the column %s stands twice", columns[c].name);
            r->columns[c] = i;
        }
        if (rc >= 0 && columns[c].needed && r->columns[c] < 0)
            return err_set(e, ERR_INVALID, "line 1 names no column %s", columns[c].name);
    }
    return rc < 0 ? rc : 0;
}

void feedback_reader_finish(struct feedback_reader *r)
{
    csv_reader_finish(&r->csv);
}

/* Nothing in it steers a screen. */
static void copy_plain(char *out, size_t cap, const char *text)
{
    const char *end = text + strlen(text);
    size_t len = 0;

    while (text < end && len + 5 <= cap) {
        int32_t c = utf8_next(&text, end);
        bool steers = c < 0x20 || (c >= 0x7f && c < 0xa0) || text_is_invisible((uint32_t)c);
        len += utf8_put(steers ? ' ' : (uint32_t)c, out + len);
    }
    out[len] = '\0';
}

static int take_field(struct feedback_reader *r, int c, struct feedback *ret, struct err *e)
{
    const char *text = r->columns[c] < 0 ? "" : r->csv.fields[r->columns[c]];
    char *out = (char *)ret + columns[c].offset;

    if (columns[c].needed && !text[0])
        return err_set(e, ERR_INVALID, "line %d: %s is empty", r->csv.lines, columns[c].name);
    if (utf8_count(text) > columns[c].max)
        return err_set(e, ERR_TOOLONG, "line %d: %s has more than %zu characters", r->csv.lines, columns[c].name,
                       columns[c].max);
    copy_plain(out, FEEDBACK_BYTES(columns[c].max), text);
    return 0;
}

int feedback_next(struct feedback_reader *r, struct feedback *ret, struct err *e)
{
    struct case_number n;
    int wanted = 0, rc = csv_next(&r->csv, e);

    if (rc != 1)
        return rc;
    for (int c = 0; c < FEEDBACK_COLUMNS; c++)
        wanted = r->columns[c] >= wanted ? r->columns[c] + 1 : wanted;
    if (r->csv.n < wanted)
        return err_set(e, ERR_INVALID, "line %d has %d fields", r->csv.lines, r->csv.n);
    *ret = (struct feedback){.office = 0};
    rc = 0;
    for (int c = 0; rc == 0 && c < FEEDBACK_COLUMNS; c++)
        rc = take_field(r, c, ret, e);
    if (rc < 0)
        return rc;
    ret->of_case = exchange_guid_parse(ret->row_guid, ret->number, &ret->seq) && case_number_parse(ret->number, &n);
    if (ret->of_case)
        ret->office = n.office;
    return 1;
}
