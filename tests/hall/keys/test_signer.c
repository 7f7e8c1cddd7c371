/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall signs with OpenSSL, a terminal verifies with mbedTLS; the key is made once and kept.
 */
#include "test.h"

#include <unistd.h>

#include "tools/hall/keys/signer.h"

static char dir[64], path[100];

TEST(what_is_signed_verifies)
{
    struct signer *s = NULL, *again = NULL;
    struct private_key *k = NULL;
    struct manifest_role role = {.threshold = 1, .n = 1};
    struct manifest_signature by, later;

    snprintf(dir, sizeof dir, "/tmp/tongban-signer-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    snprintf(path, sizeof path, "%s/ack.pem", dir);
    CHECK_INT(signer_load(dir, &s, NULL), 0); /* a hall from before there was such a key makes it */
    CHECK_INT(signer_load(dir, &again, NULL), 0);
    CHECK_INT(key_load(path, &k, NULL), 0);
    key_public(k, &role.keys[0]);
    CHECK_INT(signer_sign(s, "a\n", "word", 4, &by, NULL), 0);
    CHECK_INT(signer_sign(again, "a\n", "word", 4, &later, NULL), 0);
    CHECK_INT(manifest_verify_one(&role, "a\n", "word", 4, &by, NULL), 0);
    CHECK(signer_is(s, by.key_id)); /* what it signed needs no other signature */
    CHECK_INT(manifest_verify_one(&role, "a\n", "word", 4, &later, NULL), 0);
    CHECK_INT(manifest_verify_one(&role, "b\n", "word", 4, &by, NULL), -ERR_SIGNATURE);
    CHECK_INT(manifest_verify_one(&role, "a\n", "Word", 4, &by, NULL), -ERR_SIGNATURE);
    by.key_id[0] ^= 1;
    CHECK(!signer_is(s, by.key_id));
    CHECK_INT(manifest_verify_one(&role, "a\n", "word", 4, &by, NULL), -ERR_SIGNATURE);
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
