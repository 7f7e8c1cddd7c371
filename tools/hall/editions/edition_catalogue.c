/* SPDX-License-Identifier: Apache-2.0
 *
 * What an edition of the catalogue has of its own: the file that was signed, the queues in it, the one that lies in
 * DATA/public for all.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "catalog/catalog.h"
#include "tools/hall/editions/edition_own.h"
#include "tools/hall/editions/edition_patches.h"
#include "tools/hall/store/store_queue.h"

static int find_begun(void *ctx, const struct edition_row *r)
{
    if (r->edition.percent == EDITION_NO_STAGE)
        return 0;
    *(int64_t *)ctx = r->edition.version;
    return 1;
}

int edition_above(struct store *s, const char *data, int64_t *ret_version, struct err *e)
{
    int rc = edition_files_offered(data, ret_version, e);

    return rc == 0 ? edition_each(s, EDITION_CATALOGUE, *ret_version, find_begun, ret_version, e) : rc;
}

/* None begins below what some terminals have. */
static int offered(struct store *s, const char *data, const struct edition *ed, int64_t *ret, struct err *e)
{
    int rc = edition_files_offered(data, ret, e);

    return rc == 0 && ed->percent == EDITION_NO_STAGE ? edition_each(s, EDITION_CATALOGUE, ed->version, find_begun, ret, e)
                                                      : rc;
}

static void path_of(const char *data, int64_t version, char out[PATH_MAX])
{
    char name[MANIFEST_NAME_MAX + 1];

    snprintf(name, sizeof name, "public/files/catalog-%lld.db", (long long)version);
    if (fs_join(out, PATH_MAX, data, name) < 0)
        out[0] = '\0';
}

/* It was verified when it was brought; all terminals do so again. */
static int judge_file(struct store *s, const char *data, const struct edition *ed, enum edition_refusal *ret, struct err *e)
{
    struct manifest_catalog c;
    char path[PATH_MAX];
    struct stat st;
    struct buf manifest;

    buf_init(&manifest, MANIFEST_MAX);
    int rc = edition_signed(s, ed->version, &manifest, NULL, e);
    if (rc == 0)
        rc = manifest_catalog_decode(manifest.data, manifest.len, &c, e);
    buf_finish(&manifest);
    path_of(data, ed->version, path);
    if (rc == 0 && (stat(path, &st) < 0 || st.st_size != c.file.size))
        *ret = EDITION_DAMAGED_REFUSED;
    return rc;
}

/* A terminal that has it gives numbers of its queues. */
static int keep_queues(struct store *s, const char *data, const struct edition *ed, struct err *e)
{
    struct queue queues[QUEUES_NOW_MAX];
    struct catalog *c = NULL;
    char path[PATH_MAX];

    path_of(data, ed->version, path);
    int rc = catalog_open(path, &c, e), n = rc == 0 ? catalog_queues(c, queues, QUEUES_NOW_MAX) : 0;
    for (int i = 0; rc == 0 && i < n; i++)
        if ((rc = queue_known_add(s, queues[i].id, ed->version, e)) == 0)
            rc = queue_describe(s, &queues[i], e);
    catalog_close(c);
    return rc;
}

const struct edition_own edition_of_catalogue = {"catalogue", offered, NULL, judge_file, keep_queues};

/* --- the one of all --- */

static int find_current(void *ctx, const struct edition_row *r)
{
    if (r->edition.state != EDITION_CURRENT)
        return 0;
    *(int64_t *)ctx = r->edition.version;
    return 1;
}

static int settle(struct store *s, const char *data, int64_t version, struct err *e)
{
    struct manifest_root root;
    struct manifest_catalog c;
    struct buf manifest, signatures;
    char files[PATH_MAX];

    buf_init(&manifest, MANIFEST_MAX);
    buf_init(&signatures, MANIFEST_MAX);
    int rc = edition_signed(s, version, &manifest, &signatures, e);
    if (rc == 0)
        rc = edition_files_root(data, &root, e);
    if (rc == 0)
        rc = manifest_catalog_open(&root, manifest.data, manifest.len, signatures.data, signatures.len, &c, e);
    if (rc == 0 && fs_join(files, sizeof files, data, "public/files") < 0)
        rc = err_set(e, ERR_TOOLONG, "%s", data);
    if (rc == 0)
        rc = edition_files_publish(data, &c, &manifest, &signatures, e);
    if (rc == 0)
        edition_prune(files, version);
    buf_finish(&manifest);
    buf_finish(&signatures);
    return err_wrap(e, rc, "offer catalogue %lld to all", (long long)version);
}

int edition_settle(struct store *s, const char *data, int64_t *ret_version, struct err *e)
{
    int64_t current = 0;
    int rc = edition_files_offered(data, ret_version, e);

    if (rc == 0)
        rc = edition_each(s, EDITION_CATALOGUE, *ret_version, find_current, &current, e);
    if (rc == 0 && current && (rc = settle(s, data, current, e)) == 0)
        *ret_version = current;
    return rc;
}
