/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl catalog again: the content of an earlier catalogue under a higher number. Versions only go up, so that is how
 * staff go back.
 */
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <unistd.h>

#include "base/fs.h"
#include "catalog/catalog.h"
#include "tools/hallctl/catalog_rollout.h"
#include "tools/hallctl/hallctl.h"

#define COMMAND "hallctl catalog"
#define PIECE 65536

static int copy(const char *from, const char *to, struct err *e)
{
    static char bytes[PIECE];
    FILE *in = fopen(from, "rbe"), *out = in ? fopen(to, "wxbe") : NULL;
    size_t n;
    int rc = in && out ? 0 : err_errno(e, "%s", in ? to : from);

    while (rc == 0 && (n = fread(bytes, 1, sizeof bytes, in)) > 0)
        if (fwrite(bytes, 1, n, out) != n)
            rc = err_errno(e, "write %s", to);
    if (rc == 0 && ferror(in))
        rc = err_errno(e, "read %s", from);
    if (in)
        fclose(in);
    if (out && fclose(out) != 0 && rc == 0)
        rc = err_errno(e, "write %s", to);
    return rc;
}

static int number(const char *path, int64_t version, struct err *e)
{
    sqlite3 *db = NULL;
    char text[100];

    snprintf(text, sizeof text, "UPDATE meta SET value=%lld WHERE key='version'", (long long)version);
    bool good = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
                sqlite3_exec(db, text, NULL, NULL, NULL) == SQLITE_OK && sqlite3_changes(db) == 1;
    int rc = good ? 0 : err_set(e, ERR_INVALID, "number %s: %s", path, sqlite3_errmsg(db));

    sqlite3_close(db);
    return rc;
}

/* Higher than what it was; it must still be a catalogue. */
static int check(const char *path, int64_t above, int64_t *ret, struct err *e)
{
    struct catalog *c = NULL;
    int rc = catalog_open(path, &c, e);

    if (rc == 0)
        *ret = catalog_version(c);
    if (rc == 0 && *ret <= above)
        rc = err_set(e, ERR_VERSION, "version %lld is not above", (long long)*ret);
    catalog_close(c);
    return rc;
}

static int again(const struct catalog_words *w, int64_t version, struct err *e)
{
    char tmp[PATH_MAX];
    int64_t was = 0, is = 0;
    int rc = check(w->what, 0, &was, e);

    if (rc == 0 && version <= was)
        rc = err_set(e, ERR_VERSION, "version %lld is not above %lld, which it has", (long long)version, (long long)was);
    if (rc == 0 && access(w->out, F_OK) == 0)
        rc = err_set(e, ERR_EXISTS, "%s is there: name another file", w->out);
    if (rc == 0 && snprintf(tmp, sizeof tmp, "%s.tmp", w->out) >= (int)sizeof tmp)
        rc = err_set(e, ERR_TOOLONG, "the path %s", w->out);
    if (rc < 0)
        return rc;
    unlink(tmp);
    rc = copy(w->what, tmp, e);
    if (rc == 0)
        rc = number(tmp, version, e);
    if (rc == 0)
        rc = check(tmp, was, &is, e);
    if (rc == 0 && rename(tmp, w->out) < 0)
        rc = err_errno(e, "rename %s", tmp);
    if (rc < 0)
        unlink(tmp);
    return rc;
}

int catalog_again(const struct catalog_words *w)
{
    struct hallctl_object o;
    struct err e = {0};
    int64_t version;
    int code = options_number(COMMAND, "--version", w->version, 1, INT_MAX, &version);

    if (code >= 0)
        return code;
    if (again(w, version, &e) < 0)
        return hallctl_fail(&e);
    if (!w->json) {
        printf("catalogue %lld: %s, with the content of %s; to be signed anew\n", (long long)version, w->out, w->what);
        return EXIT_OK;
    }
    hallctl_object_open(&o);
    jsonw_int(&o.w, "version", version);
    jsonw_str(&o.w, "file", w->out);
    hallctl_object_print(&o);
    return EXIT_OK;
}
