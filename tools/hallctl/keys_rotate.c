/* SPDX-License-Identifier: Apache-2.0
 *
 * hallctl keys rotate: root N+1, signed by the thresholds of N and of itself, with new keys for the roles named. New keys
 * are made first and named by their ids (crypto/key_folder.h), the root is published after that: whatever is interrupted
 * leaves the present root with all its keys, and a key nobody names.
 *
 * Catalogue, head and acknowledgement keep the key before the new one for one rotation, so that what is signed and on its
 * way stays good; --compromised leaves it out. The published catalogue gets a signature of the new key beside the old one,
 * so that terminals of both roots take it.
 */
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "catalog/verify.h"
#include "crypto/hash.h"
#include "crypto/key_folder.h"
#include "tools/hall/keys/ends.h"
#include "tools/hallctl/keys.h"

static const char usage[] =
    "hallctl keys rotate [ROLE…] --keys KEYS --data DIR [--compromised] [--json]\n"
    "hallctl keys rotate sealing|ask --public FILE --keys KEYS --data DIR [--json]\n"
    "Publishes the next root, good for two years, with new keys for each ROLE: root, catalogue, sealing, ask, head,\n"
    "acknowledgement. Without a ROLE only its end moves.\n"
    "  KEYS           holds enough root-*.pem for the threshold; new keys are written beside the old ones, which stay:\n"
    "                 sealing-*.pem open what was sealed to them. hall-open needs sealing-*.pem and ask-*.pem beside its "
    "own\n"
    "  --compromised  the keys replaced count no more at once: catalogue, head and acknowledgement otherwise keep the one\n"
    "                 before for one rotation\n"
    "  --public FILE  the public half (PEM) of a key that was made elsewhere, in the token that hall-open is given: it is "
    "named in\n"
    "                 place of a new one\n"
    "  --json         {\"version\":N,\"root_sha256\":HEX,\"keys\":[{\"role\",\"id\"},…]}\n"
    "Terminals take it between visits. Keep root-*.pem off line afterwards; sheets issued before name the old root.\n";

#define COMMAND "hallctl keys rotate"
#define ROLES_MAX 6

struct rotation {
    const char *keys, *data, *public;
    const char *roles[ROLES_MAX];
    struct public_key given; /* with --public */
    bool compromised, json;
    char tls[PATH_MAX];
    struct manifest_root from, to;
    struct public_key made[ROLES_MAX * MANIFEST_KEYS_MAX];
    const char *made_for[ROLES_MAX * MANIFEST_KEYS_MAX];
    int n_made;
};

/* --- new keys --- */

/* Who may read DIR/tls owns what is in it: the hall, which this command's user need not be. */
static int give_to_hall(const struct rotation *r, const char *stem, const struct public_key *k, struct err *e)
{
    char path[PATH_MAX], hex[17];
    struct stat st;
    uint8_t id[8];

    public_key_id(k, id);
    hex_encode(id, sizeof id, hex);
    if (snprintf(path, sizeof path, "%s/%s-%s.pem", r->tls, stem, hex) >= (int)sizeof path)
        return err_set(e, ERR_TOOLONG, "%s", r->tls);
    if (stat(r->tls, &st) < 0 || (geteuid() == 0 && lchown(path, st.st_uid, st.st_gid) < 0))
        return err_errno(e, "give %s to the hall", path);
    return 0;
}

static int new_key(struct rotation *r, const char *role, const char *stem, bool online, struct public_key *ret,
                   struct err *e)
{
    int rc = key_folder_new(online ? r->tls : r->keys, stem, ret, e);

    if (rc == 0 && online)
        rc = give_to_hall(r, stem, ret, e);
    if (rc == 0) {
        r->made_for[r->n_made] = role;
        r->made[r->n_made++] = *ret;
    }
    return rc;
}

/* As many new keys as must sign, the new ones first: who signs takes the first. */
static int rotate_role(struct rotation *r, const char *role, const char *stem, bool online, struct manifest_role *m,
                       struct err *e)
{
    struct manifest_role next = {.threshold = m->threshold > 0 ? m->threshold : 1};
    int rc = 0;

    while (rc == 0 && next.n < (size_t)next.threshold)
        rc = new_key(r, role, stem, online, &next.keys[next.n++], e);
    for (int i = 0; !r->compromised && i < m->threshold && next.n < MANIFEST_KEYS_MAX; i++)
        next.keys[next.n++] = m->keys[i];
    *m = next;
    return rc;
}

