/* SPDX-License-Identifier: Apache-2.0
 *
 * See halts.h.
 */
#include "wire/halts.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

#define VERSION_MAX 1000000 /* of an item */

/* No list is too long by its number alone: a comma and this for each fill the text before. */
#define SHORTEST "{\"item\":\"A\",\"upto\":1,\"since\":1,\"zh\":\"x\",\"en\":\"\"}"
_Static_assert((HALTS_MAX + 1) * sizeof SHORTEST > NEWS_QUEUES_MAX - sizeof "{\"at\":1,\"version\":1,\"list\":[]}",
               "the bound is one of bytes");

/* --- one --- */

static bool code_valid(const char *code)
{
    size_t n = strlen(code);

    return n >= 1 && n <= ITEM_CODE_MAX && text_is_line(code);
}

static int check(const struct halts *h, int i, struct err *e)
{
    const struct halt *one = &h->list[i];

    if (!code_valid(one->task_code))
        return err_set(e, ERR_INVALID, "an item without a code");
    for (int k = 0; k < i; k++)
        if (strcmp(h->list[k].task_code, one->task_code) == 0)
            return err_set(e, ERR_INVALID, "item %s is halted twice", one->task_code);
    if (one->upto < 1 || one->upto > VERSION_MAX || one->at_ms < 0 || one->at_ms > HALTS_TIME_MAX_MS)
        return err_set(e, ERR_INVALID, "the version or the time of a halt");
    if (!one->zh[0] || !text_is_line(one->zh) || (one->en[0] && !text_is_line(one->en)))
        return err_set(e, ERR_INVALID, "what residents read of a halt is one line in Chinese, and may be one in English");
    return 0;
}

/* --- writing --- */

int halts_encode(const struct halts_told *t, struct buf *out, struct err *e)
{
    const struct halts *h = &t->halts;
    struct jsonw w;
    int rc = 0;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "at", t->at_ms);
    jsonw_int(&w, "version", h->version);
    jsonw_arr(&w, "list");
    for (int i = 0; rc == 0 && i < h->n; i++) {
        const struct halt *one = &h->list[i];

        rc = check(h, i, e);
        jsonw_obj(&w, NULL);
        jsonw_str(&w, "item", one->task_code);
        jsonw_int(&w, "upto", one->upto);
        jsonw_int(&w, "since", one->at_ms);
        jsonw_str(&w, "zh", one->zh);
        jsonw_str(&w, "en", one->en);
        jsonw_end(&w);
    }
    jsonw_end(&w);
    jsonw_end(&w);
    return rc < 0 || buf_ok(out) ? rc : err_set(e, ERR_TOOLONG, "the halted items");
}

/* --- reading --- */

static int read_one(const struct json *o, struct halts *h, struct err *e)
{
    struct halt *one = &h->list[h->n];
    const char *code = NULL, *zh = NULL, *en = NULL;
    int64_t upto = 0;
    int rc = json_known(o, "item upto since zh en", e);

    if (rc == 0)
        rc = json_get_str(o, "item", 1, ITEM_CODE_MAX, &code, e);
    if (rc == 0)
        rc = json_get_int(o, "upto", 1, VERSION_MAX, &upto, e);
    if (rc == 0)
        rc = json_get_int(o, "since", 0, HALTS_TIME_MAX_MS, &one->at_ms, e);
    if (rc == 0)
        rc = json_get_str(o, "zh", 1, HALT_WORD_MAX, &zh, e);
    if (rc == 0)
        rc = json_get_str(o, "en", 0, HALT_WORD_MAX, &en, e);
    if (rc < 0)
        return rc;
    one->upto = (int)upto;
    text_copy(one->task_code, sizeof one->task_code, code);
    text_copy(one->zh, sizeof one->zh, zh);
    text_copy(one->en, sizeof one->en, en);
    return check(h, h->n++, e);
}

static int read_all(const struct json *doc, struct halts_told *t, struct err *e)
{
    const struct json *list = NULL;
    int rc = json_known(doc, "at version list", e);

    if (rc == 0)
        rc = json_get_int(doc, "at", 0, HALTS_TIME_MAX_MS, &t->at_ms, e);
    if (rc == 0)
        rc = json_get_int(doc, "version", 0, INT64_MAX, &t->halts.version, e);
    if (rc == 0)
        rc = json_get_arr(doc, "list", HALTS_MAX, &list, e);
    for (size_t i = 0; rc == 0 && i < json_len(list); i++)
        rc = read_one(json_at(list, i), &t->halts, e);
    return rc;
}

int halts_decode(const void *data, size_t len, struct halts_told *ret, struct err *e)
{
    struct halts_told t = {.at_ms = 0};
    struct json *doc = NULL;
    int rc = json_parse(data, len, NEWS_QUEUES_MAX, &doc, e);

    if (rc == 0)
        rc = read_all(doc, &t, e);
    json_free(doc);
    if (rc == 0)
        *ret = t;
    return err_wrap(e, rc, "the halted items");
}

int halts_verify(const struct manifest_role *hall, const struct news_word *w, struct halts_told *ret, struct err *e)
{
    int rc = manifest_verify_one(hall, HALTS_PREFIX, w->state, strlen(w->state), &w->by, e);

    return rc < 0 ? err_wrap(e, rc, "the hall's word for halted items") : halts_decode(w->state, strlen(w->state), ret, e);
}
