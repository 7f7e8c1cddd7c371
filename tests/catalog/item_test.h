/* SPDX-License-Identifier: Apache-2.0
 *
 * One good item file with one thing changed at a time, and what is found in it: for the tests of item files. Run from the
 * project's root.
 */
#ifndef TESTS_CATALOG_ITEM_TEST_H
#define TESTS_CATALOG_ITEM_TEST_H

#include <stdlib.h>

#include "base/buf.h"
#include "base/fs.h"
#include "catalog/item_check.h"
#include "catalog/item_file.h"
#include "test.h"

#define RENEWAL "tests/catalogues/zone/identity-card-renewal.json"

/* The text with the first `from` made into `to`; "" from: in front. Finishes `text`; the caller finishes `out`. */
static inline void change_text(struct buf *text, struct buf *out, const char *from, const char *to)
{
    const char *at = strstr(buf_str(text), from);

    buf_init(out, 2 * ITEM_FILE_MAX);
    if (!at) {
        printf("# the sample has no %s\n", from);
        CHECK(false);
        at = buf_str(text);
        from = "";
    }
    buf_add(out, text->data, (size_t)(at - buf_str(text)));
    buf_adds(out, to);
    buf_adds(out, at + strlen(from));
    buf_finish(text);
}

static inline void change(struct buf *out, const char *from, const char *to)
{
    struct buf text;

    if (fs_read(RENEWAL, ITEM_FILE_MAX, &text, NULL) < 0)
        abort();
    change_text(&text, out, from, to);
}

static inline int parse_changed(const char *from, const char *to, struct item_file **ret, struct err *e)
{
    struct buf text;
    int rc;

    change(&text, from, to);
    rc = item_file_parse(text.data, text.len, LANGUAGE_ZH_CN, ret, e);
    buf_finish(&text);
    return rc;
}

struct change {
    const char *from, *to, *says;
};
#define NEED(words) "\"is_need\": \"3\"", "\"is_need\": \"3\", \"need_if\": " words

/* Collects the fields of all findings, and the words of the first error. */
struct seen {
    char fields[600], text[600];
    int warnings;
};

static inline void see(void *ctx, enum item_severity severity, const char *code, const char *field, const char *text)
{
    struct seen *s = ctx;

    if (severity == ITEM_WARNING) {
        s->warnings++;
        return;
    }
    snprintf(s->fields + strlen(s->fields), sizeof s->fields - strlen(s->fields), "[%s]", field);
    if (!s->text[0])
        snprintf(s->text, sizeof s->text, "%s", text);
}

#endif
