/* SPDX-License-Identifier: Apache-2.0
 *
 * See licence.h.
 */
#include "tools/hall/rules/licence.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "model/identity.h"

static const char *const states[LICENCE_STATES] = {"valid", "suspended", "revoked"};
static const char *const sources[LICENCE_SOURCES] = {"import", "platform"};
static const char *const standings[LICENCE_STANDINGS] = {"good", "not-yet", "expired", "suspended", "revoked"};
static const char *const askeds[LICENCE_ASKEDS] = {"never", "held", "none", "not-told"};
static const char *const covers[LICENCE_COVERS] = {"held", "bring", "unchecked"};
static const char *const faults[LICENCE_FAULTS] = {
    [LICENCE_FINE] = "",
#define LICENCE_FAULT(name, what) [LICENCE_FAULT_##name] = what,
#include "tools/hall/rules/licence_fault.def"
#undef LICENCE_FAULT
};
static const struct {
    const char *word, *what, *remedy;
} refusals[LICENCE_REFUSALS] = {
    [LICENCE_MAY] = {"", "", ""},
#define LICENCE_REFUSAL(name, word, what, remedy) [LICENCE_REFUSAL_##name] = {word, what, remedy},
#include "tools/hall/rules/licence_refusal.def"
#undef LICENCE_REFUSAL
};

static const struct {
    const char *word, *what;
    bool said;
} whys[LICENCE_WHYS] = {
    [LICENCE_WHY_NONE] = {"", "", false},
#define LICENCE_WHY(name, word, said, what) [LICENCE_WHY_##name] = {word, what, said},
#include "tools/hall/rules/licence_why.def"
#undef LICENCE_WHY
};

/* --- words --- */

/* The place of a word; n: it is none of them. */
static int find(const char *const *words, int n, const char *word)
{
    int i = 0;

    while (i < n && strcmp(words[i], word) != 0)
        i++;
    return i;
}

const char *licence_state_word(enum licence_state s)
{
    return states[s];
}

bool licence_state_by_word(const char *word, enum licence_state *ret)
{
    int i = find(states, LICENCE_STATES, word);

    if (i < LICENCE_STATES)
        *ret = (enum licence_state)i;
    return i < LICENCE_STATES;
}

const char *licence_source_word(enum licence_source s)
{
    return sources[s];
}

bool licence_source_by_word(const char *word, enum licence_source *ret)
{
    int i = find(sources, LICENCE_SOURCES, word);

    if (i < LICENCE_SOURCES)
        *ret = (enum licence_source)i;
    return i < LICENCE_SOURCES;
}

const char *licence_asked_word(enum licence_asked a)
{
    return askeds[a];
}

bool licence_asked_by_word(const char *word, enum licence_asked *ret)
{
    int i = find(askeds, LICENCE_ASKEDS, word);

    if (i < LICENCE_ASKEDS)
        *ret = (enum licence_asked)i;
    return i < LICENCE_ASKEDS;
}

const char *licence_why_word(enum licence_why w)
{
    return whys[w].word;
}

const char *licence_why_what(enum licence_why w)
{
    return whys[w].what;
}

bool licence_why_by_word(const char *word, enum licence_why *ret)
{
    for (int i = LICENCE_WHY_NONE + 1; i < LICENCE_WHYS; i++) {
        if (strcmp(word, whys[i].word) == 0) {
            *ret = (enum licence_why)i;
            return true;
        }
    }
    return false;
}

bool licence_why_is_said(enum licence_why w)
{
    return whys[w].said;
}

const char *licence_standing_word(enum licence_standing s)
{
    return standings[s];
}

const char *licence_cover_word(enum licence_cover c)
{
    return covers[c];
}

const char *licence_fault_what(enum licence_fault f)
{
    return faults[f];
}

const char *licence_refusal_word(enum licence_refusal r)
{
    return refusals[r].word;
}

const char *licence_refusal_what(enum licence_refusal r)
{
    return refusals[r].what;
}

const char *licence_refusal_remedy(enum licence_refusal r)
{
    return refusals[r].remedy;
}

/* --- what a source says --- */

#define SHOWN 4 /* characters of a number; one that is not much longer shows none */

void licence_mask(const char *number, char out[LICENCE_MASKED_MAX + 1])
{
    size_t n = utf8_count(number);

    snprintf(out, LICENCE_MASKED_MAX + 1, "****%s", n >= 2 * SHOWN ? number + utf8_prefix(number, n - SHOWN) : "");
}

static bool is_code(const char *text)
{
    size_t n = strlen(text);

    return n >= 1 && n <= LICENCE_CODE_MAX &&
           strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._") == n;
}

static bool is_line(const char *text, size_t max)
{
    return text[0] && strlen(text) <= max && text_is_plain_line(text);
}

static bool is_holder(const char *text)
{
    bool may = false;

    for (int kind = IDENTITY_RESIDENT; kind <= IDENTITY_FOREIGN_2023; kind++)
        may |= strlen(text) <= LICENCE_HOLDER_MAX && identity_number_valid((enum identity_kind)kind, text);
    return may;
}

static bool read_day(const char *text, struct date *ret)
{
    char eight[9] = "";
    char again[DATE_LEN + 1] = "";

    if (strlen(text) != DATE_LEN)
        return false;
    snprintf(eight, sizeof eight, "%.4s%.2s%.2s", text, text + 5, text + 8);
    if (!date_parse8(eight, ret))
        return false;
    date_format(*ret, again);
    return strcmp(text, again) == 0;
}

