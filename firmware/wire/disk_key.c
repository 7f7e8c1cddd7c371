/* SPDX-License-Identifier: Apache-2.0
 *
 * See disk_key.h.
 */
#include "wire/disk_key.h"

#include <string.h>

#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"

int disk_key_encode(const struct disk_key *k, struct buf *out)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    if (k->recovery[0])
        jsonw_str(&w, "recovery", k->recovery);
    jsonw_hex(&w, "release", k->release, sizeof k->release);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : -ERR_TOOLONG;
}

static bool group_ok(const char *digits)
{
    int n = 0;

    for (int i = 0; i < DISK_KEY_DIGITS; i++) {
        if (digits[i] < '0' || digits[i] > '9')
            return false;
        n = n * 10 + digits[i] - '0';
    }
    return n % 11 == 0 && n / 11 <= UINT16_MAX;
}

int disk_key_recovery_wrong(const char *text)
{
    size_t len = strlen(text);

    for (int g = 0; g < DISK_KEY_GROUPS; g++) {
        size_t at = (size_t)g * (DISK_KEY_DIGITS + 1), end = at + DISK_KEY_DIGITS;
        if (len < end || !group_ok(text + at) || text[end] != (g + 1 < DISK_KEY_GROUPS ? '-' : 0))
            return g + 1;
    }
    return 0;
}

static int get_all(const struct json *doc, struct disk_key *k, struct err *e)
{
    const char *recovery = "", *release = NULL;
    size_t len;
    int64_t v;
    int rc = json_known(doc, "v recovery release", e);

    if (rc == 0)
        rc = json_get_int(doc, "v", 1, 1, &v, e);
    if (rc == 0)
        rc = json_opt_str(doc, "recovery", DISK_KEY_RECOVERY_LEN, DISK_KEY_RECOVERY_LEN, &recovery, e);
    if (rc == 0 && *recovery && disk_key_recovery_wrong(recovery))
        rc = err_set(e, ERR_INVALID, "\"recovery\" is no recovery key");
    if (rc == 0)
        rc = json_get_str(doc, "release", 2 * RELEASE_SECRET_LEN, 2 * RELEASE_SECRET_LEN, &release, e);
    if (rc == 0 && hex_decode(release, 2 * RELEASE_SECRET_LEN, k->release, RELEASE_SECRET_LEN, &len) < 0)
        rc = err_set(e, ERR_INVALID, "\"release\" is not hexadecimal");
    if (rc == 0)
        text_copy(k->recovery, sizeof k->recovery, recovery);
    return rc;
}

int disk_key_decode(const void *data, size_t len, struct disk_key *ret, struct err *e)
{
    struct disk_key k = {.recovery = ""};
    struct json *doc = NULL;
    int rc = json_parse(data, len, DISK_KEY_BYTES_MAX, &doc, e);

    if (rc == 0)
        rc = get_all(doc, &k, e);
    json_free(doc);
    if (rc == 0)
        *ret = k;
    secret_wipe(&k, sizeof k);
    return err_wrap(e, rc, "the disk's key");
}
