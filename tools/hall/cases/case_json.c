/* SPDX-License-Identifier: Apache-2.0
 *
 * See case_json.h.
 */
#include "tools/hall/cases/case_json.h"

#include "tools/hall/rules/deadline_words.h"

void case_json_day(struct jsonw *w, const char *key, struct date d)
{
    char text[DATE_LEN + 1];

    if (!case_day(d)) {
        jsonw_null(w, key);
        return;
    }
    date_format(d, text);
    jsonw_str(w, key, text);
}

static void put_stops(struct jsonw *w, const struct deadline *d)
{
    jsonw_arr(w, "stops");
    for (int i = 0; i < d->n_stops; i++) {
        const struct deadline_stop *stop = &d->stops[i];

        jsonw_obj(w, NULL);
        jsonw_str(w, "procedure", case_procedure_word(stop->procedure));
        case_json_day(w, "from", stop->from);
        case_json_day(w, "until", stop->until);
        jsonw_int(w, "days", stop->days);
        jsonw_bool(w, "open", stop->open);
        jsonw_bool(w, "lapsed", stop->lapsed);
        jsonw_end(w);
    }
    jsonw_end(w);
}

void case_json_deadline(struct jsonw *w, const struct deadline *d, struct date today)
{
    char words[DEADLINE_WORDS_MAX];

    jsonw_str(w, "limit", deadline_word(d->kind));
    jsonw_str(w, "step", d->limit.step);
    jsonw_str(w, "post", d->limit.post);
    case_json_day(w, "from", d->from);
    if (d->limit.day < 0) {
        jsonw_null(w, "days");
        jsonw_null(w, "due");
    } else {
        jsonw_int(w, "days", d->limit.day);
        jsonw_str(w, "unit", d->limit.unit == DAY_WORKING ? "working-day" : "calendar-day");
        case_json_day(w, "due", d->due);
        put_stops(w, d);
        jsonw_bool(w, "latest", d->open);
        jsonw_bool(w, "late", deadline_is_late(d, today));
    }
    if (d->provisional)
        jsonw_int(w, "provisional", d->provisional);
    case_json_day(w, "done", d->done);
    jsonw_obj(w, "words");
    for (enum language l = 0; l < LANGUAGES_OF_STAFF; l++)
        jsonw_str(w, language_tag(l), deadline_sentence(d, today, l, words));
    jsonw_end(w);
}

struct case_state case_state_of(const struct case_file *f)
{
    return f->state.stage == CASE_NEW ? deadline_untaken(f->applied) : f->state;
}
