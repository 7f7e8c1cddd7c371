/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys live as 32 and 65 bytes; mbedTLS's own key objects exist only while a PEM file is read or written, since their
 * memory is not ours to lock.
 */
#include "crypto/keys.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>

#include <mbedtls/pk.h>
#include <mbedtls/version.h>

#include "base/fs.h"
#include "base/secret.h"
#include "crypto/hash.h"
#include "crypto/p256.h"
#include "crypto/random.h"

#define PEM_MAX 4096
#define PEM_FILE_MAX 16384 /* a certificate may lie beside the key */

static int compute_public(struct private_key *k, struct err *e)
{
    mbedtls_mpi d;
    mbedtls_ecp_point q;
    size_t n;

    mbedtls_mpi_init(&d);
    mbedtls_ecp_point_init(&q);
    int rc = mbedtls_mpi_read_binary(&d, k->scalar, sizeof k->scalar);
    if (rc == 0)
        rc = mbedtls_ecp_check_privkey(p256_group(), &d); /* refuses 0 and all from the group's order on */
    if (rc == 0)
        rc = mbedtls_ecp_mul(p256_group(), &q, &d, &p256_group()->G, random_mbedtls, NULL);
    if (rc == 0)
        rc = mbedtls_ecp_point_write_binary(p256_group(), &q, MBEDTLS_ECP_PF_UNCOMPRESSED, &n, k->public.point,
                                            sizeof k->public.point);
    mbedtls_ecp_point_free(&q);
    mbedtls_mpi_free(&d);
    return rc ? p256_err(e, ERR_KEY, rc, "compute the public key") : 0;
}

int key_from_scalar(const uint8_t scalar[P256_SCALAR_LEN], struct private_key **ret, struct err *e)
{
    struct private_key *k = secret_alloc(sizeof *k);

    memcpy(k->scalar, scalar, sizeof k->scalar);
    int rc = compute_public(k, e);
    if (rc) {
        key_free(k);
        return rc;
    }
    *ret = k;
    return 0;
}

int key_elsewhere(const struct public_key *public, key_agree_fn *agree, void *ctx, struct private_key **ret, struct err *e)
{
    int rc = public_key_check(public, e);
    struct private_key *k = rc == 0 ? secret_alloc(sizeof *k) : NULL;

    if (rc < 0)
        return err_wrap(e, rc, "a key that is kept elsewhere");
    k->public = *public;
    k->agree = agree;
    k->ctx = ctx;
    *ret = k;
    return 0;
}

int key_generate(struct private_key **ret, struct err *e)
{
    uint8_t scalar[P256_SCALAR_LEN];
    int rc;

    /* random bytes until they are a scalar (FIPS 186-4 B.4.2); a second round is needed once in 2^32 */
    do {
        random_bytes(scalar, sizeof scalar);
        rc = key_from_scalar(scalar, ret, e);
    } while (rc == -ERR_KEY);
    secret_wipe(scalar, sizeof scalar);
    return rc;
}

void key_free(struct private_key *k)
{
    secret_free(k, sizeof *k); /* takes NULL */
}

void key_public(const struct private_key *k, struct public_key *ret)
{
    *ret = k->public;
}

static bool is_p256(const mbedtls_pk_context *pk)
{
    if (mbedtls_pk_get_type(pk) != MBEDTLS_PK_ECKEY)
        return false;
    return mbedtls_pk_ec(*pk)->MBEDTLS_PRIVATE(grp).id == MBEDTLS_ECP_DP_SECP256R1;
}

static int parse_private(mbedtls_pk_context *pk, const struct buf *pem)
{
    const unsigned char *text = (const unsigned char *)buf_str(pem);

#if MBEDTLS_VERSION_MAJOR >= 3
    return mbedtls_pk_parse_key(pk, text, pem->len + 1, NULL, 0, random_mbedtls, NULL);
#else
    return mbedtls_pk_parse_key(pk, text, pem->len + 1, NULL, 0);
#endif
}

static int private_from_pem(const struct buf *pem, struct private_key **ret, struct err *e)
{
    uint8_t scalar[P256_SCALAR_LEN];
    mbedtls_pk_context pk;

    mbedtls_pk_init(&pk);
    int rc = parse_private(&pk, pem);
    if (rc)
        rc = p256_err(e, ERR_KEY, rc, "it is no private key in PEM form");
    else if (!is_p256(&pk))
        rc = err_set(e, ERR_KEY, "it is no P-256 key");
    else if (mbedtls_mpi_write_binary(&mbedtls_pk_ec(pk)->MBEDTLS_PRIVATE(d), scalar, sizeof scalar))
        rc = err_set(e, ERR_KEY, "its private number is too long");
    mbedtls_pk_free(&pk); /* wipes */
    if (rc == 0)
        rc = key_from_scalar(scalar, ret, e);
    secret_wipe(scalar, sizeof scalar);
    return rc;
}

int key_load(const char *path, struct private_key **ret, struct err *e)
{
    struct buf pem;

    int rc = fs_read_given(path, PEM_FILE_MAX, &pem, e);
    if (rc)
        return err_wrap(e, rc, "load private key");
    rc = private_from_pem(&pem, ret, e);
    buf_finish(&pem);
    return err_wrap(e, rc, "load private key %s", path);
}

