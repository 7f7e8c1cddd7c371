/* SPDX-License-Identifier: Apache-2.0
 *
 * See edition_diff_json.h. A difference is told at the smallest place that still reads as one thing: a limit, an amount, a
 * text, an element of a list that came or went.
 */
#include "tools/hall/editions/edition_diff_json.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/editions/edition_words.h"

#define WHERE_MAX 600
#define VALUE_MAX (16 * 1024)

struct diff {
    edition_field_fn *fn;
    void *ctx;
    int n;
};

/* --- one value in words --- */

static bool is_limit(const struct json *v)
{
    return json_is_obj(v) && json_has(v, "day") && json_has(v, "unit");
}

static void put_filled(struct buf *out, enum edition_word w, const char *arg)
{
    char text[80];

    text_fill(text, sizeof text, edition_word(w), &arg, 1);
    buf_adds(out, text);
}

static void put_limit(struct buf *out, const struct json *v)
{
    const char *unit = json_str(json_member(v, "unit"));
    char day[24];

    snprintf(day, sizeof day, "%lld", (long long)json_int(json_member(v, "day")));
    if (strcmp(day, "0") == 0)
        buf_adds(out, edition_word(EDITION_WORD_at_once));
    else
        put_filled(out, unit && strcmp(unit, "working-day") == 0 ? EDITION_WORD_working_days : EDITION_WORD_calendar_days,
                   day);
    const char *explain = json_str(json_member(v, "explain"));
    if (explain)
        buf_addf(out, "，%s", explain);
}

/* Values that staff know by words. */
static enum edition_word word_of(const char *key, const char *value)
{
    static const struct {
        const char *key, *value;
        enum edition_word word;
    } list[] = {{"is_need", "1", EDITION_WORD_need_1},
                {"is_need", "2", EDITION_WORD_need_2},
                {"is_need", "3", EDITION_WORD_need_3},
                {"task_state", "in-use", EDITION_WORD_state_in_use},
                {"task_state", "suspended", EDITION_WORD_state_suspended}};

    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (strcmp(list[i].key, key) == 0 && strcmp(list[i].value, value) == 0)
            return list[i].word;
    return EDITION_WORD_COUNT;
}

static void put_scalar(struct buf *out, const char *key, const struct json *v)
{
    char amount[32];

    if (json_is_str(v)) {
        enum edition_word w = word_of(key, json_str(v));

        buf_adds(out, w == EDITION_WORD_COUNT ? json_str(v) : edition_word(w));
    } else if (json_is_bool(v)) {
        buf_adds(out, edition_word(json_bool(v) ? EDITION_WORD_yes : EDITION_WORD_no));
    } else if (json_is_int(v) && strcmp(key, "amount_cent") == 0) {
        snprintf(amount, sizeof amount, "%lld.%02lld", (long long)json_int(v) / 100, (long long)(json_int(v) % 100));
        put_filled(out, EDITION_WORD_yuan, amount);
    } else {
        json_dump(v, out);
    }
}

/* What an element of a list is called; NULL: it has no name. */
static const struct json *name_of(const struct json *v, const char **ret_key)
{
    static const char *const keys[] = {"material_name", "fee_name", "result_name", "step", "law",
                                       "label",         "title",    "q",           "name"};

    for (size_t i = 0; json_is_obj(v) && i < sizeof keys / sizeof *keys; i++)
        if (json_is_str(json_member(v, keys[i]))) {
            *ret_key = keys[i];
            return json_member(v, keys[i]);
        }
    return NULL;
}

/* A whole value on one line: an object as its name with what else it says in brackets. */
static void put_value(struct buf *out, const char *key, const struct json *v)
{
    const char *name_key = NULL, *k;
    const struct json *name = name_of(v, &name_key);
    int n = 0;

    if (is_limit(v)) {
        put_limit(out, v);
    } else if (json_is_arr(v)) {
        for (size_t i = 0; i < json_len(v); i++) {
            buf_adds(out, i ? "；" : "");
            put_value(out, key, json_at(v, i));
        }
    } else if (json_is_obj(v)) {
        buf_adds(out, name ? json_str(name) : "");
        for (size_t i = 0; (k = json_key(v, i)); i++) {
            char words[80];

            if ((name_key && strcmp(k, name_key) == 0) || (strlen(k) > 3 && strcmp(k + strlen(k) - 3, "_en") == 0))
                continue;
            edition_key_words(k, words, sizeof words);
            buf_addf(out, "%s%s：", n++ ? "，" : name ? "（" : "", words);
            put_value(out, k, json_member(v, k));
        }
        buf_adds(out, name && n ? "）" : "");
    } else {
        put_scalar(out, key, v);
    }
}

