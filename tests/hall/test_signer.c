/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall signs with OpenSSL, a terminal verifies with mbedTLS; the key is made once and kept.
 */
#include "test.h"

#include <unistd.h>

#include "tools/hall/signer.h"

static char dir[64], path[100];

TEST(what_is_signed_verifies)
{
    struct signer *s = NULL, *again = NULL;
    struct private_key *k = NULL;
    struct public_key public;
    uint8_t sig[SIGNATURE_MAX], id[8], id_again[8];
    size_t len = 0;

    snprintf(dir, sizeof dir, "/tmp/tongban-signer-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    snprintf(path, sizeof path, "%s/ack.pem", dir);
    CHECK_INT(signer_load(dir, &s, NULL), 0); /* a hall from before there was such a key makes it */
    CHECK_INT(signer_load(dir, &again, NULL), 0);
    signer_id(s, id);
    signer_id(again, id_again);
    CHECK_MEM(id, id_again, sizeof id);
    CHECK_INT(key_load(path, &k, NULL), 0);
    key_public(k, &public);
    public_key_id(&public, id_again);
    CHECK_MEM(id, id_again, sizeof id);
    CHECK_INT(signer_sign(s, "a\n", "word", 4, sig, &len, NULL), 0);
    CHECK_INT(verify_message(&public, "a\n", "word", 4, sig, len, NULL), 0);
    CHECK_INT(verify_message(&public, "b\n", "word", 4, sig, len, NULL), -ERR_SIGNATURE);
    CHECK_INT(verify_message(&public, "a\n", "Word", 4, sig, len, NULL), -ERR_SIGNATURE);
    key_free(k);
    signer_free(again);
    signer_free(s);
}

TEST(no_key_at_all)
{
    struct signer *s = NULL;
    FILE *f = fopen(path, "w");

    CHECK(f != NULL);
    fputs("nonsense", f);
    fclose(f);
    CHECK(signer_load(dir, &s, NULL) < 0);
    CHECK(signer_load("/nowhere", &s, NULL) < 0);
    unlink(path);
    rmdir(dir);
}

TEST_MAIN(T(what_is_signed_verifies), T(no_key_at_all))
