/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl catalog diff: what differs between two catalogues, as lines, JSON or a page to sign.
 */
#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "tools/hall/editions/edition_page.h"
#include "tools/hall/editions/edition_words.h"
#include "tools/hallctl/catalog_rollout.h"
#include "tools/hallctl/hallctl.h"

#define ROW_MAX (256 * 1024)

/* --- lines --- */

static void say_item(void *ctx, const struct edition_diff_item *i)
{
    printf("%s %s %s%s%s\n", edition_diff_about(i->kind), i->code, i->name, *i->dept ? " " : "", i->dept);
}

static const char *or_left_out(const char *text)
{
    return *text ? text : edition_word(EDITION_WORD_left_out);
}

static void say_field(void *ctx, const char *where, const char *before, const char *after)
{
    printf("    %s: %s -> %s\n", where, or_left_out(before), or_left_out(after));
}

/* --- JSON --- */

struct listing {
    struct jsonw w;
    struct buf out;
    bool open; /* an item is */
    int n;
};

static void end_item(struct listing *l)
{
    if (!l->open)
        return;
    jsonw_end(&l->w);
    jsonw_end(&l->w);
    printf("%s\n%s", l->n++ ? "," : "", buf_str(&l->out));
    buf_finish(&l->out);
    l->open = false;
}

static void put_item(void *ctx, const struct edition_diff_item *i)
{
    struct listing *l = ctx;

    end_item(l);
    buf_init(&l->out, ROW_MAX);
    jsonw_init(&l->w, &l->out);
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

    jsonw_obj(&l->w, NULL);
    jsonw_str(&l->w, "where", where);
    jsonw_str(&l->w, "before", before);
    jsonw_str(&l->w, "after", after);
    jsonw_end(&l->w);
}

static int list(struct catalog *from, struct catalog *now, struct err *e)
{
    static const struct edition_diff_to to = {put_item, put_field};
    struct listing l = {.n = 0};

    printf("{\"from\":%d,\"to\":%d,\"items\":[", catalog_version(from), catalog_version(now));
    int rc = edition_diff(from, now, &to, &l, NULL, e);
    end_item(&l);
    fputs("\n]}\n", stdout);
    return rc;
}

static int write_page(struct catalog *from, struct catalog *now, const char *path, struct err *e)
{
    struct buf page;

    buf_init(&page, EDITION_PAGE_MAX);
    int rc = edition_page(from, now, &page, e);
    if (rc == 0)
        rc = fs_write_given(path, page.data, page.len, 0644, e);
    buf_finish(&page);
    return rc;
}

int catalog_difference(const struct catalog_words *w)
{
    static const struct edition_diff_to lines = {say_item, say_field};
    struct catalog *from = NULL, *now = NULL;
    struct err e = {0};
    int rc = catalog_open(w->what, &from, &e);

    if (rc == 0)
        rc = catalog_open(w->second, &now, &e);
    if (rc == 0 && w->html)
        rc = write_page(from, now, w->html, &e);
    else if (rc == 0)
        rc = w->json ? list(from, now, &e) : edition_diff(from, now, &lines, NULL, NULL, &e);
    catalog_close(from);
    catalog_close(now);
    return rc < 0 ? hallctl_fail(&e) : EXIT_OK;
}
