/* SPDX-License-Identifier: Apache-2.0
 *
 * What an edition of the system has of its own: its bundle lies in DATA/public/system, and terminals ask by themselves.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
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

/* All of it is read while it goes to nobody yet; afterwards, with terminals waiting, its size alone. */
static int judge_file(struct store *s, const char *data, const struct edition *ed, enum edition_refusal *ret, struct err *e)
{
    struct system_release release;
    char name[SYSTEM_VERSION_LEN + 40], path[PATH_MAX];
    struct stat st;
    int rc = system_release(s, ed->name, &release, e);

    snprintf(name, sizeof name, "public/system/%s.raucb", ed->name);
    if (rc == 0 && (fs_join(path, sizeof path, data, name) < 0 || stat(path, &st) < 0 || st.st_size != release.size ||
                    (ed->percent == EDITION_NO_STAGE && !has_bytes(path, &release))))
        *ret = EDITION_DAMAGED_REFUSED;
    return rc;
}

static int begin(struct store *s, const char *data, const struct edition *ed, struct err *e)
{
    return 0;
}

const struct edition_own edition_of_system = {"system", offered, judge_file, begin};
