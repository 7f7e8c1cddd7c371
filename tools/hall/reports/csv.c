/* SPDX-License-Identifier: Apache-2.0
 *
 * See csv.h.
 */
#include "tools/hall/reports/csv.h"

#include <string.h>

#include "base/text.h"

void csv_text(struct buf *out, const char *text, bool first)
{
    if (!first)
        buf_addc(out, ',');
    if (!strpbrk(text, ",\"\r\n")) {
        buf_adds(out, text);
        return;
    }
    buf_addc(out, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"')
            buf_addc(out, '"');
        buf_addc(out, (uint8_t)*c);
    }
    buf_addc(out, '"');
}

void csv_end(struct buf *out)
{
    buf_adds(out, "\r\n");
}

/* The first of them in the first line that is in no quotes. */
static char separator(const char *at, const char *end)
{
    bool quoted = false;

    for (; at < end && (quoted || (*at != '\r' && *at != '\n')); at++) {
        if (*at == '"')
            quoted = !quoted;
        else if (!quoted && (*at == ',' || *at == ';' || *at == '\t'))
            return *at;
    }
    return ',';
}

void csv_reader_init(struct csv_reader *r, const void *data, size_t len)
{
    const char *text = data;

    *r = (struct csv_reader){.at = text, .end = text + len};
    if (len >= 3 && memcmp(text, CSV_MARK, 3) == 0)
        r->at += 3;
    r->between = separator(r->at, r->end);
    buf_init(&r->line, CSV_BYTES_MAX);
}

void csv_reader_finish(struct csv_reader *r)
{
    buf_finish(&r->line);
}

static int wrong(const struct csv_reader *r, const char *what, struct err *e)
{
    return err_set(e, ERR_INVALID, "line %d is no CSV: %s", r->lines + 1, what);
}

/* One field, without its quotes, to what separates it from the next or the line end behind it. */
static int take_field(struct csv_reader *r, struct err *e)
{
    bool quoted = r->at < r->end && *r->at == '"';

    r->at += quoted;
    for (;; r->at++) {
        if (r->at == r->end && quoted)
            return wrong(r, "a quotation mark is open", e);
        if (r->at == r->end || (!quoted && (*r->at == r->between || *r->at == '\r' || *r->at == '\n')))
            break;
        if (*r->at == '\0')
            return wrong(r, "it has a NUL; save it as CSV UTF-8", e);
        if (!quoted && *r->at == '"')
            return wrong(r, "a quotation mark inside a field without them", e);
        if (quoted && *r->at == '"') {
            r->at++;
            if (r->at == r->end || *r->at != '"') /* two of them are one */
                break;
        }
        buf_addc(&r->line, (uint8_t)*r->at);
    }
    bool ends = r->at == r->end || *r->at == r->between || *r->at == '\r' || *r->at == '\n';
    if (!ends)
        return wrong(r, "letters behind a quotation mark", e);
    buf_addc(&r->line, '\0');
    return 0;
}

/* 1: another field follows. */
static int take_separator(struct csv_reader *r, struct err *e)
{
    if (r->at == r->end)
        return 0;
    char c = *r->at++;
    if (c == r->between)
        return 1;
    if (c == '\r' && (r->at == r->end || *r->at++ != '\n'))
        return wrong(r, "a carriage return alone", e);
    return 0;
}

/* Tables leave empty lines behind their last one. */
static bool is_over(const struct csv_reader *r)
{
    const char *c = r->at;

    while (c < r->end && (*c == '\r' || *c == '\n'))
        c++;
    return c == r->end;
}

int csv_next(struct csv_reader *r, struct err *e)
{
    size_t places[CSV_FIELDS_MAX];
    int rc;

    if (is_over(r))
        return 0;
    buf_reset(&r->line);
    r->n = 0;
    do {
        if (r->n == CSV_FIELDS_MAX)
            return err_set(e, ERR_TOOLONG, "line %d has more than %d fields", r->lines + 1, CSV_FIELDS_MAX);
        places[r->n++] = r->line.len;
        rc = take_field(r, e);
        if (rc == 0)
            rc = take_separator(r, e);
    } while (rc == 1);
    if (rc < 0)
        return rc;
    if (!buf_ok(&r->line))
        return err_set(e, ERR_TOOLONG, "line %d", r->lines + 1);
    for (int i = 0; i < r->n; i++) {
        r->fields[i] = (const char *)r->line.data + places[i];
        if (!utf8_valid(r->fields[i], strlen(r->fields[i])))
            return wrong(r, "it is not UTF-8; save it as CSV UTF-8", e);
    }
    r->lines++;
    return 1;
}
