/* SPDX-License-Identifier: Apache-2.0 */
#include "model/place.h"

#include <stddef.h>
#include <stdio.h>

#include "base/text.h"

static const struct member {
    const char *key;
    size_t at, cap;
    bool required;
} members[] = {
#define MEMBER(name, required)                                                                                              \
    {                                                                                                                       \
#name, offsetof(struct place, name), sizeof(((struct place *)0)->name), required                                    \
    }
    MEMBER(zone, true),        MEMBER(spot, true),     MEMBER(device, true),   MEMBER(hotline, true),
    MEMBER(supervision, true), MEMBER(zone_en, false), MEMBER(spot_en, false), MEMBER(device_en, false),
#undef MEMBER
};
#define MEMBERS (sizeof members / sizeof *members)

int place_decode(const struct json *obj, struct place *ret, struct err *e)
{
    struct place p = *ret;
    int rc = json_known(obj, "zone spot device hotline supervision zone_en spot_en device_en", e);

    for (size_t i = 0; rc == 0 && i < MEMBERS; i++) {
        const struct member *m = &members[i];
        const char *text = "";

        if (m->required || json_member(obj, m->key))
            rc = json_get_str(obj, m->key, 1, m->cap - 1, &text, e);
        size_t n = text_trim(&text);
        if (rc == 0 && m->required && n == 0)
            rc = err_set(e, ERR_INVALID, "there is nothing to read in \"%s\"", m->key);
        snprintf((char *)&p + m->at, m->cap, "%.*s", (int)n, text);
    }
    if (rc == 0)
        *ret = p;
    return err_wrap(e, rc, "place");
}

void place_encode(struct jsonw *w, const struct place *p)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        const char *text = (const char *)p + members[i].at;

        if (members[i].required || *text)
            jsonw_str(w, members[i].key, text);
    }
}
