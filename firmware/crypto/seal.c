/* SPDX-License-Identifier: Apache-2.0
 *
 * HPKE (RFC 9180) by hand over mbedTLS's primitives: there is no HPKE in 2.28 or 3.6, and one suite, one mode and one
 * message need little of it. Names follow the RFC's sections 4 and 5.
 */
#include "crypto/seal.h"

#include <string.h>

#include <mbedtls/ecdh.h>
#include <mbedtls/gcm.h>
#include <mbedtls/hkdf.h>
#include <mbedtls/md.h>

#include "base/secret.h"
#include "crypto/p256.h"
#include "crypto/random.h"

#define NH 32 /* of HKDF-SHA256 */
#define NK 16 /* of AES-128-GCM */
#define NN 12
#define NT 16
#define REPLY_LABEL "tongban/ask/1 answer"

static const uint8_t kem_suite[] = {'K', 'E', 'M', 0x00, 0x10};
static const uint8_t hpke_suite[] = {'H', 'P', 'K', 'E', 0x00, 0x10, 0x00, 0x01, 0x00, 0x01};

struct suite {
    const uint8_t *id;
    size_t len;
};
static const struct suite kem = {kem_suite, sizeof kem_suite}, hpke = {hpke_suite, sizeof hpke_suite};

struct context { /* what the key schedule leaves for one message, and for what is exported */
    uint8_t key[NK], nonce[NN], exporter[NH];
};

static const mbedtls_md_info_t *sha(void)
{
    return mbedtls_md_info_from_type(MBEDTLS_MD_SHA256);
}

/* LabeledExtract(salt, label, ikm) = HKDF-Extract(salt, "HPKE-v1" ‖ suite ‖ label ‖ ikm): HMAC in pieces. */
static int labeled_extract(struct suite s, const uint8_t *salt, size_t salt_len, const char *label, const void *ikm,
                           size_t ikm_len, uint8_t out[NH])
{
    static const uint8_t no_salt[NH];
    mbedtls_md_context_t md;

    mbedtls_md_init(&md);
    int rc = mbedtls_md_setup(&md, sha(), 1);
    if (rc == 0)
        rc = mbedtls_md_hmac_starts(&md, salt_len ? salt : no_salt, salt_len ? salt_len : sizeof no_salt);
    if (rc == 0)
        rc = mbedtls_md_hmac_update(&md, (const uint8_t *)"HPKE-v1", 7);
    if (rc == 0)
        rc = mbedtls_md_hmac_update(&md, s.id, s.len);
    if (rc == 0)
        rc = mbedtls_md_hmac_update(&md, (const uint8_t *)label, strlen(label));
    if (rc == 0 && ikm_len)
        rc = mbedtls_md_hmac_update(&md, ikm, ikm_len);
    if (rc == 0)
        rc = mbedtls_md_hmac_finish(&md, out);
    mbedtls_md_free(&md);
    return rc;
}

/* LabeledExpand(prk, label, info, L) = HKDF-Expand(prk, be16(L) ‖ "HPKE-v1" ‖ suite ‖ label ‖ info, L) */
static int labeled_expand(struct suite s, const uint8_t prk[NH], const char *label, const uint8_t *info, size_t info_len,
                          uint8_t *out, size_t len)
{
    struct buf labeled;

    buf_init(&labeled, 512);
    buf_add_be16(&labeled, (uint16_t)len);
    buf_adds(&labeled, "HPKE-v1");
    buf_add(&labeled, s.id, s.len);
    buf_adds(&labeled, label);
    buf_add(&labeled, info, info_len);
    int rc = buf_ok(&labeled) ? mbedtls_hkdf_expand(sha(), prk, NH, labeled.data, labeled.len, out, len) : -1;
    buf_finish(&labeled);
    return rc;
}

/* ExtractAndExpand of DHKEM: shared_secret from dh and kem_context = enc ‖ pkR. */
static int kem_secret(const uint8_t dh[32], const uint8_t *enc, const uint8_t *receiver, uint8_t out[NH])
{
    uint8_t kem_context[2 * P256_POINT_LEN], prk[NH];

    memcpy(kem_context, enc, P256_POINT_LEN);
    memcpy(kem_context + P256_POINT_LEN, receiver, P256_POINT_LEN);
    int rc = labeled_extract(kem, NULL, 0, "eae_prk", dh, 32, prk);
    if (rc == 0)
        rc = labeled_expand(kem, prk, "shared_secret", kem_context, sizeof kem_context, out, NH);
    secret_wipe(prk, sizeof prk);
    return rc;
}

