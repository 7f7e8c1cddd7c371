/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as a sealed body, with any header: the hall opens what a terminal sent. And any bytes as what was sealed, to be
 * freed of its padding.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "crypto/seal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void unpad(const uint8_t *data, size_t size)
{
    struct buf plain;

    buf_init(&plain, 65536);
    if (buf_add(&plain, data, size) == 0 && seal_unpad(&plain, NULL) == 0) {
        if ((plain.len && !plain.data[plain.len - 1]) || plain.len >= size || memcmp(plain.data, data, plain.len))
            abort();
    }
    buf_finish(&plain);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t scalar[P256_SCALAR_LEN] = {[P256_SCALAR_LEN - 1] = 7};
    static struct private_key *key;
    struct buf plain;

    if (!key && key_from_scalar(scalar, &key, NULL) < 0)
        abort();
    if (!size)
        return 0;
    if (data[0] & 1) {
        unpad(data + 1, size - 1);
        return 0;
    }
    buf_init(&plain, 65536);
    if (seal_open(key, "tongban/x/1", 11, "header", 6, data + 1, size - 1, &plain, NULL) == 0)
        unpad(plain.data, plain.len);
    buf_finish(&plain);
    return 0;
}
