/* SPDX-License-Identifier: Apache-2.0
 *
 * See passphrase.h. The only user of libsodium.
 */
#include "crypto/passphrase.h"

#include <string.h>

#include <sodium.h>

#include "base/must.h"
#include "base/text.h"

#define PASSES 3
#define MEMORY ((size_t)64 * 1024 * 1024)

_Static_assert(PASSPHRASE_KEPT_MAX + 1 >= crypto_pwhash_STRBYTES, "what is kept fits");

/* Of nobody: made with the same costs, and of random bytes that were thrown away. */
static const char nobody[] =
    "$argon2id$v=19$m=65536,t=3,p=1$IOjoJGsE4U2NqGAAX3i2Eg$jdQ0vOjEfb2DD3cR3JTdiNHBOAvGeHkQ5xt0JtvIBPM";

bool passphrase_fit(const char *text)
{
    size_t len = strlen(text);

    if (len > PASSPHRASE_MAX || !utf8_valid(text, len) || !text_is_line(text) || utf8_count(text) < PASSPHRASE_MIN)
        return false;
    return strspn(text, (const char[]){text[0], '\0'}) < len;
}

void passphrase_keep(const char *text, char out[PASSPHRASE_KEPT_MAX + 1])
{
    must(sodium_init() >= 0, "no randomness");
    memset(out, 0, PASSPHRASE_KEPT_MAX + 1);
    must(crypto_pwhash_str_alg(out, text, strlen(text), PASSES, MEMORY, crypto_pwhash_ALG_ARGON2ID13) == 0,
         "out of memory for a passphrase");
}

bool passphrase_is(const char *text, const char *kept)
{
    bool somebody = kept && kept[0];

    must(sodium_init() >= 0, "no randomness");
    return (crypto_pwhash_str_verify(somebody ? kept : nobody, text, strlen(text)) == 0) & somebody;
}
