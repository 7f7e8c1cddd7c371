/* SPDX-License-Identifier: Apache-2.0
 *
 * What a card may say can be read on the screen too: the screen's fonts against the ideographs of GB 18030-2022.
 */
#include "ui/draw/font.h"

#include "printer/ideographs.h"
#include "test.h"

TEST(every_ideograph_has_a_glyph)
{
    struct err e = {0};
    struct fonts *f;
    struct glyph glyph;
    int has = 0, drawn = 0;

    if (fonts_create(&f, &e) < 0)
        SKIP("fonts-noto-cjk is not installed");
    for (size_t i = 0; i < IDEOGRAPH_RANGES; i++)
        for (uint32_t cp = ideographs[i].first; cp <= ideographs[i].last; cp++) {
            int face = fonts_face(f, WEIGHT_REGULAR, cp);

            has += fonts_has(f, face, cp);
            if (cp % 64 == 0) /* drawing all of them takes its time */
                drawn += fonts_glyph(f, face, 40, cp, 0, &glyph) && glyph.w > 4 && glyph.h > 1;
            else
                drawn++;
        }
    printf("# %d of %d on the screen\n", has, IDEOGRAPHS);
    CHECK_INT(has, IDEOGRAPHS);
    CHECK_INT(drawn, IDEOGRAPHS);
    fonts_destroy(f);
}

TEST_MAIN(T(every_ideograph_has_a_glyph))
