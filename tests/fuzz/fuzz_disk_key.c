/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as what the hall keeps for a terminal's disk, and as a recovery key that somebody typed.
 */
#include "tests/fuzz/again.h"
#include "wire/disk_key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(again, struct disk_key, disk_key_decode(bytes, len, value, NULL), disk_key_encode(value, out), DISK_KEY_BYTES_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char typed[80] = "";

    again(data, size);
    memcpy(typed, data, size < sizeof typed ? size : sizeof typed - 1);
    if (disk_key_recovery_wrong(typed) == 0 && strlen(typed) != DISK_KEY_RECOVERY_LEN)
        abort();
    return 0;
}
