/* SPDX-License-Identifier: Apache-2.0
 *
 * See catalog_rollout.h: what changes something; all but bringing is edition_doing.h's.
 */
#include "tools/hallctl/catalog_rollout.h"

#include <limits.h>
#include <unistd.h>

#include "base/fs.h"
#include "tools/hallctl/edition_doing.h"

struct bringing {
    struct edition_doing doing; /* first */
    struct manifest_catalog manifest;
    struct verify_raw raw;
};

static int enter(struct edition_doing *d, struct err *e)
{
    struct bringing *b = (struct bringing *)d;
    int rc = edition_enter(d->store, &b->manifest, &b->raw.json, &b->raw.sig, &d->deed.by, e);

    return rc == 0 ? edition_read(d->store, EDITION_CATALOGUE, b->manifest.version, &d->row, e) : rc;
}

/* -ERR_EXISTS: nobody's files are written over. */
static int is_new(struct bringing *b, struct err *e)
{
    int rc = edition_read(b->doing.store, EDITION_CATALOGUE, b->manifest.version, &b->doing.row, e);

    if (rc == -ERR_NOTFOUND)
        return 0;
    return rc < 0 ? rc
                  : err_set(e, ERR_EXISTS, "version %lld was brought before: build with a higher --version",
                            (long long)b->manifest.version);
}

static int take(struct bringing *b, const char *staging, struct err *e)
{
    struct manifest_root root;
    int64_t above;
    int rc = edition_files_root(b->doing.deed.data, &root, e);

    if (rc == 0)
        rc = edition_above(b->doing.store, b->doing.deed.data, &above, e);
    if (rc == 0)
        rc = edition_files_signed(&root, above, b->raw.json.data, b->raw.json.len, b->raw.sig.data, b->raw.sig.len,
                                  &b->manifest, e);
    if (rc == 0)
        rc = is_new(b, e);
    if (rc == 0)
        rc = edition_files_take(b->doing.deed.data, staging, &b->manifest, e);
    b->doing.deed.version = b->manifest.version;
    return rc;
}

static void clear(const char *staging, const struct manifest_catalog *c)
{
    static const char *const names[] = {"catalog.json", "catalog.sig"};
    char path[PATH_MAX];

    for (size_t i = 0; i < 2; i++)
        if (fs_join(path, sizeof path, staging, names[i]) == 0)
            unlink(path);
    if (fs_join(path, sizeof path, staging, c->file.name) == 0)
        unlink(path);
    for (size_t i = 0; i < c->n_patches; i++)
        if (fs_join(path, sizeof path, staging, c->patches[i].file.name) == 0)
            unlink(path);
}

static int bring(struct edition_doing *d, struct err *e)
{
    struct bringing *b = (struct bringing *)d;
    char staging[PATH_MAX];
    int held = -1,
        rc = fs_join(staging, sizeof staging, d->deed.data, "staging") < 0 ? err_set(e, ERR_TOOLONG, "the folder") : 0;

    if (rc == 0)
        rc = edition_doing_may(d, e);
    if (rc < 0)
        return rc;
    rc = verify_read(staging, "catalog", &b->raw, e);
    if (rc < 0)
        return err_wrap(e, rc, "nothing is signed and staged; `hallctl catalog sign` does that");
    rc = edition_files_hold(d->deed.data, EDITION_CATALOGUE, &held, e);
    if (rc == 0)
        rc = take(b, staging, e);
    if (rc == 0)
        rc = edition_doing_change(d, enter, e);
    if (held >= 0)
        close(held);
    verify_raw_finish(&b->raw);
    if (rc == 0) {
        clear(staging, &b->manifest);
        edition_doing_say(d);
    }
    return rc;
}

static struct edition_words words(const struct catalog_words *w)
{
    return (struct edition_words){.command = "hallctl catalog",
                                  .kind = EDITION_CATALOGUE,
                                  .verb = w->verb,
                                  .data = w->data,
                                  .version = w->version,
                                  .office = w->office,
                                  .staff = w->staff,
                                  .reason = w->reason,
                                  .percent = w->percent,
                                  .at = w->at,
                                  .stop_after = w->stop_after,
                                  .terminals = w->terminals,
                                  .json = w->json};
}

int catalog_bring(const struct catalog_words *w)
{
    const struct edition_words said = words(w);
    struct bringing b = {.doing = {.words = &said}};

    return edition_doing_run(&b.doing, bring);
}

int catalog_act(const struct catalog_words *w)
{
    const struct edition_words said = words(w);

    return edition_doing_act(&said);
}
