/* SPDX-License-Identifier: Apache-2.0
 *
 * What an edition of the system has of its own: its bundle lies in DATA/public/system, and terminals ask by themselves.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/text.h"
#include "crypto/hash.h"
#include "tools/hall/editions/edition_own.h"
#include "tools/hall/store/store_system.h"

struct above {
    int64_t than, found;
};

static int find_other(void *ctx, const struct edition_row *r)
{
    struct above *a = ctx;

    if (r->edition.percent == EDITION_NO_STAGE || r->edition.version == a->than)
        return 0;
    a->found = r->edition.version;
    return 1;
}

static int offered(struct store *s, const char *data, const struct edition *ed, int64_t *ret, struct err *e)
{
    struct above a = {.than = ed->version};
    int rc = edition_each(s, EDITION_SYSTEM, 0, find_other, &a, e);

    *ret = a.found;
    return rc;
}

static bool has_bytes(const char *path, const struct system_release *r)
{
    uint8_t hash[SHA256_LEN];
    struct err none = {0};
    uint64_t size;

    return sha256_file(path, hash, &size, &none) == 0 && memcmp(hash, r->sha256, SHA256_LEN) == 0;
}

static int find(struct store *s, const char *data, const struct edition *ed, struct system_release *ret, char path[PATH_MAX],
                struct err *e)
{
    char name[SYSTEM_VERSION_LEN + 40];
    int rc = system_release(s, ed->name, ret, e);

    snprintf(name, sizeof name, "public/system/%s.raucb", ed->name);
    if (rc == 0 && fs_join(path, PATH_MAX, data, name) < 0)
        rc = err_set(e, ERR_TOOLONG, "the folder %s", data);
    return rc;
}

/* All of it is read while it goes to nobody yet; afterwards, with terminals waiting, its size alone. */
static int read_file(struct store *s, const char *data, const struct edition *ed, bool *ret_damaged, struct err *e)
{
    struct system_release release;
    char path[PATH_MAX];
    int rc = find(s, data, ed, &release, path, e);

    *ret_damaged = rc == 0 && ed->percent == EDITION_NO_STAGE && !has_bytes(path, &release);
    return rc;
}

static int judge_file(struct store *s, const char *data, const struct edition *ed, enum edition_refusal *ret, struct err *e)
{
    struct system_release release;
    char path[PATH_MAX];
    struct stat st;
    int rc = find(s, data, ed, &release, path, e);

    if (rc == 0 && (stat(path, &st) < 0 || st.st_size != release.size))
        *ret = EDITION_DAMAGED_REFUSED;
    return rc;
}

static int begin(struct store *s, const char *data, const struct edition *ed, struct err *e)
{
    return 0;
}

const struct edition_own edition_of_system = {"system", offered, read_file, judge_file, begin};

/* --- what its beginning ends --- */

static int find_before(void *ctx, const struct edition_row *r)
{
    struct edition *ed = ctx;

    if (r->edition.percent == EDITION_NO_STAGE || r->edition.version >= ed->version)
        return 0;
    *ed = r->edition;
    return 1;
}

int edition_passes(struct store *s, const struct edition *ed, int64_t now, struct edition_passed *ret, struct err *e)
{
    struct edition before = *ed;
    struct edition_figures f;

    *ret = (struct edition_passed){.waits = 0};
    int rc = edition_each(s, EDITION_SYSTEM, 0, find_before, &before, e);
    if (rc < 0 || before.version == ed->version)
        return rc;
    text_copy(ret->name, sizeof ret->name, before.name);
    if (ed->percent != EDITION_NO_STAGE || edition_is_over(ed) || edition_is_over(&before))
        return 0;
    rc = edition_count(s, &before, now, &f, e);
    ret->waits = rc == 0 ? f.of[EDITION_WAITS] + f.of[EDITION_SILENT] : 0;
    return rc;
}
