/* SPDX-License-Identifier: Apache-2.0
 *
 * See input.h.
 */
#include "ui/input/input.h"

#include <SDL2/SDL.h>

static const struct {
    SDL_Keycode code;
    const char *name;
} keys[] = {{SDLK_UP, "up"},        {SDLK_DOWN, "down"},      {SDLK_LEFT, "left"},  {SDLK_RIGHT, "right"},
            {SDLK_RETURN, "enter"}, {SDLK_KP_ENTER, "enter"}, {SDLK_ESCAPE, "back"}};

static void on_key(const struct input_events *e, void *ctx, SDL_Keycode code)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].code == code)
            e->key(ctx, keys[i].name);
}

static void on_finger(struct input *in, const struct input_events *e, void *ctx, const SDL_TouchFingerEvent *f, bool down,
                      int w, int h)
{
    if (down ? in->held : !in->held || f->fingerId != in->finger)
        return;
    in->finger = f->fingerId;
    in->held = down;
    e->touch(ctx, (int)(f->x * (float)w), (int)(f->y * (float)h), down);
}

static void on_motion(const struct input *in, const struct input_events *e, void *ctx, const SDL_Event *ev, int w, int h)
{
    if (ev->type == SDL_MOUSEMOTION && ev->motion.state & SDL_BUTTON_LMASK)
        e->move(ctx, ev->motion.x, ev->motion.y);
    else if (ev->type == SDL_FINGERMOTION && in->held && ev->tfinger.fingerId == in->finger)
        e->move(ctx, (int)(ev->tfinger.x * (float)w), (int)(ev->tfinger.y * (float)h));
}

static void on_event(struct input *in, const struct input_events *e, void *ctx, const SDL_Event *ev, int w, int h)
{
    if (ev->type == SDL_MOUSEBUTTONDOWN && ev->button.button == SDL_BUTTON_LEFT)
        e->touch(ctx, ev->button.x, ev->button.y, true);
    else if (ev->type == SDL_MOUSEBUTTONUP && ev->button.button == SDL_BUTTON_LEFT)
        e->touch(ctx, ev->button.x, ev->button.y, false);
    else if (ev->type == SDL_FINGERDOWN || ev->type == SDL_FINGERUP)
        on_finger(in, e, ctx, &ev->tfinger, ev->type == SDL_FINGERDOWN, w, h);
    else if (ev->type == SDL_MOUSEMOTION || ev->type == SDL_FINGERMOTION)
        on_motion(in, e, ctx, ev, w, h);
    else if (ev->type == SDL_KEYDOWN && !ev->key.repeat)
        on_key(e, ctx, ev->key.keysym.sym);
    else if (ev->type == SDL_WINDOWEVENT &&
             (ev->window.event == SDL_WINDOWEVENT_EXPOSED || ev->window.event == SDL_WINDOWEVENT_SIZE_CHANGED))
        e->exposed(ctx);
    else if (ev->type == SDL_QUIT)
        e->quit(ctx);
}

void input_pump(struct input *in, const struct input_events *events, void *ctx, int w, int h)
{
    SDL_Event ev;

    while (SDL_PollEvent(&ev))
        on_event(in, events, ctx, &ev, w, h);
}
