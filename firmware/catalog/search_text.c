/* SPDX-License-Identifier: Apache-2.0
 *
 * See search_text.h.
 */
#include "catalog/search_text.h"

#include <stddef.h>

uint32_t search_fold(uint32_t cp)
{
    if (cp >= 0xff01 && cp <= 0xff5e)
        cp -= 0xfee0;
    if (cp >= 'A' && cp <= 'Z')
        return cp + 32;
    if (cp < 0x80)
        return search_is_letter(cp) || (cp >= '0' && cp <= '9') ? cp : 0;
    /* letters of other scripts and ideographs stay; general punctuation, symbols and CJK marks go */
    return cp < 0x2e80 ? (cp < 0x250 && cp >= 0xc0 ? cp : 0) : cp == 0x3007 || cp >= 0x3400 ? cp : 0;
}

/* Eight groups in which the first letters of readings are about equally frequent. */
uint8_t search_groups(uint32_t letters)
{
    static const char *const groups[8] = {"zpe", "srov", "yku", "jti", "xbn", "dqw", "gla", "hcfm"};
    uint8_t bits = 0;

    for (int i = 0; i < 8; i++)
        for (const char *p = groups[i]; *p; p++)
            if (letters >> (*p - 'a') & 1)
                bits |= (uint8_t)(1 << i);
    return bits;
}