/* KeySchedule in base mode: no psk. */
static int key_schedule(const uint8_t shared[NH], const void *info, size_t info_len, struct context *ret)
{
    uint8_t context[1 + 2 * NH] = {0 /* mode_base */}, secret[NH];

    int rc = labeled_extract(hpke, NULL, 0, "psk_id_hash", NULL, 0, context + 1);
    if (rc == 0)
        rc = labeled_extract(hpke, NULL, 0, "info_hash", info, info_len, context + 1 + NH);
    if (rc == 0)
        rc = labeled_extract(hpke, shared, NH, "secret", NULL, 0, secret);
    if (rc == 0)
        rc = labeled_expand(hpke, secret, "key", context, sizeof context, ret->key, NK);
    if (rc == 0)
        rc = labeled_expand(hpke, secret, "base_nonce", context, sizeof context, ret->nonce, NN);
    if (rc == 0)
        rc = labeled_expand(hpke, secret, "exp", context, sizeof context, ret->exporter, NH);
    secret_wipe(secret, sizeof secret);
    return rc;
}

/* DH(sk, pk): the x coordinate. -ERR_KEY when the peer's point is none. */
static int diffie_hellman(const struct private_key *own, const struct public_key *peer, uint8_t out[32], struct err *e)
{
    if (own->agree) { /* a token must not be shown a point that is none */
        int bad = public_key_check(peer, e);
        return bad ? bad : own->agree(own->ctx, peer, out, e);
    }
    mbedtls_ecp_point q;
    mbedtls_mpi d, z;

    mbedtls_ecp_point_init(&q);
    mbedtls_mpi_init(&d);
    mbedtls_mpi_init(&z);
    int rc = p256_point(peer, &q, e);
    if (rc == 0)
        rc = p256_scalar(own, &d, e);
    if (rc == 0) {
        int n = mbedtls_ecdh_compute_shared(p256_group(), &z, &q, &d, random_mbedtls, NULL);
        if (!n)
            n = mbedtls_mpi_write_binary(&z, out, 32);
        rc = n ? p256_err(e, ERR_KEY, n, "agree on a key") : 0;
    }
    mbedtls_mpi_free(&z);
    mbedtls_mpi_free(&d);
    mbedtls_ecp_point_free(&q);
    return rc;
}

/* DHKEM's shared secret, from the one side's private key and the other's public one. */
static int agree(const struct private_key *own, const struct public_key *peer, const uint8_t *enc, const uint8_t *receiver,
                 uint8_t shared[NH], struct err *e)
{
    uint8_t dh[32];

    int rc = diffie_hellman(own, peer, dh, e);
    if (rc == 0 && kem_secret(dh, enc, receiver, shared))
        rc = err_set(e, ERR_NOMEM, "derive the shared secret");
    secret_wipe(dh, sizeof dh);
    return rc;
}

/* In place: `text` becomes ciphertext, the tag goes behind it. */
static int aead_seal(const struct context *c, const void *aad, size_t aad_len, uint8_t *text, size_t len)
{
    mbedtls_gcm_context gcm;

    mbedtls_gcm_init(&gcm);
    int rc = mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, c->key, NK * 8);
    if (rc == 0)
        rc = mbedtls_gcm_crypt_and_tag(&gcm, MBEDTLS_GCM_ENCRYPT, len, c->nonce, NN, aad, aad_len, text, text, NT,
                                       text + len);
    mbedtls_gcm_free(&gcm);
    return rc;
}

/* In place: the ciphertext before the tag becomes plaintext, or zeros when the tag is wrong. */
static int aead_open(const struct context *c, const void *aad, size_t aad_len, uint8_t *text, size_t len, const uint8_t *tag)
{
    mbedtls_gcm_context gcm;

    mbedtls_gcm_init(&gcm);
    int rc = mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, c->key, NK * 8);
    if (rc == 0)
        rc = mbedtls_gcm_auth_decrypt(&gcm, len, c->nonce, NN, aad, aad_len, tag, NT, text, text);
    mbedtls_gcm_free(&gcm);
    return rc;
}

/* Takes back what was appended since `start`, wiped. */
static void cut_back(struct buf *out, size_t start)
{
    if (out->data)
        secret_wipe(out->data + start, out->len - start);
    out->len = start;
}

int seal_encap(const struct public_key *to, const struct private_key *ephemeral, struct seal_encap *ret, struct err *e)
{
    struct private_key *fresh = NULL;

    int rc = ephemeral ? 0 : key_generate(&fresh, e);
    if (rc == 0) {
        const struct private_key *own = ephemeral ? ephemeral : fresh;

        memcpy(ret->enc, own->public.point, sizeof ret->enc);
        rc = agree(own, to, ret->enc, to->point, ret->shared_secret, e);
    }
    key_free(fresh);
    if (rc)
        secret_wipe(ret, sizeof *ret);
    return err_wrap(e, rc, "agree on a sealing key");
}

