/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as an answer about licences: what is taken is written as it was read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "wire/ask.h"
#include "wire/ask_licence.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct my_licences m, again;
    enum ask_reason why, same;
    struct buf out;

    if (ask_licences_decode(data, size, &m, &why, NULL) < 0)
        return 0;
    buf_init(&out, ASK_ANSWER_MAX);
    int rc = why == ASK_ANSWERED ? ask_licences_encode(&m, &out) : ask_reason_encode(why, m.at, &out);
    if (rc < 0 || ask_licences_decode(out.data, out.len, &again, &same, NULL) < 0 || same != why ||
        memcmp(&again, &m, sizeof m) != 0)
        abort();
    buf_finish(&out);
    return 0;
}
