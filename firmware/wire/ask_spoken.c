/* SPDX-License-Identifier: Apache-2.0
 *
 * What became of what somebody said, in an answer of ask.h:
 *   {"kind":"complain","stage":"answered","said":ms,"due":"2026-01-26","provisional":false,"answered_on":"2026-01-20",
 *    "post":"…","words":"…"}
 */
#include "wire/ask_parts.h"

static const char *const stages[] = {
    [MY_SPOKEN_NEW] = "new",
    [MY_SPOKEN_ASSIGNED] = "assigned",
    [MY_SPOKEN_ANSWERED] = "answered",
    [MY_SPOKEN_REFUSED] = "refused",
};

void ask_put_spoken(struct jsonw *w, const struct my_spoken *told)
{
    jsonw_obj(w, "spoken");
    jsonw_str(w, "kind", speak_word(told->kind));
    jsonw_str(w, "stage", stages[told->stage]);
    jsonw_int(w, "said", told->said_ms);
    ask_put_day(w, "due", told->due);
    jsonw_bool(w, "provisional", told->provisional);
    ask_put_day(w, "answered_on", told->answered_on);
    jsonw_str(w, "post", told->post);
    jsonw_str(w, "words", told->words);
    jsonw_end(w);
}

static int get_kind(const struct json *o, enum speak_kind *ret, struct err *e)
{
    const char *word;
    int rc = json_get_str(o, "kind", 1, 16, &word, e);

    return rc == 0 && !speak_by_word(word, ret) ? err_set(e, ERR_INVALID, "kind is an unknown word") : rc;
}

int ask_get_spoken(const struct json *o, struct my_spoken *ret, struct err *e)
{
    const struct json *told = NULL;
    int stage = 0, rc = json_opt_obj(o, "spoken", &told, e);

    if (rc == 0)
        rc = json_known(told, "kind stage said due provisional answered_on post words", e);
    if (rc == 0)
        rc = get_kind(told, &ret->kind, e);
    if (rc == 0)
        rc = ask_get_word(told, "stage", stages, sizeof stages / sizeof *stages, &stage, e);
    if (rc == 0)
        rc = json_get_int(told, "said", 0, ASK_TIME_MAX, &ret->said_ms, e);
    if (rc == 0)
        rc = ask_get_day(told, "due", &ret->due, e);
    if (rc == 0)
        rc = json_get_bool(told, "provisional", &ret->provisional, e);
    if (rc == 0)
        rc = ask_get_day(told, "answered_on", &ret->answered_on, e);
    if (rc == 0)
        rc = ask_get_text(told, "post", 0, MY_SPOKEN_POST_MAX, ret->post, e);
    if (rc == 0)
        rc = ask_get_text(told, "words", 0, MY_SPOKEN_WORDS_MAX, ret->words, e);
    ret->stage = (enum my_spoken_stage)stage;
    return rc;
}
