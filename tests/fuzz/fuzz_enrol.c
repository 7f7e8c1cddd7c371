/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as each of the messages of enrolment, and as what a terminal knows of itself. What is read must be written and
 * read again the same.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/terminal.h"
#include "wire/enrol.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define AGAIN(type, decode, encode)                                                                                         \
    do {                                                                                                                    \
        struct type first = {0}, second = {0};                                                                              \
        struct err e = {0};                                                                                                 \
        struct buf a, b;                                                                                                    \
        buf_init(&a, 65536);                                                                                                \
        buf_init(&b, 65536);                                                                                                \
        if (!decode(data, size, &first, &e) && (encode(&first, &a) || decode(a.data, a.len, &second, &e) ||                 \
                                                encode(&second, &b) || strcmp(buf_str(&a), buf_str(&b))))                   \
            abort();                                                                                                        \
        buf_finish(&a);                                                                                                     \
        buf_finish(&b);                                                                                                     \
    } while (0)

static int encode_terminal(const struct terminal_config *t, struct buf *out)
{
    return terminal_config_encode(t, out, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AGAIN(enrol_sheet, enrol_sheet_decode, enrol_sheet_encode);
    AGAIN(enrol_register, enrol_register_decode, enrol_register_encode);
    AGAIN(enrol_answer, enrol_answer_decode, enrol_answer_encode);
    AGAIN(place, enrol_place_decode, enrol_place_encode);
    AGAIN(terminal_config, terminal_config_decode, encode_terminal);
    return 0;
}
