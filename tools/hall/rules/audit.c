/* SPDX-License-Identifier: Apache-2.0
 *
 * See audit.h.
 */
#include "tools/hall/rules/audit.h"

#include <string.h>

#define WORDS "tongban-audit-v1\n"

static void add_number(struct sha256 *h, uint64_t v, int bytes)
{
    uint8_t be[8];

    for (int i = 0; i < bytes; i++)
        be[i] = (uint8_t)(v >> (8 * (bytes - 1 - i)));
    sha256_add(h, be, (size_t)bytes);
}

void audit_hash(const uint8_t before[SHA256_LEN], const struct audit_row *r, uint8_t out[SHA256_LEN])
{
    const char *const texts[] = {r->who, r->action, r->subject, r->reason};
    struct sha256 *h = sha256_begin();

    sha256_add(h, WORDS, strlen(WORDS));
    sha256_add(h, before, SHA256_LEN);
    add_number(h, (uint64_t)r->office, 4);
    add_number(h, (uint64_t)r->seq, 8);
    add_number(h, (uint64_t)r->at, 8);
    sha256_add(h, r->id, sizeof r->id);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        add_number(h, strlen(texts[i]), 4);
        sha256_add(h, texts[i], strlen(texts[i]));
    }
    sha256_end(h, out);
}
