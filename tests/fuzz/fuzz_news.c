/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the answer to a long poll, as the hall's word for queues and halted items that kiosk-sync hands on, and as
 * what it says: what is read is written and read again the same.
 */
#include "tests/fuzz/again.h"
#include "wire/halts.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(queues, struct news_queues, news_queues_decode(bytes, len, value, NULL), news_queues_encode(value, out),
      NEWS_QUEUES_MAX)
AGAIN(word, struct news_word, news_word_decode(bytes, len, value, NULL), news_word_encode(value, out), NEWS_WORD_MAX)
AGAIN(halts, struct halts_told, halts_decode(bytes, len, value, NULL), halts_encode(value, out, NULL), NEWS_QUEUES_MAX)
AGAIN(news, struct news, news_decode(bytes, len, value, NULL), news_encode(value, out), NEWS_BYTES_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    queues(data, size);
    word(data, size);
    halts(data, size);
    news(data, size);
    return 0;
}
