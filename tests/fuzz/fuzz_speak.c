/* SPDX-License-Identifier: Apache-2.0
 *
 * Any digits as the number of what somebody said and as its code: what is taken is written as it was read.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "model/speak.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void number(const char *text)
{
    char again[SPEAK_NUMBER_LEN + 1];
    struct speak_number n;

    if (!speak_number_parse(text, &n))
        return;
    speak_number_format(&n, again);
    if (strcmp(text, again) != 0)
        abort();
}

static void code(const char *text)
{
    char of[SPEAK_NUMBER_LEN + 1], again[SPEAK_CODE_LEN + 1], secret[6] = "", grouped[24];
    struct speak_number n;

    speak_code_group(text, grouped);
    if (!speak_code_parse(text, of))
        return;
    memcpy(secret, text + SPEAK_NUMBER_LEN, sizeof secret - 1);
    if (!speak_number_parse(of, &n))
        abort();
    speak_code_make(&n, atoi(secret), again);
    if (strcmp(text, again) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[40] = "";

    memcpy(text, data, size < sizeof text - 1 ? size : sizeof text - 1);
    number(text);
    code(text);
    (void)speak_phone_valid(text);
    return 0;
}