static int rotate_root_keys(struct rotation *r, struct err *e)
{
    int rc = 0;

    for (size_t i = 0; rc == 0 && i < r->to.root.n; i++)
        rc = new_key(r, "root", "root", false, &r->to.root.keys[i], e);
    return rc;
}

static int rotate_sealing(struct rotation *r, const char *role, struct manifest_key *k, struct err *e)
{
    int64_t now = clock_wall_ms() / 1000 * 1000;

    k->from_ms = now - KEYS_YEAR_MS / 365; /* terminals whose clock is a little behind must take it */
    k->to_ms = now + 2 * KEYS_YEAR_MS;
    if (!r->public)
        return new_key(r, role, role, false, &k->key, e);
    r->made_for[r->n_made] = role;
    r->made[r->n_made++] = k->key = r->given;
    return 0;
}

static int rotate_one(struct rotation *r, const char *role, struct err *e)
{
    if (!strcmp(role, "root"))
        return rotate_root_keys(r, e);
    if (!strcmp(role, "catalogue"))
        return rotate_role(r, role, "catalogue", false, &r->to.catalogue, e);
    if (!strcmp(role, "head"))
        return rotate_role(r, role, "head", true, &r->to.head, e);
    if (!strcmp(role, "acknowledgement"))
        return rotate_role(r, role, "ack", true, &r->to.acknowledgement, e);
    return rotate_sealing(r, role, !strcmp(role, "ask") ? &r->to.ask : &r->to.sealing, e);
}

/* --- signing and publishing --- */

/* As many of the role's keys as are in KEYS. */
static int sign_by(const struct rotation *r, const struct manifest_role *role, const struct buf *json,
                   struct manifest_signatures *sigs, struct err *e)
{
    int good = 0, rc = 0;

    for (size_t i = 0; rc == 0 && i < role->n; i++) {
        struct private_key *k = NULL;
        struct err none = {0};
        uint8_t id[8];

        public_key_id(&role->keys[i], id);
        if (key_folder_find(r->keys, "root", id, &k, &none) < 0)
            continue;
        rc = manifest_sign(k, MANIFEST_ROOT_PREFIX, json->data, json->len, sigs, e);
        good += rc == 0;
        key_free(k);
    }
    if (rc == 0 && good < role->threshold)
        rc = err_set(e, ERR_KEY, "%d of %d needed root keys are in %s", good, role->threshold, r->keys);
    return rc;
}

/* Before anything is made: can the next root be signed at all? */
static int check_keys(const struct rotation *r, struct err *e)
{
    const struct manifest_role *role = &r->from.root;
    int here = 0;

    if (access(r->keys, F_OK) < 0)
        return err_errno(e, "the keys' folder %s", r->keys);
    for (size_t i = 0; i < role->n; i++) {
        struct private_key *k = NULL;
        uint8_t id[8];

        public_key_id(&role->keys[i], id);
        here += key_folder_find(r->keys, "root", id, &k, NULL) == 0;
        key_free(k);
    }
    return here >= role->threshold
               ? 0
               : err_set(e, ERR_KEY, "%d of %d needed root keys are in %s", here, role->threshold, r->keys);
}

static int write_public(const char *data, const char *name, const struct buf *b, struct err *e)
{
    char path[PATH_MAX];

    if (snprintf(path, sizeof path, "%s/public/%s", data, name) >= (int)sizeof path)
        return err_set(e, ERR_TOOLONG, "%s", data);
    return fs_write_atomic(path, b->data, b->len, 0644, e);
}

int keys_publish_root(const char *data, int64_t version, const struct buf *json, const struct buf *sig, struct err *e)
{
    char name[40];
    int rc;

    snprintf(name, sizeof name, "root.%lld.json", (long long)version);
    rc = write_public(data, name, json, e);
    snprintf(name, sizeof name, "root.%lld.sig", (long long)version);
    if (rc == 0)
        rc = write_public(data, name, sig, e);
    if (rc == 0)
        rc = write_public(data, "root.json", json, e);
    return rc ? rc : write_public(data, "root.sig", sig, e);
}

static int public_folder(const struct rotation *r, char out[PATH_MAX], struct err *e)
{
    return fs_join(out, PATH_MAX, r->data, "public") < 0 ? err_set(e, ERR_TOOLONG, "%s", r->data) : 0;
}

