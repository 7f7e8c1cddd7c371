/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody holds of the licences that an item asks for, as the person is told (model/my_licence.h): by the register,
 * and by what the platform said last in any case of the same person. Nobody is asked now. In a reader's thread.
 */
#ifndef HALL_TELL_LICENCES_H
#define HALL_TELL_LICENCES_H

#include "crypto/hash.h"
#include "model/my_licence.h"
#include "tools/hall/store/store.h"
#include "tools/hall/terminals/book.h"

/* None where the published catalogue does not have the item. */
int tell_licences(struct book *book, struct store *s, const uint8_t idx[SHA256_LEN], const char *item, int64_t now,
                  struct my_licences *ret, struct err *e);

#endif
