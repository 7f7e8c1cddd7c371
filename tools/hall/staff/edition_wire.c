/* SPDX-License-Identifier: Apache-2.0
 *
 * See edition_wire.h.
 */
#include "tools/hall/staff/edition_wire.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"
#include "model/terminal.h"
#include "tools/hall/staff/member.h"
#include "wire/system.h"

static int read_time(const struct json *j, int64_t *ret, struct err *e)
{
    const char *text = "";
    int rc = json_opt_str(j, "at", 1, CLOCK_RFC3339_LEN, &text, e);

    if (rc == 0 && *text && clock_parse_rfc3339(text, ret) < 0)
        rc = err_set(e, ERR_INVALID, "at is a time");
    return rc;
}

static int read_say(const struct json *j, struct edition_say *ret, struct err *e)
{
    int64_t percent = 0, stop = 0;
    int rc = json_known(j, "reason seq percent at terminals stop_after", e);

    if (rc == 0)
        rc = member_line(j, "reason", 1, EDITION_WHY_MAX, ret->reason, e);
    if (rc == 0)
        rc = member_line(j, "terminals", 0, EDITION_CHOSEN_MAX, ret->terminals, e);
    if (rc == 0)
        rc = json_opt_int(j, "seq", 1, INT_MAX, &ret->seq, e);
    if (rc == 0)
        rc = json_opt_int(j, "percent", 0, 100, &percent, e);
    if (rc == 0)
        rc = json_opt_int(j, "stop_after", 1, 100000, &stop, e);
    if (rc == 0)
        rc = read_time(j, &ret->at, e);
    ret->percent = (int)percent;
    ret->stop_after = (int)stop;
    return rc;
}

int edition_say_decode(const void *data, size_t len, struct edition_say *ret, struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, JSON_SIZE_MAX, &j, e);

    if (rc == 0)
        rc = read_say(j, ret, e);
    json_free(j);
    return rc;
}

bool edition_path_decode(const char *tail, struct edition_say *ret)
{
    size_t n = strspn(tail, "0123456789");
    long version = n > 0 && n <= 10 ? strtol(tail, NULL, 10) : 0;

    ret->version = version;
    return version > 0 && version <= INT_MAX && tail[n] == '/' && edition_act_by_word(tail + n + 1, &ret->act);
}

bool system_path_decode(const char *tail, struct edition_say *ret)
{
    const char *end = strchr(tail, '/');
    size_t n = end ? (size_t)(end - tail) : 0;

    if (n == 0 || n > SYSTEM_VERSION_LEN)
        return false;
    memcpy(ret->name, tail, n);
    ret->name[n] = '\0';
    ret->kind = EDITION_SYSTEM;
    return system_version_valid(ret->name) && edition_act_by_word(end + 1, &ret->act);
}

static int read_retry(const struct json *j, struct retry_say *ret, struct err *e)
{
    int rc = json_known(j, "terminal reason", e);

    if (rc == 0)
        rc = member_line(j, "terminal", 1, TERMINAL_ID_MAX, ret->terminal, e);
    if (rc == 0)
        rc = member_line(j, "reason", 1, EDITION_WHY_MAX, ret->reason, e);
    return rc == 0 && !terminal_id_valid(ret->terminal) ? err_set(e, ERR_INVALID, "a terminal is called otherwise") : rc;
}

int retry_say_decode(const void *data, size_t len, struct retry_say *ret, struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, JSON_SIZE_MAX, &j, e);

    if (rc == 0)
        rc = read_retry(j, ret, e);
    json_free(j);
    return rc;
}

int upload_begin_decode(const void *data, size_t len, struct buf *manifest, struct buf *signatures, struct err *e)
{
    const char *first = "", *second = "";
    struct json *j = NULL;
    int rc = json_parse(data, len, JSON_SIZE_MAX, &j, e);

    if (rc == 0)
        rc = json_known(j, "manifest signatures", e);
    if (rc == 0)
        rc = json_get_str(j, "manifest", 1, MANIFEST_MAX, &first, e);
    if (rc == 0)
        rc = json_get_str(j, "signatures", 1, MANIFEST_MAX, &second, e);
    if (rc == 0 && (buf_adds(manifest, first) < 0 || buf_adds(signatures, second) < 0))
        rc = err_set(e, ERR_TOOLONG, "what was signed");
    json_free(j);
    return rc;
}

static int read_halt(const struct json *j, struct halt_say *ret, struct err *e)
{
    int rc = json_known(j, ret->on ? "item reason" : "item reason zh en", e);

    if (rc == 0)
        rc = member_line(j, "item", 1, ITEM_CODE_MAX, ret->item, e);
    if (rc == 0)
        rc = member_line(j, "reason", 1, HALT_WHY_MAX, ret->reason, e);
    if (rc == 0)
        rc = member_line(j, "zh", ret->on ? 0 : 1, HALT_WORD_MAX, ret->zh, e);
    return rc == 0 ? member_line(j, "en", 0, HALT_WORD_MAX, ret->en, e) : rc;
}

int halt_say_decode(const void *data, size_t len, struct halt_say *ret, struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, JSON_SIZE_MAX, &j, e);

    if (rc == 0)
        rc = read_halt(j, ret, e);
    json_free(j);
    return rc;
}

int items_ask_decode(const void *data, size_t len, char ret[ITEMS_TEXT_MAX + 1], struct err *e)
{
    struct json *j = NULL;
    int rc = json_parse(data, len, JSON_SIZE_MAX, &j, e);

    if (rc == 0)
        rc = json_known(j, "text", e);
    if (rc == 0)
        rc = member_line(j, "text", 1, ITEMS_TEXT_MAX, ret, e);
    json_free(j);
    return rc;
}
