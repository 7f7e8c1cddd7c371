/* SPDX-License-Identifier: Apache-2.0
 *
 * See halt_stand.h.
 */
#include "tools/hall/editions/halt_stand.h"

#include <stdlib.h>

#include "tools/hall/editions/halt_deed.h"

#define CATALOGUES 8 /* remembered at a time: terminals have few different ones */

struct known {
    int64_t catalogue;
    int version[HALTS_MAX]; /* of the item; -1: not looked yet */
};
struct halt_stands {
    const char *data;
    struct known of[CATALOGUES];
    int next; /* the one that makes room */
};

struct halt_stands *halt_stands_create(const char *data)
{
    struct halt_stands *s = calloc(1, sizeof *s);

    if (s)
        s->data = data;
    return s;
}

void halt_stands_destroy(struct halt_stands *s)
{
    free(s);
}

static struct known *know(struct halt_stands *s, int64_t catalogue)
{
    for (int i = 0; i < CATALOGUES; i++)
        if (s->of[i].catalogue == catalogue)
            return &s->of[i];
    struct known *k = &s->of[s->next];
    s->next = (s->next + 1) % CATALOGUES;
    k->catalogue = catalogue;
    for (int i = 0; i < HALTS_MAX; i++)
        k->version[i] = -1;
    return k;
}

enum halt_stand halt_stand(struct halt_stands *s, int nth, const struct halt_row *r, const struct halt_seen *t)
{
    if (t->catalogue > 0) {
        struct known *k = know(s, t->catalogue);

        if (k->version[nth] < 0)
            k->version[nth] = halt_item_version(s->data, t->catalogue, r->halt.task_code, NULL);
        if (k->version[nth] > r->halt.upto)
            return HALT_STAND_NEWER;
    }
    return t->version >= r->version ? HALT_STAND_OFF : HALT_STAND_WAITS;
}
