// Who wrote what each update read and replaced: survival, delays and consistency of a run, exactly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace asyncert::solvers {

/// The history of a run whose numbers carry the stamps of their writers. Stamps are labels plus one; 0 is the initial
/// value. A coordinate that a message did not read or write has the stamp `untouched`.
struct Ancestry {
  static constexpr std::uint32_t untouched = 0xffffffffu;
  std::size_t dimension = 0;              ///< coordinates of the memory; 0 where nothing was recorded
  std::vector<std::uint32_t> worker;      ///< by label
  std::vector<std::uint64_t> local;       ///< by label
  std::vector<std::uint32_t> read, base;  ///< label x coordinate: the stamp read, and the stamp that the write replaced
  std::vector<std::uint32_t> final_stamp;  ///< by coordinate
  bool single_precision = false;           ///< the numbers beside the stamps are (`openmp_stamped`)

  std::size_t steps() const { return worker.size(); }
  /// (B_t)_kk for all t and k, label x coordinate: 1 when update t is an ancestor of the final value of coordinate k.
  std::vector<std::uint8_t> survivors() const;
  /// a(t): the smallest label whose presence in some number that update t read differs from its survival; t when none
  /// does. Then every read of update t is w_{a(t)} plus some of the updates a(t), ..., t - 1, as the theory's (3) says.
  std::vector<std::int64_t> read_labels() const;
  /// 1 for each update whose read is none of the states w_0, ..., w_t of the theory's sequence: its coordinates show
  /// updates of different times, or one that did not survive. Cost: as `survivors`.
  std::vector<std::uint8_t> inconsistent_reads() const;
};

}  // namespace asyncert::solvers
