/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the text of a terminal's note: what is read says the same when it is written and read again. And as a copy,
 * whose lengths say what they like.
 */
#include "tests/fuzz/again.h"
#include "wire/note.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(again, struct note, note_text_decode(bytes, len, value, NULL), note_text_encode(value, out), NOTE_COPY_BYTES)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint8_t copy[NOTE_COPY_BYTES];
    struct note n;

    again(data, size);
    memset(copy, 0, sizeof copy);
    memcpy(copy, data, size < sizeof copy ? size : sizeof copy);
    note_decode(copy, &n, NULL);
    return 0;
}
