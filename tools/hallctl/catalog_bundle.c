/* SPDX-License-Identifier: Apache-2.0
 *
 * Bundles across the folder: each names items that stand in other files, and is joined with them here as on a terminal.
 */
#include <stdio.h>
#include <string.h>

#include "catalog/item_members.h"
#include "tools/hallctl/catalog_source.h"

struct bundle_at {
    struct catalog_source *s;
    const struct source_item *item;
};

static void tell(void *ctx, enum item_severity severity, const char *code, const char *field, const char *text)
{
    struct bundle_at *at = ctx;
    const struct finding f = {severity, at->item->path, at->item->file->item.task_code, field, code};

    report_say(at->s->report, &f, "%s", text);
}

static const struct source_item *find(const struct catalog_source *s, const char *code)
{
    for (size_t i = 0; i < s->n_items; i++) {
        const struct item_file *f = s->items[i].file;

        if (f && f->item.task_code && strcmp(f->item.task_code, code) == 0)
            return &s->items[i];
    }
    return NULL;
}

/* A member's own errors are told at its own file, and once. */
static bool read_member(struct bundle_at *at, size_t i, struct source_item *to)
{
    const char *code = at->item->file->item.members.at[i];
    const struct source_item *from = find(at->s, code);
    char where[40], text[200];

    if (!from) {
        snprintf(where, sizeof where, "members[%zu]", i);
        snprintf(text, sizeof text, "no item of the folder has the code %s: add its file, or correct the code", code);
        tell(at, ITEM_ERROR, "member-missing", where, text);
        return false;
    }
    if (!from->sound || item_file_parse(from->text, from->len, LANGUAGE_ZH_CN, &to->members[i], NULL) < 0)
        return false;
    item_fit_terminal(to->members[i]);
    to->needs = from->needs > to->needs ? from->needs : to->needs;
    return true;
}

static void join(struct catalog_source *s, struct source_item *item)
{
    struct bundle_at at = {s, item};
    const struct item_report report = {tell, &at};
    bool whole = true;

    for (size_t i = 0; i < item->file->item.members.n; i++)
        whole &= read_member(&at, i, item);
    if (whole)
        item_members_join(item->file, item->members, item->file->item.members.n, &report);
}

void source_join_bundles(struct catalog_source *s)
{
    for (size_t i = 0; i < s->n_items; i++)
        if (s->items[i].sound && item_is_bundle(s->items[i].file))
            join(s, &s->items[i]);
}