/* A hall set up earlier has no root.<version>.* of its present root yet. */
static int keep_present(const struct rotation *r, struct err *e)
{
    char dir[PATH_MAX];
    struct verify_raw raw;
    int rc = public_folder(r, dir, e);

    if (rc == 0)
        rc = verify_read(dir, "root", &raw, e);
    if (rc < 0)
        return rc;
    rc = keys_publish_root(r->data, r->from.version, &raw.json, &raw.sig, e);
    verify_raw_finish(&raw);
    return rc;
}

/* The catalogue that is published now, signed by the new key too. 0 also when there is none. */
static int sign_catalogue(const struct rotation *r, struct err *e)
{
    char dir[PATH_MAX];
    struct manifest_signatures sigs;
    struct private_key *k = NULL;
    struct verify_raw raw;
    struct buf out;
    uint8_t id[8];
    int rc = public_folder(r, dir, e);

    if (rc == 0 && verify_read(dir, "catalog", &raw, NULL) < 0)
        return 0;
    buf_init(&out, MANIFEST_MAX);
    public_key_id(&r->to.catalogue.keys[0], id);
    if (rc == 0)
        rc = manifest_signatures_decode(raw.sig.data, raw.sig.len, &sigs, e);
    if (rc == 0)
        rc = key_folder_find(r->keys, "catalogue", id, &k, e);
    if (rc == 0)
        rc = manifest_sign(k, MANIFEST_CATALOG_PREFIX, raw.json.data, raw.json.len, &sigs, e);
    if (rc == 0)
        rc = manifest_signatures_encode(&sigs, &out, e);
    if (rc == 0)
        rc = write_public(r->data, "catalog.sig", &out, e);
    key_free(k);
    buf_finish(&out);
    verify_raw_finish(&raw);
    return rc;
}

/* What the hall watches: it then signs a head by the new root. */
static int wake_hall(const struct rotation *r, struct err *e)
{
    char path[PATH_MAX];
    struct buf version;
    int rc = snprintf(path, sizeof path, "%s/public/version", r->data) < (int)sizeof path ? 0 : -ERR_TOOLONG;

    if (rc == 0 && fs_read(path, 64, &version, NULL) < 0) {
        buf_init(&version, 64);
        buf_adds(&version, "0\n");
    }
    if (rc == 0)
        rc = fs_write_atomic(path, version.data, version.len, 0644, e);
    buf_finish(&version);
    return rc;
}

static bool has_role(const struct rotation *r, const char *role)
{
    for (int i = 0; i < ROLES_MAX; i++)
        if (r->roles[i] && !strcmp(r->roles[i], role))
            return true;
    return false;
}

static int publish(struct rotation *r, uint8_t hash[SHA256_LEN], struct err *e)
{
    struct manifest_signatures sigs = {0};
    struct buf json, sig;
    int rc;

    buf_init(&json, MANIFEST_MAX);
    buf_init(&sig, MANIFEST_MAX);
    rc = manifest_root_encode(&r->to, &json, e);
    if (rc == 0)
        rc = sign_by(r, &r->from.root, &json, &sigs, e);
    if (rc == 0)
        rc = sign_by(r, &r->to.root, &json, &sigs, e);
    if (rc == 0)
        rc = manifest_signatures_encode(&sigs, &sig, e);
    if (rc == 0) { /* as a terminal will look at it */
        struct manifest_root seen;
        rc = manifest_root_next(&r->from, json.data, json.len, sig.data, sig.len, &seen, e);
    }
    if (rc == 0)
        rc = keep_present(r, e);
    if (rc == 0 && has_role(r, "catalogue"))
        rc = sign_catalogue(r, e);
    if (rc == 0)
        rc = keys_publish_root(r->data, r->to.version, &json, &sig, e);
    if (rc == 0)
        rc = wake_hall(r, e);
    if (rc == 0)
        sha256(json.data, json.len, hash);
    buf_finish(&json);
    buf_finish(&sig);
    return rc;
}

/* --- the command --- */

static void made_id(const struct rotation *r, int i, char hex[17])
{
    uint8_t id[8];

    public_key_id(&r->made[i], id);
    hex_encode(id, sizeof id, hex);
}

static void report_json(const struct rotation *r, const char *root_hex)
{
    struct hallctl_object o;
    char id[17];

    hallctl_object_open(&o);
    jsonw_int(&o.w, "version", r->to.version);
    jsonw_str(&o.w, "root_sha256", root_hex);
    jsonw_arr(&o.w, "keys");
    for (int i = 0; i < r->n_made; i++) {
        made_id(r, i, id);
        jsonw_obj(&o.w, NULL);
        jsonw_str(&o.w, "role", r->made_for[i]);
        jsonw_str(&o.w, "id", id);
        jsonw_end(&o.w);
    }
    jsonw_end(&o.w);
    hallctl_object_print(&o);
}

