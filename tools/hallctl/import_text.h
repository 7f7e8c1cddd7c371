/* SPDX-License-Identifier: Apache-2.0
 *
 * Texts of a district's list as they were copied together: out of web pages, spreadsheets and word processors.
 */
#ifndef HALLCTL_IMPORT_TEXT_H
#define HALLCTL_IMPORT_TEXT_H

#include <stddef.h>

#define IMPORT_TEXT_MAX 4000 /* bytes, before */

enum import_text_fault {
    IMPORT_TEXT_SPACES = 1,    /* tabs, ends of lines, spaces around it */
    IMPORT_TEXT_MARKUP = 2,    /* HTML: tags and named or numbered characters */
    IMPORT_TEXT_INVISIBLE = 4, /* a byte order mark, signs that only steer, control characters */
    IMPORT_TEXT_PRIVATE = 8,   /* private-use characters: model/private_use.h */
};

/* The same text in `out` as a screen may show it: one line, no markup, nothing invisible, private-use characters as what
 * they are now or as their number. Ends of lines vanish between ideographs and are a space elsewhere. Returns the faults
 * that were mended, or'ed; `out` is empty when nothing was left, or it does not fit. */
unsigned import_text_mend(const char *text, char *out, size_t cap);

#endif
