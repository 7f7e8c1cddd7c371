/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as what the terminal remembers of signed things, as they are and with the hash that belongs to them: what is
 * read is written and read again the same.
 */
#include "base/json.h"
#include "catalog/state.h"
#include "tests/fuzz/again.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(again, struct catalog_state, catalog_state_decode(bytes, len, value, NULL), catalog_state_encode(value, out, NULL),
      CATALOG_STATE_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char hex[2 * SHA256_LEN + 1];
    uint8_t hash[SHA256_LEN];
    struct buf summed;

    again(data, size);
    buf_init(&summed, CATALOG_STATE_MAX);
    sha256(data, size, hash);
    hex_encode(hash, sizeof hash, hex);
    buf_add(&summed, data, size);
    buf_addf(&summed, "\n%s\n", hex);
    if (buf_ok(&summed))
        again(summed.data, summed.len);
    buf_finish(&summed);
    return 0;
}