static int seal_in(const struct context *c, const struct seal_encap *with, const void *aad, size_t aad_len,
                   const void *plain, size_t plain_len, struct buf *out, struct err *e)
{
    static const uint8_t tag[NT];
    size_t start = out->len;
    int rc = 0;

    buf_add(out, with->enc, sizeof with->enc);
    buf_add(out, plain, plain_len);
    if (buf_add(out, tag, sizeof tag))
        rc = err_set(e, ERR_TOOLONG, "no room for %zu sealed bytes", plain_len + SEAL_OVERHEAD);
    else if (aead_seal(c, aad, aad_len, out->data + start + P256_POINT_LEN, plain_len))
        rc = err_set(e, ERR_INVALID, "AES-GCM refused the input");
    if (rc)
        cut_back(out, start);
    return rc;
}

int seal_with(struct seal_encap *with, const void *info, size_t info_len, const void *aad, size_t aad_len, const void *plain,
              size_t plain_len, struct buf *out, struct err *e)
{
    return seal_asking(with, info, info_len, aad, aad_len, plain, plain_len, NULL, out, e);
}

int seal(const struct public_key *to, const void *info, size_t info_len, const void *aad, size_t aad_len, const void *plain,
         size_t plain_len, struct buf *out, struct err *e)
{
    struct seal_encap with;

    int rc = seal_encap(to, NULL, &with, e);
    return rc ? rc : seal_with(&with, info, info_len, aad, aad_len, plain, plain_len, out, e);
}

/* --- a question and its answer --- */

int seal_export(const uint8_t exporter[SEAL_EXPORTER_LEN], const void *context, size_t context_len, uint8_t *out, size_t len)
{
    return labeled_expand(hpke, exporter, "sec", context, context_len, out, len) ? -ERR_NOMEM : 0;
}

static void take_reply(const struct context *c, const uint8_t *enc, struct seal_reply *ret)
{
    memcpy(ret->enc, enc, sizeof ret->enc);
    memcpy(ret->exporter, c->exporter, sizeof ret->exporter);
}

int seal_asking(struct seal_encap *with, const void *info, size_t info_len, const void *aad, size_t aad_len,
                const void *plain, size_t plain_len, struct seal_reply *ret_reply, struct buf *out, struct err *e)
{
    struct context c;
    int rc = key_schedule(with->shared_secret, info, info_len, &c) ? err_set(e, ERR_NOMEM, "derive the sealing key") : 0;

    if (rc == 0 && ret_reply)
        take_reply(&c, with->enc, ret_reply);
    if (rc == 0)
        rc = seal_in(&c, with, aad, aad_len, plain, plain_len, out, e);
    secret_wipe(&c, sizeof c);
    secret_wipe(with, sizeof *with);
    if (rc && ret_reply)
        secret_wipe(ret_reply, sizeof *ret_reply);
    return err_wrap(e, rc, "seal");
}

/* Key and nonce of the answer: HKDF of the exported secret, salted with enc and the answer's own random bytes. */
static int reply_context(const struct seal_reply *reply, const uint8_t nonce[SEAL_REPLY_NONCE], struct context *ret)
{
    uint8_t salt[P256_POINT_LEN + SEAL_REPLY_NONCE], secret[SEAL_REPLY_NONCE], prk[NH];

    memcpy(salt, reply->enc, P256_POINT_LEN);
    memcpy(salt + P256_POINT_LEN, nonce, SEAL_REPLY_NONCE);
    int rc = seal_export(reply->exporter, REPLY_LABEL, strlen(REPLY_LABEL), secret, sizeof secret);
    if (rc == 0)
        rc = mbedtls_hkdf_extract(sha(), salt, sizeof salt, secret, sizeof secret, prk);
    if (rc == 0)
        rc = mbedtls_hkdf_expand(sha(), prk, NH, (const uint8_t *)"key", 3, ret->key, NK);
    if (rc == 0)
        rc = mbedtls_hkdf_expand(sha(), prk, NH, (const uint8_t *)"nonce", 5, ret->nonce, NN);
    secret_wipe(secret, sizeof secret);
    secret_wipe(prk, sizeof prk);
    return rc;
}

