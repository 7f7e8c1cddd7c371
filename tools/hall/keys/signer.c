/* SPDX-License-Identifier: Apache-2.0
 *
 * The key of the hall's word, in OpenSSL's hands.
 */
#include "tools/hall/keys/signer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "crypto/key_folder.h"
#include "tools/hall/keys/openssl.h"

struct signer {
    pthread_mutex_t lock; /* the loop changes the key, the writer signs too */
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
    pthread_mutex_init(&s->lock, NULL);
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
    pthread_mutex_destroy(&s->lock);
    free(s);
}

static EVP_PKEY *to_openssl(const struct private_key *k, struct err *e)
{
    struct buf pem;
    EVP_PKEY *key = NULL;

    buf_init(&pem, 4096);
    if (key_to_pem(k, &pem, e) == 0) {
        BIO *b = BIO_new_mem_buf(pem.data, (int)pem.len);
        key = b ? PEM_read_bio_PrivateKey(b, NULL, NULL, NULL) : NULL;
        BIO_free(b);
    }
    buf_finish(&pem);
    ERR_clear_error();
    return key;
}

static void change(struct signer *s, EVP_PKEY *key, const uint8_t id[8])
{
    pthread_mutex_lock(&s->lock);
    EVP_PKEY *before = s->key;
    s->key = key;
    memcpy(s->id, id, sizeof s->id);
    pthread_mutex_unlock(&s->lock);
    EVP_PKEY_free(before);
}

int signer_take(struct signer *s, const char *tls_dir, const struct manifest_role *role, struct err *e)
{
    for (size_t i = 0; i < role->n; i++) {
        struct private_key *k = NULL;
        struct err none = {0};
        uint8_t id[8];

        public_key_id(&role->keys[i], id);
        if (memcmp(id, s->id, sizeof id) == 0)
            return 0;
        if (key_folder_find(tls_dir, "ack", id, &k, &none) < 0)
            continue;
        EVP_PKEY *key = to_openssl(k, e);
        key_free(k);
        if (!key)
            return err_set(e, ERR_KEY, "the new key of the hall's word");
        change(s, key, id);
        log_info("hall", "the hall's word is signed by its new key");
        return 0;
    }
    return 0;
}

/* The key as it is now; to be freed. */
static EVP_PKEY *borrow(struct signer *s, uint8_t id[8])
{
    pthread_mutex_lock(&s->lock);
    EVP_PKEY *key = s->key;
    EVP_PKEY_up_ref(key);
    memcpy(id, s->id, sizeof s->id);
    pthread_mutex_unlock(&s->lock);
    return key;
}

int signer_sign(const struct signer *s, const char *prefix, const void *msg, size_t len, struct manifest_signature *ret,
                struct err *e)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    struct manifest_signature by = {.sig_len = SIGNATURE_MAX};
    EVP_PKEY *key = borrow((struct signer *)(uintptr_t)s, by.key_id); /* it locks, and changes nothing */
    bool ok = ctx && EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
              EVP_DigestSignUpdate(ctx, prefix, strlen(prefix)) == 1 && EVP_DigestSignUpdate(ctx, msg, len) == 1 &&
              EVP_DigestSignFinal(ctx, by.sig, &by.sig_len) == 1;

    EVP_PKEY_free(key);
    EVP_MD_CTX_free(ctx);
    ERR_clear_error();
    if (!ok)
        return err_set(e, ERR_KEY, "sign the hall's word");
    *ret = by;
    return 0;
}

bool signer_is(const struct signer *s, const uint8_t id[8])
{
    uint8_t now[8];

    EVP_PKEY_free(borrow((struct signer *)(uintptr_t)s, now));
    return memcmp(now, id, sizeof now) == 0;
}
