/* SPDX-License-Identifier: Apache-2.0
 *
 * The curve P-256, loaded once: mbedTLS 2.28 would compute the multiples of the base point anew for each fresh group,
 * which doubles the time of a signature.
 */
#include "crypto/p256.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/must.h"
#include "crypto/random.h"

static mbedtls_ecp_group group;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
    mbedtls_ecp_point p;
    mbedtls_mpi one;

    mbedtls_ecp_group_init(&group);
    mbedtls_ecp_point_init(&p);
    mbedtls_mpi_init(&one);
    /* one multiplication of the base point fills the table that later calls only read */
    must(mbedtls_ecp_group_load(&group, MBEDTLS_ECP_DP_SECP256R1) == 0 && mbedtls_mpi_lset(&one, 2) == 0 &&
             mbedtls_ecp_mul(&group, &p, &one, &group.G, random_mbedtls, NULL) == 0,
         "the library has no P-256");
    mbedtls_mpi_free(&one);
    mbedtls_ecp_point_free(&p);
}

mbedtls_ecp_group *p256_group(void)
{
    pthread_once(&once, load);
    return &group;
}

int p256_err(struct err *e, enum err_code code, int mbedtls_rc, const char *clause)
{
    if (mbedtls_rc == MBEDTLS_ERR_MPI_ALLOC_FAILED || mbedtls_rc == MBEDTLS_ERR_ECP_ALLOC_FAILED)
        return err_set(e, ERR_NOMEM, "%s: out of memory", clause);
    return err_set(e, code, "%s: mbedTLS says -0x%04x", clause, (unsigned)-mbedtls_rc);
}

int p256_point(const struct public_key *k, mbedtls_ecp_point *ret, struct err *e)
{
    /* the compressed form would pass the library's reader, but has no place on our wire */
    if (k->point[0] != 0x04)
        return err_set(e, ERR_KEY, "the public key is no uncompressed point");
    int rc = mbedtls_ecp_point_read_binary(p256_group(), ret, k->point, sizeof k->point);
    if (rc == 0)
        rc = mbedtls_ecp_check_pubkey(p256_group(), ret);
    return rc ? p256_err(e, ERR_KEY, rc, "the public key is no point of P-256") : 0;
}

int p256_scalar(const struct private_key *k, mbedtls_mpi *ret, struct err *e)
{
    if (k->agree)
        return err_set(e, ERR_KEY, "the key is kept elsewhere");
    int rc = mbedtls_mpi_read_binary(ret, k->scalar, sizeof k->scalar);
    return rc ? p256_err(e, ERR_KEY, rc, "read the private key") : 0;
}
