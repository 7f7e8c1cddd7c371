/* SPDX-License-Identifier: Apache-2.0
 *
 * The codes that a place and its data centre have agreed on, for fields whose list is not national: a file of lines
 * "field<TAB>code" or "field.word<TAB>code", # before remarks. Where it has none the field stays empty.
 *     data_source	051
 *     anticipate_type.working-day	1
 */
#ifndef HALL_EXCHANGE_CODES_H
#define HALL_EXCHANGE_CODES_H

#include <stddef.h>

#include "base/err.h"

#define CODES_BYTES_MAX 65536
#define CODES_MAX 200
#define CODE_NAME_MAX 80
#define CODE_MAX 100

struct exchange_codes {
    struct {
        char name[CODE_NAME_MAX + 1], code[CODE_MAX + 1];
    } list[CODES_MAX];
    int n;
};
/* Strict; the line stands in the error. */
int exchange_codes_decode(const char *text, size_t len, struct exchange_codes *ret, struct err *e);
/* `word` "": of the field alone. "" where there is none. */
const char *exchange_code(const struct exchange_codes *c, const char *field, const char *word);

#endif
