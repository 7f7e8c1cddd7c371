/* SPDX-License-Identifier: Apache-2.0
 *
 * A tool of the build: packs rasterised icons, shadows and illustrations into icons.bin (its format: ui/draw/pack.h).
 * It reads what to pack from stdin, a line each:
 *   name NAME             the next icon's name, in the order of the sheets
 *   sheet SIZE FILE.png   all icons at that size, ten in a row, cells of SIZE + 4
 *   mask NAME FILE.png    the picture's opacity
 *   picture NAME FILE.png
 */
#include <png.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ENTRIES_MAX 4096
#define NAMES_MAX 400
#define SHEET_COLUMNS 10
#define SHEET_MARGIN 2

struct entry {
    char name[24];
    uint16_t kind, w, h, pad;
    uint32_t offset, pad2;
};

static struct entry entries[ENTRIES_MAX];
static char names[NAMES_MAX][24];
static uint8_t *data;
static size_t n_entries, n_names, used, cap;

static void die(const char *what, const char *which)
{
    fprintf(stderr, "pack: %s: %s\n", what, which);
    exit(1);
}

static void put(const void *bytes, size_t len)
{
    while (used + len > cap) {
        cap = cap ? cap * 2 : 1 << 20;
        if (!(data = realloc(data, cap)))
            die("out of memory", "data");
    }
    memcpy(data + used, bytes, len);
    used += len;
}

static void put32(uint32_t v)
{
    put(&v, 4);
}

static void entry(const char *name, int kind, unsigned w, unsigned h)
{
    while (used % 4)
        put("", 1);
    if (n_entries == ENTRIES_MAX || strlen(name) >= sizeof entries->name)
        die("too many, or the name is too long", name);
    struct entry *e = &entries[n_entries++];

    strcpy(e->name, name);
    e->kind = (uint16_t)kind;
    e->w = (uint16_t)w;
    e->h = (uint16_t)h;
    e->offset = (uint32_t)used;
}

static uint8_t *read_png(const char *path, unsigned *w, unsigned *h)
{
    png_image image = {.version = PNG_IMAGE_VERSION};
    uint8_t *rgba;

    if (!png_image_begin_read_from_file(&image, path))
        die(path, image.message);
    image.format = PNG_FORMAT_RGBA;
    rgba = malloc(PNG_IMAGE_SIZE(image));
    if (!rgba || !png_image_finish_read(&image, NULL, rgba, 0, NULL))
        die(path, image.message);
    *w = image.width;
    *h = image.height;
    return rgba;
}

static void mask(const char *name, const uint8_t *rgba, unsigned stride, unsigned x0, unsigned y0, unsigned w, unsigned h)
{
    entry(name, 0, w, h);
    for (unsigned y = y0; y < y0 + h; y++)
        for (unsigned x = x0; x < x0 + w; x++)
            put(&rgba[((size_t)y * stride + x) * 4 + 3], 1);
}

static void sheet(unsigned size, const char *path)
{
    unsigned w, h, cell = size + 2 * SHEET_MARGIN;
    uint8_t *rgba = read_png(path, &w, &h);

    for (size_t i = 0; i < n_names; i++) {
        unsigned x = (unsigned)(i % SHEET_COLUMNS) * cell + SHEET_MARGIN,
                 y = (unsigned)(i / SHEET_COLUMNS) * cell + SHEET_MARGIN;

        if (x + size > w || y + size > h)
            die("the sheet is too small", path);
        mask(names[i], rgba, w, x, y, size, size);
    }
    free(rgba);
}

static uint32_t pixel(const uint8_t *p)
{
    return p[3] ? (uint32_t)p[3] << 24 | (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2] : 0;
}

static void picture(const char *name, const char *path)
{
    unsigned w, h;
    uint8_t *rgba = read_png(path, &w, &h);

    entry(name, 1, w, h);
    size_t start = used;

    for (unsigned y = 0; y < h; y++)
        put32(0);
    for (unsigned y = 0; y < h; y++) {
        const uint8_t *row = rgba + (size_t)y * w * 4;
        uint32_t at = (uint32_t)((used - start) / 4);

        memcpy(data + start + y * 4, &at, 4);
        for (unsigned x = 0, n; x < w; x += n) {
            for (n = 1; x + n < w && pixel(row + 4 * (x + n)) == pixel(row + 4 * x); n++)
                ;
            put32(n);
            put32(pixel(row + 4 * x));
        }
    }
    free(rgba);
}

static void write_out(const char *path)
{
    uint32_t head[4] = {0, 0, (uint32_t)n_entries, 0};
    size_t before = sizeof head + n_entries * sizeof *entries;
    FILE *f = fopen(path, "wb");

    memcpy(head, "TBPACK1\n", 8);
    for (size_t i = 0; i < n_entries; i++)
        entries[i].offset += (uint32_t)before;
    if (!f || fwrite(head, sizeof head, 1, f) != 1 || fwrite(entries, sizeof *entries, n_entries, f) != n_entries ||
        fwrite(data, 1, used, f) != used || fclose(f))
        die("cannot write", path);
}

int main(int argc, char **argv)
{
    char line[4096], a[64], b[4000];
    unsigned size;

    if (argc != 2)
        die("usage", "pack OUT < list");
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "name %23s", a) == 1 && n_names < NAMES_MAX)
            strcpy(names[n_names++], a);
        else if (sscanf(line, "sheet %u %3999s", &size, b) == 2)
            sheet(size, b);
        else if (sscanf(line, "mask %63s %3999s", a, b) == 2) {
            unsigned w, h;
            uint8_t *rgba = read_png(b, &w, &h);

            mask(a, rgba, w, 0, 0, w, h);
            free(rgba);
        } else if (sscanf(line, "picture %63s %3999s", a, b) == 2)
            picture(a, b);
        else
            die("cannot read", line);
    }
    write_out(argv[1]);
    return 0;
}
