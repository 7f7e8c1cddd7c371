/* SPDX-License-Identifier: Apache-2.0
 *
 * See halt_deed.h.
 */
#include "tools/hall/editions/halt_deed.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/text.h"
#include "catalog/catalog.h"
#include "wire/halts.h"

/* --- the item, in all catalogues that terminals have or are given --- */

#define EDITIONS_MAX 16

struct finding {
    const struct halt_deed *deed;
    int64_t versions[EDITIONS_MAX];
    size_t n;
    struct halt_row found; /* its name and version alone */
    bool known;
};

static int keep_begun(void *ctx, const struct edition_row *r)
{
    struct finding *f = ctx;

    if (r->edition.percent != EDITION_NO_STAGE)
        f->versions[f->n++] = r->edition.version;
    return f->n == EDITIONS_MAX;
}

int halt_item_version(const char *data, int64_t catalogue, const char *task_code, char *name)
{
    char file[MANIFEST_NAME_MAX + 1], path[PATH_MAX];
    struct catalog *c = NULL;
    int version = 0;

    snprintf(file, sizeof file, "public/files/catalog-%lld.db", (long long)catalogue);
    if (fs_join(path, sizeof path, data, file) < 0 || catalog_open(path, &c, NULL) < 0)
        return 0;
    const struct item *item = catalog_item(c, task_code, NULL);
    if (item) {
        version = item->task_version;
        if (name)
            text_copy(name, HALT_NAME_MAX + 1, item->task_name);
    }
    catalog_close(c);
    return version;
}

/* What cannot be opened has no terminal by now, or another program says so. */
static void look_into(struct finding *f, int64_t catalogue)
{
    int version = halt_item_version(f->deed->data, catalogue, f->deed->task_code, f->known ? NULL : f->found.name);

    f->known = f->known || version > 0;
    if (version > f->found.halt.upto)
        f->found.halt.upto = version;
}

static int find(struct store *s, struct finding *f, struct err *e)
{
    int64_t offered;
    int rc = edition_files_offered(f->deed->data, &offered, e);

    if (rc == 0)
        rc = edition_each(s, EDITION_CATALOGUE, offered, keep_begun, f, e);
    for (size_t i = 0; rc == 0 && i < f->n; i++)
        look_into(f, f->versions[i]);
    if (rc == 0 && offered)
        look_into(f, offered);
    return rc;
}

/* --- the deed --- */

/* What the row becomes, if it is done. */
static void word(const struct halt_deed *d, struct halt *h)
{
    text_copy(h->task_code, sizeof h->task_code, d->task_code);
    text_copy(h->zh, sizeof h->zh, d->zh);
    text_copy(h->en, sizeof h->en, d->en);
}

/* Whether the list with it is longer than can be signed, at any time and in any version. */
static int look_for_room(struct store *s, const struct halt_deed *d, const struct halt_row *r, bool *ret_full, struct err *e)
{
    struct halts_told *t = calloc(1, sizeof *t);
    struct buf state;
    int i = 0;

    if (!t)
        return err_set(e, ERR_NOMEM, "the halted items");
    buf_init(&state, NEWS_QUEUES_MAX);
    int rc = halt_list(s, HALTS_MAX, &t->halts, e);
    while (i < t->halts.n && strcmp(t->halts.list[i].task_code, d->task_code) != 0)
        i++;
    if (rc == 0 && i < HALTS_MAX) {
        t->at_ms = t->halts.version = HALTS_TIME_MAX_MS;
        t->halts.n += i == t->halts.n;
        t->halts.list[i] = r->halt;
        word(d, &t->halts.list[i]);
        rc = halts_encode(t, &state, e);
    }
    *ret_full = i == HALTS_MAX || rc == -ERR_TOOLONG;
    buf_finish(&state);
    free(t);
    return *ret_full ? 0 : rc;
}

/* *r becomes what would be off; where that is so already, it stays as it is. */
static int gather_found(struct store *s, const struct halt_deed *d, struct halt_facts *f, struct halt_row *r, struct err *e)
{
    struct finding finding = {.deed = d};
    const struct halt_row *found = &finding.found;
    struct halt *h = &r->halt;
    int rc = find(s, &finding, e);

    if (rc < 0)
        return rc;
    if (!f->off)
        *r = (struct halt_row){.off = false};
    f->known = finding.known;
    f->same = f->off && found->halt.upto <= h->upto && strcmp(h->zh, d->zh) == 0 && strcmp(h->en, d->en) == 0;
    if (f->same)
        return 0;
    if (!f->known)
        return f->off ? look_for_room(s, d, r, &f->full, e) : 0;
    text_copy(r->name, sizeof r->name, found->name);
    if (found->halt.upto > h->upto) {
        h->upto = found->halt.upto;
        h->at_ms = d->by.now;
    }
    return look_for_room(s, d, r, &f->full, e);
}

/* The facts, and in *r the row as it is. */
static int gather(struct store *s, const struct halt_deed *d, struct halt_facts *f, struct halt_row *r, struct err *e)
{
    struct err none = {0};
    int rc = halt_lock(s, e);

    *f = (struct halt_facts){.known = false};
    if (rc < 0)
        return rc;
    rc = halt_get(s, d->task_code, r, &none);
    f->off = rc == 0 && r->off;
    if (rc < 0 && rc != -ERR_NOTFOUND) {
        *e = none;
        return rc;
    }
    return d->on ? 0 : gather_found(s, d, f, r, e);
}

static int note(struct store *s, const struct halt_deed *d, const char *why, struct err *e)
{
    const struct edition_by *by = &d->by;

    return store_audit(s, by->office, *by->id ? by->id : by->name, d->on ? "catalogue-on" : "catalogue-off", d->task_code,
                       why, e);
}

static int carry_out(struct store *s, const struct halt_deed *d, struct halt_row *r, struct err *e)
{
    r->off = !d->on;
    r->changed = d->by.now;
    text_copy(r->by, sizeof r->by, d->by.name);
    text_copy(r->why, sizeof r->why, d->by.why);
    if (r->off)
        word(d, &r->halt);
    int rc = halt_put(s, r, e);
    return rc == 0 ? note(s, d, d->by.why, e) : rc;
}

int halt_do(struct store *s, const struct halt_deed *d, enum halt_refusal *ret_refusal, struct halt_row *ret, struct err *e)
{
    struct halt_facts f;
    char why[60];
    int rc = gather(s, d, &f, ret, e);

    if (rc < 0)
        return rc;
    *ret_refusal = halt_judge(&f, d->on);
    if (*ret_refusal == HALT_MAY_REFUSED)
        return carry_out(s, d, ret, e);
    snprintf(why, sizeof why, "refused: %s", halt_refusal_word(*ret_refusal));
    return note(s, d, why, e);
}
