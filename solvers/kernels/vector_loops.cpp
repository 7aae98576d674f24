#include "solvers/kernels/vector_loops.hpp"

namespace asyncert::solvers {
namespace {

/// 32 bytes of numbers, at any address that suits the number. The extension of GCC and Clang, because accumulators must
/// stay in registers over a loop whose bounds the compiler does not know.
template <class Real>
struct Lane {
  typedef Real Type __attribute__((vector_size(32), aligned(sizeof(Real)), may_alias));
  static constexpr std::size_t size = 32 / sizeof(Real);
};

#define ASYNCERT_INLINE [[gnu::always_inline]] inline

template <std::size_t lanes, class Real>
ASYNCERT_INLINE void gather_lanes(const Real* rows, std::size_t stride, const std::uint32_t* index, const Real* x,
                                  std::size_t count, Real* sum) {
  using V = typename Lane<Real>::Type;
  V total[lanes];
  for (std::size_t l = 0; l < lanes; ++l) total[l] = reinterpret_cast<const V*>(sum)[l];
  for (std::size_t k = 0; k < count; ++k) {
    const auto* row = reinterpret_cast<const V*>(rows + index[k] * stride);
    for (std::size_t l = 0; l < lanes; ++l) total[l] += x[k] * row[l];
  }
  for (std::size_t l = 0; l < lanes; ++l) reinterpret_cast<V*>(sum)[l] = total[l];
}

template <class Real>
ASYNCERT_INLINE void gather(const Real* rows, std::size_t stride, const std::uint32_t* index, const Real* x,
                            std::size_t count, Real* sum) {
  constexpr std::size_t size = Lane<Real>::size;
  std::size_t left = stride / size;
  for (; left >= 8; left -= 8, rows += 8 * size, sum += 8 * size) gather_lanes<8>(rows, stride, index, x, count, sum);
  switch (left) {
    case 1:
      return gather_lanes<1>(rows, stride, index, x, count, sum);
    case 2:
      return gather_lanes<2>(rows, stride, index, x, count, sum);
    case 3:
      return gather_lanes<3>(rows, stride, index, x, count, sum);
    case 4:
      return gather_lanes<4>(rows, stride, index, x, count, sum);
    case 5:
      return gather_lanes<5>(rows, stride, index, x, count, sum);
    case 6:
      return gather_lanes<6>(rows, stride, index, x, count, sum);
    case 7:
      return gather_lanes<7>(rows, stride, index, x, count, sum);
    default:
      return;
  }
}

template <class Real>
ASYNCERT_INLINE void scatter(Real* rows, std::size_t stride, const std::uint32_t* index, const Real* x,
                             const Real* keep, std::size_t count, const Real* direction) {
  using V = typename Lane<Real>::Type;
  const std::size_t lanes = stride / Lane<Real>::size;
  const auto* d = reinterpret_cast<const V*>(direction);
  for (std::size_t k = 0; k < count; ++k) {
    auto* row = reinterpret_cast<V*>(rows + index[k] * stride);
    for (std::size_t l = 0; l < lanes; ++l) row[l] = keep[k] * row[l] + x[k] * d[l];
  }
}

template <class Real>
ASYNCERT_INLINE void multiply(const Real* rows, std::size_t stride, std::size_t count, const Real* v, Real* out) {
  using V = typename Lane<Real>::Type;
  const std::size_t lanes = stride / Lane<Real>::size;
  const auto* right = reinterpret_cast<const V*>(v);
  for (std::size_t c = 0; c < count; ++c) {
    const auto* row = reinterpret_cast<const V*>(rows + c * stride);
    V even{}, odd{};
    std::size_t l = 0;
    for (; l + 2 <= lanes; l += 2) {
      even += row[l] * right[l];
      odd += row[l + 1] * right[l + 1];
    }
    if (l < lanes) even += row[l] * right[l];
    even += odd;
    Real sum = 0;
    for (std::size_t s = 0; s < Lane<Real>::size; ++s) sum += even[s];
    out[c] += sum;
  }
}

}  // namespace

ASYNCERT_CLONES void gather_rows(const float* rows, std::size_t stride, const std::uint32_t* index, const float* x,
                                 std::size_t count, float* sum) {
  gather(rows, stride, index, x, count, sum);
}
ASYNCERT_CLONES void gather_rows(const double* rows, std::size_t stride, const std::uint32_t* index, const double* x,
                                 std::size_t count, double* sum) {
  gather(rows, stride, index, x, count, sum);
}
ASYNCERT_CLONES void scatter_rows(float* rows, std::size_t stride, const std::uint32_t* index, const float* x,
                                  const float* keep, std::size_t count, const float* direction) {
  scatter(rows, stride, index, x, keep, count, direction);
}
ASYNCERT_CLONES void scatter_rows(double* rows, std::size_t stride, const std::uint32_t* index, const double* x,
                                  const double* keep, std::size_t count, const double* direction) {
  scatter(rows, stride, index, x, keep, count, direction);
}
ASYNCERT_CLONES void multiply_rows(const float* rows, std::size_t stride, std::size_t count, const float* v,
                                   float* out) {
  multiply(rows, stride, count, v, out);
}
ASYNCERT_CLONES void multiply_rows(const double* rows, std::size_t stride, std::size_t count, const double* v,
                                   double* out) {
  multiply(rows, stride, count, v, out);
}

}  // namespace asyncert::solvers