/* mbedTLS's form of a key, for its PEM writers. `scalar` NULL: public half only. */
static int to_pk(const struct public_key *public, const uint8_t *scalar, mbedtls_pk_context *pk)
{
    int rc = mbedtls_pk_setup(pk, mbedtls_pk_info_from_type(MBEDTLS_PK_ECKEY));
    if (rc)
        return rc;
    mbedtls_ecp_keypair *pair = mbedtls_pk_ec(*pk);
    rc = mbedtls_ecp_group_load(&pair->MBEDTLS_PRIVATE(grp), MBEDTLS_ECP_DP_SECP256R1);
    if (rc == 0)
        rc = mbedtls_ecp_point_read_binary(p256_group(), &pair->MBEDTLS_PRIVATE(Q), public->point, sizeof public->point);
    if (rc == 0 && scalar)
        rc = mbedtls_mpi_read_binary(&pair->MBEDTLS_PRIVATE(d), scalar, P256_SCALAR_LEN);
    return rc;
}

static bool exists(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0;
}

int key_to_pem(const struct private_key *k, struct buf *out, struct err *e)
{
    unsigned char pem[PEM_MAX];
    mbedtls_pk_context pk;

    if (k->agree)
        return err_set(e, ERR_KEY, "the key is kept elsewhere, and does not leave it");
    mbedtls_pk_init(&pk);
    int rc = to_pk(&k->public, k->scalar, &pk);
    if (rc == 0)
        rc = mbedtls_pk_write_key_pem(&pk, pem, sizeof pem);
    mbedtls_pk_free(&pk);
    if (rc)
        rc = p256_err(e, ERR_KEY, rc, "write PEM");
    else
        rc = buf_add(out, pem, strlen((char *)pem));
    secret_wipe(pem, sizeof pem);
    return rc;
}

int key_save(const struct private_key *k, const char *path, struct err *e)
{
    struct buf pem;

    if (exists(path))
        return err_set(e, ERR_EXISTS, "save private key: %s exists already", path);
    buf_init(&pem, PEM_MAX);
    int rc = key_to_pem(k, &pem, e);
    if (rc == 0)
        rc = fs_write_atomic(path, pem.data, pem.len, 0600, e);
    buf_finish(&pem); /* wipes */
    return err_wrap(e, rc, "save private key %s", path);
}

int public_key_check(const struct public_key *k, struct err *e)
{
    mbedtls_ecp_point p;

    mbedtls_ecp_point_init(&p);
    int rc = p256_point(k, &p, e);
    mbedtls_ecp_point_free(&p);
    return rc;
}

static int public_from_pem(const struct buf *pem, struct public_key *ret, struct err *e)
{
    struct public_key key;
    mbedtls_pk_context pk;
    size_t n;

    mbedtls_pk_init(&pk);
    int rc = mbedtls_pk_parse_public_key(&pk, (const unsigned char *)buf_str(pem), pem->len + 1);
    if (rc)
        rc = p256_err(e, ERR_KEY, rc, "it is no public key in PEM form");
    else if (!is_p256(&pk))
        rc = err_set(e, ERR_KEY, "it is no P-256 key");
    else if (mbedtls_ecp_point_write_binary(p256_group(), &mbedtls_pk_ec(pk)->MBEDTLS_PRIVATE(Q),
                                            MBEDTLS_ECP_PF_UNCOMPRESSED, &n, key.point, sizeof key.point))
        rc = err_set(e, ERR_KEY, "its point cannot be written");
    mbedtls_pk_free(&pk);
    if (rc == 0)
        rc = public_key_check(&key, e);
    if (rc == 0)
        *ret = key;
    return rc;
}

int public_key_load(const char *path, struct public_key *ret, struct err *e)
{
    struct buf pem;

    int rc = fs_read_given(path, PEM_MAX, &pem, e);
    if (rc)
        return err_wrap(e, rc, "load public key");
    rc = public_from_pem(&pem, ret, e);
    buf_finish(&pem);
    return err_wrap(e, rc, "load public key %s", path);
}

int public_key_save(const struct public_key *k, const char *path, struct err *e)
{
    unsigned char pem[PEM_MAX];
    mbedtls_pk_context pk;

    mbedtls_pk_init(&pk);
    int rc = to_pk(k, NULL, &pk);
    if (rc == 0)
        rc = mbedtls_pk_write_pubkey_pem(&pk, pem, sizeof pem);
    mbedtls_pk_free(&pk);
    if (rc)
        rc = p256_err(e, ERR_KEY, rc, "write PEM");
    else
        rc = fs_write_atomic(path, pem, strlen((char *)pem), 0644, e);
    return err_wrap(e, rc, "save public key %s", path);
}

void public_key_id(const struct public_key *k, uint8_t out[8])
{
    uint8_t digest[SHA256_LEN];

    sha256(k->point, sizeof k->point, digest);
    memcpy(out, digest, 8);
}
