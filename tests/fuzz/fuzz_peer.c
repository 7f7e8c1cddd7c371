/* SPDX-License-Identifier: Apache-2.0
 *
 * Lines between kiosk, kiosk-sync and kioskctl, from either side: what is read is written as the same bytes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/peer.h"

static void one(const char *text, enum peer_from from)
{
    struct peer_line p;
    struct buf out;

    if (peer_decode(text, from, &p) < 0)
        return;
    buf_init(&out, 4096);
    if (strlen(text) < 4096 && (peer_encode(&p, &out) < 0 || strcmp(buf_str(&out), text)))
        abort();
    buf_finish(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    char *text = malloc(len + 1);

    if (!text)
        return 0;
    memcpy(text, data, len);
    text[len] = '\0';
    if (!strchr(text, '\n')) { /* base/line.h has cut there */
        one(text, PEER_FROM_KIOSK);
        one(text, PEER_FROM_PEER);
    }
    free(text);
    return 0;
}
