/* SPDX-License-Identifier: Apache-2.0
 *
 * Members that ask.c and ask_answer.c read alike.
 */
#ifndef WIRE_ASK_PARTS_H
#define WIRE_ASK_PARTS_H

#include <string.h>

#include "base/json.h"
#include "base/text.h"
#include "wire/ask.h"

/* "reason", where an answer has no other member but v and at. */
int ask_get_reason(const struct json *o, enum ask_reason *ret, struct err *e);

#define ASK_TIME_MAX INT64_C(253402300799999) /* end of the year 9999 */

/* A text that must be there; out holds max + 1. */
static inline int ask_get_text(const struct json *o, const char *key, size_t min, size_t max, char *out, struct err *e)
{
    const char *text;
    int rc = json_get_str(o, key, min, max, &text, e);

    if (rc == 0)
        text_copy(out, max + 1, text);
    return rc;
}

/* The code of an item, as catalogues have it: it becomes part of a line of the audit. */
static inline bool ask_item_valid(const char *item)
{
    size_t n = strlen(item);

    return n >= 1 && n <= ITEM_CODE_MAX && text_is_plain_line(item);
}

static inline int ask_get_version(const struct json *o, struct err *e)
{
    int64_t v;

    return json_get_int(o, "v", 1, 1, &v, e);
}

static inline int ask_get_hex(const struct json *o, const char *key, size_t min, size_t max, uint8_t *out, size_t *ret_len,
                              struct err *e)
{
    const char *text;
    int rc = json_get_str(o, key, 2 * min, 2 * max, &text, e);

    if (rc == 0 && hex_decode(text, strlen(text), out, max, ret_len) < 0)
        rc = err_set(e, ERR_INVALID, "%s is not hexadecimal", key);
    return rc;
}

/* One of the n words of a list. */
int ask_get_word(const struct json *o, const char *key, const char *const *list, int n, int *ret, struct err *e);
/* A day that may be missing: then without a year. */
int ask_get_day(const struct json *o, const char *key, struct date *ret, struct err *e);
void ask_put_day(struct jsonw *w, const char *key, struct date d);

/* The member "spoken" (ask_spoken.c). */
void ask_put_spoken(struct jsonw *w, const struct my_spoken *told);
int ask_get_spoken(const struct json *o, struct my_spoken *ret, struct err *e);

#endif
