/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl keys init: all the keys of a hall, and the root that names them. What only staff may hold goes to KEYS, which the
 * hall's user cannot read; what the hall needs goes to DIR. Their renewal is in keys_rotate.c, what ends when in
 * keys_status.c.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "crypto/hash.h"
#include "crypto/key_folder.h"
#include "tools/hall/keys/pki.h"
#include "tools/hall/store/where.h"
#include "tools/hallctl/keys.h"
#include "wire/manifest.h"

static const char usage[] =
    "hallctl keys init --keys KEYS --data DIR [--host NAME] [--database URI] [--test] [--json]\n"
    "Makes the keys of a new hall:\n"
    "  KEYS (mode 0700)  root-1..3.pem (two of three sign), catalogue-1.pem, sealing.pem, ask.pem, and their .pub\n"
    "  DIR/tls           the CA and the server's certificate, and the keys that sign head.json and the hall's answers\n"
    "  DIR               hall.db or database, and hall.id, which says whose it is\n"
    "  DIR/public        root.json, signed, good for two years\n"
    "  --host NAME       one more name or address of the hall, beside 127.0.0.1, ::1 and localhost\n"
    "  --database URI    PostgreSQL instead of hall.db: postgresql://… of an empty database, kept in DIR/database\n"
    "  --test            certificates valid 2000-2099, for halls whose clock is moved\n"
    "  --json          {\"keys\":DIR,\"data\":DIR,\"root_sha256\":HEX}\n"
    "Nothing that exists is overwritten, and a hall that cannot be made leaves nothing. Keep root-*.pem off line "
    "afterwards.\n"
    "\nEach of these has a --help of its own:\n"
    "hallctl keys rotate   new keys\n"
    "hallctl keys status   what ends when\n"
    "hallctl keys split    a key in five shares\n"
    "hallctl keys combine  of which three give it back\n";

static const char *const staff_keys[] = {"root-1", "root-2", "root-3", "catalogue-1", "sealing", "ask"};

struct folders {
    const char *keys, *data, *database; /* NULL: SQLite */
    char tls[420], public[420], files[440];
};

static int make_key(const char *dir, const char *name, struct err *e)
{
    struct private_key *k = NULL;
    int rc = key_generate(&k, e);
    if (rc == 0)
        rc = key_folder_save(dir, name, k, e);
    key_free(k);
    return err_wrap(e, rc, "key %s", name);
}

static int load_public(const char *dir, const char *name, struct public_key *ret, struct err *e)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s.pub", dir, name);
    return public_key_load(path, ret, e);
}

static int describe_root(const struct folders *f, struct manifest_root *r, struct err *e)
{
    int64_t now = clock_wall_ms() / 1000 * 1000;
    *r = (struct manifest_root){.version = 1, .expires_ms = now + 2 * KEYS_YEAR_MS};
    r->root = (struct manifest_role){.threshold = 2, .n = 3};
    r->catalogue = (struct manifest_role){.threshold = 1, .n = 1};
    r->head = (struct manifest_role){.threshold = 1, .n = 1};
    r->acknowledgement = (struct manifest_role){.threshold = 1, .n = 1};
    /* a day back: terminals whose clock is a little behind must take the keys */
    r->sealing.from_ms = r->ask.from_ms = now - KEYS_YEAR_MS / 365;
    r->sealing.to_ms = r->ask.to_ms = now + 2 * KEYS_YEAR_MS;
    int rc = load_public(f->keys, "root-1", &r->root.keys[0], e);
    if (rc == 0)
        rc = load_public(f->keys, "root-2", &r->root.keys[1], e);
    if (rc == 0)
        rc = load_public(f->keys, "root-3", &r->root.keys[2], e);
    if (rc == 0)
        rc = load_public(f->keys, "catalogue-1", &r->catalogue.keys[0], e);
    if (rc == 0)
        rc = load_public(f->keys, "sealing", &r->sealing.key, e);
    if (rc == 0)
        rc = load_public(f->keys, "ask", &r->ask.key, e);
    if (rc == 0)
        rc = load_public(f->tls, "head", &r->head.keys[0], e);
    return rc ? rc : load_public(f->tls, "ack", &r->acknowledgement.keys[0], e);
}

static int sign_with(const struct folders *f, const char *name, const struct buf *root, struct manifest_signatures *sigs,
                     struct err *e)
{
    char path[512];
    struct private_key *k = NULL;
    snprintf(path, sizeof path, "%s/%s.pem", f->keys, name);
    int rc = key_load(path, &k, e);
    if (rc == 0)
        rc = manifest_sign(k, MANIFEST_ROOT_PREFIX, root->data, root->len, sigs, e);
    key_free(k);
    return rc;
}

