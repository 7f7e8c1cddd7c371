/* SPDX-License-Identifier: Apache-2.0
 *
 * See step.h.
 */
#include "tools/install/step.h"

#include <string.h>

#define GOES_ON_S 10  /* with what was begun */
#define RESTARTS_S 10 /* when it is done and the stick is out already */
#define DIGITS 4

static const struct place nowhere; /* no page asks for it */

void install_begin(struct view *v, struct settings settings)
{
    memset(v, 0, sizeof *v);
    v->screen = SCREEN_INSTALL;
    v->settings = settings;
    v->place = &nowhere;
    v->install.on = v->install.stick = true;
    v->install.now.left_s = v->install.now.percent = -1;
}

static enum install_effect show(struct view *v, enum screen screen)
{
    v->screen = screen;
    v->install.remind = v->install.wrong = false;
    v->install.typed = v->install.seconds = 0;
    v->keys.kind = screen == SCREEN_INSTALL_FOREIGN ? KEYBOARD_DIGITS : KEYBOARD_NONE;
    return INSTALL_NOTHING;
}

static enum install_effect found(struct view *v, const struct install_facts *f)
{
    v->install.facts = *f;
    if (f->trouble != INSTALL_FINE)
        return show(v, SCREEN_INSTALL_TROUBLE);
    switch (f->found) {
    case INSTALL_EMPTY:
        return show(v, SCREEN_INSTALL);
    case INSTALL_OURS:
        return show(v, SCREEN_INSTALL_KEEP);
    case INSTALL_OTHER:
        return show(v, SCREEN_INSTALL_OTHER);
    case INSTALL_FOREIGN:
        return show(v, SCREEN_INSTALL_FOREIGN);
    case INSTALL_INSTALLED:
        return show(v, SCREEN_INSTALL_DONE);
    case INSTALL_HALF:
        break;
    }
    show(v, SCREEN_INSTALL_HALF);
    v->install.seconds = GOES_ON_S;
    return INSTALL_NOTHING;
}

static enum install_effect begin_writing(struct view *v)
{
    show(v, SCREEN_INSTALL_WRITING);
    return INSTALL_WRITE;
}

/* --- what is touched ----------------------------------------------------------------------------------------------------
 */

static bool asks_first(const struct view *v)
{
    return v->screen == SCREEN_INSTALL || v->screen == SCREEN_INSTALL_KEEP || v->screen == SCREEN_INSTALL_HALF ||
           (v->screen == SCREEN_INSTALL_FOREIGN && v->install.typed == DIGITS);
}

static void key(struct view *v, int code)
{
    const char *ask = v->install.facts.ask;

    if (v->screen != SCREEN_INSTALL_FOREIGN || v->install.typed == DIGITS)
        return;
    v->install.wrong = ask[v->install.typed] != code;
    v->install.typed = v->install.wrong ? 0 : v->install.typed + 1;
}

/* Language, size and colours, on every page but where nobody touches. */
static void setting(struct view *v, struct intent i)
{
    struct settings *s = &v->settings;

    if (i.kind == INTENT_LANGUAGE)
        s->language = language_next(s->language);
    else if (i.kind == INTENT_TEXT_SIZE)
        s->size = i.a >= 0 ? (enum text_size)i.a : s->size == SIZE_LARGEST ? SIZE_STANDARD : s->size + 1;
    else if (i.kind == INTENT_ACCESSIBILITY) /* one touch: the page of all of them would hide what is asked */
        s->high_contrast = !s->high_contrast;
}

static enum install_effect touched(struct view *v, struct intent i)
{
    if (v->screen == SCREEN_INSTALL_WRITING || v->screen == SCREEN_INSTALL_DONE)
        return INSTALL_NOTHING;
    switch ((int)i.kind) {
    case INTENT_START:
        return *v->install.facts.version && asks_first(v) ? begin_writing(v) : INSTALL_NOTHING;
    case INTENT_END:
        return INSTALL_OFF;
    case INTENT_CLOSE:
        v->install.remind = true;
        return INSTALL_NOTHING;
    case INTENT_KEY:
        key(v, i.a);
        return INSTALL_NOTHING;
    case INTENT_BACKSPACE:
        v->install.typed -= v->install.typed > 0;
        return INSTALL_NOTHING;
    case INTENT_CLEAR:
        v->install.typed = 0;
        return INSTALL_NOTHING;
    default:
        setting(v, i);
        return INSTALL_NOTHING;
    }
}

/* --- the rest -----------------------------------------------------------------------------------------------------------
 */

/* Whoever takes it out before anything was begun wants the machine as it was; what is being written goes on from memory. */
static enum install_effect stick(struct view *v, bool in)
{
    bool out = v->install.stick && !in;

    v->install.stick = in;
    if (v->screen == SCREEN_INSTALL_WRITING)
        return INSTALL_NOTHING;
    return out ? INSTALL_RESTART : INSTALL_NOTHING;
}

static enum install_effect second(struct view *v)
{
    if (v->install.seconds == 0 || --v->install.seconds > 0)
        return INSTALL_NOTHING;
    return v->screen == SCREEN_INSTALL_HALF ? begin_writing(v) : INSTALL_RESTART;
}

static enum install_effect ended(struct view *v, enum install_trouble trouble)
{
    v->install.facts.trouble = trouble;
    if (trouble != INSTALL_FINE)
        return show(v, SCREEN_INSTALL_TROUBLE);
    show(v, SCREEN_INSTALL_DONE);
    v->install.seconds = v->install.stick ? 0 : RESTARTS_S;
    return INSTALL_NOTHING;
}

enum install_effect install_step(struct view *v, const struct install_input *in)
{
    switch (in->kind) {
    case INSTALL_FOUND:
        return found(v, in->facts);
    case INSTALL_INTENT:
        return touched(v, in->intent);
    case INSTALL_PROGRESS:
        v->install.now.part = in->part;
        v->install.now.percent = in->percent;
        v->install.now.left_s = in->left_s;
        v->install.now.mb_s = in->mb_s;
        v->install.now.done = in->done;
        v->install.now.bytes = in->bytes;
        return INSTALL_NOTHING;
    case INSTALL_ENDED:
        return ended(v, in->trouble);
    case INSTALL_STICK:
        return stick(v, in->in);
    case INSTALL_SECOND:
        break;
    }
    return second(v);
}
