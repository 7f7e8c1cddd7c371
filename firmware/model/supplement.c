/* SPDX-License-Identifier: Apache-2.0
 *
 * See supplement.h.
 */
#include "model/supplement.h"

#include <string.h>

#include "base/json.h"

static void put_text(struct jsonw *w, const char *key, const char *text)
{
    if (text[0])
        jsonw_str(w, key, text);
}

static void put_applicant(struct jsonw *w, const struct identity *who)
{
    jsonw_obj(w, "applicant");
    put_text(w, "name", who->name);
    put_text(w, "name_latin", who->name_latin);
    put_text(w, "number", who->number);
    jsonw_end(w);
}

int supplement_encode(const char *case_number, const struct identity *who, const char *words, struct buf *out, struct err *e)
{
    struct case_number n;
    struct jsonw w;
    size_t before = out->len;

    if (!who || !who->number[0] || !words || !words[0])
        return err_set(e, ERR_STATE, "a supplement needs a card and words");
    if (!case_number_parse(case_number, &n) || strlen(case_number) != CASE_NUMBER_LEN)
        return err_set(e, ERR_STATE, "a supplement needs a case");
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_int(&w, "v", 1);
    jsonw_str(&w, "case", case_number);
    put_applicant(&w, who);
    jsonw_str(&w, "words", words);
    jsonw_end(&w);
    if (!buf_ok(out) || out->len - before > SUPPLEMENT_MAX)
        return err_set(e, ERR_TOOLONG, "the supplement is longer than %d bytes", SUPPLEMENT_MAX);
    return 0;
}
