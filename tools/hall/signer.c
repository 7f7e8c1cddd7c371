/* SPDX-License-Identifier: Apache-2.0
 *
 * The key of the hall's word, in OpenSSL's hands.
 */
#include "tools/hall/signer.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "tools/hall/openssl.h"

struct signer {
    EVP_PKEY *key;
    uint8_t id[8];
};

static int make(const char *path, struct err *e)
{
    struct private_key *k = NULL;
    int rc = key_generate(&k, e);

    if (rc == 0)
        rc = key_save(k, path, e);
    key_free(k);
    if (rc == 0)
        log_warn("hall", "%s is new: terminals believe the hall once a signed root names it", path);
    return rc;
}

static int load_id(const char *path, uint8_t out[8], struct err *e)
{
    struct private_key *k = NULL;
    struct public_key public;
    int rc = key_load(path, &k, e);

    if (rc < 0)
        return rc;
    key_public(k, &public);
    public_key_id(&public, out);
    key_free(k);
    return 0;
}

static EVP_PKEY *load_key(const char *path)
{
    BIO *b = BIO_new_file(path, "r");
    EVP_PKEY *k = b ? PEM_read_bio_PrivateKey(b, NULL, NULL, NULL) : NULL;

    BIO_free(b);
    ERR_clear_error();
    return k;
}

int signer_load(const char *tls_dir, struct signer **ret, struct err *e)
{
    struct signer *s = calloc(1, sizeof *s);
    char path[512];
    int rc = 0;

    if (!s)
        return err_set(e, ERR_NOMEM, "load the key of the hall's word");
    if (fs_join(path, sizeof path, tls_dir, "ack.pem") < 0)
        rc = err_set(e, ERR_TOOLONG, "%s", tls_dir);
    if (rc == 0 && access(path, F_OK) && access(tls_dir, F_OK) == 0)
        rc = make(path, e);
    if (rc == 0)
        rc = load_id(path, s->id, e);
    if (rc == 0 && !(s->key = load_key(path)))
        rc = err_set(e, ERR_KEY, "%s is no private key", path);
    if (rc < 0) {
        signer_free(s);
        return rc;
    }
    *ret = s;
    return 0;
}

void signer_free(struct signer *s)
{
    if (!s)
        return;
    EVP_PKEY_free(s->key);
    free(s);
}

int signer_sign(const struct signer *s, const char *prefix, const void *msg, size_t len, struct manifest_signature *ret,
                struct err *e)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    struct manifest_signature by = {.sig_len = SIGNATURE_MAX};
    bool ok = ctx && EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, s->key) == 1 &&
              EVP_DigestSignUpdate(ctx, prefix, strlen(prefix)) == 1 && EVP_DigestSignUpdate(ctx, msg, len) == 1 &&
              EVP_DigestSignFinal(ctx, by.sig, &by.sig_len) == 1;

    EVP_MD_CTX_free(ctx);
    ERR_clear_error();
    if (!ok)
        return err_set(e, ERR_KEY, "sign the hall's word");
    memcpy(by.key_id, s->id, sizeof by.key_id);
    *ret = by;
    return 0;
}
