/* SPDX-License-Identifier: Apache-2.0
 *
 * See hasher.h. The lock guards `data`: whoever holds a piece works on it without the lock.
 */
#include "tools/flash/hasher.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

struct hasher {
    pthread_t thread; /* ended by hasher_destroy */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    const void *data; /* the piece to be hashed; NULL: none */
    size_t len;
    bool over;
    struct sha256 *hash;
};

static void *work(void *arg)
{
    struct hasher *h = arg;

    pthread_mutex_lock(&h->lock);
    for (;;) {
        while (!h->data && !h->over)
            pthread_cond_wait(&h->changed, &h->lock);
        if (!h->data)
            break;
        pthread_mutex_unlock(&h->lock);
        sha256_add(h->hash, h->data, h->len);
        pthread_mutex_lock(&h->lock);
        h->data = NULL;
        pthread_cond_broadcast(&h->changed);
    }
    pthread_mutex_unlock(&h->lock);
    return NULL;
}

struct hasher *hasher_create(void)
{
    struct hasher *h = calloc(1, sizeof *h);

    if (!h)
        return NULL;
    pthread_mutex_init(&h->lock, NULL);
    pthread_cond_init(&h->changed, NULL);
    h->hash = sha256_begin();
    if (pthread_create(&h->thread, NULL, work, h) == 0)
        return h;
    uint8_t none[SHA256_LEN];
    sha256_end(h->hash, none);
    free(h);
    return NULL;
}

static void wait_idle(struct hasher *h)
{
    while (h->data)
        pthread_cond_wait(&h->changed, &h->lock);
}

void hasher_destroy(struct hasher *h)
{
    uint8_t none[SHA256_LEN];

    if (!h)
        return;
    pthread_mutex_lock(&h->lock);
    h->over = true;
    pthread_cond_broadcast(&h->changed);
    pthread_mutex_unlock(&h->lock);
    pthread_join(h->thread, NULL);
    sha256_end(h->hash, none);
    pthread_cond_destroy(&h->changed);
    pthread_mutex_destroy(&h->lock);
    free(h);
}

void hasher_add(struct hasher *h, const void *data, size_t len)
{
    pthread_mutex_lock(&h->lock);
    wait_idle(h);
    h->data = data;
    h->len = len;
    pthread_cond_broadcast(&h->changed);
    pthread_mutex_unlock(&h->lock);
}

void hasher_end(struct hasher *h, uint8_t out[SHA256_LEN])
{
    pthread_mutex_lock(&h->lock);
    wait_idle(h);
    sha256_end(h->hash, out);
    h->hash = sha256_begin();
    pthread_mutex_unlock(&h->lock);
}
