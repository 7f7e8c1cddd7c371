/* SPDX-License-Identifier: Apache-2.0
 *
 * What a card says of its holder, the text information of GA 467: 256 bytes (UTF-16LE, padded with spaces or NUL): resident
 * cards, residence permits of residents of Hong Kong, Macau and Taiwan (J), foreigners' permanent residence cards of 2017
 * (I) and 2023 (Y). Pure.
 */
#ifndef DRIVERS_IDCARD_CARD_TEXT_H
#define DRIVERS_IDCARD_CARD_TEXT_H

#include <stdint.h>

#include "base/err.h"
#include "model/identity.h"

#define CARD_TEXT_LEN IDENTITY_CARD_TEXT_LEN
#define CARD_ADDRESS_LEN 70

/* Rare characters are resolved (model/private_use.h), invisible ones (base/text.h) left out; ret->card_text keeps the bytes.
 * -ERR_VERSION: the letter at offset 248
 * names no kind we know. -ERR_INVALID: a field breaks its format (lone surrogate, control character, impossible date, an end
 * of validity before its beginning, unknown sex code …); the text names the field, never its content. Whether the card has
 * expired or its number's check character is right is identity_check()'s question. *ret is secret memory of the caller,
 * untouched on failure. */
int card_text_decode(const uint8_t bytes[CARD_TEXT_LEN], struct identity *ret, struct err *e);

/* The address that was written to the chip after the card was printed: takes the place of the one in *id. Nothing but spaces
 * changes nothing. -ERR_INVALID: no text; *id is as before. */
int card_address_decode(const uint8_t address[CARD_ADDRESS_LEN], struct identity *id, struct err *e);

#endif
