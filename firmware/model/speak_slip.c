/* SPDX-License-Identifier: Apache-2.0
 *
 * See speak_slip.h.
 */
#include "model/speak_slip.h"

#include <stdio.h>

#include "base/secret.h"
#include "model/receipt_parts.h"
#include "model/strings.h"

#define LABEL 8

static const char *text(enum str_id id)
{
    return str(LANGUAGE_ZH_CN, id);
}

#define FILL(out, id, ...) str_fill(out, sizeof(out), LANGUAGE_ZH_CN, id, STR_ARGS(__VA_ARGS__))

static void row(struct paper *p, enum str_id label, const char *value)
{
    paper_row(p, LABEL, text(label), value, false);
}

static void head(struct paper *p, const struct speak_slip_facts *f)
{
    char grouped[24];

    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, f->place->zone);
    paper_text(p, PAPER_TITLE, PAPER_CENTER, true, text(STR_paper_spoken_title));
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, text(STR_paper_spoken_is));
    paper_rule(p, false);
    speak_code_group(f->code, grouped);
    paper_text(p, PAPER_DOUBLE, PAPER_LEFT, true, grouped);
    paper_rule(p, true);
    secret_wipe(grouped, sizeof grouped);
}

static void due(struct paper *p, const struct speak_slip_facts *f)
{
    char day[60], words[80], year[12];

    receipt_date(f->due, day);
    row(p, STR_paper_spoken_due, FILL(words, STR_paper_spoken_due_by, day));
    if (!f->provisional)
        return;
    snprintf(year, sizeof year, "%d", f->provisional_year);
    paper_note(p, 6, text(STR_paper_provisional),
               f->provisional_year ? FILL(words, STR_paper_provisional_why, year) : text(STR_paper_provisional_clock));
}

struct paper *speak_slip_compose(const struct speak_slip_facts *f)
{
    static const enum str_id kinds[SPEAK_KINDS] = {[SPEAK_CONSULT] = STR_paper_spoken_consult,
                                                   [SPEAK_SUGGEST] = STR_paper_spoken_suggest,
                                                   [SPEAK_COMPLAIN] = STR_paper_spoken_complain,
                                                   [SPEAK_REPORT] = STR_paper_spoken_report};
    struct paper *p = paper_create();
    char at[40], where[128];

    receipt_copy_band(p, f->copy);
    head(p, f);
    row(p, STR_paper_spoken_kind, text(kinds[f->kind]));
    receipt_time(f->at_ms, false, at);
    row(p, STR_paper_spoken_at, at);
    receipt_place(f->place, where);
    row(p, STR_paper_where, where);
    due(p, f);
    row(p, STR_paper_spoken_left,
        f->card    ? text(STR_paper_spoken_card)
        : f->phone ? text(STR_paper_spoken_phone)
                   : text(STR_paper_spoken_nobody));
    paper_rule(p, true);
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_paper_spoken_how));
    paper_text(p, PAPER_NORMAL, PAPER_LEFT, false, text(STR_paper_spoken_sealed));
    paper_text(p, PAPER_NORMAL, PAPER_CENTER, false, text(STR_paper_spoken_ask));
    paper_rule(p, false);
    paper_row(p, 10, text(STR_paper_hotline), f->place->hotline, false);
    paper_row(p, 10, text(STR_paper_supervision), f->place->supervision, false);
    receipt_printed(p, f->place, f->copy, f->printed_ms);
    paper_cut(p);
    return receipt_whole(p);
}
