/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl keys init: all the keys of a hall, and the root that names them. What only staff may hold goes to KEYS, which the
 * hall's user cannot read; what the hall needs goes to DIR. Their renewal is in keys_rotate.c, what ends when in
 * keys_status.c.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/json.h"
#include "crypto/hash.h"
#include "crypto/key_folder.h"
#include "tools/hall/pki.h"
#include "tools/hallctl/keys.h"
#include "wire/manifest.h"

static const char usage[] =
    "hallctl keys init --keys KEYS --data DIR [--host NAME] [--test] [--json]\n"
    "Makes the keys of a new hall:\n"
    "  KEYS (mode 0700)  root-1..3.pem (two of three sign), catalogue-1.pem, sealing.pem, ask.pem, and their .pub\n"
    "  DIR/tls           the CA and the server's certificate, and the keys that sign head.json and the hall's answers\n"
    "  DIR               hall.db, and hall.id, which says whose it is\n"
    "  DIR/public        root.json, signed, good for two years\n"
    "  --host NAME       one more name or address of the hall, beside 127.0.0.1, ::1 and localhost\n"
    "  --test            certificates valid 2000-2099, for halls whose clock is moved\n"
    "  --json          {\"keys\":DIR,\"data\":DIR,\"root_sha256\":HEX}\n"
    "Nothing that exists is overwritten. Keep root-*.pem off line afterwards.\n"
    "\n`hallctl keys rotate --help`: new keys. `hallctl keys status --help`: what ends when.\n";

static const char *const staff_keys[] = {"root-1", "root-2", "root-3", "catalogue-1", "sealing", "ask"};

struct folders {
    const char *keys, *data;
    char tls[420], public[420];
};

static int make_key(const char *dir, const char *name, struct err *e)
{
    struct private_key *k = NULL;
    int rc = key_generate(&k, e);
    if (!rc)
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
    if (!rc)
        rc = load_public(f->keys, "root-2", &r->root.keys[1], e);
    if (!rc)
        rc = load_public(f->keys, "root-3", &r->root.keys[2], e);
    if (!rc)
        rc = load_public(f->keys, "catalogue-1", &r->catalogue.keys[0], e);
    if (!rc)
        rc = load_public(f->keys, "sealing", &r->sealing.key, e);
    if (!rc)
        rc = load_public(f->keys, "ask", &r->ask.key, e);
    if (!rc)
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
    if (!rc)
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
    if (!rc)
        rc = manifest_root_encode(&r, &json, e);
    if (!rc)
        rc = sign_with(f, "root-1", &json, &sigs, e);
    if (!rc)
        rc = sign_with(f, "root-2", &json, &sigs, e);
    if (!rc)
        rc = manifest_signatures_encode(&sigs, &sig, e);
    if (!rc)
        rc = keys_publish_root(f->data, 1, &json, &sig, e);
    if (!rc)
        sha256(json.data, json.len, hash);
    buf_finish(&json);
    buf_finish(&sig);
    return err_wrap(e, rc, "root.json");
}

static int make_folders(struct folders *f, struct err *e)
{
    char files[512];
    if (fs_join(f->tls, sizeof f->tls, f->data, "tls") || fs_join(f->public, sizeof f->public, f->data, "public") ||
        fs_join(files, sizeof files, f->public, "files"))
        return err_set(e, ERR_TOOLONG, "%s", f->data);
    int rc = fs_mkdirs(f->keys, 0700, e);
    if (!rc && chmod(f->keys, 0700))
        rc = err_errno(e, "chmod %s", f->keys);
    if (!rc)
        rc = fs_mkdirs(f->tls, 0700, e);
    return rc ? rc : fs_mkdirs(files, 0755, e);
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

static int init(struct folders *f, const char *host, bool test, bool json, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    const char *hosts[] = {host, NULL};
    int rc = make_folders(f, e);
    for (size_t i = 0; !rc && i < sizeof staff_keys / sizeof *staff_keys; i++)
        rc = make_key(f->keys, staff_keys[i], e);
    if (!rc)
        rc = make_key(f->tls, "head", e);
    if (!rc)
        rc = make_key(f->tls, "ack", e);
    if (!rc)
        rc = pki_init(f->tls, hosts, test, e);
    if (!rc)
        rc = make_root(f, hash, e);
    if (!rc)
        rc = store_make(f->data, e);
    if (rc)
        return rc;
    report(f, hash, json);
    return 0;
}

static int init_command(int argc, char **argv)
{
    struct folders f = {0};
    const char *verb[1] = {NULL}, *host = NULL;
    bool test = false, json = false;
    struct err e = {0};
    const struct option_word options[] = {{"--keys", &f.keys, NULL}, {"--data", &f.data, NULL}, {"--host", &host, NULL},
                                          {"--test", NULL, &test},   {"--json", NULL, &json},   {0}};
    int code = hallctl_options(argc, argv, usage, options, verb, 1);
    if (code >= 0)
        return code;
    if (!verb[0] || strcmp(verb[0], "init") || !f.keys || !f.data) {
        fputs(usage, stderr);
        return EXIT_USAGE;
    }
    return init(&f, host, test, json, &e) ? hallctl_fail(&e) : EXIT_OK;
}

int hallctl_keys(int argc, char **argv)
{
    if (argc > 1 && !strcmp(argv[1], "rotate"))
        return keys_rotate(argc - 1, argv + 1);
    if (argc > 1 && !strcmp(argv[1], "status"))
        return keys_status(argc - 1, argv + 1);
    return init_command(argc, argv);
}
