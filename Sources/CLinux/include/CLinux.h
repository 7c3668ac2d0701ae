// SPDX-License-Identifier: Apache-2.0
//
// What the Glibc module does not show to Swift: calls behind feature macros, and constants.
#ifndef HOLDFAST_CLINUX_H
#define HOLDFAST_CLINUX_H

#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>

/// accept4(2) with SOCK_NONBLOCK and SOCK_CLOEXEC.
int holdfast_accept(int listener, struct sockaddr *_Nonnull address, socklen_t *_Nonnull length);
/// getrandom(2); fills all of it or stops the process.
void holdfast_random(void *_Nonnull bytes, size_t count);
/// open(2) with O_CLOEXEC; `direct` adds O_DIRECT and O_DSYNC.
int holdfast_open(const char *_Nonnull path, int flags, unsigned mode, int direct);
/// statfs(2): the magic number of the file system, or -1 with errno.
int64_t holdfast_file_system(const char *_Nonnull path);
/// statfs(2): free bytes for an ordinary process, or -1 with errno.
int64_t holdfast_free_bytes(const char *_Nonnull path);
/// Names an errno: "ENOSPC"; "errno" for one without a name.
const char *_Nonnull holdfast_errno_name(int number);
/// epoll_ctl(2) with the token as its data.
int holdfast_epoll_control(int set, int operation, int descriptor, uint32_t events, uint64_t token);
/// epoll_wait(2) without waiting: at most `most` (up to 256) events as tokens and flags. Their number, or -1.
int holdfast_epoll_poll(
    int set, uint64_t *_Nonnull tokens, uint32_t *_Nonnull flags, int most);

#endif
