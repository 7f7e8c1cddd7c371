/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the code of a green-channel card, and as the list of revoked ones: what is read says the same when it is
 * written and read again.
 */
#include "tests/fuzz/again.h"
#include "wire/green_code.h"
#include "wire/green_revoked.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(code_again, struct green_code, green_code_decode(bytes, len, value, NULL), green_code_encode(value, out),
      GREEN_CODE_MAX)
AGAIN(list_again, struct green_revoked, green_revoked_decode(bytes, len, value, NULL), green_revoked_encode(value, out),
      GREEN_REVOKED_BYTES_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    code_again(data, size);
    list_again(data, size);
    return 0;
}