static int make_root(const struct folders *f, uint8_t hash[SHA256_LEN], struct err *e)
{
    struct manifest_root r;
    struct manifest_signatures sigs = {0};
    struct buf json, sig;
    buf_init(&json, MANIFEST_MAX);
    buf_init(&sig, MANIFEST_MAX);
    int rc = describe_root(f, &r, e);
    if (rc == 0)
        rc = manifest_root_encode(&r, &json, e);
    if (rc == 0)
        rc = sign_with(f, "root-1", &json, &sigs, e);
    if (rc == 0)
        rc = sign_with(f, "root-2", &json, &sigs, e);
    if (rc == 0)
        rc = manifest_signatures_encode(&sigs, &sig, e);
    if (rc == 0)
        rc = keys_publish_root(f->data, 1, &json, &sig, e);
    if (rc == 0)
        sha256(json.data, json.len, hash);
    buf_finish(&json);
    buf_finish(&sig);
    return err_wrap(e, rc, "root.json");
}

/* --- folders: both are whole afterwards, or as they were --- */

static const char *const hall_files[] = {
    "hall.db",        "hall.db-wal",    "hall.db-shm",      "hall.id",         "database",           "tls/head.pem",
    "tls/head.pub",   "tls/ack.pem",    "tls/ack.pub",      "tls/ca.key",      "tls/ca.crt",         "tls/server.key",
    "tls/server.crt", "tls/server.pem", "public/root.json", "public/root.sig", "public/root.1.json", "public/root.1.sig"};

/* Does each file that init makes. Non-zero ends it and is returned. */
static int each_file(const struct folders *f, int (*fn)(const char *path, struct err *e), struct err *e)
{
    char path[PATH_MAX];
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < 2 * sizeof staff_keys / sizeof *staff_keys; i++) {
        snprintf(path, sizeof path, "%s/%s%s", f->keys, staff_keys[i / 2], i % 2 ? ".pub" : ".pem");
        rc = fn(path, e);
    }
    for (size_t i = 0; rc == 0 && i < sizeof hall_files / sizeof *hall_files; i++) {
        snprintf(path, sizeof path, "%s/%s", f->data, hall_files[i]);
        rc = fn(path, e);
    }
    return rc;
}

static int must_not_be(const char *path, struct err *e)
{
    struct stat st;

    return lstat(path, &st) ? 0 : err_set(e, ERR_EXISTS, "%s is there already: nothing is overwritten", path);
}

static int remove_file(const char *path, struct err *e)
{
    unlink(path);
    return 0;
}

/* Cuts the last name off; "" when it was the only one. */
static void cut_last(char *path)
{
    char *slash = strrchr(path, '/');

    *(slash && slash > path ? slash : slash && path[1] ? path + 1 : path) = '\0';
}

/* How much of a path is there. */
static size_t length_there(const char *path)
{
    char part[PATH_MAX];

    snprintf(part, sizeof part, "%s", path);
    while (*part && access(part, F_OK))
        cut_last(part);
    return strlen(part);
}

static void remove_folders(const char *path, size_t there)
{
    char part[PATH_MAX];

    snprintf(part, sizeof part, "%s", path);
    while (strlen(part) > there && rmdir(part) == 0)
        cut_last(part);
}

/* A path without links and with one slash behind each name, although its end need not be there yet. */
static int real_path(const char *path, char out[PATH_MAX], struct err *e)
{
    char part[PATH_MAX], *save = NULL;
    size_t len = length_there(path);

    snprintf(part, sizeof part, "%.*s", (int)len, path);
    if (!realpath(len ? part : ".", out))
        return err_errno(e, "%s", path);
    snprintf(part, sizeof part, "%s", path + len);
    if (strlen(out) + strlen(path + len) + 2 >= PATH_MAX)
        return err_set(e, ERR_TOOLONG, "%s", path);
    if (!strcmp(out, "/"))
        out[0] = '\0';
    for (char *name = strtok_r(part, "/", &save); name; name = strtok_r(NULL, "/", &save))
        if (strcmp(name, "."))
            strcat(strcat(out, "/"), name);
    strcat(out, "/");
    return 0;
}

/* The hall may read what is in one, and nobody but staff what is in the other. */
static int check_apart(const struct folders *f, struct err *e)
{
    char keys[PATH_MAX], data[PATH_MAX];
    int rc = real_path(f->keys, keys, e);

    if (rc == 0)
        rc = real_path(f->data, data, e);
    if (rc == 0 && (!strncmp(keys, data, strlen(data)) || !strncmp(keys, data, strlen(keys))))
        rc = err_set(e, ERR_EXISTS,
                     "--keys and --data are two folders, and neither lies in the other: the hall must not read the keys");
    return rc;
}

