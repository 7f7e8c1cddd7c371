/* SPDX-License-Identifier: Apache-2.0
 *
 * See input.h.
 */
#include "ui/input/input.h"

#include <SDL2/SDL_events.h> /* all of SDL.h is 60,000 lines, of vectors for the most part */

static const struct {
    SDL_Keycode code;
    const char *name;
} keys[] = {{SDLK_UP, "up"},          {SDLK_DOWN, "down"},         {SDLK_LEFT, "left"},       {SDLK_RIGHT, "right"},
            {SDLK_RETURN, "enter"},   {SDLK_KP_ENTER, "enter"},    {SDLK_ESCAPE, "back"},     {SDLK_VOLUMEUP, "louder"},
            {SDLK_KP_PLUS, "louder"}, {SDLK_VOLUMEDOWN, "softer"}, {SDLK_KP_MINUS, "softer"}, {SDLK_HELP, "repeat"},
            {SDLK_F1, "repeat"}};

#define MOUSE (-1)

/* SDL calls a press a repetition as long as it has not seen the key's release. Only the last key repeats, and without a
 * pause. */
static void on_key(struct input *in, const struct input_events *e, void *ctx, const SDL_KeyboardEvent *k)
{
    bool again = k->repeat && k->keysym.sym == in->key && k->timestamp - in->key_ms <= INPUT_KEY_PAUSE_MS;

    in->key = k->keysym.sym;
    in->key_ms = k->timestamp;
    for (size_t i = 0; i < sizeof keys / sizeof *keys && !again; i++)
        if (keys[i].code == k->keysym.sym)
            e->key(ctx, keys[i].name);
}

static bool is_down(const struct input *in, long long panel, long long finger)
{
    return in->held && in->panel == panel && in->finger == finger;
}

static void on_lost(struct input *in, const struct input_events *e, void *ctx)
{
    if (in->held)
        e->lost(ctx);
    in->held = false;
}

static void on_touch(struct input *in, const struct input_events *e, void *ctx, long long panel, long long finger, int x,
                     int y, bool down)
{
    bool own = is_down(in, panel, finger);

    if (!down && !own)
        return;
    if (down && own)
        on_lost(in, e, ctx); /* its going up was not seen */
    if (!e->touch(ctx, x, y, down))
        return;
    in->held = down;
    in->panel = panel;
    in->finger = finger;
}

static void on_pointer(struct input *in, const struct input_events *e, void *ctx, const SDL_Event *ev, int w, int h)
{
    const SDL_TouchFingerEvent *f = &ev->tfinger;

    if (ev->type == SDL_MOUSEBUTTONDOWN || ev->type == SDL_MOUSEBUTTONUP) {
        if (ev->button.button == SDL_BUTTON_LEFT)
            on_touch(in, e, ctx, MOUSE, 0, ev->button.x, ev->button.y, ev->type == SDL_MOUSEBUTTONDOWN);
    } else if (ev->type == SDL_MOUSEMOTION && is_down(in, MOUSE, 0)) {
        if (ev->motion.state & SDL_BUTTON_LMASK)
            e->move(ctx, ev->motion.x, ev->motion.y);
        else
            on_lost(in, e, ctx); /* it was let go where nobody saw it */
    } else if (ev->type == SDL_FINGERDOWN || ev->type == SDL_FINGERUP) {
        on_touch(in, e, ctx, f->touchId, f->fingerId, (int)(f->x * (float)w), (int)(f->y * (float)h),
                 ev->type == SDL_FINGERDOWN);
    } else if (ev->type == SDL_FINGERMOTION && is_down(in, f->touchId, f->fingerId)) {
        e->move(ctx, (int)(f->x * (float)w), (int)(f->y * (float)h));
    }
}

static void on_window(struct input *in, const struct input_events *e, void *ctx, Uint8 what)
{
    if (what == SDL_WINDOWEVENT_EXPOSED || what == SDL_WINDOWEVENT_SIZE_CHANGED)
        e->exposed(ctx);
    else if (what == SDL_WINDOWEVENT_FOCUS_LOST || what == SDL_WINDOWEVENT_HIDDEN || what == SDL_WINDOWEVENT_MINIMIZED)
        on_lost(in, e, ctx);
}

/* A display that is attached again shows nothing of what was drawn before. */
static void on_display(struct input *in, const struct input_events *e, void *ctx)
{
    on_lost(in, e, ctx);
    e->exposed(ctx);
}

static void on_event(struct input *in, const struct input_events *e, void *ctx, const SDL_Event *ev, int w, int h)
{
    if (ev->type == SDL_KEYDOWN)
        on_key(in, e, ctx, &ev->key);
    else if (ev->type == SDL_WINDOWEVENT)
        on_window(in, e, ctx, ev->window.event);
    else if (ev->type == SDL_DISPLAYEVENT)
        on_display(in, e, ctx);
    else if (ev->type == SDL_QUIT)
        e->quit(ctx);
    else
        on_pointer(in, e, ctx, ev, w, h);
}

void input_pump(struct input *in, const struct input_events *events, void *ctx, int w, int h)
{
    SDL_Event ev;

    while (SDL_PollEvent(&ev))
        on_event(in, events, ctx, &ev, w, h);
}
