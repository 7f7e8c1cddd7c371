/* SPDX-License-Identifier: Apache-2.0
 *
 * See call_id.h.
 */
#include "tools/hallctl/call_id.h"

#include "base/json.h"
#include "base/text.h"

int call_id_decode(const char *line, size_t len, char ret[CALL_ID_MAX + 1], struct err *e)
{
    struct json *call = NULL;
    const char *id = NULL;
    int rc = json_parse(line, len, CALL_LINE_MAX, &call, e);

    if (rc == 0)
        rc = json_get_str(call, "id", 1, CALL_ID_MAX, &id, e);
    if (rc == 0)
        text_copy(ret, CALL_ID_MAX + 1, id);
    json_free(call);
    return err_wrap(e, rc, "a line of call.jsonl");
}
