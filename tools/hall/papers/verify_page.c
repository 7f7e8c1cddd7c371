/* SPDX-License-Identifier: Apache-2.0
 *
 * See verify_page.h, and verify_page.html.
 */
#include "tools/hall/papers/verify_page.h"

#include <string.h>

#include "base/json.h"
#include "tools/hall/papers/case_paper_code.h"
#include "tools/hall/papers/case_paper_words.h"

#define DATA "@DATA@\n"

static const char page[] =
#include "verify_page.inc"
    ;

static const struct {
    const char *key;
    enum case_paper_word word;
} words[] = {
    {"title", PAPER_WORD_verify_title},  {"how", PAPER_WORD_verify_how},       {"paste", PAPER_WORD_verify_paste},
    {"scan", PAPER_WORD_verify_scan},    {"good", PAPER_WORD_verify_good},     {"compare", PAPER_WORD_verify_compare},
    {"bad", PAPER_WORD_verify_bad},      {"badDo", PAPER_WORD_verify_bad_do},  {"not", PAPER_WORD_verify_not},
    {"notDo", PAPER_WORD_verify_not_do}, {"cannot", PAPER_WORD_verify_cannot}, {"cannotDo", PAPER_WORD_verify_cannot_do},
    {"check", PAPER_WORD_row_check},
};

/* What the second line of a code says, by how it was decided. */
static void put_paper(struct jsonw *w, enum case_paper_kind kind)
{
    struct case_paper_claim c = {.kind = kind};

    jsonw_obj(w, case_paper_kind_word(kind));
    jsonw_str(w, "title", case_paper_title(kind));
    for (enum case_result r = 0; r < CASE_RESULTS; r++) {
        c.result = r;
        if ((r == CASE_RESULT_NONE) == (kind != PAPER_decision))
            jsonw_str(w, r == CASE_RESULT_NONE ? "-" : case_result_word(r), case_paper_claim_says(&c));
    }
    jsonw_end(w);
}

void verify_page(const struct public_key *keys, size_t n, struct buf *out)
{
    const char *data = strstr(page, DATA);
    struct jsonw w;

    buf_add(out, page, (size_t)(data - page));
    jsonw_init(&w, out);
    jsonw_obj(&w, NULL);
    jsonw_obj(&w, "words");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        jsonw_str(&w, words[i].key, case_paper_word(words[i].word));
    jsonw_end(&w);
    jsonw_arr(&w, "keys");
    for (size_t i = 0; i < n; i++)
        jsonw_hex(&w, NULL, keys[i].point, sizeof keys[i].point);
    jsonw_end(&w);
    jsonw_obj(&w, "papers");
    for (enum case_paper_kind k = 0; k < PAPERS; k++)
        put_paper(&w, k);
    jsonw_end(&w);
    jsonw_end(&w);
    buf_adds(out, data + sizeof DATA - 2);
}
