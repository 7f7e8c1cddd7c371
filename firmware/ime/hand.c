/* SPDX-License-Identifier: Apache-2.0
 *
 * See hand.h. The shape of the ink is laid onto the axes that tell characters apart, and the nearest of them are what it
 * may be; of two that are as near the commoner one.
 */
#include "ime/hand.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/must.h"
#include "base/secret.h"
#include "base/text.h"
#include "ime/hand_model.h"

#define PATH_BYTES 512

static const struct hand_model *model; /* mapped until the process ends */
static const struct hand_character *characters;

static const struct hand_model *map(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    void *at = MAP_FAILED;

    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) == 0 && st.st_size > (off_t)sizeof *model)
        at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
    close(fd);
    if (at == MAP_FAILED)
        return NULL;
    const struct hand_model *m = at;

    if (!memcmp(m->magic, HAND_MAGIC, sizeof m->magic) && m->n >= HAND_CANDIDATES &&
        (size_t)st.st_size == sizeof *m + m->n * sizeof *characters)
        return m;
    munmap(at, (size_t)st.st_size);
    return NULL;
}

int hand_open(const char *folder, struct err *e)
{
    char path[PATH_BYTES];

    if (fs_join(path, sizeof path, folder, "hand.model") < 0 || !(model = map(path)))
        return err_set(e, ERR_NOTFOUND, "open what characters look like in %s", folder);
    characters = (const struct hand_character *)(const void *)(model + 1);
    return 0;
}

static void lay(const float *shape, float *ret)
{
    for (int k = 0; k < HAND_KEPT; k++) {
        float sum = 0;

        for (int i = 0; i < SHAPE_NUMBERS; i++)
            sum += (shape[i] - model->mean[i]) * model->basis[k][i];
        ret[k] = sum / model->unit;
    }
}

static float distance(const float *at, const struct hand_character *c)
{
    float sum = c->rare;

    for (int k = 0; k < HAND_KEPT; k++)
        sum += (at[k] - (float)c->at[k]) * (at[k] - (float)c->at[k]);
    return sum;
}

void hand_answer(const struct compose_question *q, struct composing_answer *ret)
{
    must(model, "reading before the model is open");
    static float shape[SHAPE_NUMBERS], at[HAND_KEPT];
    struct near {
        float far;
        uint32_t code;
    } best[HAND_CANDIDATES];
    int n = 0;

    *ret = (struct composing_answer){.serial = q->serial};
    ink_shape(&q->ink, shape);
    lay(shape, at);
    for (uint32_t i = 0; i < model->n; i++) {
        const struct near one = {distance(at, &characters[i]), characters[i].code};
        int place;

        if (n == HAND_CANDIDATES && one.far >= best[n - 1].far)
            continue;
        for (place = n < HAND_CANDIDATES ? n++ : n - 1; place > 0 && best[place - 1].far > one.far; place--)
            best[place] = best[place - 1];
        best[place] = one;
    }
    secret_wipe(shape, sizeof shape);
    secret_wipe(at, sizeof at);
    for (int i = 0; i < n; i++) {
        char text[5];

        text[utf8_put(best[i].code, text)] = '\0';
        composing_answer_add(ret, text);
    }
}
