/* SPDX-License-Identifier: Apache-2.0
 *
 * See lookup.h.
 */
#include "kiosk/lookup.h"

#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/must.h"
#include "base/secret.h"

#define DIVISIONS_BYTES_MAX (256 * 1024)
#define PATH_BYTES 512

struct lookup {
    const char *assets;
    struct listing home, browse, search;
    struct regions regions;
};

struct lookup *lookup_create(const char *assets)
{
    struct lookup *l = secret_alloc(sizeof *l);

    l->assets = assets;
    return l;
}

void lookup_destroy(struct lookup *l)
{
    secret_free(l, sizeof *l);
}

void lookup_wipe(struct lookup *l)
{
    const char *assets = l->assets;

    secret_wipe(l, sizeof *l);
    l->assets = assets;
}

static void home(struct listing *l, struct catalog *c)
{
    if (c)
        l->n_rows = catalog_hot(c, l->rows, 4, &l->here, &l->all);
}

static bool in_theme(const struct item *item, const char *theme)
{
    for (size_t i = 0; i < item->themes.n; i++)
        if (!strcmp(item->themes.at[i], theme))
            return true;
    return false;
}

static void leave_out(struct listing *l, struct catalog *c, const struct halts *off, bool by_dept)
{
    for (int h = 0; h < off->n; h++) {
        const struct item *item = catalog_item(c, off->list[h].task_code, NULL);

        for (int i = 0; item && item->is_service_terminals && !item->newer && i < l->n_themes; i++)
            l->themes[i].here -= by_dept ? !strcmp(item->dept_name, l->themes[i].name) : in_theme(item, l->themes[i].name);
    }
}

static void browse(struct listing *l, struct catalog *c, const struct halts *off, const struct effect *f)
{
    must(f->page >= 0, "a page of the list there is none of");
    l->theme = f->theme;
    l->page = f->page;
    l->pages = 1;
    if (c)
        l->n_themes = (f->by_dept ? catalog_depts : catalog_themes)(c, l->themes, VIEW_THEMES_MAX);
    if (c)
        leave_out(l, c, off, f->by_dept);
    if (f->theme < 0 || f->theme >= l->n_themes)
        return;
    l->n_rows = (f->by_dept ? catalog_dept_rows : catalog_rows)(c, l->themes[f->theme].name, f->page * VIEW_PAGE_ROWS,
                                                                l->rows, VIEW_PAGE_ROWS, &l->total);
    l->pages = l->total > 0 ? (l->total + VIEW_PAGE_ROWS - 1) / VIEW_PAGE_ROWS : 1;
}

static void search(struct listing *l, struct catalog *c, const struct effect_search *s)
{
    must(s->text && (unsigned)s->kind < FOUND_KINDS, "a search for nothing, or for no kind");
    const struct search_query q = {s->text, s->here, s->english};
    struct search_answer answer = {0};

    _Static_assert((int)FOUND_KINDS == (int)SEARCH_FILTERS && (int)FOUND_COMPANY == (int)SEARCH_FOR_COMPANY, "the same");
    l->found.first = s->first;
    if (c)
        l->n_rows = catalog_search(c, &q, (enum search_filter)s->kind, s->first, l->rows, VIEW_ROWS_MAX, &answer);
    memcpy(l->found.total, answer.total, sizeof l->found.total);
    l->found.letters = answer.letters;
    l->found.forgiven = answer.forgiven;
}

static const struct item *item(struct catalog *c, const char *task_code)
{
    struct err e = {0};
    const struct item *i = c ? catalog_item(c, task_code, &e) : NULL;

    if (c && !i)
        log_warn("kiosk", "open item %s: %s", task_code, e.text);
    return i;
}

/* Read when it is asked for: few visits need it. */
static void regions(struct regions *r, const char *assets, const char *code)
{
    must(strlen(code) <= 6, "a division with too long a code");
    char path[PATH_BYTES];
    struct err e = {0};
    struct buf text;
    int rc = fs_join(path, sizeof path, assets, "divisions.tsv");

    if (rc == 0)
        rc = fs_read(path, DIVISIONS_BYTES_MAX, &text, &e);
    if (rc < 0) {
        log_error("kiosk", "%s", e.text);
        return;
    }
    r->n = division_below(buf_str(&text), code, r->list);
    division_name(buf_str(&text), code, r->name, sizeof r->name);
    buf_finish(&text);
}

static struct listing *anew(struct listing *l)
{
    secret_wipe(l, sizeof *l);
    return l;
}

bool lookup_answer(struct lookup *l, struct catalog *c, const struct halts *off, const struct effect *f, struct input *ret)
{
    if (f->kind == EFFECT_HOME) {
        home(anew(&l->home), c);
        *ret = (struct input){.kind = INPUT_HOME, .listing = &l->home};
    } else if (f->kind == EFFECT_BROWSE) {
        browse(anew(&l->browse), c, off, f);
        *ret = (struct input){.kind = INPUT_BROWSE, .listing = &l->browse};
    } else if (f->kind == EFFECT_SEARCH) {
        search(anew(&l->search), c, &f->search);
        *ret = (struct input){.kind = INPUT_SEARCH, .listing = &l->search};
    } else if (f->kind == EFFECT_ITEM) {
        *ret = (struct input){.kind = INPUT_ITEM, .item = item(c, f->task_code)};
    } else if (f->kind == EFFECT_REGION) {
        secret_wipe(&l->regions, sizeof l->regions);
        regions(&l->regions, l->assets, f->code);
        *ret = (struct input){.kind = INPUT_REGION, .regions = &l->regions};
    } else {
        return false;
    }
    return true;
}
