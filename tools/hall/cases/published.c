/* SPDX-License-Identifier: Apache-2.0
 *
 * See published.h.
 */
#include "tools/hall/cases/published.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "catalog/item_file.h"
#include "catalog/verify.h"
#include "tools/hall/rules/deadline_words.h"
#include "wire/manifest.h"

#define EARLIER_MAX 50 /* catalogues that are looked through for an older version of an item */
#define LATER_MAX 10   /* and for one that some terminals have already */

static int open_version(const struct published *p, int64_t version, struct catalog **ret, struct err *e)
{
    char path[500];

    snprintf(path, sizeof path, "%s/catalog-%lld.db", p->files, (long long)version);
    return catalog_open(path, ret, e);
}

int published_open(const char *data, struct published *ret, struct err *e)
{
    char public[400];
    struct verify_raw raw;
    struct manifest_catalog c;

    *ret = (struct published){0};
    snprintf(public, sizeof public, "%s/public", data);
    snprintf(ret->files, sizeof ret->files, "%s/files", public);
    int rc = verify_read(public, "catalog", &raw, e);
    if (rc == -ERR_NOTFOUND) {
        *e = (struct err){0};
        return 0;
    }
    if (rc < 0)
        return rc;
    rc = manifest_catalog_decode(raw.json.data, raw.json.len, &c, e);
    verify_raw_finish(&raw);
    if (rc == 0)
        rc = open_version(ret, c.version, &ret->catalog, e);
    if (rc < 0)
        return err_wrap(e, rc, "the published catalogue cannot be used: publish it again");
    ret->version = c.version;
    ret->calendar = catalog_calendar(ret->catalog);
    return 0;
}

void published_close(struct published *p)
{
    catalog_close(p->catalog);
    p->catalog = NULL;
}

/* One line, cut where it is too long; what is none is left out. */
static void put_line(char *out, size_t cap, const char *text)
{
    out[0] = '\0';
    if (text && text_is_line(text))
        text_copy(out, cap, text);
}

static void put_limit(struct case_limit *out, struct item_limit limit)
{
    out->day = limit.day >= 0 && limit.day <= CASE_DAYS_MAX ? limit.day : -1;
    out->unit = limit.unit;
}

static void put_step(struct case_limit *out, const struct item_step *step)
{
    put_limit(out, step->limit);
    put_line(out->step, sizeof out->step, step->step);
    put_line(out->post, sizeof out->post, step->post);
}

/* Steps between the first and the last are one: their days together, where they are of one kind. */
static void put_middle(struct case_limit *out, const struct item_step *steps, size_t n)
{
    put_step(out, &steps[0]);
    for (size_t i = 1; i < n; i++) {
        size_t len = strlen(out->step);
        bool same = steps[i].limit.unit == out->unit && out->day >= 0 && steps[i].limit.day >= 0;

        out->day = same ? out->day + steps[i].limit.day : -1;
        if (len + 3 < sizeof out->step) {
            memcpy(out->step + len, "、", 4);
            put_line(out->step + len + 3, sizeof out->step - len - 3, steps[i].step);
        }
    }
}

/* Administrative licences (行政许可): the law itself accepts what nobody answers in time. */
static bool is_licence(const struct item *item)
{
    return item->task_type && strcmp(item->task_type, "01") == 0;
}

/* What an item says of time. */
static void limits_of_item(const struct item *item, struct case_limits *ret)
{
    const struct case_limit unknown = {.day = -1};
    size_t n = item->n_steps;

    *ret = (struct case_limits){
        .accept = unknown, .examine = unknown, .decide = unknown, .promise = unknown, .statutory = unknown};
    text_copy(ret->item, sizeof ret->item, item->task_code);
    ret->item_version = item->task_version;
    if (item->look_up || item->newer)
        return;
    ret->law_accepts = is_licence(item);
    ret->law_decides = item->tacit == TACIT_GRANTED  ? CASE_GRANTED
                       : item->tacit == TACIT_DENIED ? CASE_DENIED
                                                     : CASE_RESULT_NONE;
    put_line(ret->tacit_law, sizeof ret->tacit_law, item->tacit_law);
    put_limit(&ret->promise, item->promise);
    put_limit(&ret->statutory, item->anticipate);
    if (n >= 1)
        put_step(&ret->accept, &item->steps[0]);
    if (n >= 2)
        put_step(&ret->decide, &item->steps[n - 1]);
    if (n >= 3)
        put_middle(&ret->examine, item->steps + 1, n - 2);
}

static bool read_limits(struct catalog *c, const char *code, int version, void *ret)
{
    const struct item *item = catalog_item(c, code, NULL);
    bool found = item && item->task_version == version;

    if (found)
        limits_of_item(item, ret);
    catalog_release_items(c);
    return found;
}

/* Only what was verified lies there. */
static bool is_there(const struct published *p, int64_t version)
{
    char path[500];

    snprintf(path, sizeof path, "%s/catalog-%lld.db", p->files, (long long)version);
    return access(path, F_OK) == 0;
}