static int make_folders(const struct folders *f, struct err *e)
{
    int rc = fs_mkdirs(f->keys, 0700, e);
    if (rc == 0 && chmod(f->keys, 0700))
        rc = err_errno(e, "chmod %s", f->keys);
    if (rc == 0)
        rc = fs_mkdirs(f->tls, 0700, e);
    if (rc == 0)
        rc = fs_mkdirs(f->files, 0755, e);
    /* there is nothing to look for: a part of the path is a file */
    if (rc == -ERR_NOTFOUND)
        e->code = ERR_IO;
    return rc;
}

static void report(const struct folders *f, const uint8_t hash[SHA256_LEN], bool json)
{
    char hex[2 * SHA256_LEN + 1];
    struct hallctl_object o;

    hex_encode(hash, SHA256_LEN, hex);
    if (!json) {
        printf("keys in %s, the hall's files in %s\nroot.json has SHA-256 %s\n", f->keys, f->data, hex);
        return;
    }
    hallctl_object_open(&o);
    jsonw_str(&o.w, "keys", f->keys);
    jsonw_str(&o.w, "data", f->data);
    jsonw_str(&o.w, "root_sha256", hex);
    hallctl_object_print(&o);
}

static int make_all(const struct folders *f, const char *host, bool test, uint8_t ret_hash[SHA256_LEN], struct err *e)
{
    const char *hosts[] = {host, NULL};
    int rc = make_folders(f, e);
    for (size_t i = 0; rc == 0 && i < sizeof staff_keys / sizeof *staff_keys; i++)
        rc = make_key(f->keys, staff_keys[i], e);
    if (rc == 0)
        rc = make_key(f->tls, "head", e);
    if (rc == 0)
        rc = make_key(f->tls, "ack", e);
    if (rc == 0)
        rc = pki_init(f->tls, hosts, test, e);
    if (rc == 0)
        rc = make_root(f, ret_hash, e);
    if (rc == 0 && f->database)
        rc = where_write(f->data, f->database, e);
    return rc ? rc : store_make(f->data, e);
}

static int init(struct folders *f, const char *host, bool test, uint8_t ret_hash[SHA256_LEN], struct err *e)
{
    if (fs_join(f->tls, sizeof f->tls, f->data, "tls") || fs_join(f->public, sizeof f->public, f->data, "public") ||
        fs_join(f->files, sizeof f->files, f->public, "files"))
        return err_set(e, ERR_TOOLONG, "%s", f->data);
    int rc = check_apart(f, e);
    if (rc == 0)
        rc = each_file(f, must_not_be, e);
    if (rc)
        return rc;
    const char *made[] = {f->keys, f->tls, f->files};
    size_t there[] = {length_there(f->keys), length_there(f->tls), length_there(f->files)};
    rc = make_all(f, host, test, ret_hash, e);
    if (rc) {
        each_file(f, remove_file, NULL);
        for (size_t i = 0; i < sizeof made / sizeof *made; i++)
            remove_folders(made[i], there[i]);
    }
    return rc;
}

static int init_command(int argc, char **argv)
{
    struct folders f = {0};
    const char *verb[1] = {NULL}, *host = NULL;
    bool test = false, json = false;
    uint8_t hash[SHA256_LEN];
    struct err e = {0};
    const struct option_word options[] = {{"--keys", &f.keys, NULL},
                                          {"--data", &f.data, NULL},
                                          {"--host", &host, NULL},
                                          {"--database", &f.database, NULL},
                                          {"--test", NULL, &test},
                                          {"--json", NULL, &json},
                                          {0}};
    int n, code = options_read("hallctl keys", argc, argv, usage, options, verb, 1, &n);
    if (code < 0 && (!verb[0] || strcmp(verb[0], "init")))
        code = options_wrong("hallctl keys", "which: init, rotate, status, split or combine");
    if (code < 0)
        code = options_fit("hallctl keys init", options, "--keys --data", "--host --database --test --json");
    if (code >= 0)
        return code;
    if (init(&f, host, test, hash, &e))
        return hallctl_fail(&e);
    report(&f, hash, json);
    return EXIT_OK;
}

int hallctl_keys(int argc, char **argv)
{
    if (argc > 1 && !strcmp(argv[1], "rotate"))
        return keys_rotate(argc - 1, argv + 1);
    if (argc > 1 && !strcmp(argv[1], "status"))
        return keys_status(argc - 1, argv + 1);
    if (argc > 1 && !strcmp(argv[1], "split"))
        return keys_split(argc - 1, argv + 1);
    if (argc > 1 && !strcmp(argv[1], "combine"))
        return keys_combine(argc - 1, argv + 1);
    return init_command(argc, argv);
}
