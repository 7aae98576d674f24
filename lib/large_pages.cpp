#include "lib/large_pages.hpp"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace asyncert {

void* allocate_large_pages(std::size_t bytes) {
  constexpr std::size_t large = std::size_t{1} << 21;
  const std::size_t alignment = bytes >= large / 16 ? large : 64;
  const std::size_t size = (bytes + alignment - 1) / alignment * alignment;
  void* memory = std::aligned_alloc(alignment, size);
  if (memory == nullptr) throw std::bad_alloc();
  // A refusal leaves ordinary pages, which are slower and otherwise the same.
  if (alignment == large) madvise(memory, size, MADV_HUGEPAGE);
  return memory;
}

void free_large_pages(void* memory) noexcept { std::free(memory); }

}  // namespace asyncert