/* The one to look through after `at`: those above the present one, then those below; 0: there is none. */
static int64_t next_version(const struct published *p, int64_t at)
{
    for (int64_t v = at + 1; at >= p->version && v <= p->version + LATER_MAX; v++)
        if (is_there(p, v))
            return v;
    at = (at > p->version ? p->version : at) - 1;
    return at > 0 && at > p->version - EARLIER_MAX ? at : 0;
}

/* The present catalogue, then others, until fn says true; whether it did. */
typedef bool in_catalogue_fn(struct catalog *c, const char *item, int version, void *ctx);
static bool find(const struct published *p, const char *item, int version, in_catalogue_fn *fn, void *ctx)
{
    bool found = p->catalog && fn(p->catalog, item, version, ctx);

    for (int64_t v = next_version(p, p->version); !found && v > 0; v = next_version(p, v)) {
        struct catalog *c = NULL;

        if (open_version(p, v, &c, NULL) == 0)
            found = fn(c, item, version, ctx);
        catalog_close(c);
    }
    return found;
}

bool published_limits(const struct published *p, const char *item, int version, struct case_limits *ret)
{
    const struct item unknown = {.task_code = item, .task_version = version, .look_up = true};
    bool found = find(p, item, version, read_limits, ret);

    if (!found)
        limits_of_item(&unknown, ret);
    return found;
}

/* --- special procedures --- */

struct asked_procedure {
    enum case_procedure which;
    bool named;
};

/* They stand in free words: 专家评审30日 names 专家评审. */
static bool is_named(const struct item_texts *list, enum case_procedure which)
{
    for (size_t i = 0; i < list->n; i++)
        if (strcmp(list->at[i], case_procedure_word(which)) == 0 ||
            strstr(list->at[i], deadline_procedure(which, LANGUAGE_ZH_CN)))
            return true;
    return list->n == 0;
}

static bool read_procedures(struct catalog *c, const char *code, int version, void *ctx)
{
    struct asked_procedure *a = ctx;
    struct case_limits limits;
    struct item_file *f = NULL;
    struct buf text;
    bool read = false;

    if (!read_limits(c, code, version, &limits))
        return false;
    buf_init(&text, ITEM_FILE_MAX);
    read = catalog_item_file(c, code, &text, NULL) == 0 &&
           item_file_read(text.data, text.len, LANGUAGE_ZH_CN, &f, NULL) == 0;
    if (read)
        a->named = is_named(&f->item.special_procedures, a->which);
    item_file_free(f);
    buf_finish(&text);
    return read;
}

bool published_procedure(const struct published *p, const char *item, int version, enum case_procedure which)
{
    struct asked_procedure a = {.which = which, .named = true};

    find(p, item, version, read_procedures, &a);
    return a.named;
}

/* --- an item as a whole --- */

/* True: it is of that version, and fn was called. */
static bool show_item(struct catalog *c, const char *code, int version, void (*fn)(void *ctx, const struct item *),
                      void *ctx)
{
    const struct item *item = catalog_item(c, code, NULL);
    bool found = item && item->task_version == version;

    if (found)
        fn(ctx, item);
    catalog_release_items(c);
    return found;
}

void published_item(const struct published *p, const char *item, int version, void (*fn)(void *ctx, const struct item *),
                    void *ctx)
{
    bool found = p->catalog && show_item(p->catalog, item, version, fn, ctx);

    for (int64_t v = next_version(p, p->version); !found && v > 0; v = next_version(p, v)) {
        struct catalog *c = NULL;

        if (open_version(p, v, &c, NULL) == 0)
            found = show_item(c, item, version, fn, ctx);
        catalog_close(c);
    }
    if (found)
        return;
    fn(ctx, p->catalog ? catalog_item(p->catalog, item, NULL) : NULL);
    if (p->catalog)
        catalog_release_items(p->catalog);
}

void published_name(const struct published *p, const char *item, char *out, size_t cap)
{
    const struct item *found = p->catalog ? catalog_item(p->catalog, item, NULL) : NULL;

    text_copy(out, cap, found && found->task_name ? found->task_name : item);
    if (p->catalog)
        catalog_release_items(p->catalog);
}

void published_dept(const struct published *p, const char *item, char *out, size_t cap)
{
    const struct item *found = p->catalog ? catalog_item(p->catalog, item, NULL) : NULL;

    text_copy(out, cap, found && found->dept_name ? found->dept_name : "");
    if (p->catalog)
        catalog_release_items(p->catalog);
}

void published_materials(const struct published *p, const char *item, void (*fn)(void *ctx, const char *name), void *ctx)
{
    const struct item *found = p->catalog ? catalog_item(p->catalog, item, NULL) : NULL;

    for (size_t i = 0; found && i < found->n_materials; i++)
        fn(ctx, found->materials[i].name);
    if (p->catalog)
        catalog_release_items(p->catalog);
}
