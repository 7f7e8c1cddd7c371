/* SPDX-License-Identifier: Apache-2.0
 *
 * See licence_told.h.
 */
#include "tools/hall/rules/licence_told.h"

#include "base/text.h"

/* What is the hall's own trouble or the platform's makes no difference to who has to bring the paper. */
static enum my_licence_why why_of(const struct licence_check *check)
{
    if (!check || check->asked != LICENCE_NOT_TOLD)
        return MY_LICENCE_NOT_ASKED;
    if (check->why == LICENCE_WHY_SOURCE_AWAY)
        return MY_LICENCE_SOURCE_AWAY;
    return licence_why_is_said(check->why) ? MY_LICENCE_NOT_TOLD : MY_LICENCE_AWAY;
}

static enum my_licence_state state_of(const struct licence_verdict *v)
{
    if (v->cover == LICENCE_HELD)
        return MY_LICENCE_HELD;
    if (v->cover == LICENCE_UNCHECKED)
        return MY_LICENCE_UNCHECKED;
    if (!v->licence)
        return MY_LICENCE_NONE;
    return v->standing == LICENCE_EXPIRED ? MY_LICENCE_EXPIRED : MY_LICENCE_NOT_GOOD;
}

void licence_told(const char *kind, const struct licence_verdict *v, const struct licence_check *check,
                  struct my_licence *ret)
{
    *ret = (struct my_licence){.state = state_of(v)};
    text_copy(ret->kind, sizeof ret->kind, kind);
    if (ret->state == MY_LICENCE_UNCHECKED)
        ret->why = why_of(check);
    else if (v->licence)
        text_copy(ret->issuer, sizeof ret->issuer, v->licence->issuer);
    if (ret->state == MY_LICENCE_HELD || ret->state == MY_LICENCE_EXPIRED)
        ret->until = v->licence->to;
}
