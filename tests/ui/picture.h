/* SPDX-License-Identifier: Apache-2.0
 *
 * Sample views as pixels, without a window: for pictures people look at and for those kept as a reference.
 */
#ifndef TESTS_UI_PICTURE_H
#define TESTS_UI_PICTURE_H

#include <stdlib.h>

#include "sample.h"
#include "sample_hant.h"
#include "session/session.h"
#include "ui/draw/font.h"
#include "ui/draw/paint.h"
#include "ui/screens/screens.h"

#define PICTURE_W 1080
#define PICTURE_H 1920

struct picture {
    struct fonts *fonts;
    struct runs *runs;
    struct pack *pack;
    struct scene *scene;
    struct canvas canvas;
};

static int picture_open(struct picture *p, const char *assets, struct err *e)
{
    int rc = fonts_create(&p->fonts, e);

    if (rc >= 0)
        rc = pack_open(assets, &p->pack, e);
    if (rc < 0)
        return rc;
    p->runs = runs_create(p->fonts);
    p->scene = scene_create();
    p->canvas = (struct canvas){.px = calloc(PICTURE_W * PICTURE_H, sizeof(uint32_t)),
                                .stride = PICTURE_W,
                                .w = PICTURE_W,
                                .h = PICTURE_H,
                                .clip = {0, 0, PICTURE_W, PICTURE_H}};
    return p->canvas.px ? 0 : err_set(e, ERR_NOMEM, "make a picture");
}

static void picture_close(struct picture *p)
{
    free(p->canvas.px);
    scene_destroy(p->scene);
    runs_destroy(p->runs);
    pack_close(p->pack);
    fonts_destroy(p->fonts);
}

/* The canvas then holds what kiosk would show. */
static void picture_draw(struct picture *p, const struct sample *sample, struct settings settings)
{
    static struct view v;
    const struct painter painter = {p->runs, p->pack};

    sample->make(&v);
    settings.voice |= v.settings.voice; /* of a page that is about it */
    v.settings = settings;
    sample_in_language(&v);
    const struct scene_env env = {.metrics = {fonts_advance, p->fonts, settings.language == LANGUAGE_EN},
                                  .screen = p->canvas.clip,
                                  .size = (int)settings.size,
                                  .contrast = settings.high_contrast,
                                  .caret = true,
                                  .page = v.form.consent_missing || v.form.signature_missing ? 1000 : 0};
    scene_begin(p->scene, &env);
    screens_build(p->scene, &v);
    scene_end(p->scene);
    paint(&painter, &p->canvas, p->scene);
}

/* FNV-1a, a pixel at a time. */
static uint64_t picture_hash(const struct picture *p)
{
    uint64_t h = 0xcbf29ce484222325u;

    for (size_t i = 0; i < PICTURE_W * PICTURE_H; i++)
        h = (h ^ p->canvas.px[i]) * 0x100000001b3u;
    return h;
}

#endif
