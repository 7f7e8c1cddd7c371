/* SPDX-License-Identifier: Apache-2.0
 *
 * See window.h. Software only: SDL would otherwise go through OpenGL, which costs 90 MB and ten times the time here.
 */
#include "ui/draw/window.h"

#include <SDL2/SDL.h>
#include <SDL2/SDL_syswm.h>
#include <stdlib.h>
#include <string.h>

#include "base/must.h"

struct window {
    SDL_Window *sdl;
    SDL_Surface *own;    /* the picture, where the window has another size */
    const void *last_px; /* to notice when SDL made a new surface */
    int w, h;
    bool framed;
};

static bool direct(const struct window *w)
{
    int ww, wh;

    SDL_GetWindowSize(w->sdl, &ww, &wh);
    const SDL_Surface *s = ww == w->w && wh == w->h ? SDL_GetWindowSurface(w->sdl) : NULL;

    return s && s->format->BytesPerPixel == 4 && s->format->Rmask == 0xFF0000 && s->format->Bmask == 0xFF;
}

/* Where the picture stands in the window. */
static SDL_Rect placed(const struct window *w)
{
    int ww, wh;

    SDL_GetWindowSize(w->sdl, &ww, &wh);
    SDL_Rect r = {0, 0, ww, ww * w->h / w->w};

    if (r.h > wh) {
        r.h = wh;
        r.w = wh * w->w / w->h;
    }
    r.x = (ww - r.w) / 2;
    r.y = (wh - r.h) / 2;
    return r;
}

/* SDL's dummy display has a desktop of any size: there the window has the picture's. */
static bool on_panel(bool framed)
{
    return !framed && strcmp(SDL_GetCurrentVideoDriver(), "dummy") != 0;
}

/* Asked for full screen, SDL waits a tenth of a second for a window manager's answer, and a terminal has no such thing:
 * there a window of the screen's size is enough. */
static bool fills_screen(const struct window *w)
{
    SDL_DisplayMode mode;

    return !strcmp(SDL_GetCurrentVideoDriver(), "x11") && SDL_GetDesktopDisplayMode(0, &mode) == 0 && mode.w == w->w &&
           mode.h == w->h;
}

/* On a desktop: as large as the screen allows. */
static void first_size(const struct window *w, int *ww, int *wh)
{
    SDL_Rect usable;

    *ww = w->w;
    *wh = w->h;
    if (!w->framed || SDL_GetDisplayUsableBounds(0, &usable) < 0)
        return;
    while (*wh > usable.h - 40 || *ww > usable.w) {
        *wh = *wh * 9 / 10;
        *ww = *wh * w->w / w->h;
    }
}

/* SDL would look for a session bus, starting dbus-launch where there is none, and X11 would read half a megabyte of what
 * keys compose. The terminal has a keyboard of its own and talks to nobody. */
static void leave_out_the_desktop(void)
{
    setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 1);
    setenv("LC_ALL", "C", 1);
}

/* Where it finds no display SDL takes to drivers that draw for nobody: a terminal that serves on one looks well to everybody
 * but the person in front of it. Tests ask for them by name. */
static int somebody_sees(struct err *e)
{
    const char *driver = SDL_GetCurrentVideoDriver(), *asked = getenv("SDL_VIDEODRIVER");
    bool unseen = !strcmp(driver, "dummy") || !strcmp(driver, "offscreen");
    bool named = asked && !strcmp(asked, driver);
    SDL_DisplayMode mode;

    if (unseen && !named)
        return err_set(e, ERR_NOTFOUND, "there is no display (SDL found only \"%s\", which nobody sees)", driver);
    if (SDL_GetNumVideoDisplays() < 1 || SDL_GetDesktopDisplayMode(0, &mode) < 0 || mode.w < 1 || mode.h < 1)
        return err_set(e, ERR_NOTFOUND, "no screen is attached to the display (%s)", driver);
    return 0;
}

static int open_display(struct err *e)
{
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    leave_out_the_desktop();
    if (SDL_Init(SDL_INIT_VIDEO) < 0)
        return err_set(e, ERR_NOTFOUND, "there is no display: %s", SDL_GetError());
    return somebody_sees(e);
}

