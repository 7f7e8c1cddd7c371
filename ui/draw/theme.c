/* SPDX-License-Identifier: Apache-2.0
 *
 * Both colour tables, from ui/node/tokens.def.
 */
#include "ui/draw/theme.h"

static const uint32_t table[TOKEN_COUNT][2] = {
    {0, 0},
#define TOKEN(name, normal, contrast) {normal, contrast},
#include "ui/node/tokens.def"
#undef TOKEN
};

uint32_t theme_rgb(enum token t, bool contrast)
{
    return table[t][contrast];
}