static void report(const struct rotation *r, const uint8_t hash[SHA256_LEN])
{
    char hex[2 * SHA256_LEN + 1], id[17];

    hex_encode(hash, SHA256_LEN, hex);
    if (r->json) {
        report_json(r, hex);
        return;
    }
    printf("root %lld is published, its root.json has SHA-256 %s\n", (long long)r->to.version, hex);
    for (int i = 0; i < r->n_made; i++) {
        made_id(r, i, id);
        printf("new key: %s %s\n", r->made_for[i], id);
    }
}

static int audit(const struct rotation *r, struct err *e)
{
    char what[120] = "";
    struct store *s = NULL;
    int rc = store_open(r->data, &s, e);

    for (int i = 0; i < ROLES_MAX; i++)
        if (r->roles[i])
            snprintf(what + strlen(what), sizeof what - strlen(what), "%s%s", what[0] ? " " : "", r->roles[i]);
    if (rc == 0)
        rc = store_audit(s, 0, hallctl_who(), "keys-rotate", what, r->compromised ? "compromised" : "", e);
    store_close(s);
    return rc;
}

static int check_hall(const char *data, struct err *e)
{
    struct store *s = NULL;
    int rc = store_open(data, &s, e);

    store_close(s);
    return rc;
}

static int rotate(struct rotation *r, struct err *e)
{
    uint8_t hash[SHA256_LEN];
    int rc = fs_join(r->tls, sizeof r->tls, r->data, "tls") ? err_set(e, ERR_TOOLONG, "%s", r->data) : 0;

    if (rc == 0)
        rc = check_hall(r->data, e);
    if (rc == 0)
        rc = ends_root(r->data, &r->from, e);
    if (rc == 0)
        rc = check_keys(r, e);
    if (rc == 0 && r->public)
        rc = public_key_load(r->public, &r->given, e);
    if (rc == 0)
        rc = audit(r, e);
    r->to = r->from;
    r->to.version++;
    r->to.expires_ms = clock_wall_ms() / 1000 * 1000 + 2 * KEYS_YEAR_MS;
    for (int i = 0; rc == 0 && i < ROLES_MAX && r->roles[i]; i++)
        rc = rotate_one(r, r->roles[i], e);
    if (rc == 0)
        rc = publish(r, hash, e);
    if (rc == 0)
        report(r, hash);
    return err_wrap(e, rc, "rotate the keys");
}

static bool known_role(const char *role)
{
    static const char *const roles[ROLES_MAX] = {"root", "catalogue", "sealing", "ask", "head", "acknowledgement"};

    for (int i = 0; i < ROLES_MAX; i++)
        if (!strcmp(role, roles[i]))
            return true;
    return false;
}

/* -1: each is a role, and stands once. */
static int check_roles(const struct rotation *r)
{
    for (int i = 0; i < ROLES_MAX && r->roles[i]; i++) {
        if (!known_role(r->roles[i]))
            return options_wrong(COMMAND, "there is no role \"%s\"", r->roles[i]);
        for (int j = 0; j < i; j++)
            if (!strcmp(r->roles[i], r->roles[j]))
                return options_wrong(COMMAND, "the role %s stands twice", r->roles[i]);
    }
    return -1;
}

int keys_rotate(int argc, char **argv)
{
    struct rotation r = {0};
    struct err e = {0};
    const struct option_word options[] = {{"--keys", &r.keys, NULL},     {"--data", &r.data, NULL},
                                          {"--public", &r.public, NULL}, {"--compromised", NULL, &r.compromised},
                                          {"--json", NULL, &r.json},     {0}};
    int n, code = options_read(COMMAND, argc, argv, usage, options, r.roles, ROLES_MAX, &n);

    if (code < 0)
        code = options_fit(COMMAND, options, "--keys --data", "--public --compromised --json");
    if (code < 0)
        code = check_roles(&r);
    if (code < 0 && r.public && (n != 1 || (strcmp(r.roles[0], "sealing") && strcmp(r.roles[0], "ask"))))
        code = options_wrong(COMMAND, "--public is of one role: sealing, or ask");
    if (code >= 0)
        return code;
    return rotate(&r, &e) < 0 ? hallctl_fail(&e) : EXIT_OK;
}
