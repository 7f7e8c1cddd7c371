/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the code of a paper: what is read says the same when it is written and read again.
 */
#include "tests/fuzz/again.h"
#include "tools/hall/papers/case_paper_code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(again, struct case_paper_claim, case_paper_claim_decode(bytes, len, value, NULL), case_paper_claim_encode(value, out),
      PAPER_CODE_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    again(data, size);
    return 0;
}
