/* SPDX-License-Identifier: Apache-2.0
 *
 * See totp.h.
 */
#include "crypto/totp.h"

#include <stdio.h>
#include <string.h>

#include <mbedtls/md.h>

#include "base/must.h"
#include "base/secret.h"

#define SHA1_LEN 20

/* HOTP (RFC 4226, 5.3), of the step as the counter. */
void totp_code(const uint8_t *key, size_t key_len, int64_t step, char out[TOTP_CODE_LEN + 1])
{
    uint8_t counter[8], mac[SHA1_LEN];

    for (int i = 0; i < 8; i++)
        counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    must(mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA1), key, key_len, counter, sizeof counter, mac) == 0,
         "the library cannot hash");
    const uint8_t *at = mac + (mac[SHA1_LEN - 1] & 15);
    uint32_t n = (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
    snprintf(out, TOTP_CODE_LEN + 1, "%06u", n % 1000000u);
}

int64_t totp_step(const uint8_t key[TOTP_KEY_LEN], const char *code, int64_t now_ms, int64_t last)
{
    int64_t now = now_ms / TOTP_STEP_MS, found = 0;
    char one[TOTP_CODE_LEN + 1];

    if (strlen(code) != TOTP_CODE_LEN)
        return 0;
    for (int64_t step = now - 1; step <= now + 1; step++) {
        totp_code(key, TOTP_KEY_LEN, step, one);
        if (secret_equal(one, code, TOTP_CODE_LEN) && step > last)
            found = step;
    }
    return found;
}

void totp_key_text(const uint8_t key[TOTP_KEY_LEN], char out[TOTP_KEY_TEXT_LEN + 1])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    for (int i = 0; i < TOTP_KEY_TEXT_LEN; i++) {
        int bit = 5 * i, at = bit / 8;
        unsigned two = (unsigned)key[at] << 8 | (at + 1 < TOTP_KEY_LEN ? key[at + 1] : 0u);
        out[i] = digits[two >> (11 - bit % 8) & 31];
    }
    out[TOTP_KEY_TEXT_LEN] = '\0';
}