/* --- two of them --- */

static void tell(struct diff *d, const char *where, const char *key, const struct json *before, const struct json *after)
{
    struct buf a, b;

    buf_init(&a, VALUE_MAX);
    buf_init(&b, VALUE_MAX);
    if (before)
        put_value(&a, key, before);
    if (after)
        put_value(&b, key, after);
    d->n++;
    d->fn(d->ctx, where, buf_str(&a), buf_str(&b));
    buf_finish(&a);
    buf_finish(&b);
}

static bool same(const struct json *a, const struct json *b)
{
    struct buf x, y;

    buf_init(&x, 1024 * 1024);
    buf_init(&y, 1024 * 1024);
    json_dump(a, &x);
    json_dump(b, &y);
    bool is = x.len == y.len && memcmp(buf_str(&x), buf_str(&y), x.len) == 0;
    buf_finish(&x);
    buf_finish(&y);
    return is;
}

static void walk(struct diff *d, const char *where, const char *key, const struct json *a, const struct json *b);

static void join(char out[WHERE_MAX], const char *where, const char *next)
{
    snprintf(out, WHERE_MAX, "%s%s%s", where, *where ? " · " : "", next);
}

static void walk_key(struct diff *d, const char *where, const char *key, const struct json *a, const struct json *b)
{
    char words[80], here[WHERE_MAX];

    edition_key_words(key, words, sizeof words);
    join(here, where, words);
    walk(d, here, key, json_member(a, key), json_member(b, key));
}

static void walk_objects(struct diff *d, const char *where, const struct json *a, const struct json *b)
{
    const char *k;

    for (size_t i = 0; (k = json_key(b, i)); i++)
        walk_key(d, where, k, a, b);
    for (size_t i = 0; (k = json_key(a, i)); i++)
        if (!json_member(b, k))
            walk_key(d, where, k, a, b);
}

/* The `nth` of that name in a list; of two that are called alike each has its own. */
static const struct json *find_named(const struct json *list, const char *name, int nth)
{
    const char *key;

    for (size_t i = 0; i < json_len(list); i++) {
        const struct json *n = name_of(json_at(list, i), &key);

        if (n && strcmp(json_str(n), name) == 0 && nth-- == 0)
            return json_at(list, i);
    }
    return NULL;
}

static int which_of_its_name(const struct json *list, size_t at, const char *name)
{
    const char *key;
    int nth = 0;

    for (size_t i = 0; i < at; i++) {
        const struct json *n = name_of(json_at(list, i), &key);

        nth += n && strcmp(json_str(n), name) == 0;
    }
    return nth;
}

static bool all_named(const struct json *list)
{
    const char *key;

    for (size_t i = 0; i < json_len(list); i++)
        if (!name_of(json_at(list, i), &key))
            return false;
    return true;
}

static void walk_lists(struct diff *d, const char *where, const char *key, const struct json *a, const struct json *b)
{
    const char *k;
    int before = d->n;

    for (size_t i = 0; i < json_len(b); i++) {
        const char *name = json_str(name_of(json_at(b, i), &k));
        const struct json *was = find_named(a, name, which_of_its_name(b, i, name));
        char here[WHERE_MAX];

        join(here, where, name);
        if (was)
            walk(d, here, key, was, json_at(b, i));
        else
            tell(d, where, key, NULL, json_at(b, i));
    }
    for (size_t i = 0; i < json_len(a); i++) {
        const char *name = json_str(name_of(json_at(a, i), &k));

        if (!find_named(b, name, which_of_its_name(a, i, name)))
            tell(d, where, key, json_at(a, i), NULL);
    }
    if (d->n == before) /* the order alone */
        tell(d, where, key, a, b);
}

static void walk(struct diff *d, const char *where, const char *key, const struct json *a, const struct json *b)
{
    if (!a || !b) {
        tell(d, where, key, a, b);
        return;
    }
    if (same(a, b))
        return;
    if (json_is_obj(a) && json_is_obj(b) && !is_limit(a))
        walk_objects(d, where, a, b);
    else if (json_is_arr(a) && json_is_arr(b) && json_len(a) && json_len(b) && all_named(a) && all_named(b))
        walk_lists(d, where, key, a, b);
    else
        tell(d, where, key, a, b);
}

int edition_diff_json(const struct json *before, const struct json *after, edition_field_fn *fn, void *ctx)
{
    struct diff d = {.fn = fn, .ctx = ctx};

    walk_objects(&d, "", before, after);
    return d.n;
}
