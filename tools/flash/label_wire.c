/* SPDX-License-Identifier: Apache-2.0
 *
 * See label_wire.h.
 */
#include "tools/flash/label_wire.h"

#include <string.h>

#include "base/json.h"

static const char *const states[LABEL_STATES] = {"begun", "half", "done"};

uint64_t label_place(uint64_t size)
{
    return size / DISK_BLOCK * DISK_BLOCK - LABEL_HEAD;
}

static int get_hash(const struct json *j, const char *key, uint8_t out[SHA256_LEN])
{
    const char *hex;
    size_t n;

    int rc = json_get_str(j, key, 2 * SHA256_LEN, 2 * SHA256_LEN, &hex, NULL);
    return rc < 0 ? rc : hex_decode(hex, 2 * SHA256_LEN, out, SHA256_LEN, &n);
}

/* Shown on the terminal: printable ASCII. */
static int get_word(const struct json *j, const char *key, char out[IMAGE_WORD_MAX + 1])
{
    const char *word;

    int rc = json_get_str(j, key, 1, IMAGE_WORD_MAX, &word, NULL);
    if (rc < 0)
        return rc;
    for (const char *p = word; *p; p++)
        if (*p <= ' ' || *p > '~')
            return -ERR_INVALID;
    strcpy(out, word);
    return 0;
}

static int find_state(const char *word, enum label_state *ret)
{
    for (int i = 0; i < LABEL_STATES; i++)
        if (!strcmp(word, states[i])) {
            *ret = (enum label_state)i;
            return 0;
        }
    return -ERR_INVALID;
}

static int get_all(const struct json *j, struct label *l)
{
    const char *state;
    int64_t v;

    int rc = json_known(j, "v state version arch image head", NULL);
    if (rc == 0)
        rc = json_get_int(j, "v", 1, 1, &v, NULL);
    if (rc == 0)
        rc = json_get_str(j, "state", 4, 5, &state, NULL);
    if (rc == 0)
        rc = find_state(state, &l->state);
    if (rc == 0)
        rc = get_word(j, "version", l->version);
    if (rc == 0)
        rc = get_word(j, "arch", l->arch);
    if (rc == 0)
        rc = get_hash(j, "image", l->image);
    return rc == 0 ? get_hash(j, "head", l->head) : rc;
}

int label_decode(const uint8_t block[DISK_BLOCK], struct label *ret)
{
    const uint8_t *end = memchr(block, 0, DISK_BLOCK);
    struct label l = {0};
    struct json *doc;

    if (!end || end == block || json_parse(block, (size_t)(end - block), DISK_BLOCK, &doc, NULL) < 0)
        return -ERR_INVALID;
    int rc = get_all(doc, &l);
    json_free(doc);
    if (rc < 0)
        return -ERR_INVALID;
    *ret = l;
    return 0;
}

void label_encode(const struct label *l, uint8_t block[DISK_BLOCK])
{
    struct jsonw w;
    struct buf b;

    buf_init(&b, DISK_BLOCK - 1);
    jsonw_init(&w, &b);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "state", states[l->state]);
    jsonw_str(&w, "version", l->version);
    jsonw_str(&w, "arch", l->arch);
    jsonw_hex(&w, "image", l->image, SHA256_LEN);
    jsonw_hex(&w, "head", l->head, SHA256_LEN);
    jsonw_end(&w);
    memset(block, 0, DISK_BLOCK);
    memcpy(block, b.data, b.len);
    buf_finish(&b);
}