int seal_reply(const struct seal_reply *reply, const void *plain, size_t plain_len, struct buf *out, struct err *e)
{
    static const uint8_t tag[NT];
    uint8_t nonce[SEAL_REPLY_NONCE];
    struct context c;
    size_t start = out->len;

    random_bytes(nonce, sizeof nonce);
    int rc = reply_context(reply, nonce, &c) ? err_set(e, ERR_NOMEM, "derive the answer's key") : 0;
    buf_add(out, nonce, sizeof nonce);
    buf_add(out, plain, plain_len);
    if (rc == 0 && buf_add(out, tag, sizeof tag))
        rc = err_set(e, ERR_TOOLONG, "no room for %zu sealed bytes", plain_len + SEAL_REPLY_OVERHEAD);
    if (rc == 0 && aead_seal(&c, NULL, 0, out->data + start + sizeof nonce, plain_len))
        rc = err_set(e, ERR_INVALID, "AES-GCM refused the input");
    secret_wipe(&c, sizeof c);
    if (rc)
        cut_back(out, start);
    return err_wrap(e, rc, "seal an answer");
}

int seal_reply_open(const struct seal_reply *reply, const void *sealed, size_t sealed_len, struct buf *out, struct err *e)
{
    const uint8_t *bytes = sealed;
    struct context c;
    size_t start = out->len;

    if (sealed_len < SEAL_REPLY_OVERHEAD)
        return err_set(e, ERR_INVALID, "open an answer: %zu bytes, at least %d are needed", sealed_len, SEAL_REPLY_OVERHEAD);
    size_t len = sealed_len - SEAL_REPLY_OVERHEAD;
    int rc = reply_context(reply, bytes, &c) ? err_set(e, ERR_NOMEM, "derive the answer's key") : 0;
    if (rc == 0 && buf_add(out, bytes + SEAL_REPLY_NONCE, len))
        rc = err_set(e, ERR_TOOLONG, "no room for %zu bytes", len);
    else if (rc == 0 && aead_open(&c, NULL, 0, out->data + start, len, bytes + SEAL_REPLY_NONCE + len))
        rc = err_set(e, ERR_SIGNATURE, "it is damaged, or the answer to another question");
    secret_wipe(&c, sizeof c);
    if (rc)
        cut_back(out, start);
    return err_wrap(e, rc, "open an answer");
}

/* --- opening --- */

int seal_open(const struct private_key *k, const void *info, size_t info_len, const void *aad, size_t aad_len,
              const void *sealed, size_t sealed_len, struct buf *out, struct err *e)
{
    return seal_open_asked(k, info, info_len, aad, aad_len, sealed, sealed_len, NULL, out, e);
}

int seal_open_asked(const struct private_key *k, const void *info, size_t info_len, const void *aad, size_t aad_len,
                    const void *sealed, size_t sealed_len, struct seal_reply *ret_reply, struct buf *out, struct err *e)
{
    struct public_key enc;
    struct context c;
    uint8_t shared[NH];
    const uint8_t *bytes = sealed;
    size_t start = out->len;

    if (sealed_len < SEAL_OVERHEAD)
        return err_set(e, ERR_INVALID, "open a sealed body: %zu bytes, at least %d are needed", sealed_len, SEAL_OVERHEAD);
    size_t len = sealed_len - SEAL_OVERHEAD;
    memcpy(enc.point, bytes, sizeof enc.point);
    int rc = agree(k, &enc, enc.point, k->public.point, shared, e);
    if (rc == 0 && key_schedule(shared, info, info_len, &c))
        rc = err_set(e, ERR_NOMEM, "derive the key");
    secret_wipe(shared, sizeof shared);
    if (rc)
        return err_wrap(e, rc, "open a sealed body");
    if (buf_add(out, bytes + P256_POINT_LEN, len))
        rc = err_set(e, ERR_TOOLONG, "no room for %zu bytes", len);
    else if (aead_open(&c, aad, aad_len, out->data + start, len, bytes + P256_POINT_LEN + len))
        rc = err_set(e, ERR_SIGNATURE, "it is damaged, or was sealed to another key or for another record");
    if (rc == 0 && ret_reply)
        take_reply(&c, enc.point, ret_reply);
    secret_wipe(&c, sizeof c);
    if (rc)
        cut_back(out, start);
    return err_wrap(e, rc, "open a sealed body");
}

int seal_pad(struct buf *plain)
{
    int rc;

    do /* at least one, so that the end of the text is always marked */
        rc = buf_addc(plain, 0);
    while (rc == 0 && plain->len % SEAL_PAD);
    return rc;
}

int seal_unpad(struct buf *plain, struct err *e)
{
    size_t len = plain->len;

    if (len == 0 || len % SEAL_PAD || plain->data[len - 1])
        return err_set(e, ERR_INVALID, "the opened text is not padded");
    while (len && !plain->data[len - 1])
        len--;
    plain->len = len;
    return 0;
}
