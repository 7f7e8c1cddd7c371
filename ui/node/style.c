/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of type sizes.
 */
#include "ui/node/style.h"

static const short table[TYPE_COUNT][TYPE_SIZES][2] = {
#define TYPE_ROLE(name, a, al, b, bl, c, cl, d, dl) {{a, al}, {b, bl}, {c, cl}, {d, dl}},
#include "ui/node/type.def"
#undef TYPE_ROLE
};

int type_px(enum type_role role, int size)
{
    return table[role][size][0];
}

int type_line(enum type_role role, int size)
{
    return table[role][size][1];
}
