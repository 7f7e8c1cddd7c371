/* SPDX-License-Identifier: Apache-2.0
 *
 * See catalog_synonyms.h.
 */
#include "tools/hallctl/catalog_synonyms.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/json.h"
#include "base/text.h"

static int read_words(const struct json *obj, const char *key, char words[][SYNONYM_WORD_LEN + 1], size_t *ret_n,
                      struct err *e)
{
    const struct json *arr;
    int rc = json_get_arr(obj, key, SYNONYM_WORDS_MAX, &arr, e);

    if (rc == 0 && json_len(arr) == 0)
        rc = err_set(e, ERR_INVALID, "%s names nothing", key);
    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        const char *word = json_str(json_at(arr, i));

        if (!word || !*word || strlen(word) > SYNONYM_WORD_LEN || strchr(word, '\n'))
            rc = err_set(e, ERR_INVALID, "%s[%zu] is no word of up to %d bytes in one line", key, i, SYNONYM_WORD_LEN);
        else
            text_copy(words[i], SYNONYM_WORD_LEN + 1, word);
    }
    *ret_n = rc == 0 ? json_len(arr) : 0;
    return rc;
}

static int read_one(const struct json *obj, struct synonym *s, struct err *e)
{
    int rc = json_known(obj, "say for", e);

    if (rc == 0)
        rc = read_words(obj, "say", s->say, &s->n_say, e);
    return rc == 0 ? read_words(obj, "for", s->means, &s->n_means, e) : rc;
}

static int read_all(const struct json *doc, struct synonyms *ret, struct err *e)
{
    const struct json *arr = NULL;
    int64_t schema;
    int rc = json_known(doc, "schema synonyms", e);

    if (rc == 0)
        rc = json_get_int(doc, "schema", 1, 1, &schema, e);
    if (rc == 0)
        rc = json_get_arr(doc, "synonyms", SYNONYMS_MAX, &arr, e);
    if (rc == 0 && !(ret->list = calloc(json_len(arr) + 1, sizeof *ret->list)))
        rc = err_set(e, ERR_NOMEM, "read the synonyms");
    for (size_t i = 0; rc == 0 && i < json_len(arr); i++) {
        rc = err_wrap(e, read_one(json_at(arr, i), &ret->list[i], e), "synonyms[%zu]", i);
        ret->n += rc == 0;
    }
    return rc;
}

int synonyms_file_read(const char *path, struct synonyms *ret, struct err *e)
{
    struct json *doc = NULL;
    struct buf b;

    *ret = (struct synonyms){.n = 0};
    int rc = fs_read_given(path, JSON_SIZE_MAX, &b, e);
    if (rc < 0)
        return rc;
    rc = json_parse(b.data, b.len, JSON_SIZE_MAX, &doc, e);
    buf_finish(&b);
    if (rc == 0)
        rc = read_all(doc, ret, e);
    json_free(doc);
    return rc;
}

bool synonym_fits(const struct synonym *s, const struct item_file *f)
{
    bool fits = false;

    for (size_t i = 0; i < s->n_means && !fits; i++) {
        fits = strstr(f->item.task_name, s->means[i]) != NULL;
        for (size_t k = 0; k < f->item.keywords.n && !fits; k++)
            fits = strstr(f->item.keywords.at[k], s->means[i]) != NULL;
    }
    return fits;
}
