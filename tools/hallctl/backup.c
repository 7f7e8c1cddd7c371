/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl backup, hallctl restore: a whole hall into a folder while it runs, and back.
 */
#include <stdio.h>
#include <sys/stat.h>

#include "tools/hall/store/backup.h"
#include "tools/hallctl/hallctl.h"

static const char backup_usage[] =
    "hallctl backup --data DIR --out FOLDER [--json]\n"
    "hallctl backup --check FOLDER [--json]\n"
    "Copies the whole hall into FOLDER, which must not be there yet, while it runs: the database as it is at one moment "
    "(of\n"
    "PostgreSQL by pg_dump), keys, certificates, what is published. It holds private keys: keep it as you keep them, and\n"
    "away from this machine. What hall-open has is another user's and not in it: the sealing keys live on in their shares,\n"
    "openings.log is a file to copy.\n"
    "  --check  reads a backup and says whether all of it is there as it was written; so does `sha256sum -c SHA256SUMS`\n"
    "  --json   {\"made\":TIME,\"files\":N,\"bytes\":N}\n";
static const char restore_usage[] =
    "hallctl restore --from FOLDER --data DIR [--replace] [--database URI] --reason TEXT [--json]\n"
    "Puts a backup back into DIR, with no hall running there. All of it is checked before anything is touched. Terminals\n"
    "are told where the database stands and deliver again what came after it; blocks of queue numbers that were leased "
    "since\n"
    "are known from DIR/leases.log, which stays where it is there.\n"
    "  --replace       DIR holds a hall: what is there goes into DIR/replaced-TIME\n"
    "  --database URI  of a backup of a PostgreSQL hall: the empty database it goes into (without it, the one it was of)\n"
    "  --json          {\"made\":TIME,\"files\":N,\"bytes\":N}\n";

static void tell(const char *what, const struct backup_facts *f, bool json)
{
    struct hallctl_object o;

    if (!json) {
        printf("%s: %d files, %lld bytes, of %s\n", what, f->files, (long long)f->bytes, f->made);
        return;
    }
    hallctl_object_open(&o);
    jsonw_str(&o.w, "made", f->made);
    jsonw_int(&o.w, "files", f->files);
    jsonw_int(&o.w, "bytes", f->bytes);
    hallctl_object_print(&o);
}

static int audit(const char *data, const char *action, const char *subject, const char *reason, struct err *e)
{
    struct store *s = NULL;
    int rc = store_open(data, &s, e);

    if (rc == 0)
        rc = store_begin(s, e);
    if (rc == 0 && (rc = store_audit(s, 0, hallctl_who(), action, subject, reason, e)) < 0)
        store_rollback(s);
    if (rc == 0)
        rc = store_commit(s, e);
    store_close(s);
    return rc;
}

int hallctl_backup(int argc, char **argv)
{
    const char *data = NULL, *out = NULL, *old = NULL;
    bool json = false;
    struct backup_facts f = {.files = 0};
    struct err e = {0};
    const struct option_word options[] = {
        {"--data", &data, NULL}, {"--out", &out, NULL}, {"--check", &old, NULL}, {"--json", NULL, &json}, {0}};
    int n, code = options_read("hallctl backup", argc, argv, backup_usage, options, NULL, 0, &n);

    if (code < 0)
        code = options_fit("hallctl backup", options, old ? "--check" : "--data --out", "--json");
    if (code >= 0)
        return code;
    umask(0077);
    /* the row is in the backup: who made it */
    int rc = old ? backup_check(old, &f, &e) : audit(data, "backup", out, "", &e);
    if (rc == 0 && !old)
        rc = backup_make(data, out, &f, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    tell(old ? "the backup is whole" : "backed up", &f, json);
    return EXIT_OK;
}

int hallctl_restore(int argc, char **argv)
{
    const char *reason = NULL;
    bool json = false;
    struct backup_restore r = {.from = NULL};
    struct backup_facts f = {.files = 0};
    struct err e = {0};
    const struct option_word options[] = {{"--from", &r.from, NULL},
                                          {"--data", &r.data, NULL},
                                          {"--reason", &reason, NULL},
                                          {"--database", &r.uri, NULL},
                                          {"--replace", NULL, &r.replace},
                                          {"--json", NULL, &json},
                                          {0}};
    int n, code = options_read("hallctl restore", argc, argv, restore_usage, options, NULL, 0, &n);

    if (code < 0)
        code = options_fit("hallctl restore", options, "--from --data --reason", "--database --replace --json");
    if (code < 0)
        code = hallctl_line("hallctl restore", "--reason", reason, HALLCTL_REASON_MAX);
    if (code >= 0)
        return code;
    umask(0077);
    int rc = backup_restore(&r, &f, &e);
    if (rc == 0)
        rc = audit(r.data, "restore", f.made, reason, &e);
    if (rc < 0)
        return hallctl_fail(&e);
    tell("restored", &f, json);
    if (!json)
        puts("start the hall: terminals deliver again what came after that");
    return EXIT_OK;
}
