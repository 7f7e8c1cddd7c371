/* SPDX-License-Identifier: Apache-2.0
 *
 * See place_wire.h.
 */
#include "tools/hall/staff/place_wire.h"

#include "tools/hall/staff/ask_wire.h"
#include "tools/hall/staff/member.h"

static int read_place(const struct json *j, struct place_ask *p, struct err *e)
{
    const char *datum = datum_word(DATUM_WGS84);
    int rc = json_known(j, "lat lon datum", e);

    if (rc == 0)
        rc = member_line(j, "lat", 0, POINT_TEXT_MAX, p->lat, e);
    if (rc == 0)
        rc = member_line(j, "lon", 0, POINT_TEXT_MAX, p->lon, e);
    if (rc == 0)
        rc = json_opt_str(j, "datum", 1, 10, &datum, e);
    if (rc == 0 && !datum_by_word(datum, &p->datum))
        rc = err_set(e, ERR_INVALID, "there is no such datum");
    return rc;
}

int place_ask_decode(const void *data, size_t len, struct place_ask *ret, struct err *e)
{
    struct place_ask p = {.datum = DATUM_WGS84};
    struct json *j = NULL;
    int rc = json_parse(data, len, ASK_BODY_MAX, &j, e);

    if (rc == 0)
        rc = read_place(j, &p, e);
    if (rc == 0)
        *ret = p;
    json_free(j);
    return rc;
}