static enum licence_fault read_days(const struct licence_words *w, struct date today, struct licence *l)
{
    if (!read_day(w->valid_from, &l->from))
        return LICENCE_FAULT_FROM;
    if (w->valid_to[0] && !read_day(w->valid_to, &l->to))
        return LICENCE_FAULT_TO;
    if (l->to.year && date_compare(l->to, l->from) < 0)
        return LICENCE_FAULT_ORDER;
    if (!licence_state_by_word(w->state, &l->state))
        return LICENCE_FAULT_STATE;
    if (!read_day(w->told, &l->told))
        return LICENCE_FAULT_TOLD;
    return date_compare(l->told, today) > 0 ? LICENCE_FAULT_TOLD_LATER : LICENCE_FINE;
}

enum licence_fault licence_read(const struct licence_words *w, struct date today, struct licence_said *ret)
{
    struct licence *l = &ret->licence;

    *ret = (struct licence_said){.holder = ""};
    if (!is_holder(w->certificate_holder_code))
        return LICENCE_FAULT_HOLDER;
    if (!is_code(w->certificate_type_code))
        return LICENCE_FAULT_CODE;
    if (!is_line(w->certificate_type, LICENCE_KIND_MAX))
        return LICENCE_FAULT_KIND;
    if (!is_line(w->certificate_number, LICENCE_NUMBER_MAX))
        return LICENCE_FAULT_NUMBER;
    if (!is_line(w->issue_dept, LICENCE_ISSUER_MAX))
        return LICENCE_FAULT_ISSUER;
    if (citizen_number_in(w->certificate_type_code) || citizen_number_in(w->certificate_type) ||
        citizen_number_in(w->issue_dept))
        return LICENCE_FAULT_PERSONAL;
    text_copy(ret->holder, sizeof ret->holder, w->certificate_holder_code);
    for (char *c = ret->holder; *c; c++) /* as cards write it, for it becomes an index */
        *c = *c == 'x' ? 'X' : *c;
    text_copy(ret->number, sizeof ret->number, w->certificate_number);
    text_copy(l->code, sizeof l->code, w->certificate_type_code);
    text_copy(l->kind, sizeof l->kind, w->certificate_type);
    text_copy(l->issuer, sizeof l->issuer, w->issue_dept);
    licence_mask(w->certificate_number, l->number);
    return read_days(w, today, l);
}

static bool same_words(const struct licence *a, const struct licence *b)
{
    return strcmp(a->kind, b->kind) == 0 && strcmp(a->code, b->code) == 0 && strcmp(a->issuer, b->issuer) == 0 &&
           date_compare(a->from, b->from) == 0 && date_compare(a->to, b->to) == 0 && a->state == b->state &&
           a->source == b->source;
}

enum licence_change licence_judge(const struct licence *known, const struct licence *said)
{
    int later;

    if (!known)
        return LICENCE_NEW;
    later = date_compare(said->told, known->told);
    if (known->staff[0] && (said->source == LICENCE_PLATFORM || later <= 0))
        return LICENCE_STAYS;
    if (later < 0)
        return LICENCE_OLDER;
    return later == 0 && same_words(known, said) ? LICENCE_SAME : LICENCE_REPLACES;
}

/* --- what it is good for --- */

enum licence_standing licence_on(const struct licence *l, struct date day)
{
    if (l->state == LICENCE_REVOKED)
        return LICENCE_IS_REVOKED;
    if (l->state == LICENCE_SUSPENDED)
        return LICENCE_IS_SUSPENDED;
    if (l->to.year && date_compare(day, l->to) > 0)
        return LICENCE_EXPIRED;
    return date_compare(day, l->from) < 0 ? LICENCE_NOT_YET : LICENCE_GOOD;
}

bool licence_is_of(const struct licence *l, const char *kind)
{
    return strcmp(l->kind, kind) == 0 || strcmp(l->code, kind) == 0;
}

/* Does `l` say more than `best`: one that is good, and of two of a kind the one that ends later? */
static bool is_better(const struct licence *l, const struct licence *best, struct date day)
{
    bool good = licence_on(l, day) == LICENCE_GOOD;

    if (!best)
        return true;
    if (good != (licence_on(best, day) == LICENCE_GOOD))
        return good;
    return best->to.year && (!l->to.year || date_compare(l->to, best->to) > 0);
}

struct licence_verdict licence_verdict(const char *kind, const struct licence *list, size_t n,
                                       const struct licence_check *check, struct date day)
{
    struct licence_verdict v = {.cover = LICENCE_UNCHECKED};

    for (size_t i = 0; i < n; i++)
        if (licence_is_of(&list[i], kind) && is_better(&list[i], v.licence, day))
            v.licence = &list[i];
    if (v.licence)
        v.standing = licence_on(v.licence, day);
    if (v.licence && v.standing == LICENCE_GOOD)
        v.cover = LICENCE_HELD;
    else if (check && check->asked == LICENCE_NOT_TOLD) /* it may have been renewed, and nobody knows */
        v.cover = LICENCE_UNCHECKED;
    else if (v.licence || (check && check->asked == LICENCE_SAID_NONE))
        v.cover = LICENCE_BRING;
    return v;
}
