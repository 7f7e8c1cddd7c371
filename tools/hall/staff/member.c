/* SPDX-License-Identifier: Apache-2.0
 *
 * See member.h.
 */
#include "tools/hall/staff/member.h"

#include "base/text.h"

int member_line(const struct json *j, const char *key, size_t min, size_t max, char *out, struct err *e)
{
    const char *text = "";
    int rc = min ? json_get_str(j, key, min, max, &text, e) : json_opt_str(j, key, 0, max, &text, e);

    if (rc == 0 && *text && !text_is_line(text))
        rc = err_set(e, ERR_INVALID, "%s is one line", key);
    if (rc == 0)
        text_copy(out, max + 1, text);
    return rc;
}

int member_id(const struct json *j, uint8_t out[16], struct err *e)
{
    const char *hex = "";
    size_t n = 0;
    int rc = json_get_str(j, "id", 32, 32, &hex, e);

    if (rc == 0 && (hex_decode(hex, 32, out, 16, &n) < 0 || n != 16))
        rc = err_set(e, ERR_INVALID, "id is 32 hexadecimal digits");
    return rc;
}
