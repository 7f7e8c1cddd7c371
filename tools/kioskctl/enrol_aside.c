/* SPDX-License-Identifier: Apache-2.0
 *
 * See enrol.h.
 */
#include "tools/kioskctl/enrol.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "journal/journal.h"
#include "journal/outbox.h"
#include "model/terminal.h"
#include "tools/kioskctl/kioskctl.h"

#define NEW_CONFIG "sync/terminal.new.json"

static int path_of(char out[KIOSKCTL_PATH_MAX], const char *dir, const char *name, struct err *e)
{
    return fs_join(out, KIOSKCTL_PATH_MAX, dir, name) ? err_set(e, ERR_TOOLONG, "the path of DIR is too long") : 0;
}

static int read_config(const char *data, const char *name, struct terminal_config *ret, struct err *e)
{
    char path[KIOSKCTL_PATH_MAX];
    struct buf json;
    int rc = path_of(path, data, name, e);

    if (rc == 0)
        rc = fs_read(path, TERMINAL_CONFIG_MAX, &json, e);
    if (rc)
        return rc;
    rc = terminal_config_decode(json.data, json.len, ret, e);
    buf_finish(&json);
    return rc;
}

int enrol_aside_check(const char *data, struct err *e)
{
    char path[KIOSKCTL_PATH_MAX];
    struct terminal_config t;
    struct journal_identity id = {.office = 0};
    struct private_key *k = NULL;
    struct journal *j = NULL;
    int rc = read_config(data, "terminal.json", &t, e);

    if (rc == 0)
        rc = path_of(path, data, ENROL_KEY, e);
    if (rc == 0)
        rc = key_load(path, &k, e);
    if (rc == 0)
        rc = path_of(path, data, "journal", e);
    if (rc == 0 && !access(path, F_OK)) {
        memcpy(id.terminal, t.terminal, sizeof id.terminal);
        memcpy(id.epoch, t.epoch, EPOCH_LEN);
        id.office = t.office;
        id.registration = t.registration;
        rc = journal_open(path, &id, k, NULL, &j, e); /* signs the head */
        journal_close(j);
    }
    key_free(k);
    if (rc == -ERR_BUSY)
        rc = err_set(e, ERR_BUSY, "kiosk is running: stop kiosk and kiosk-sync first");
    return rc;
}

bool enrol_aside_begun(const char *data)
{
    char path[KIOSKCTL_PATH_MAX];

    return !path_of(path, data, NEW_CONFIG, NULL) && !access(path, F_OK);
}

/* What is not there any more was moved before. */
static int move(const char *from_dir, const char *from, const char *to_dir, const char *to, struct err *e)
{
    char a[KIOSKCTL_PATH_MAX], b[KIOSKCTL_PATH_MAX];
    int rc = path_of(a, from_dir, from, e);

    if (rc == 0)
        rc = path_of(b, to_dir, to, e);
    if (rc == 0 && !access(a, F_OK) && rename(a, b) < 0)
        rc = err_errno(e, "move %s to %s", a, b);
    return rc ? rc : fs_sync_dir(to_dir, e);
}

/* kiosk-sync writes what it remembers of the delivery there. */
static int make_folders(const char *data, const char *aside, struct err *e)
{
    char sync[KIOSKCTL_PATH_MAX], ours[KIOSKCTL_PATH_MAX];
    struct stat st;
    int rc = path_of(sync, aside, "sync", e);

    if (rc == 0)
        rc = path_of(ours, data, "sync", e);
    if (rc == 0)
        rc = fs_mkdirs(sync, 0755, e);
    if (rc == 0 && (stat(ours, &st) < 0 || (geteuid() == 0 && chown(sync, st.st_uid, st.st_gid) < 0)))
        rc = err_errno(e, "give %s to kiosk-sync", sync);
    return rc;
}

/* The epoch of the enrolment before; where its terminal.json was put aside already, the journal still says it. False: all of
 * it was put aside. */
static bool earlier_epoch(const char *data, uint8_t epoch[EPOCH_LEN])
{
    char path[KIOSKCTL_PATH_MAX], terminal[TERMINAL_ID_MAX + 1];
    struct terminal_config t;
    struct public_key signing;
    struct outbox *o = NULL;

    if (!read_config(data, "terminal.json", &t, NULL)) {
        memcpy(epoch, t.epoch, EPOCH_LEN);
        return true;
    }
    if (path_of(path, data, "journal", NULL) || outbox_open(path, &o, NULL))
        return false;
    bool known = !outbox_identity(o, terminal, epoch, &signing, NULL);
    outbox_close(o);
    return known;
}

/* The journal last: as long as it is there, it says where the rest goes. */
static int put_aside(const char *data, const uint8_t epoch[EPOCH_LEN], struct err *e)
{
    static const char *const names[][2] = {
        {"terminal.json", "terminal.json"},       {"sync/sync.db", "sync/sync.db"}, /* so that what the hall has is known */
        {"sync/sync.db-wal", "sync/sync.db-wal"}, {ENROL_KEY, "journal.pem"},
        {"journal.anchor", "journal.anchor"},     {"journal", "journal"}};
    char hex[2 * EPOCH_LEN + 1], name[64], aside[KIOSKCTL_PATH_MAX];

    hex_encode(epoch, EPOCH_LEN, hex);
    snprintf(name, sizeof name, "earlier/%s", hex);
    int rc = path_of(aside, data, name, e);
    if (rc == 0)
        rc = make_folders(data, aside, e);
    for (size_t i = 0; rc == 0 && i < sizeof names / sizeof *names; i++)
        rc = move(data, names[i][0], aside, names[i][1], e);
    return rc;
}

int enrol_aside(const char *data, struct err *e)
{
    char keys[KIOSKCTL_PATH_MAX];
    uint8_t epoch[EPOCH_LEN];
    int rc = path_of(keys, data, "keys", e);

    if (rc == 0 && earlier_epoch(data, epoch))
        rc = put_aside(data, epoch, e);
    if (rc == 0)
        rc = move(data, ENROL_NEW_JOURNAL ".anchor", data, "journal.anchor", e);
    if (rc == 0)
        rc = move(data, ENROL_NEW_KEY, keys, "journal.pem", e);
    if (rc == 0)
        rc = move(data, NEW_CONFIG, data, "terminal.json", e);
    return err_wrap(e, rc, "put the earlier journal aside");
}

void enrol_exec_sync(const char *const argv[])
{
    char path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path - sizeof "kiosk-sync");

    if (len > 0) {
        path[len] = 0;
        char *name = strrchr(path, '/');
        strcpy(name ? name + 1 : path, "kiosk-sync");
        execv(path, (char **)(uintptr_t)argv);
    }
    execvp("kiosk-sync", (char **)(uintptr_t)argv);
    fputs("kioskctl: there is no kiosk-sync beside kioskctl: install both in one folder\n", stderr);
    _exit(EXIT_CANNOT);
}
