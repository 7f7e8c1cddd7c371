/* SPDX-License-Identifier: Apache-2.0
 *
 * Draws every sample view into a folder, one PNG each, for people to look at:
 *   shots ASSETS OUT [WORDS:] [NAME…]
 * WORDS are those of kiosk --settings, such as en,larger,contrast: and end with a colon. Or makes the reference pictures
 * and says which are others than before:
 *   shots --reference ASSETS tests/shots
 */
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "palette.h"
#include "reference.h"
#include "session/settings.h"
#include "tools/scenario/picture.h"

static struct picture picture;
static const char *folder;

static void stop(int rc, const struct err *e)
{
    if (rc >= 0)
        return;
    fprintf(stderr, "shots: %s\n", e->text);
    exit(1);
}

static bool wanted(const char *name, int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        if (!strcmp(argv[i], name))
            return true;
    return argc == 0;
}

static void write_png(const struct picture *p, const char *name)
{
    char path[512];
    struct err e = {0};
    struct rgb rgb;

    snprintf(path, sizeof path, "%s/%s.png", folder, name);
    stop(rgb_from(p->canvas.px, PICTURE_W, PICTURE_H, &rgb, &e), &e);
    stop(rgb_write(path, &rgb, &e), &e);
    rgb_finish(&rgb);
}

/* --- the reference --- */

static void write_small_png(const struct picture *p, const char *name)
{
    static struct palette palette;
    static uint8_t pixels[PICTURE_W * PICTURE_H], map[3 * PALETTE_COLOURS];
    char path[512];
    struct err e = {0};

    palette_reduce(&palette, p->canvas.px, sizeof pixels, pixels);
    for (int i = 0; i < palette.n; i++)
        for (int k = 0; k < 3; k++)
            map[3 * i + k] = (uint8_t)(palette.colours[i] >> (16 - 8 * k));
    png_image image = {.version = PNG_IMAGE_VERSION,
                       .width = PICTURE_W,
                       .height = PICTURE_H,
                       .format = PNG_FORMAT_RGB_COLORMAP,
                       .colormap_entries = (uint32_t)palette.n};
    snprintf(path, sizeof path, "%s/screens/%s.png", folder, name);
    if (!png_image_write_to_file(&image, path, 0, pixels, 0, map))
        stop(err_set(&e, ERR_IO, "%s: %s", path, image.message), &e);
}

static void keep_main(struct picture *p, const char *name, const char *look)
{
    for (size_t i = 0; i < REFERENCE_MAIN; i++)
        if (!strcmp(look, reference_looks[0]) && !strcmp(name, reference_main[i]))
            write_small_png(p, name);
}

static void say_changed(const char *line)
{
    printf("changed: %s\n", line);
}

static void write_text(const char *name, struct buf *text)
{
    char path[512];
    struct err e = {0};

    fs_join(path, sizeof path, folder, name);
    stop(fs_write_atomic(path, text->data, text->len, 0644, &e), &e);
    buf_finish(text);
}

static void make_reference(const char *assets)
{
    char path[512];
    struct err e = {0};
    struct buf before, now, versions;

    fs_join(path, sizeof path, folder, "screens");
    stop(fs_mkdirs(path, 0755, &e), &e);
    fs_join(path, sizeof path, folder, "screens.tsv");
    if (fs_read(path, REFERENCE_BYTES_MAX, &before, &e) < 0)
        buf_init(&before, 0);
    buf_init(&now, REFERENCE_BYTES_MAX);
    reference_list(&picture, &now, keep_main);
    printf("%d pictures changed\n", reference_missing(buf_str(&now), buf_str(&before), say_changed));
    stop(picture_versions(assets, &versions, &e), &e);
    write_text("screens.tsv", &now);
    write_text("versions", &versions);
    buf_finish(&before);
}

/* --- pictures to look at --- */

static void make_pictures(int argc, char **argv)
{
    struct settings settings = SETTINGS_USUAL;

    if (argc && argv[0][strlen(argv[0]) - 1] == ':') {
        argv[0][strlen(argv[0]) - 1] = '\0';
        if (settings_parse(argv[0], &settings, NULL) < 0)
            exit(2);
        argc--, argv++;
    }
    for (size_t i = 0; i < SAMPLES; i++)
        if (wanted(samples[i].name, argc, argv)) {
            picture_draw(&picture, &samples[i], settings);
            write_png(&picture, samples[i].name);
        }
}

int main(int argc, char **argv)
{
    bool reference = argc > 1 && !strcmp(argv[1], "--reference");
    struct err e = {0};

    argc -= 1 + reference, argv += 1 + reference;
    if (argc < 2)
        return 2;
    folder = argv[1];
    stop(picture_open(&picture, argv[0], &e), &e);
    if (reference)
        make_reference(argv[0]);
    else
        make_pictures(argc - 2, argv + 2);
    picture_close(&picture);
    return 0;
}
