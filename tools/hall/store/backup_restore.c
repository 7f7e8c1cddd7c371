/* SPDX-License-Identifier: Apache-2.0
 *
 * A backup checked and put back, see backup.h.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "crypto/hash.h"
#include "tools/hall/store/backup_file.h"
#include "tools/hall/store/backup_wire.h"
#include "tools/hall/store/schema.h"
#include "tools/hall/store/where.h"

/* --- checking --------------------------------------------------------------------------------------------------------- */

static int read_sums(const char *from, struct buf *sums, struct err *e)
{
    char path[PATH_MAX];
    int rc = fs_join(path, sizeof path, from, BACKUP_SUMS) ? err_set(e, ERR_TOOLONG, "%s", from)
                                                           : fs_read(path, BACKUP_SUMS_MAX, sums, e);

    return rc == -ERR_NOTFOUND ? err_set(e, ERR_NOTFOUND, "%s is no backup, or one that was not finished", from) : rc;
}

static int check_one(const char *from, const char *name, const uint8_t hash[SHA256_LEN], struct backup_facts *f,
                     struct err *e)
{
    char path[PATH_MAX];
    uint8_t is[SHA256_LEN];
    uint64_t len = 0;
    int rc = fs_join(path, sizeof path, from, name) ? err_set(e, ERR_TOOLONG, "%s", name) : sha256_file(path, is, &len, e);

    if (rc == -ERR_NOTFOUND)
        rc = err_set(e, ERR_CHECKSUM, "%s is missing", name);
    if (rc == 0 && memcmp(is, hash, SHA256_LEN) != 0)
        rc = err_set(e, ERR_CHECKSUM, "%s is not what was saved", name);
    f->files++;
    f->bytes += (int64_t)len;
    return rc;
}

/* Calls fn for each file of the backup. */
static int each_file(const char *from, int (*fn)(void *ctx, const char *name, const uint8_t hash[SHA256_LEN], struct err *e),
                     void *ctx, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    const char *name = NULL;
    struct buf sums;
    int rc = read_sums(from, &sums, e);

    if (rc < 0)
        return rc;
    for (char *at = (char *)(uintptr_t)buf_str(&sums); rc == 0 && (rc = backup_next_sum(&at, hash, &name, e)) == 0 && name;)
        rc = fn(ctx, name, hash, e);
    buf_finish(&sums);
    return rc;
}

struct checking {
    const char *from;
    struct backup_facts *facts;
    bool whole; /* what no hall is without */
    bool server;
};

static int check_file(void *ctx, const char *name, const uint8_t hash[SHA256_LEN], struct err *e)
{
    struct checking *c = ctx;

    c->whole |= !strcmp(name, "hall.id");
    c->server |= !strcmp(name, BACKUP_DUMP);
    return check_one(c->from, name, hash, c->facts, e);
}

static int read_facts(const char *from, struct backup_facts *f, int64_t *ret_schema, struct err *e)
{
    char path[PATH_MAX];
    struct buf text;
    int rc = fs_join(path, sizeof path, from, BACKUP_FACTS) ? err_set(e, ERR_TOOLONG, "%s", from)
                                                            : fs_read(path, 4096, &text, e);

    if (rc < 0)
        return rc;
    rc = backup_facts_decode(text.data, text.len, f->made, ret_schema, e);
    buf_finish(&text);
    return err_wrap(e, rc, BACKUP_FACTS);
}

static int check(const char *from, struct backup_facts *f, bool *ret_server, struct err *e)
{
    struct checking c = {.from = from, .facts = f};
    int64_t schema = 0;
    int rc = each_file(from, check_file, &c, e);

    if (rc == 0 && !c.whole)
        rc = err_set(e, ERR_CHECKSUM, "it has no hall.id");
    if (rc == 0)
        rc = read_facts(from, f, &schema, e);
    if (rc == 0 && schema > SCHEMA_VERSION)
        rc = err_set(e, ERR_VERSION, "it was made by a newer hall: restore it with that version");
    *ret_server = c.server;
    return err_wrap(e, rc, "the backup %s", from);
}

int backup_check(const char *from, struct backup_facts *ret, struct err *e)
{
    struct backup_facts f = {.files = 0};
    bool server;
    int rc = check(from, &f, &server, e);

    if (rc == 0)
        *ret = f;
    return rc;
}

/* --- putting back ----------------------------------------------------------------------------------------------------- */

struct restoring {
    const struct backup_restore *of;
    char aside[PATH_MAX]; /* DIR/replaced-TIME */
};

static bool is_database(const char *name)
{
    return !strcmp(name, BACKUP_DB) || !strcmp(name, BACKUP_DUMP) || !strcmp(name, BACKUP_FACTS);
}

/* What lies there under that name goes aside. */
static int move_aside(const struct restoring *r, const char *name, struct err *e)
{
    char from[PATH_MAX], to[PATH_MAX];

    if (fs_join(from, sizeof from, r->of->data, name) || fs_join(to, sizeof to, r->aside, name))
        return err_set(e, ERR_TOOLONG, "%s", name);
    if (access(from, F_OK) < 0)
        return 0;
    int rc = fs_mkdirs(r->aside, 0700, e);
    if (rc == 0)
        rc = backup_make_folders(r->aside, name, e);
    return rc < 0 ? rc : rename(from, to) < 0 ? err_errno(e, "move %s aside", from) : 0;
}

