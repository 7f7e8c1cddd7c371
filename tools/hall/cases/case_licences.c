/* SPDX-License-Identifier: Apache-2.0
 *
 * See case_licences.h.
 */
#include "tools/hall/cases/case_licences.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "tools/hall/store/store_index.h"

#define LICENCES_MAX 200 /* of one person, that are looked at */

/* --- what is asked for --- */

static void add_kinds(void *ctx, const struct item *item)
{
    struct licence_kinds *k = ctx;

    for (size_t i = 0; item && i < item->n_materials; i++) {
        int at = 0;

        if (!item_material_licensed(&item->materials[i]))
            continue;
        while (at < k->n && strcmp(k->list[at], item->materials[i].licence_kind) != 0)
            at++;
        if (at == k->n)
            text_copy(k->list[k->n++], sizeof k->list[0], item->materials[i].licence_kind);
    }
}

void case_licence_kinds(const struct published *p, const struct case_file *f, struct licence_kinds *ret)
{
    ret->n = 0;
    published_item(p, f->item, f->state.limits.item_version, add_kinds, ret);
}

/* --- what is known --- */

struct case_licences {
    bool whose;
    struct licence list[LICENCES_MAX];
    size_t n;
    struct licence_check checks[LICENCE_KINDS_MAX];
    int n_checks;
};

static int keep_licence(void *ctx, const struct licence *l)
{
    struct case_licences *k = ctx;

    k->list[k->n++] = *l;
    return k->n == LICENCES_MAX;
}

static void keep_check(void *ctx, const struct licence_check *c)
{
    struct case_licences *k = ctx;

    if (k->n_checks < LICENCE_KINDS_MAX)
        k->checks[k->n_checks++] = *c;
}

int case_licences_read(struct store *s, const struct case_file *f, const uint8_t *idx, struct case_licences **ret,
                       struct err *e)
{
    struct case_licences *k = calloc(1, sizeof *k);
    uint8_t found[SHA256_LEN];

    if (!k)
        return err_set(e, ERR_NOMEM, "the licences of %s", f->number);
    int rc = idx ? 1 : index_of(s, f->office, f->record, found, e);
    k->whose = rc == 1;
    if (rc == 1)
        rc = licence_each_of(s, idx ? idx : found, keep_licence, k, e);
    if (rc == 0)
        rc = licence_check_each(s, f->office, f->number, keep_check, k, e);
    if (rc < 0) {
        case_licences_free(k);
        return rc;
    }
    *ret = k;
    return 0;
}

void case_licences_free(struct case_licences *k)
{
    free(k);
}

bool case_licences_whose(const struct case_licences *k)
{
    return k->whose;
}

/* --- telling it --- */

struct telling {
    const struct case_licences *known;
    struct date today;
    case_licence_fn *fn;
    void *ctx;
    bool there;
};

static const struct licence_check *check_of(const struct case_licences *k, const char *kind)
{
    for (int i = 0; i < k->n_checks; i++)
        if (strcmp(k->checks[i].kind, kind) == 0)
            return &k->checks[i];
    return NULL;
}

static void tell_material(const struct telling *t, const struct item_material *m)
{
    struct case_licence l = {.material = m, .verdict.cover = LICENCE_BRING};

    if (item_material_licensed(m)) {
        l.check = check_of(t->known, m->licence_kind);
        l.verdict = licence_verdict(m->licence_kind, t->known->list, t->known->n, l.check, t->today);
    }
    l.word = m->from_card || m->state == MATERIAL_HAVE ? "card" : licence_cover_word(l.verdict.cover);
    t->fn(t->ctx, &l);
}

static void tell_item(void *ctx, const struct item *item)
{
    struct telling *t = ctx;

    t->there = item != NULL;
    for (size_t i = 0; item && i < item->n_materials; i++)
        tell_material(t, &item->materials[i]);
}

bool case_licences_each(const struct case_licences *k, const struct published *p, const struct case_file *f,
                        struct date today, case_licence_fn *fn, void *ctx)
{
    struct telling t = {.known = k, .today = today, .fn = fn, .ctx = ctx};

    published_item(p, f->item, f->state.limits.item_version, tell_item, &t);
    return t.there;
}

static void put_licence(struct jsonw *w, const struct licence_verdict *v)
{
    const struct licence *l = v->licence;
    char to[DATE_LEN + 1] = "", told[DATE_LEN + 1];

    date_format(l->told, told);
    if (l->to.year)
        date_format(l->to, to);
    jsonw_hex(w, "id", l->id, sizeof l->id);
    jsonw_str(w, "number", l->number);
    jsonw_str(w, "issuer", l->issuer);
    jsonw_str(w, "valid_to", to);
    jsonw_str(w, "standing", licence_standing_word(v->standing));
    jsonw_str(w, "source", licence_source_word(l->source));
    jsonw_str(w, "told", told);
}

void case_licence_put(struct jsonw *w, const struct case_licence *l)
{
    char at[CLOCK_RFC3339_LEN + 1];

    jsonw_str(w, "material", l->material->name);
    jsonw_str(w, "kind", l->material->licence_kind ? l->material->licence_kind : "");
    jsonw_str(w, "verdict", l->word);
    if (l->verdict.licence)
        put_licence(w, &l->verdict);
    if (!l->check)
        return;
    clock_format_rfc3339(l->check->at, at);
    jsonw_str(w, "platform", licence_asked_word(l->check->asked));
    jsonw_str(w, "asked", at);
    jsonw_str(w, "why", licence_why_word(l->check->why));
}
