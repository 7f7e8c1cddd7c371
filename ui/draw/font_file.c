/* SPDX-License-Identifier: Apache-2.0
 *
 * See font_file.h.
 */
#include "ui/draw/font_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK 4096

struct file {
    int fd;
    Sint64 size, at;
    Sint64 from; /* what `block` holds begins here */
    size_t held;
    char block[BLOCK];
};

static struct file *of(SDL_RWops *ops)
{
    return ops->hidden.unknown.data1;
}

static Sint64 file_size(SDL_RWops *ops)
{
    return of(ops)->size;
}

static Sint64 file_seek(SDL_RWops *ops, Sint64 offset, int whence)
{
    struct file *f = of(ops);
    Sint64 to = offset + (whence == RW_SEEK_SET ? 0 : whence == RW_SEEK_CUR ? f->at : f->size);

    if (to < 0 || to > f->size)
        return SDL_SetError("seek beyond the file");
    return f->at = to;
}

/* Bytes at f->at, at least one unless the file ends or fails there. */
static size_t fill(struct file *f)
{
    if (f->at < f->from || f->at >= f->from + (Sint64)f->held) {
        f->from = f->at / BLOCK * BLOCK;
        ssize_t n = pread(f->fd, f->block, BLOCK, f->from);

        f->held = n > 0 ? (size_t)n : 0;
        if (f->at >= f->from + (Sint64)f->held)
            return 0;
    }
    return f->held - (size_t)(f->at - f->from);
}

static size_t read_bytes(struct file *f, char *to, size_t len)
{
    size_t done = 0;

    while (done < len) {
        size_t n = fill(f);

        if (n == 0)
            break;
        n = n < len - done ? n : len - done;
        memcpy(to + done, f->block + (f->at - f->from), n);
        f->at += (Sint64)n;
        done += n;
    }
    return done;
}

static size_t file_read(SDL_RWops *ops, void *to, size_t size, size_t count)
{
    return size ? read_bytes(of(ops), to, size * count) / size : 0;
}

static size_t file_write(SDL_RWops *ops, const void *from, size_t size, size_t count)
{
    SDL_SetError("a font is only read");
    return 0;
}

static int file_close(SDL_RWops *ops)
{
    close(of(ops)->fd);
    free(of(ops));
    SDL_FreeRW(ops);
    return 0;
}

SDL_RWops *font_file_open(const char *path)
{
    struct file *f = calloc(1, sizeof *f);
    SDL_RWops *ops = SDL_AllocRW();
    struct stat st;

    if (!f || !ops || (f->fd = open(path, O_RDONLY | O_CLOEXEC)) < 0) {
        free(f);
        SDL_FreeRW(ops);
        return NULL;
    }
    f->size = fstat(f->fd, &st) == 0 ? st.st_size : 0;
    ops->type = SDL_RWOPS_UNKNOWN;
    ops->size = file_size;
    ops->seek = file_seek;
    ops->read = file_read;
    ops->write = file_write;
    ops->close = file_close;
    ops->hidden.unknown.data1 = f;
    return ops;
}
