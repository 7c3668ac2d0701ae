// SPDX-License-Identifier: Apache-2.0
#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/vfs.h>

int holdfast_accept(int listener, struct sockaddr *address, socklen_t *length) {
  return accept4(listener, address, length, SOCK_NONBLOCK | SOCK_CLOEXEC);
}

void holdfast_random(void *bytes, size_t count) {
  uint8_t *next = bytes;
  while (count > 0) {
    ssize_t got = getrandom(next, count, 0);
    if (got < 0 && errno != EINTR) abort();
    if (got > 0) {
      next += got;
      count -= (size_t)got;
    }
  }
}

int holdfast_open(const char *path, int flags, unsigned mode, int direct) {
  return open(path, flags | O_CLOEXEC | (direct ? O_DIRECT | O_DSYNC : 0), mode);
}

int64_t holdfast_file_system(const char *path) {
  struct statfs info;
  return statfs(path, &info) < 0 ? -1 : (int64_t)(uint32_t)info.f_type;
}

int64_t holdfast_free_bytes(const char *path) {
  struct statfs info;
  return statfs(path, &info) < 0 ? -1 : (int64_t)info.f_bavail * info.f_bsize;
}

const char *holdfast_errno_name(int number) {
  const char *name = strerrorname_np(number);
  return name ? name : "errno";
}

int holdfast_epoll_control(int set, int operation, int descriptor, uint32_t events, uint64_t token) {
  struct epoll_event event = {.events = events, .data.u64 = token};
  return epoll_ctl(set, operation, descriptor, &event);
}

int holdfast_epoll_poll(int set, uint64_t *tokens, uint32_t *flags, int most) {
  struct epoll_event events[256];
  int count = epoll_wait(set, events, most < 256 ? most : 256, 0);
  for (int index = 0; index < count; index++) {
    tokens[index] = events[index].data.u64;
    flags[index] = events[index].events;
  }
  return count;
}
