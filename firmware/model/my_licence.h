/* SPDX-License-Identifier: Apache-2.0
 *
 * What the hall says of the electronic licences (电子证照) of whoever laid the card down: of each kind that one item asks
 * for, once. Plain values; personal data.
 */
#ifndef MODEL_MY_LICENCE_H
#define MODEL_MY_LICENCE_H

#include <stdint.h>

#include "base/clock.h"
#include "model/item.h"

#define MY_LICENCE_KIND_MAX 100 /* bytes, as below */
#define MY_LICENCE_ISSUER_MAX 200

enum my_licence_state {
    MY_LICENCE_HELD,      /* it is there and good: nobody need bring it */
    MY_LICENCE_EXPIRED,   /* there is one; `until` was its last day */
    MY_LICENCE_NOT_GOOD,  /* there is one that is suspended, revoked, or not good yet */
    MY_LICENCE_NONE,      /* whoever keeps them says that there is none */
    MY_LICENCE_UNCHECKED, /* nobody knows: `why` */
    MY_LICENCE_STATES
};

enum my_licence_why {
    MY_LICENCE_NOT_ASKED,   /* the hall has none, and nobody has asked for it yet */
    MY_LICENCE_AWAY,        /* the platform of licences gave no answer that could be used */
    MY_LICENCE_SOURCE_AWAY, /* … and it could not ask whoever issues them */
    MY_LICENCE_NOT_TOLD,    /* it does not tell the hall of this kind */
    MY_LICENCE_WHYS
};

struct my_licence {
    char kind[MY_LICENCE_KIND_MAX + 1]; /* as the item has it (licence_kind): a name or a code */
    enum my_licence_state state;
    char issuer[MY_LICENCE_ISSUER_MAX + 1]; /* HELD, EXPIRED, NOT_GOOD */
    struct date until;                      /* HELD: its last day, year 0: it has no end; EXPIRED */
    enum my_licence_why why;                /* UNCHECKED */
};

struct my_licences {
    int64_t at; /* ms, by the hall */
    int n;
    struct my_licence list[ITEM_LIST_MAX];
};

/* The hall is asked about it: a licence may stand in for it, and it is demanded of somebody. */
bool my_licence_wanted(const struct item_material *m);
/* NULL: the hall said nothing of this kind. */
const struct my_licence *my_licence_of(const struct my_licences *m, const char *kind);

#endif
