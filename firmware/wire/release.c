/* SPDX-License-Identifier: Apache-2.0
 *
 * See release.h.
 */
#include "wire/release.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "crypto/hash.h"
#include "model/record.h"

#define PREFIX "tongban-release-v1\n"
#define MESSAGE_MAX (sizeof PREFIX + 4 + TERMINAL_ID_MAX + 8 + RELEASE_SIGNS)
#define MODULUS UINT64_C(100000000)

static const char letters[] = "23456789ABCDEFGHJKMNPQRSTVWXYZ"; /* thirty */

void release_signs(const uint8_t random[RELEASE_SIGNS], char out[RELEASE_SIGNS + 1])
{
    for (int i = 0; i < RELEASE_SIGNS; i++)
        out[i] = letters[random[i] % (sizeof letters - 1)];
    out[RELEASE_SIGNS] = 0;
}

bool release_signs_read(const char *typed, char out[RELEASE_SIGNS + 1])
{
    if (strlen(typed) != RELEASE_SIGNS)
        return false;
    for (int i = 0; i < RELEASE_SIGNS; i++) {
        out[i] = (char)toupper((unsigned char)typed[i]);
        if (!strchr(letters, out[i]))
            return false;
    }
    out[RELEASE_SIGNS] = 0;
    return true;
}

void release_code(const uint8_t secret[RELEASE_SECRET_LEN], const char *terminal, int64_t count,
                  const char signs[RELEASE_SIGNS + 1], char out[RELEASE_DIGITS + 1])
{
    uint8_t sum[SHA256_LEN];
    struct buf message;

    buf_init(&message, MESSAGE_MAX);
    buf_adds(&message, PREFIX);
    buf_add_be32(&message, (uint32_t)strlen(terminal));
    buf_adds(&message, terminal);
    buf_add_be64(&message, (uint64_t)count);
    buf_add(&message, signs, RELEASE_SIGNS);
    hmac_sha256(secret, RELEASE_SECRET_LEN, message.data, message.len, sum);
    buf_finish(&message);
    snprintf(out, RELEASE_DIGITS + 1, "%08" PRIu64, be64(sum) % MODULUS);
}

bool release_fits(const uint8_t secret[RELEASE_SECRET_LEN], const char *terminal, int64_t count,
                  const char signs[RELEASE_SIGNS + 1], const char *typed)
{
    char code[RELEASE_DIGITS + 1];
    int n = 0, differs = 0;

    release_code(secret, terminal, count, signs, code);
    for (; *typed; typed++)
        if (*typed != ' ' && n < RELEASE_DIGITS)
            differs |= *typed ^ code[n++];
        else if (*typed != ' ')
            return false;
    return n == RELEASE_DIGITS && !differs;
}
