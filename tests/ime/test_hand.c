/* SPDX-License-Identifier: Apache-2.0
 *
 * What is read of a character written by hand, however it is written; and what the shape of ink does not depend on.
 */
#include "ime/hand.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/fs.h"
#include "base/text.h"
#include "ime/ink_shape.h"
#include "test.h"

static struct compose_question question;
static struct composing_answer answer;

static void folder_of_build(char *out, size_t cap)
{
    ssize_t n = readlink("/proc/self/exe", out, cap - 1);

    out[n > 0 ? n : 0] = 0;
    *strstr(out, "/tests/") = 0;
    strcat(out, "/assets/ime");
}

static void open_model(void)
{
    struct err e = {0};
    char folder[512];

    folder_of_build(folder, sizeof folder);
    CHECK_INT(hand_open(folder, &e), 0);
}

/* "20,30 80,30 | 50,10 50,90": strokes in hundredths of the box. */
static void write_all(struct ink *ink, const char *strokes)
{
    bool first = true;

    for (int x, y, n; *strokes; strokes += strspn(strokes, " ")) {
        if (*strokes == '|') {
            first = true;
            strokes++;
            continue;
        }
        if (sscanf(strokes, "%d,%d%n", &x, &y, &n) != 2)
            break;
        x = x * ink_character.x / 100;
        y = y * ink_character.y / 100;
        if (first)
            ink_down(ink, ink_character, x, y);
        else
            ink_move(ink, ink_character, x, y);
        first = false;
        strokes += n;
    }
}

/* Place of `text` among the candidates, from 0; -1: not there. */
static int read_as(const char *strokes, const char *text)
{
    int at = -1;

    memset(&question, 0, sizeof question);
    question.op = COMPOSE_READ;
    question.serial = 7;
    write_all(&question.ink, strokes);
    hand_answer(&question, &answer);
    CHECK_INT(answer.serial, 7);
    CHECK_INT(answer.n, HAND_CANDIDATES);
    printf("# %s looks like", strokes); /* shown when the test fails */
    for (int i = 0; i < answer.n; i++) {
        printf(" %s", answer.candidates + answer.at[i]);
        if (!strcmp(answer.candidates + answer.at[i], text))
            at = i;
    }
    printf("\n");
    return at;
}

#define LEVEL "20,45 80,45"
#define UPRIGHT "50,10 50,90"

TEST(one_stroke)
{
    open_model();
    CHECK(read_as("15,50 85,48", "一") >= 0);
    CHECK(read_as("85,48 15,50", "一") >= 0); /* from the right */
    read_as("50,50", "");                     /* a dot is no character of the standard */
}

TEST(order_and_direction_do_not_matter)
{
    CHECK_INT(read_as(LEVEL " | " UPRIGHT, "十"), 0);
    CHECK_INT(read_as(UPRIGHT " | " LEVEL, "十"), 0);
    CHECK_INT(read_as("50,90 50,10 | 80,45 20,45", "十"), 0);
    CHECK(read_as("20,25 20,80 | 20,25 80,25 80,80 | 20,78 80,78", "口") >= 0);
    CHECK(read_as("20,25 20,80 80,78 80,25 20,25", "口") >= 0); /* in one go */
    CHECK(read_as("22,20 78,20 | 25,50 75,50 | 50,20 50,82 | 15,82 85,82", "王") == 0);
    CHECK(read_as("85,82 15,82 | 50,82 50,20 | 75,50 25,50 | 78,20 22,20", "王") == 0);
}

/* Small, in a corner, large: the box is only where one writes. */
TEST(size_and_place_do_not_matter)
{
    CHECK_INT(read_as("5,8 15,8 | 10,2 10,18", "十"), 0);
    CHECK_INT(read_as("0,50 100,50 | 50,0 50,100", "十"), 0);
}

/* Characters of names that are in no common list: 喆 and 堃 are of the standard's third part. */
TEST(rare_characters)
{
    static const char ji[] = "8,22 46,22 | 27,8 27,42 | 12,42 42,42 | 12,58 12,88 | 12,58 42,58 42,88 | 12,86 42,86 | "
                             "54,22 92,22 | 73,8 73,42 | 58,42 88,42 | 58,58 58,88 | 58,58 88,58 88,88 | 58,86 88,86";

    CHECK(read_as(ji, "喆") >= 0);
}

TEST(everything_looks_like_something)
{
    read_as("10,10 90,90 | 90,10 10,90 | 10,50 90,50 | 50,10 50,90 | 10,10 90,10 90,90 10,90 10,10", "");
    memset(&question, 0, sizeof question);
    for (int i = 0; i < 2 * INK_POINTS_MAX; i++)
        (i % 40 ? ink_move : ink_down)(&question.ink, ink_character, i * 7919 % 717, i * 104729 % 527);
    CHECK_INT(question.ink.n, INK_POINTS_MAX);
    hand_answer(&question, &answer);
    CHECK_INT(answer.n, HAND_CANDIDATES);
}

/* Ink of a touch and nothing else, and none at all: no number is none. */
TEST(a_shape_is_always_numbers)
{
    static float shape[SHAPE_NUMBERS];
    static struct ink ink;
    float sum = 0;

    ink_shape(&ink, shape);
    for (int i = 0; i < SHAPE_NUMBERS; i++)
        CHECK(shape[i] == 0);
    ink_down(&ink, ink_character, 5, 5);
    ink_shape(&ink, shape);
    for (int i = 0; i < SHAPE_NUMBERS; i++)
        CHECK(isfinite(shape[i]) && (sum += shape[i]) >= 0);
    CHECK(sum > 0);
}

TEST(the_shape_knows_no_order_and_no_direction)
{
    static float one[SHAPE_NUMBERS], other[SHAPE_NUMBERS];
    static struct ink to, fro;

    write_all(&to, "20,20 60,30 80,80 | 10,90 90,10 | 50,50");
    write_all(&fro, "50,50 | 90,10 10,90 | 80,80 60,30 20,20");
    ink_shape(&to, one);
    ink_shape(&fro, other);
    for (int i = 0; i < SHAPE_NUMBERS; i++)
        CHECK(fabsf(one[i] - other[i]) < 0.02F);
}

/* A model that is not there, cut off, longer, or something else. */
TEST(no_model)
{
    char folder[] = "/tmp/hand.XXXXXX", path[64], from[512];
    struct err e;
    struct buf model;

    CHECK(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/hand.model", folder);
    e = (struct err){0};
    CHECK_INT(hand_open(folder, &e), -ERR_NOTFOUND);
    folder_of_build(from, sizeof from);
    strcat(from, "/hand.model");
    CHECK_INT(fs_read(from, 4 << 20, &model, &e), 0);
    for (int i = 0; i < 4; i++) {
        size_t len = i == 0 ? 0 : i == 1 ? 1000 : i == 2 ? model.len - 1 : model.len;
        FILE *f = fopen(path, "w");

        CHECK(f != NULL);
        if (i == 3)
            model.data[0] ^= 1;
        CHECK_INT(fwrite(model.data, 1, len, f), len);
        fclose(f);
        e = (struct err){0};
        CHECK_INT(hand_open(folder, &e), -ERR_NOTFOUND);
    }
    buf_finish(&model);
    unlink(path);
    rmdir(folder);
}

TEST_MAIN(T(one_stroke), T(order_and_direction_do_not_matter), T(size_and_place_do_not_matter), T(rare_characters),
          T(everything_looks_like_something), T(a_shape_is_always_numbers), T(the_shape_knows_no_order_and_no_direction),
          T(no_model))
