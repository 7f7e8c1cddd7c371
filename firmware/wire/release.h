/* SPDX-License-Identifier: Apache-2.0
 *
 * The hall's word that a terminal may be erased although it holds what never arrived: a code of eight digits that somebody
 * of the hall reads out over the telephone, for this terminal, this number of applications, and this one attempt.
 *
 * The machine shows four signs, made anew for each attempt and good for an hour. The hall makes of them
 *     HMAC-SHA-256(secret, "tongban-release-v1\n" ‖ be32(length of terminal) ‖ terminal ‖ be64(count) ‖ the four signs)
 * and of its first eight bytes, as a number, the last eight decimal digits. The count is that of the note (note.h);
 * where nobody knows it, it is RELEASE_COUNT_UNKNOWN, and the hall is asked about just that.
 *
 * The secret is made by the terminal, once for each enrolment; it reaches the hall sealed to its sealing key, in a record of
 * the kind disk-key (wire/disk_key.h), so that only who may open applications can release, for a reason that is written
 * down. It also stands in the note, unencrypted, because whoever erases a disk cannot open it. So the code holds against
 * a person at the screen, alone and tired, who has the stick and the staff card; not against one who takes the disk out and
 * reads or writes it elsewhere: he needs no code.
 *
 * A signature would take a hundred letters over the telephone. Eight digits are enough because one try in a hundred million
 * is right, and a machine takes RELEASE_TRIES of them before it shows other signs. Pure.
 */
#ifndef WIRE_RELEASE_H
#define WIRE_RELEASE_H

#include <stdbool.h>
#include <stdint.h>

#define RELEASE_SECRET_LEN 32
#define RELEASE_SIGNS 4
#define RELEASE_DIGITS 8
#define RELEASE_TRIES 5
#define RELEASE_MS 3600000
#define RELEASE_COUNT_UNKNOWN (-1)

/* The four signs, of random bytes: capitals and digits, none that looks or sounds like another in print (no I L O U, 0, 1).
 */
void release_signs(const uint8_t random[RELEASE_SIGNS], char out[RELEASE_SIGNS + 1]);
/* As typed: small letters are taken for capitals. False: these are no four signs. */
bool release_signs_read(const char *typed, char out[RELEASE_SIGNS + 1]);

void release_code(const uint8_t secret[RELEASE_SECRET_LEN], const char *terminal, int64_t count,
                  const char signs[RELEASE_SIGNS + 1], char out[RELEASE_DIGITS + 1]);
/* Is `typed` that code? A blank between digits is passed over. */
bool release_fits(const uint8_t secret[RELEASE_SECRET_LEN], const char *terminal, int64_t count,
                  const char signs[RELEASE_SIGNS + 1], const char *typed);

#endif
