/* SPDX-License-Identifier: Apache-2.0
 *
 * Learns what the 8,105 characters look like when they are written, from how they are printed: the lines of two typefaces,
 * written by many made-up hands. What tells characters apart and what only hands differ in is found by linear discriminant
 * analysis (Fisher 1936, Rao 1948). Usage: hand-learn CHARACTERS SANS SERIF OUT
 * CHARACTERS: the character, how often it is written
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ime/hand_model.h"
#include "tools/hand/printed.h"
#include "tools/hand/sample.h"

#define D SHAPE_NUMBERS
#define K HAND_KEPT
#define CHARACTERS_MAX 9000
#define FACES 2
#define HANDS 12  /* a typeface */
#define RARE 1.0F /* how much the commoner one is preferred; 2 were as Bayes has it, if hands were as made up here */
#define EASE 0.1  /* of the mean variance, added to each: what was not seen to vary still may */

static uint32_t characters[CHARACTERS_MAX];
static float often[CHARACTERS_MAX];
static size_t n_characters;
static float (*means)[D];
static double all_mean[D], within[D][D], between[D][D], basis[D][D], values[D];

static void fail(const char *what)
{
    fprintf(stderr, "hand-learn: %s\n", what);
    exit(1);
}

static void read_characters(const char *path)
{
    char line[1000];
    FILE *f = fopen(path, "r");

    if (!f)
        fail("the list of characters cannot be read");
    while (fgets(line, sizeof line, f))
        if (!strncmp(line, "U+", 2) && n_characters < CHARACTERS_MAX) {
            char *end;

            characters[n_characters] = (uint32_t)strtoul(line + 2, &end, 16);
            often[n_characters++] = strtof(end, NULL) + 1;
        }
    fclose(f);
}

/* --- what is seen --- */

static void look(const struct ink *ink, uint64_t *seed, float seen[][D], int *n)
{
    struct ink written;

    for (int i = 0; i < HANDS; i++) {
        sample(ink, seed, i ? 1.0F : 0.0F, 0, &written);
        ink_shape(&written, seen[(*n)++]);
    }
}

static void take_in(float seen[][D], int n, size_t c)
{
    for (int i = 0; i < D; i++) {
        double sum = 0;

        for (int k = 0; k < n; k++)
            sum += seen[k][i];
        means[c][i] = (float)(sum / n);
    }
    for (int k = 0; k < n; k++)
        for (int i = 0; i < D; i++) {
            float di = seen[k][i] - means[c][i];

            for (int j = 0; j <= i; j++)
                within[i][j] += (double)(di * (seen[k][j] - means[c][j]));
        }
}

static void see_all(struct printed *faces[FACES])
{
    static float seen[FACES * HANDS][D];
    uint64_t seed = 0x746F6E6762616E;
    struct ink ink;

    for (size_t c = 0; c < n_characters; c++) {
        int n = 0;

        for (int f = 0; f < FACES; f++)
            if (printed_ink(faces[f], characters[c], &ink))
                look(&ink, &seed, seen, &n);
        if (!n) {
            fprintf(stderr, "U+%04X: ", characters[c]);
            fail("no typeface has it");
        }
        take_in(seen, n, c);
    }
}

static void spread_of_means(void)
{
    for (size_t c = 0; c < n_characters; c++)
        for (int i = 0; i < D; i++)
            all_mean[i] += (double)means[c][i] / (double)n_characters;
    for (size_t c = 0; c < n_characters; c++)
        for (int i = 0; i < D; i++)
            for (int j = 0; j <= i; j++)
                between[i][j] += ((double)means[c][i] - all_mean[i]) * ((double)means[c][j] - all_mean[j]) /
                                 (double)n_characters;
}

/* --- what tells them apart --- */

static void mirror(double (*m)[D])
{
    for (int i = 0; i < D; i++)
        for (int j = 0; j < i; j++)
            m[j][i] = m[i][j];
}

/* within = L Lᵀ, L in its lower half. */
static void cholesky(double (*m)[D])
{
    for (int j = 0; j < D; j++) {
        for (int k = 0; k < j; k++)
            m[j][j] -= m[j][k] * m[j][k];
        m[j][j] = sqrt(m[j][j]);
        for (int i = j + 1; i < D; i++) {
            for (int k = 0; k < j; k++)
                m[i][j] -= m[i][k] * m[j][k];
            m[i][j] /= m[j][j];
        }
    }
}

/* Each column of `m` becomes L⁻¹ of it. */
static void forward(double (*l)[D], double (*m)[D])
{
    for (int c = 0; c < D; c++)
        for (int i = 0; i < D; i++) {
            for (int k = 0; k < i; k++)
                m[i][c] -= l[i][k] * m[k][c];
            m[i][c] /= l[i][i];
        }
}

