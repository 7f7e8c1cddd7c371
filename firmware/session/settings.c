/* SPDX-License-Identifier: Apache-2.0
 *
 * How somebody sees and reaches the page: language, size of text, colours, reach, voice. Dock and accessibility page change
 * it on any page, which stays with all that was typed; when the visit ends everything is as every visit starts.
 */
#include <string.h>

#include "base/must.h"
#include "session/internal.h"
#include "session/pages.h"
#include "session/searching.h"
#include "session/settings.h"
#include "session/visit.h"

static bool takes(const struct session *s, enum intent_kind k)
{
    if (k == INTENT_LOUDNESS || k == INTENT_SPEED)
        return s->view.settings.voice;
    if (k == INTENT_VOICE)
        return s->view.voice != VOICE_NONE;
    return k == INTENT_LANGUAGE || k == INTENT_TEXT_SIZE || k == INTENT_CONTRAST || k == INTENT_LOW_REACH ||
           k == INTENT_ACCESSIBILITY;
}

static enum text_size one_up(enum text_size size)
{
    return size == SIZE_LARGEST ? SIZE_STANDARD : size + 1;
}

static void voice_intent(struct session *s, struct intent i)
{
    struct settings *t = &s->view.settings;
    int loudness = t->loudness + (i.a < 0 ? -1 : 1);

    if (i.kind == INTENT_VOICE)
        t->voice = i.a;
    else if (i.kind == INTENT_SPEED)
        t->speed = i.a >= 0 && i.a < VOICE_SPEEDS ? (enum voice_speed)i.a : VOICE_USUAL;
    else if (loudness >= 1 && loudness <= VOICE_VOLUMES)
        t->loudness = loudness;
}

bool settings_intent(struct session *s, struct intent i)
{
    struct settings *t = &s->view.settings;
    must((unsigned)t->language < LANGUAGE_COUNT && (unsigned)t->size <= SIZE_LARGEST, "settings there are none of");

    if (!takes(s, i.kind))
        return false;
    if (s->base == SCREEN_IDLE)
        visit_begin(s);
    if (i.kind == INTENT_LANGUAGE)
        t->language = language_next(t->language);
    else if (i.kind == INTENT_TEXT_SIZE)
        t->size = i.a >= SIZE_STANDARD && i.a <= SIZE_LARGEST ? (enum text_size)i.a : one_up(t->size);
    else if (i.kind == INTENT_CONTRAST)
        t->high_contrast = i.a;
    else if (i.kind == INTENT_LOW_REACH)
        t->low_reach = i.a;
    else if (i.kind == INTENT_ACCESSIBILITY)
        s->settling_in = true;
    else
        voice_intent(s, i);
    if (i.kind == INTENT_TEXT_SIZE && s->view.values)
        pages_update(s); /* the field that was touched stays in sight */
    if (i.kind == INTENT_LANGUAGE && s->base == SCREEN_SEARCH)
        searching_again(s);
    return true;
}

void settings_voice_gone(struct session *s)
{
    s->view.voice = VOICE_NONE;
    s->view.settings.voice = false;
}

void settings_reset(struct session *s)
{
    s->view.settings = s->config.settings;
    s->view.voice = s->config.voice;
    s->settling_in = false;
}

bool settings_changed(const struct session *s)
{
    const struct settings *now = &s->view.settings, *start = &s->config.settings;

    return now->language != start->language || now->size != start->size || now->high_contrast != start->high_contrast ||
           now->low_reach != start->low_reach || now->voice != start->voice || now->loudness != start->loudness ||
           now->speed != start->speed || s->settling_in;
}

static bool word_is(const char *word, size_t len, const char *what)
{
    return strlen(what) == len && !memcmp(word, what, len);
}

static bool parse_word(const char *word, size_t len, struct settings *t)
{
    static const char *const sizes[] = {"standard", "large", "larger", "largest"};

    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (word_is(word, len, language_tag((enum language)i))) {
            t->language = (enum language)i;
            return true;
        }
    for (int i = 0; i <= SIZE_LARGEST; i++)
        if (word_is(word, len, sizes[i])) {
            t->size = (enum text_size)i;
            return true;
        }
    t->high_contrast |= word_is(word, len, "contrast");
    t->low_reach |= word_is(word, len, "low-reach");
    t->voice |= word_is(word, len, "voice");
    return word_is(word, len, "contrast") || word_is(word, len, "low-reach") || word_is(word, len, "voice");
}

int settings_parse(const char *words, struct settings *ret, struct err *e)
{
    struct settings t = SETTINGS_USUAL;

    for (const char *w = words; *w;) {
        size_t len = strcspn(w, ",");

        if (!parse_word(w, len, &t))
            return err_set(e, ERR_INVALID,
                           "\"%.*s\" is none of zh-CN en, standard large larger largest, contrast, low-reach, voice",
                           (int)len, w);
        w += len + (w[len] == ',');
    }
    *ret = t;
    return 0;
}
