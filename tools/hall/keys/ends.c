/* SPDX-License-Identifier: Apache-2.0
 *
 * Reads the ends of things where they stand.
 */
#include "tools/hall/keys/ends.h"

#include <stdio.h>
#include <string.h>

#include "base/fs.h"
#include "tools/hall/keys/pki.h"

#define DAY_MS INT64_C(86400000)
#define PATH_BYTES 512

/* DATA/public/STEM.json and its signatures. */
static int read_pair(const char *data, const char *stem, struct buf *json, struct buf *sig, struct err *e)
{
    char path[PATH_BYTES];
    *sig = (struct buf){0};
    int rc = snprintf(path, sizeof path, "%s/public/%s.json", data, stem) < (int)sizeof path ? 0 : -ERR_TOOLONG;
    rc = rc ? err_set(e, ERR_TOOLONG, "%s", data) : fs_read(path, MANIFEST_MAX, json, e);
    if (rc) {
        *json = (struct buf){0};
        return rc;
    }
    snprintf(path, sizeof path, "%s/public/%s.sig", data, stem);
    return fs_read(path, MANIFEST_MAX, sig, e);
}

int ends_root(const char *data_dir, struct manifest_root *ret, struct err *e)
{
    struct buf json, sig;
    int rc = read_pair(data_dir, "root", &json, &sig, e);
    if (rc == 0)
        rc = manifest_root_open(json.data, json.len, sig.data, sig.len, ret, e);
    buf_finish(&json);
    buf_finish(&sig);
    return err_wrap(e, rc, "the hall's root");
}

static void add(struct end *out, size_t *n, const char *what, int64_t ends_ms, const char *remedy)
{
    out[(*n)++] = (struct end){.what = what, .ends_ms = ends_ms, .remedy = remedy};
}

static void add_certificate(struct end *out, size_t *n, const char *what, const char *path, const char *remedy)
{
    int64_t from = 0, ends = 0;
    struct err ignored = {0};
    pki_dates(path, &from, &ends, &ignored);
    add(out, n, what, ends, remedy);
}

static void add_key(struct end *out, size_t *n, const char *what, const struct manifest_key *k, const char *remedy)
{
    add(out, n, what, k->to_ms, remedy);
    public_key_id(&k->key, out[*n - 1].key_id);
}

static void add_root(const char *data, struct end *out, size_t *n)
{
    struct manifest_root r;
    if (ends_root(data, &r, NULL)) {
        add(out, n, "root", 0, "restore public/root.json and root.sig");
        return;
    }
    add(out, n, "root", r.expires_ms, "hallctl keys rotate");
    add_key(out, n, "sealing-key", &r.sealing, "hallctl keys rotate sealing");
    add_key(out, n, "ask-key", &r.ask, "hallctl keys rotate ask");
}

/* Nothing was published yet: then there is nothing to end. */
static void add_published(const char *data, const char *stem, const char *what, const char *remedy, struct end *out,
                          size_t *n)
{
    struct buf json, sig;
    struct manifest_catalog c;
    struct manifest_head h;
    int64_t ends = 0;
    int rc = read_pair(data, stem, &json, &sig, NULL);
    if (rc == 0 && !strcmp(stem, "head") && !manifest_head_decode(json.data, json.len, &h, NULL))
        ends = h.expires_ms;
    else if (rc == 0 && !manifest_catalog_decode(json.data, json.len, &c, NULL))
        ends = c.expires_ms;
    if (rc != -ERR_NOTFOUND)
        add(out, n, what, ends, remedy);
    buf_finish(&json);
    buf_finish(&sig);
}

size_t ends_list(const char *data_dir, struct end out[ENDS_MAX])
{
    char tls[PATH_BYTES], ca[PATH_BYTES], cert[PATH_BYTES], key[PATH_BYTES];
    struct err ignored = {0};
    size_t n = 0;
    if (!fs_join(tls, sizeof tls, data_dir, "tls") && !fs_join(ca, sizeof ca, tls, "ca.crt"))
        add_certificate(out, &n, "ca", ca, "a new hall CA: every terminal needs a new sheet");
    if (!pki_server_files(tls, cert, key, &ignored))
        add_certificate(out, &n, "server-certificate", cert,
                        "the hall renews it itself: its log says what keeps it from that");
    add_root(data_dir, out, &n);
    add_published(data_dir, "catalog", "catalogue", "hallctl catalog sign and publish", out, &n);
    add_published(data_dir, "head", "head", "the hall renews it each day: is it running?", out, &n);
    return n;
}

enum end_state ends_state(const struct end *end, int64_t now_ms)
{
    int64_t near = (strcmp(end->what, "head") ? ENDS_NEAR_DAYS : 1) * DAY_MS;
    return now_ms > end->ends_ms ? END_OVER : now_ms > end->ends_ms - near ? END_NEAR : END_FINE;
}
