/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a file out of order gives what lies there, across blocks and up to its end.
 */
#include "ui/draw/font_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "test.h"

#define SIZE 10000 /* two blocks and a part */

static char content[SIZE];

static SDL_RWops *made(void)
{
    char path[] = "/tmp/font-file-XXXXXX";
    int fd = mkstemp(path);

    for (int i = 0; i < SIZE; i++)
        content[i] = (char)(i * 31 + i / 256);
    CHECK(fd >= 0 && write(fd, content, SIZE) == SIZE);
    close(fd);
    SDL_RWops *ops = font_file_open(path);

    unlink(path);
    return ops;
}

TEST(what_lies_there_is_read)
{
    static const struct {
        int at, len;
    } reads[] = {{0, 12}, {4090, 12}, {4096, 4096}, {0, SIZE}, {8191, 2}, {9999, 1}, {3, 5000}, {8000, 40}};
    static char got[SIZE];
    SDL_RWops *ops = made();

    CHECK(ops);
    CHECK_INT(SDL_RWsize(ops), SIZE);
    for (size_t i = 0; i < sizeof reads / sizeof *reads; i++) {
        CHECK_INT(SDL_RWseek(ops, reads[i].at, RW_SEEK_SET), reads[i].at);
        CHECK_INT(SDL_RWread(ops, got, 1, (size_t)reads[i].len), reads[i].len);
        CHECK(memcmp(got, content + reads[i].at, (size_t)reads[i].len) == 0);
        CHECK_INT(SDL_RWtell(ops), reads[i].at + reads[i].len);
    }
    CHECK_INT(SDL_RWclose(ops), 0);
}

TEST(the_end_is_the_end)
{
    char got[16];
    SDL_RWops *ops = made();

    CHECK_INT(SDL_RWseek(ops, -4, RW_SEEK_END), SIZE - 4);
    CHECK_INT(SDL_RWread(ops, got, 1, 16), 4);
    CHECK_INT(SDL_RWread(ops, got, 1, 16), 0);
    CHECK_INT(SDL_RWseek(ops, -6, RW_SEEK_CUR), SIZE - 6);
    CHECK_INT(SDL_RWread(ops, got, 4, 4), 1); /* whole ones only */
    CHECK(SDL_RWseek(ops, -1, RW_SEEK_SET) < 0);
    CHECK(SDL_RWseek(ops, SIZE + 1, RW_SEEK_SET) < 0);
    SDL_RWclose(ops);
    CHECK(!font_file_open("/nowhere"));
}

TEST_MAIN(T(what_lies_there_is_read), T(the_end_is_the_end))
