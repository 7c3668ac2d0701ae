// SPDX-License-Identifier: Apache-2.0
//
// Checksums behind the wire and the journal. Pure functions of their arguments: no state, no I/O.
#ifndef HOLDFAST_CCHECKSUM_H
#define HOLDFAST_CCHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// CRC32C (Castagnoli polynomial, reflected, initial value and final xor 0xFFFFFFFF).
/// Check value: the nine ASCII bytes "123456789" give 0xE3069283.
uint32_t holdfast_crc32c(const void *_Nullable bytes, size_t count);

/// XXH3, 64 bits, with a seed; the algorithm of xxHash 0.8. Used where 32 bits are too few:
/// the journal's chain and the digest of a command's body.
uint64_t holdfast_xxh3(const void *_Nullable bytes, size_t count, uint64_t seed);

/// The CRC32C used on machines without SSE4.2, exported so that a test can compare the two.
uint32_t holdfast_crc32c_portable(const void *_Nullable bytes, size_t count);

#endif
