// Memory for arrays that are visited at random, on large pages where the system has them.
#pragma once

#include <cstddef>

namespace asyncert {

/// Asks the system for `bytes` bytes at a multiple of 64, from 128 KiB on at the start of a large page (2 MiB), on such
/// pages where it has them. Throws std::bad_alloc.
void* allocate_large_pages(std::size_t bytes);
void free_large_pages(void* memory) noexcept;

/// Allocator of standard containers. An array that is visited at random misses the TLB on pages of 4 KiB: every visit
/// then waits for a page walk, too.
template <class T>
struct LargePages {
  using value_type = T;
  LargePages() = default;
  template <class U>
  LargePages(const LargePages<U>&) {}
  T* allocate(std::size_t n) { return static_cast<T*>(allocate_large_pages(n * sizeof(T))); }
  void deallocate(T* memory, std::size_t) noexcept { free_large_pages(memory); }
  friend bool operator==(const LargePages&, const LargePages&) { return true; }
};

}  // namespace asyncert
