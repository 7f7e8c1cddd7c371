/* SPDX-License-Identifier: Apache-2.0
 *
 * GET /api/edition-diff/43: what differs from the catalogue that all have, or, of one that all have, from the one before:
 *   {"from":42,"to":43,"counts":{"added":1,…},"items":[{"kind","code","name","dept","fields":[{"where","before","after"}]}],
 *    "more":false}
 * GET /api/edition-diff/43.html: the same as a page to print and sign, whole.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "catalog/catalog.h"
#include "tools/hall/editions/edition_page.h"
#include "tools/hall/editions/edition_patches.h"
#include "tools/hall/staff/edition_view.h"

#define ITEMS_BYTES (1024 * 1024) /* of JSON; above it stands on the page to print */

static void take(struct ask *a, const void *body, size_t len)
{
    const char *tail = exchange_tail(a->exchange);
    size_t n = strspn(tail, "0123456789");

    a->version = n > 0 && n <= 9 ? strtol(tail, NULL, 10) : 0;
    a->printed = strcmp(tail + n, ".html") == 0;
    if (a->version <= 0 || (tail[n] && !a->printed))
        ask_refuse(a, 404, "edition-no-edition");
}

/* The one that all have, where this is another; else the one before this. 0: there is none. */
static int base_of(struct ask *a, const char *files, int64_t *ret, struct err *e)
{
    int64_t below[MANIFEST_PATCHES_MAX];
    int rc = edition_files_offered(a->desk->data, ret, e);

    if (rc == 0 && (*ret >= a->version || *ret == 0))
        *ret = edition_bases(files, a->version, below) ? below[0] : 0;
    return rc;
}

static int open_version(const char *files, int64_t version, struct catalog **ret, struct err *e)
{
    char name[40], path[600];

    snprintf(name, sizeof name, "catalog-%lld.db", (long long)version);
    if (fs_join(path, sizeof path, files, name) < 0)
        return err_set(e, ERR_TOOLONG, "%s", files);
    return catalog_open(path, ret, e);
}

struct listing {
    struct buf items;
    struct jsonw w;
    bool open, more;
};

static void end_item(struct listing *l)
{
    if (l->open) {
        jsonw_end(&l->w);
        jsonw_end(&l->w);
    }
    l->open = false;
}

static void put_item(void *ctx, const struct edition_diff_item *i)
{
    struct listing *l = ctx;

    end_item(l);
    l->more |= l->items.len > ITEMS_BYTES / 2;
    if (l->more)
        return;
    l->open = true;
    jsonw_obj(&l->w, NULL);
    jsonw_str(&l->w, "kind", edition_diff_word(i->kind));
    jsonw_str(&l->w, "code", i->code);
    jsonw_str(&l->w, "name", i->name);
    jsonw_str(&l->w, "dept", i->dept);
    jsonw_arr(&l->w, "fields");
}

static void put_field(void *ctx, const char *where, const char *before, const char *after)
{
    struct listing *l = ctx;

    if (!l->open || l->items.len > ITEMS_BYTES - 64 * 1024)
        return;
    jsonw_obj(&l->w, NULL);
    jsonw_str(&l->w, "where", where);
    jsonw_str(&l->w, "before", before);
    jsonw_str(&l->w, "after", after);
    jsonw_end(&l->w);
}

static int put_json(struct ask *a, struct catalog *from, struct catalog *now, struct err *e)
{
    static const struct edition_diff_to to = {put_item, put_field};
    struct listing l = {.open = false};
    int counts[EDITION_DIFF_KINDS];

    buf_init(&l.items, ITEMS_BYTES + 64 * 1024);
    jsonw_init(&l.w, &l.items);
    jsonw_arr(&l.w, NULL);
    int rc = edition_diff(from, now, &to, &l, counts, e);
    end_item(&l);
    jsonw_end(&l.w);
    if (rc == 0 && !buf_ok(&l.items))
        rc = err_set(e, ERR_TOOLONG, "the difference");
    if (rc == 0) {
        ask_answer(a, 200);
        jsonw_int(&a->w, "from", catalog_version(from));
        jsonw_int(&a->w, "to", catalog_version(now));
        jsonw_obj(&a->w, "counts");
        for (int i = 0; i < EDITION_DIFF_KINDS; i++)
            jsonw_int(&a->w, edition_diff_word((enum edition_diff_kind)i), counts[i]);
        jsonw_end(&a->w);
        jsonw_raw(&a->w, "items", buf_str(&l.items), l.items.len);
        jsonw_bool(&a->w, "more", l.more);
    }
    buf_finish(&l.items);
    return rc;
}

static int answer(struct ask *a, struct catalog *from, struct catalog *now, struct err *e)
{
    if (!a->printed)
        return put_json(a, from, now, e);
    int rc = edition_page(from, now, &a->file, e);
    if (rc == 0) {
        ask_answer(a, 200);
        a->type = "text/html; charset=utf-8";
    }
    return rc;
}

static int diff_read(struct ask *a, struct store *s, struct err *e)
{
    struct catalog *from = NULL, *now = NULL;
    char files[500];
    int64_t base = 0;
    int rc = fs_join(files, sizeof files, a->desk->data, "public/files") < 0 ? err_set(e, ERR_TOOLONG, "the folder") : 0;

    if (rc == 0)
        rc = base_of(a, files, &base, e);
    if (rc < 0)
        return rc;
    if (base)
        rc = open_version(files, base, &from, e);
    if (rc == 0 && base)
        rc = open_version(files, a->version, &now, e);
    if (rc == 0 && base)
        rc = answer(a, from, now, e);
    else
        ask_refuse(a, 404, "edition-no-file"); /* not here, or the first of all */
    catalog_close(from);
    catalog_close(now);
    return now || !base ? rc : 0;
}

const struct api api_edition_diff = {.take = take, .read = diff_read};
