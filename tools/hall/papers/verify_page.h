/* SPDX-License-Identifier: Apache-2.0
 *
 * A page that tells on any phone whether the code of a paper (case_paper_code.h) is the hall's word: one file, with the keys
 * of the root in it, that asks no server; saved on the phone it works without a network. ECDSA is the browser's (Web
 * Cryptography API, W3C 2017).
 */
#ifndef HALL_VERIFY_PAGE_H
#define HALL_VERIFY_PAGE_H

#include "base/buf.h"
#include "crypto/keys.h"

#define VERIFY_PAGE_MAX 32768

/* The keys of the root's role "acknowledgement". */
void verify_page(const struct public_key *keys, size_t n, struct buf *out);

#endif
