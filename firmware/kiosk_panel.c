/* SPDX-License-Identifier: Apache-2.0
 *
 * kiosk-panel: a picture that kiosk-page drew beforehand (--picture FILE.raw), from its standard input onto the kernel's
 * framebuffer. For where there is no root file system, no font and no icon any more: it needs the C library alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ui/draw/panel.h"

#define EXIT_CANNOT 3
#define READ_AT_ONCE 65536

static const char usage[] = "kiosk-panel [--help] <PICTURE\n"
                            "Shows on the panel (/dev/fb0) what kiosk-page --picture FILE.raw drew.\n"
                            "Exit: 0 it is shown, 2 wrong usage, 3 it is no whole picture, or there is no panel.\n";

static int read_all(struct buf *out, struct err *e)
{
    static unsigned char piece[READ_AT_ONCE];
    ssize_t n;

    while ((n = read(STDIN_FILENO, piece, sizeof piece)) > 0)
        buf_add(out, piece, (size_t)n);
    if (n < 0)
        return err_errno(e, "read");
    return buf_ok(out) ? 0 : err_set(e, ERR_TOOLONG, "a picture");
}

static int show(struct err *e)
{
    struct canvas c;
    uint32_t *px = NULL;
    struct buf file;

    buf_init(&file, PANEL_PICTURE_MAX);
    int rc = read_all(&file, e);
    if (rc == 0)
        rc = panel_picture_decode(file.data, file.len, &c, &px, e);
    buf_finish(&file);
    if (rc == 0)
        rc = panel_show("/dev/fb0", &c, e);
    free(px);
    return rc;
}

int main(int argc, char **argv)
{
    struct err e = {0};
    bool help = argc == 2 && strcmp(argv[1], "--help") == 0;

    if (argc > 1) {
        fputs(usage, help ? stdout : stderr);
        return help ? 0 : 2;
    }
    if (show(&e) == 0)
        return 0;
    fprintf(stderr, "kiosk-panel: %s\n", e.text);
    return EXIT_CANNOT;
}