static int put_back(void *ctx, const char *name, const uint8_t hash[SHA256_LEN], struct err *e)
{
    const struct restoring *r = ctx;
    char from[PATH_MAX], to[PATH_MAX], here[PATH_MAX];

    if (is_database(name))
        return 0;
    if (fs_join(from, sizeof from, r->of->from, name) || fs_join(here, sizeof here, r->of->data, name) ||
        snprintf(to, sizeof to, "%s.restoring", here) >= (int)sizeof to)
        return err_set(e, ERR_TOOLONG, "%s", name);
    if (!strcmp(name, "leases.log") && access(here, F_OK) == 0)
        return 0; /* the newer one */
    int rc = backup_make_folders(r->of->data, name, e);
    if (rc == 0)
        rc = backup_copy_file(from, to, e);
    if (rc == 0)
        rc = move_aside(r, name, e);
    return rc < 0 ? rc : rename(to, here) < 0 ? err_errno(e, "put %s there", here) : 0;
}

static int compare_ids(const struct backup_restore *r, struct err *e)
{
    char here[PATH_MAX], there[PATH_MAX];
    struct buf a, b;

    if (fs_join(here, sizeof here, r->data, "hall.id") || fs_join(there, sizeof there, r->from, "hall.id"))
        return err_set(e, ERR_TOOLONG, "%s", r->data);
    if (access(here, F_OK) < 0)
        return 0;
    int rc = fs_read(here, 64, &a, e);
    if (rc < 0)
        return rc;
    rc = fs_read(there, 64, &b, e);
    if (rc == 0 && strcmp(buf_str(&a), buf_str(&b)) != 0)
        rc = err_set(e, ERR_STATE, "%s is another hall's folder: name an empty one", r->data);
    if (rc == 0 || rc == -ERR_STATE)
        buf_finish(&b);
    buf_finish(&a);
    return rc;
}

static int check_place(const struct backup_restore *r, struct err *e)
{
    static const char *const of_a_hall[] = {BACKUP_DB, "database", "tls"};
    char path[PATH_MAX];
    int rc = compare_ids(r, e);

    for (size_t i = 0; rc == 0 && !r->replace && i < sizeof of_a_hall / sizeof *of_a_hall; i++)
        if (!fs_join(path, sizeof path, r->data, of_a_hall[i]) && access(path, F_OK) == 0)
            rc = err_set(
                e, ERR_EXISTS,
                "a hall lies in %s: with --replace what is there is kept in a folder beside, and the backup takes its place",
                r->data);
    return rc;
}

static int lock_hall(const char *data, int *ret_fd, struct err *e)
{
    char path[PATH_MAX];
    int rc = fs_join(path, sizeof path, data, "hall.lock") ? err_set(e, ERR_TOOLONG, "%s", data)
                                                           : fs_lock(path, 0, ret_fd, e);

    return rc == -ERR_BUSY ? err_set(e, ERR_BUSY, "a hall runs on %s: stop it first; terminals keep what they have", data)
                           : rc;
}

/* Last: until it is there the hall does not start. */
static int put_database(const struct restoring *r, bool server, struct err *e)
{
    char from[PATH_MAX];
    struct where w;

    if (fs_join(from, sizeof from, r->of->from, server ? BACKUP_DUMP : BACKUP_DB))
        return err_set(e, ERR_TOOLONG, "%s", r->of->from);
    int rc = r->of->uri ? where_write(r->of->data, r->of->uri, e) : 0;
    if (rc == 0)
        rc = where_read(r->of->data, &w, e);
    return rc < 0 ? rc : sql_load(w.db, from, e);
}

static int put_all(const struct restoring *r, bool server, struct err *e)
{
    static const char *const database[] = {BACKUP_DB, BACKUP_DB "-wal", BACKUP_DB "-shm", "database"};
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < sizeof database / sizeof *database; i++)
        rc = move_aside(r, database[i], e);
    if (rc == 0)
        rc = each_file(r->of->from, put_back, (void *)(uintptr_t)r, e);
    if (rc == 0)
        rc = put_database(r, server, e);
    return rc < 0 ? rc : fs_sync_dir(r->of->data, e);
}

int backup_restore(const struct backup_restore *r, struct backup_facts *ret, struct err *e)
{
    struct restoring all = {.of = r};
    struct backup_facts f = {.files = 0};
    char now[CLOCK_RFC3339_LEN + 1];
    bool server = false;
    int lock = -1, rc = check(r->from, &f, &server, e);

    if (rc == 0 && r->uri && !server)
        rc = err_set(e, ERR_INVALID, "this is a backup of a SQLite hall: a PostgreSQL database cannot take it");
    if (rc == 0)
        rc = fs_mkdirs(r->data, 0700, e);
    if (rc == 0)
        rc = fs_refuse_root(r->data, e);
    if (rc == 0)
        rc = check_place(r, e);
    if (rc == 0)
        rc = lock_hall(r->data, &lock, e);
    clock_format_rfc3339(clock_wall_ms(), now);
    if (rc == 0 && snprintf(all.aside, sizeof all.aside, "%s/" BACKUP_REPLACED "%s", r->data, now) >= (int)sizeof all.aside)
        rc = err_set(e, ERR_TOOLONG, "%s", r->data);
    if (rc == 0)
        rc = put_all(&all, server, e);
    if (lock >= 0)
        close(lock);
    if (rc == 0)
        *ret = f;
    return rc;
}
