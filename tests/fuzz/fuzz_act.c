/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as an act of staff, as one the hall signed, as a list of them: what is read says the same when it is written and
 * read again.
 */
#include "tests/fuzz/again.h"
#include "wire/act.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct list {
    struct act_signed list[ACTS_MAX];
    size_t n;
};
AGAIN(act, struct act, act_decode(bytes, len, value, NULL), act_encode(value, out, NULL), ACT_TEXT_MAX)
AGAIN(one, struct act_signed, act_signed_decode(bytes, len, value, NULL), act_signed_encode(value, out), ACT_WORD_BYTES)
AGAIN(all, struct list, acts_decode(bytes, len, value->list, &value->n, NULL), acts_encode(value->list, value->n, out),
      ACTS_BYTES_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    act(data, size);
    one(data, size);
    all(data, size);
    return 0;
}