int window_create(int width, int height, bool framed, struct window **ret, struct err *e)
{
    struct window *w = calloc(1, sizeof *w);
    int ww, wh, rc;

    if (!w)
        return err_set(e, ERR_NOMEM, "open a window");
    *w = (struct window){.w = width, .h = height, .framed = framed};
    rc = open_display(e);
    if (rc < 0) {
        window_destroy(w);
        return rc;
    }
    first_size(w, &ww, &wh);
    w->sdl = SDL_CreateWindow("Tongban", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, ww, wh,
                              (framed ? SDL_WINDOW_RESIZABLE : SDL_WINDOW_BORDERLESS) |
                                  (on_panel(framed) && !fills_screen(w) ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0));
    if (!w->sdl || !SDL_GetWindowSurface(w->sdl)) {
        rc = err_set(e, ERR_NOTFOUND, "open a window: %s", SDL_GetError());
        window_destroy(w);
        return rc;
    }
    if (!framed)
        SDL_ShowCursor(SDL_DISABLE);
    *ret = w;
    return 0;
}

void window_destroy(struct window *w)
{
    if (!w)
        return;
    SDL_FreeSurface(w->own);
    if (w->sdl)
        SDL_DestroyWindow(w->sdl);
    SDL_Quit();
    free(w);
}

struct canvas window_canvas(struct window *w, bool *ret_lost)
{
    SDL_Surface *s;

    if (direct(w)) {
        SDL_FreeSurface(w->own);
        w->own = NULL;
        s = SDL_GetWindowSurface(w->sdl);
    } else {
        must(w->own || (w->own = SDL_CreateRGBSurfaceWithFormat(0, w->w, w->h, 32, SDL_PIXELFORMAT_RGB888)),
             "out of memory");
        s = w->own;
    }
    *ret_lost = s->pixels != w->last_px;
    w->last_px = s->pixels;
    return (struct canvas){s->pixels, s->pitch / 4, w->w, w->h, {0, 0, w->w, w->h}};
}

static void present_scaled(struct window *w)
{
    SDL_Surface *s = SDL_GetWindowSurface(w->sdl);
    SDL_Rect to = placed(w);

    if (!s || !w->own)
        return;
    SDL_FillRect(s, NULL, SDL_MapRGB(s->format, 0x17, 0x21, 0x2B));
    if (to.w == w->w && to.h == w->h)
        SDL_BlitSurface(w->own, NULL, s, &to);
    else if (SDL_SoftStretchLinear(w->own, NULL, s, &to) < 0)
        SDL_BlitScaled(w->own, NULL, s, &to);
    SDL_UpdateWindowSurface(w->sdl);
}

void window_present(struct window *w, const struct damage *d)
{
    SDL_Rect rects[DAMAGE_MAX];

    if (d->n == 0)
        return;
    if (!direct(w)) {
        present_scaled(w);
        return;
    }
    for (int i = 0; i < d->n; i++)
        rects[i] = (SDL_Rect){d->boxes[i].x, d->boxes[i].y, d->boxes[i].w, d->boxes[i].h};
    SDL_UpdateWindowSurfaceRects(w->sdl, rects, d->n);
}

void window_present_all(struct window *w)
{
    const struct damage all = {{{0, 0, w->w, w->h}}, 1};

    window_present(w, &all);
}

int window_fd(const struct window *w)
{
    SDL_SysWMinfo info;

    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(w->sdl, &info))
        return -1;
#ifdef SDL_VIDEO_DRIVER_X11
    if (info.subsystem == SDL_SYSWM_X11)
        return ConnectionNumber(info.info.x11.display);
#endif
    return -1;
}

const char *window_devices(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();

    return driver && strcmp(driver, "KMSDRM") == 0 ? "/dev/input" : NULL;
}

void window_to_picture(const struct window *w, int *x, int *y)
{
    SDL_Rect r = placed(w);

    if (r.w < 1 || r.h < 1)
        return;
    *x = (*x - r.x) * w->w / r.w;
    *y = (*y - r.y) * w->h / r.h;
}

void window_size(const struct window *w, int *ret_w, int *ret_h)
{
    SDL_GetWindowSize(w->sdl, ret_w, ret_h);
}
