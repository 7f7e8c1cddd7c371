/* SPDX-License-Identifier: Apache-2.0
 *
 * See identity.h.
 */
#include "sync/identity.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "crypto/keys.h"

#define PATH_BYTES 512
#define NEXT_KEY "sync/tls.next.pem"

static int path_of(char out[PATH_BYTES], const char *data_dir, const char *name, struct err *e)
{
    return fs_join(out, PATH_BYTES, data_dir, name) ? err_set(e, ERR_TOOLONG, "%s", data_dir) : 0;
}

size_t identity_split(const struct buf *pem)
{
    const char *text = buf_str(pem), *at = strstr(text, "-----BEGIN CERTIFICATE-----");
    return at ? (size_t)(at - text) : pem->len;
}

static int add_old_certificate(const char *data_dir, struct buf *out, struct err *e)
{
    char path[PATH_BYTES];
    struct buf cert;
    int rc = path_of(path, data_dir, "sync/tls.crt", e);
    if (rc == 0)
        rc = fs_read(path, IDENTITY_MAX, &cert, e);
    if (rc)
        return rc;
    rc = buf_add(out, cert.data, cert.len);
    buf_finish(&cert);
    return rc;
}

int identity_load(const char *data_dir, struct buf *out, struct err *e)
{
    char path[PATH_BYTES];
    struct buf file;
    buf_init(out, 2 * IDENTITY_MAX);
    int rc = path_of(path, data_dir, "sync/tls.pem", e);
    if (rc == 0)
        rc = fs_read(path, IDENTITY_MAX, &file, e);
    if (rc)
        return err_wrap(e, rc, "the terminal's certificate");
    rc = buf_add(out, file.data, file.len);
    buf_finish(&file);
    if (rc == 0 && identity_split(out) == out->len)
        rc = add_old_certificate(data_dir, out, e);
    return err_wrap(e, rc, "the terminal's certificate");
}

int identity_save(const char *data_dir, const struct buf *key, const struct buf *cert, struct err *e)
{
    char path[PATH_BYTES];
    struct buf both;
    buf_init(&both, 2 * IDENTITY_MAX);
    int rc = path_of(path, data_dir, "sync/tls.pem", e);
    if (rc == 0)
        rc = buf_add(&both, key->data, key->len);
    if (rc == 0)
        rc = buf_add(&both, cert->data, cert->len);
    if (rc == 0)
        rc = fs_write_atomic(path, both.data, both.len, 0600, e);
    buf_finish(&both);
    if (rc == 0 && !path_of(path, data_dir, "sync/tls.crt", e))
        unlink(path); /* that of an earlier pair; nobody reads it any more */
    if (rc == 0)
        identity_forget_next(data_dir);
    return err_wrap(e, rc, "keep the terminal's certificate");
}

/* --- the one that follows --- */

void identity_forget_next(const char *data_dir)
{
    char path[PATH_BYTES];
    if (!path_of(path, data_dir, NEXT_KEY, NULL))
        unlink(path);
}

/* A power cut between the two steps of identity_save() leaves it. */
static bool in_use_already(const char *data_dir, const struct buf *key)
{
    struct buf own;
    bool same = !identity_load(data_dir, &own, NULL) && own.len >= key->len && !memcmp(own.data, key->data, key->len);
    buf_finish(&own);
    return same;
}

static int make_next(const char *path, struct buf *out, struct err *e)
{
    struct private_key *k = NULL;
    unlink(path);
    int rc = key_generate(&k, e);
    if (rc == 0)
        rc = key_save(k, path, e);
    if (rc == 0)
        rc = key_to_pem(k, out, e);
    key_free(k);
    return rc;
}

int identity_next_key(const char *data_dir, struct buf *out, struct err *e)
{
    char path[PATH_BYTES];
    struct private_key *k = NULL;
    int rc = path_of(path, data_dir, NEXT_KEY, e);
    if (rc)
        return rc;
    if (key_load(path, &k, NULL) || key_to_pem(k, out, NULL) || in_use_already(data_dir, out)) {
        buf_reset(out);
        rc = make_next(path, out, e);
    }
    key_free(k);
    return err_wrap(e, rc, "make the next TLS key");
}
