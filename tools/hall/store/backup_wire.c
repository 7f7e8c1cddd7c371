/* SPDX-License-Identifier: Apache-2.0
 *
 * See backup_wire.h.
 */
#include "tools/hall/store/backup_wire.h"

#include <string.h>

#include "base/json.h"
#include "base/text.h"

int backup_facts_encode(const char *hall, const char *made, int64_t schema, struct buf *out, struct err *e)
{
    struct jsonw w;

    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_strn(&w, "hall", hall, strcspn(hall, "\n"));
    jsonw_str(&w, "made", made);
    jsonw_int(&w, "schema", schema);
    jsonw_end(&w);
    return buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "what a backup is");
}

static int decode(const struct json *doc, char ret_made[BACKUP_MADE_MAX + 1], int64_t *ret_schema, struct err *e)
{
    const char *made, *hall;
    int64_t v, schema;
    int rc = json_known(doc, "v hall made schema", e);

    if (rc == 0)
        rc = json_get_int(doc, "v", 1, 1, &v, e);
    if (rc == 0)
        rc = json_get_str(doc, "hall", 32, 32, &hall, e);
    if (rc == 0)
        rc = json_get_int(doc, "schema", 0, INT32_MAX, &schema, e);
    if (rc == 0)
        rc = json_get_str(doc, "made", 1, BACKUP_MADE_MAX, &made, e);
    if (rc < 0)
        return rc;
    text_copy(ret_made, BACKUP_MADE_MAX + 1, made);
    *ret_schema = schema;
    return 0;
}

int backup_facts_decode(const void *data, size_t len, char ret_made[BACKUP_MADE_MAX + 1], int64_t *ret_schema, struct err *e)
{
    struct json *doc = NULL;
    int rc = json_parse(data, len, BACKUP_FACTS_MAX, &doc, e);

    if (rc == 0)
        rc = decode(doc, ret_made, ret_schema, e);
    json_free(doc);
    return err_wrap(e, rc, "backup.json");
}

/* A part of it is "..", or it begins at the root. */
static bool leads_out(const char *name)
{
    if (*name == '/' || !*name)
        return true;
    for (const char *part = name; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (!strncmp(part, "..", 2) && (!part[2] || part[2] == '/'))
            return true;
    return false;
}

int backup_next_sum(char **at, uint8_t hash[SHA256_LEN], const char **ret_name, struct err *e)
{
    char *line = *at, *end = strchr(line, '\n');
    size_t len = 0;

    *ret_name = NULL;
    if (!*line)
        return 0;
    if (!end || end - line < 2 * SHA256_LEN + 3 || strncmp(line + 2 * SHA256_LEN, "  ", 2) != 0 ||
        hex_decode(line, 2 * SHA256_LEN, hash, SHA256_LEN, &len) < 0)
        return err_set(e, ERR_CHECKSUM, "SHA256SUMS does not read");
    *end = 0;
    *at = end + 1;
    line += 2 * SHA256_LEN + 2;
    if (leads_out(line))
        return err_set(e, ERR_CHECKSUM, "SHA256SUMS names %s, which leads out of it", line);
    *ret_name = line;
    return 0;
}
