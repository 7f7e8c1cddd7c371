/* SPDX-License-Identifier: Apache-2.0
 *
 * Cards as text files (tests/cards/): UTF-8, one field a line, `key value`; `#` begins a comment line.
 *
 *     kind resident | hmt | foreign-2017 | foreign-2023      first; resident when absent
 *     name sex nation birth address number authority from to          resident; hmt adds: permit count
 *     name-latin nationality version                                   foreign-2017; foreign-2023: name-latin nationality
 * count type X                                                           another letter at offset 248 than the kind's raw
 * HEX                                                          instead of all this: 512 digits, over any number of lines
 *
 * Values are padded with spaces; a value that does not fit its place is an error, everything else is up to the author:
 * impossible dates and wrong numbers must be possible.
 */
#ifndef DRIVERS_VIRTUAL_CARD_FILE_H
#define DRIVERS_VIRTUAL_CARD_FILE_H

#include <stdint.h>

#include "base/err.h"

#define CARD_RECORD_LEN 256

/* -ERR_INVALID with the line's number in the text. */
int card_file_parse(const char *text, uint8_t ret_record[CARD_RECORD_LEN], struct err *e);
int card_file_read(const char *path, uint8_t ret_record[CARD_RECORD_LEN], struct err *e);

#endif
