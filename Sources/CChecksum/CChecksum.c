// SPDX-License-Identifier: Apache-2.0
#include "CChecksum.h"

#include <string.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

#define CASTAGNOLI_REFLECTED 0x82F63B78u

static uint32_t table[256];

__attribute__((constructor)) static void fill_table(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; bit++)
      crc = (crc >> 1) ^ ((crc & 1) ? CASTAGNOLI_REFLECTED : 0);
    table[byte] = crc;
  }
}

uint32_t holdfast_crc32c_portable(const void *bytes, size_t count) {
  const uint8_t *next = bytes;
  uint32_t crc = 0xFFFFFFFFu;
  while (count--)
    crc = (crc >> 8) ^ table[(crc ^ *next++) & 0xFF];
  return ~crc;
}

#if defined(__x86_64__)
// The intrinsics stay here, behind a target attribute: a header that includes them cannot be
// imported into Swift, and the rest of the package is built for the baseline processor.
__attribute__((target("sse4.2"))) static uint32_t crc32c_sse42(const uint8_t *next, size_t count) {
  uint64_t crc = 0xFFFFFFFFu;
  while (count >= 8) {
    uint64_t word;
    memcpy(&word, next, 8);
    crc = _mm_crc32_u64(crc, word);
    next += 8;
    count -= 8;
  }
  uint32_t narrow = (uint32_t)crc;
  while (count--)
    narrow = _mm_crc32_u8(narrow, *next++);
  return ~narrow;
}
#endif

uint32_t holdfast_crc32c(const void *bytes, size_t count) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("sse4.2"))
    return crc32c_sse42(bytes, count);
#endif
  return holdfast_crc32c_portable(bytes, count);
}

uint64_t holdfast_xxh3(const void *bytes, size_t count, uint64_t seed) {
  return XXH3_64bits_withSeed(bytes, count, seed);
}
