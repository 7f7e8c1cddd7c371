/* SPDX-License-Identifier: Apache-2.0
 *
 * Any bytes as the answer to a long poll, as the hall's word for the queues that kiosk-sync hands on, and as what it says:
 * what is read is written and read again the same.
 */
#include "tests/fuzz/again.h"
#include "wire/news.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

AGAIN(queues, struct news_queues, news_queues_decode(bytes, len, value, NULL), news_queues_encode(value, out),
      NEWS_QUEUES_MAX)
AGAIN(word, struct news_word, news_word_decode(bytes, len, value, NULL), news_word_encode(value, out), NEWS_BYTES_MAX)
AGAIN(news, struct news, news_decode(bytes, len, value, NULL), news_encode(value, out), NEWS_BYTES_MAX)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    queues(data, size);
    word(data, size);
    news(data, size);
    return 0;
}
