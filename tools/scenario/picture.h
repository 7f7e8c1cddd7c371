/* SPDX-License-Identifier: Apache-2.0
 *
 * Reference pictures: reading and writing them, where two of them differ, and what must be the same on two machines for
 * pixels to be the same.
 */
#ifndef SCENARIO_PICTURE_H
#define SCENARIO_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"

struct rgb {
    uint8_t *px; /* owned: three bytes a pixel */
    int w, h;
};

int rgb_read(const char *png_path, struct rgb *ret, struct err *e);
/* `px`: 0x00RRGGBB. */
int rgb_from(const uint32_t *px, int w, int h, struct rgb *ret, struct err *e);
int rgb_write(const char *png_path, const struct rgb *p, struct err *e);
void rgb_finish(struct rgb *p);

struct rgb_difference {
    size_t pixels;
    int x, y, w, h; /* around all of them */
};
/* True when they are the same, pixel for pixel: drawing is done in whole numbers, so no build rounds differently. */
bool rgb_same(const struct rgb *a, const struct rgb *b, struct rgb_difference *ret);

/* Lines for out (initialised by this call): FreeType, the fonts, and what drew the icons in the folder `assets`. */
int picture_versions(const char *assets, struct buf *out, struct err *e);
/* Whether the pictures in `shots` were made with these versions. */
bool picture_comparable(const char *assets, const char *shots);

#endif
