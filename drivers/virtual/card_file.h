/* SPDX-License-Identifier: Apache-2.0
 *
 * Cards as text files (tests/cards/): UTF-8, one field a line, `key value`; `#` begins a comment line.
 *
 *   kind resident | hmt | foreign-2017 | foreign-2023                       first; resident when absent
 *   name sex nation birth address number authority from to                  resident; hmt adds: permit count
 *   name-latin nationality version                                          foreign-2017
 *   name-latin name-more nationality count                                  foreign-2023
 *   type X                   another letter at offset 248 than the kind's
 *   newest-address TEXT      written to the chip after the card was printed; no part of the text
 *   raw HEX                  instead of the fields: 512 digits, over any number of lines
 *
 * Values are padded with spaces, and U+XXXX in braces, {E863}, stands for a code point that no editor shows. A value that
 * does not fit its place is an error, everything else is up to the author: impossible dates and wrong numbers must be
 * possible.
 */
#ifndef DRIVERS_VIRTUAL_CARD_FILE_H
#define DRIVERS_VIRTUAL_CARD_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

#define VIRTUAL_TEXT_LEN 256
#define VIRTUAL_ADDRESS_LEN 70

struct virtual_card {
    uint8_t text[VIRTUAL_TEXT_LEN];
    uint8_t address[VIRTUAL_ADDRESS_LEN]; /* the newest one */
    bool moved;                           /* there is one */
};

/* -ERR_INVALID with the line's number in the text; *ret is then untouched. */
int card_file_parse(const char *text, struct virtual_card *ret, struct err *e);
int card_file_read(const char *path, struct virtual_card *ret, struct err *e);

#endif