static void transpose(double (*m)[D])
{
    for (int i = 0; i < D; i++)
        for (int j = 0; j < i; j++) {
            double t = m[i][j];

            m[i][j] = m[j][i];
            m[j][i] = t;
        }
}

/* The K largest eigenvectors of a symmetric matrix, by turns of the whole subspace (orthogonal iteration). */
static double dot(const double *a, const double *b)
{
    double sum = 0;

    for (int i = 0; i < D; i++)
        sum += a[i] * b[i];
    return sum;
}

static void eigen(double (*m)[D], double (*v)[D])
{
    static double next[K][D];

    for (int k = 0; k < K; k++)
        for (int i = 0; i < D; i++)
            v[k][i] = i == k ? 1 : 0.01 * sin(k * 7 + i * 3);
    for (int turn = 0; turn < 60; turn++) {
        for (int k = 0; k < K; k++)
            for (int i = 0; i < D; i++)
                next[k][i] = dot(m[i], v[k]);
        for (int k = 0; k < K; k++) {
            for (int j = 0; j < k; j++) {
                double along = dot(next[k], next[j]);

                for (int i = 0; i < D; i++)
                    next[k][i] -= along * next[j][i];
            }
            values[k] = sqrt(dot(next[k], next[k]));
            for (int i = 0; i < D; i++)
                next[k][i] /= values[k];
        }
        memcpy(v, next, sizeof next);
    }
}

/* basis[k]: onto what a shape is laid, so that hands differ by 1 along each and characters by as much as can be. */
static void discriminate(void)
{
    double trace = 0;

    for (int i = 0; i < D; i++)
        trace += within[i][i] / D;
    for (int i = 0; i < D; i++)
        within[i][i] += EASE * trace;
    mirror(between);
    cholesky(within);
    forward(within, between);
    transpose(between);
    forward(within, between);
    eigen(between, basis);
    for (int k = 0; k < K; k++) /* L⁻ᵀ */
        for (int i = D - 1; i >= 0; i--) {
            for (int j = i + 1; j < D; j++)
                basis[k][i] -= within[j][i] * basis[k][j];
            basis[k][i] /= within[i][i];
        }
}

/* --- what is kept --- */

static float laid(const float *shape, int k)
{
    double sum = 0;

    for (int i = 0; i < D; i++)
        sum += ((double)shape[i] - all_mean[i]) * basis[k][i];
    return (float)sum;
}

static void write_model(const char *path)
{
    static struct hand_model model;
    float most = 0, most_often = 0, *kept = malloc(n_characters * K * sizeof *kept);
    FILE *f = fopen(path, "w");

    if (!f || !kept)
        fail("the model cannot be written");
    for (size_t c = 0; c < n_characters; c++)
        most_often = fmaxf(most_often, often[c]);
    for (size_t c = 0; c < n_characters; c++)
        for (int k = 0; k < K; k++) {
            kept[c * K + (size_t)k] = laid(means[c], k);
            most = fmaxf(most, fabsf(kept[c * K + (size_t)k]));
        }
    memcpy(model.magic, HAND_MAGIC, sizeof model.magic);
    model.n = (uint32_t)n_characters;
    model.unit = most / 127;
    for (int i = 0; i < D; i++)
        model.mean[i] = (float)all_mean[i];
    for (int k = 0; k < K; k++)
        for (int i = 0; i < D; i++)
            model.basis[k][i] = (float)basis[k][i];
    fwrite(&model, sizeof model, 1, f);
    for (size_t c = 0; c < n_characters; c++) {
        struct hand_character one = {.code = characters[c],
                                     .rare = RARE * logf(most_often / often[c]) / (model.unit * model.unit)};

        for (int k = 0; k < K; k++)
            one.at[k] = (int8_t)lrintf(kept[c * K + (size_t)k] / model.unit);
        fwrite(&one, sizeof one, 1, f);
    }
    if (fclose(f))
        fail("the model cannot be written");
    free(kept);
}

int main(int argc, char **argv)
{
    struct printed *faces[FACES];

    if (argc != 3 + FACES)
        fail("usage: hand-learn CHARACTERS SANS SERIF OUT");
    read_characters(argv[1]);
    for (int i = 0; i < FACES; i++)
        if (!(faces[i] = printed_open(argv[2 + i])))
            fail("a typeface cannot be read");
    if (!(means = calloc(n_characters, sizeof *means)))
        fail("no memory");
    see_all(faces);
    for (int i = 0; i < D; i++)
        for (int j = 0; j <= i; j++)
            within[i][j] /= (double)n_characters * FACES * HANDS;
    spread_of_means();
    discriminate();
    write_model(argv[2 + FACES]);
    for (int i = 0; i < FACES; i++)
        printed_close(faces[i]);
    free(means);
    return 0;
}
