/* SPDX-License-Identifier: Apache-2.0
 *
 * The way from this terminal to its hall, tested step by step: what the kernel says of card, address and gateway, then the
 * name, a connection of its own with TLS and this terminal's certificate, and the time in the answer. Where something else
 * than the hall answers, it is asked for what nobody has, without a certificate and believing nothing: who has that too is
 * one of the boxes that answer everything until somebody signs in at them.
 */
#ifndef SYNC_UPLINK_TEST_H
#define SYNC_UPLINK_TEST_H

#include "base/loop.h"
#include "wire/peer.h"

struct uplink_test;

struct uplink_test_config {                            /* strings are borrowed */
    const char *data;                                  /* the folder with its certificate and the hall's CA */
    const char *hall, *proxy;                          /* "https://host:port"; "host:port", NULL or "": none */
    int64_t (*moment)(void *ctx, bool *ret_sure);      /* tls_judge.h */
    void (*say)(void *ctx, const struct peer_line *p); /* each thing found, and PEER_UPLINKED */
    void *ctx;
};

struct uplink_test *uplink_test_create(struct loop *l, const struct uplink_test_config *c);
/* What can be seen without asking anybody. Does nothing while a test runs. */
void uplink_test_look(struct uplink_test *t);
/* The whole way. One that runs goes on. */
void uplink_test_begin(struct uplink_test *t);
/* For tests: the machine's files lie below that folder. */
void uplink_test_machine(struct uplink_test *t, const char *root);
void uplink_test_destroy(struct uplink_test *t); /* takes NULL */

#endif
