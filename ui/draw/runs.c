/* SPDX-License-Identifier: Apache-2.0
 *
 * See runs.h. A line is cut into stretches of one face, each set by SDL_ttf, and put together on one baseline.
 */
#include "ui/draw/runs.h"

#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "base/text.h"

#define KEPT_MAX 512
#define KEPT_BYTES_MAX (3 * 1024 * 1024)

struct run {
    uint64_t key;
    unsigned used;
    uint8_t *cover;
    int w, h, ascent;
};

struct runs {
    struct fonts *fonts;
    struct run kept[KEPT_MAX];
    size_t bytes;
    unsigned now;
};

struct runs *runs_create(struct fonts *f)
{
    struct runs *r = calloc(1, sizeof *r);

    if (!r)
        abort();
    r->fonts = f;
    return r;
}

static void drop(struct runs *r, struct run *run)
{
    if (run->cover)
        r->bytes -= (size_t)run->w * (size_t)run->h;
    free(run->cover);
    *run = (struct run){0};
}

void runs_forget(struct runs *r)
{
    for (int i = 0; i < KEPT_MAX; i++)
        drop(r, &r->kept[i]);
}

void runs_destroy(struct runs *r)
{
    if (!r)
        return;
    runs_forget(r);
    free(r);
}

static uint64_t key_of(const struct run_style *s, const char *text)
{
    uint64_t h = 0xcbf29ce484222325u ^ (uint64_t)(s->weight * 4096 + s->px);

    for (const char *p = text; *p; p++)
        h = (h ^ (uint8_t)*p) * 0x100000001b3u;
    return h;
}

/* Bytes from p on that one face can set. */
static size_t stretch(struct runs *r, const struct run_style *s, const char *p, TTF_Font **ret)
{
    const char *end = p + strlen(p), *at = p, *next = p;
    TTF_Font *face = NULL;

    while (at < end) {
        int32_t cp = utf8_next(&next, end);
        TTF_Font *f = fonts_face(r->fonts, s->weight, s->px, cp < 0 ? 0xFFFD : (uint32_t)cp);

        if (face && f != face)
            break;
        face = f;
        at = next;
    }
    *ret = face;
    return (size_t)(at - p);
}

/* Puts an 8-bit surface at the right end of the run, baseline on baseline. */
static void append(struct run *run, const SDL_Surface *s, int ascent)
{
    int above = ascent > run->ascent ? ascent : run->ascent, below = run->h - run->ascent;
    int w = run->w + s->w, h;

    if (s->h - ascent > below)
        below = s->h - ascent;
    h = above + below;
    uint8_t *cover = calloc((size_t)w, (size_t)h);

    if (!cover)
        abort();
    for (int y = 0; y < run->h; y++)
        memcpy(cover + (size_t)(y + above - run->ascent) * (size_t)w, run->cover + (size_t)y * (size_t)run->w,
               (size_t)run->w);
    for (int y = 0; y < s->h; y++)
        memcpy(cover + (size_t)(y + above - ascent) * (size_t)w + run->w, (const uint8_t *)s->pixels + y * s->pitch,
               (size_t)s->w);
    if (run->cover)
        secret_wipe(run->cover, (size_t)run->w * (size_t)run->h);
    free(run->cover);
    *run = (struct run){run->key, run->used, cover, w, h, above};
}

static struct run render(struct runs *r, const struct run_style *s, const char *text)
{
    struct run run = {0};

    while (*text) {
        char part[1024];
        TTF_Font *face;
        size_t len = stretch(r, s, text, &face);

        if (len >= sizeof part)
            len = sizeof part - 1;
        memcpy(part, text, len);
        part[len] = '\0';
        SDL_Surface *set = TTF_RenderUTF8_Shaded(face, part, (SDL_Color){255, 255, 255, 255}, (SDL_Color){0, 0, 0, 255});

        if (set) {
            append(&run, set, TTF_FontAscent(face));
            secret_wipe(set->pixels, (size_t)set->pitch * (size_t)set->h);
            SDL_FreeSurface(set);
        }
        secret_wipe(part, sizeof part);
        text += len;
    }
    return run;
}

static struct run *oldest(struct runs *r)
{
    struct run *o = NULL;

    for (int i = 0; i < KEPT_MAX; i++)
        if (!r->kept[i].cover)
            return &r->kept[i];
        else if (!o || r->kept[i].used < o->used)
            o = &r->kept[i];
    return o;
}

static const struct run *keep(struct runs *r, struct run run)
{
    while (r->bytes + (size_t)run.w * (size_t)run.h > KEPT_BYTES_MAX) {
        struct run *o = NULL;

        for (int i = 0; i < KEPT_MAX; i++)
            if (r->kept[i].cover && (!o || r->kept[i].used < o->used))
                o = &r->kept[i];
        if (!o)
            break;
        drop(r, o);
    }
    struct run *place = oldest(r);

    drop(r, place);
    *place = run;
    r->bytes += (size_t)run.w * (size_t)run.h;
    return place;
}

static const struct run *kept(struct runs *r, const struct run_style *s, const char *text)
{
    uint64_t key = key_of(s, text);

    r->now++;
    for (int i = 0; i < KEPT_MAX; i++)
        if (r->kept[i].key == key && r->kept[i].cover) {
            r->kept[i].used = r->now;
            return &r->kept[i];
        }
    struct run run = render(r, s, text);

    if (!run.cover)
        return NULL;
    run.key = key;
    run.used = r->now;
    return keep(r, run);
}

static void place(struct canvas *c, struct box b, const struct run_style *s, const struct run *run)
{
    /* the face's own line is 1.448 em: 1.16 above the baseline */
    int ascent = (s->px * 116 + 50) / 100, descent = (s->px * 288 + 500) / 1000;
    int baseline = b.y + (b.h - ascent - descent) / 2 + ascent;
    int slack = b.w - run->w, x = s->align == ALIGN_LEFT ? 0 : s->align == ALIGN_RIGHT ? slack : slack / 2;

    canvas_mask(c, b.x + x, baseline - run->ascent, (struct mask){run->cover, run->w, run->h}, s->rgb);
}

void runs_draw(struct runs *r, struct canvas *c, struct box b, const struct run_style *s, const char *text)
{
    if (!*text)
        return;
    if (!s->secret) {
        const struct run *run = kept(r, s, text);

        if (run)
            place(c, b, s, run);
        return;
    }
    struct run run = render(r, s, text);

    if (run.cover) {
        place(c, b, s, &run);
        secret_wipe(run.cover, (size_t)run.w * (size_t)run.h);
    }
    free(run.cover);
}
