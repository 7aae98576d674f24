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
#define ASYNCERT_INLINE_LAMBDA __attribute__((always_inline))

/// The most accumulators at once: with a factor and a row they fill the 16 registers of AVX2.
constexpr std::size_t most_lanes = 14;

/// Calls part<lanes>(from), with `wanted` as a constant.
template <std::size_t lanes = most_lanes, class Part>
ASYNCERT_INLINE void with_lanes(std::size_t wanted, std::size_t from, const Part& part) {
  if (wanted == lanes)
    part.template operator()<lanes>(from);
  else if constexpr (lanes > 1)
    with_lanes<lanes - 1>(wanted, from, part);
}

/// Cuts rows of `stride` numbers into as few parts as the registers allow, of nearly the same width, and calls
/// part<lanes>(from) for each: `lanes` vectors from the number `from` on.
template <class Real, class Part>
ASYNCERT_INLINE void in_parts(std::size_t stride, const Part& part) {
  const std::size_t all = stride / Lane<Real>::size;
  std::size_t done = 0;
  for (std::size_t parts = (all + most_lanes - 1) / most_lanes; parts > 0; --parts) {
    const std::size_t lanes = (all - done) / parts;
    with_lanes(lanes, done * Lane<Real>::size, part);
    done += lanes;
  }
}

template <class Real>
ASYNCERT_INLINE void gather(const Real* rows, std::size_t stride, const std::uint32_t* index, const Real* x,
                            std::size_t count, Real* sum) {
  using V = typename Lane<Real>::Type;
  in_parts<Real>(stride, [=]<std::size_t lanes>(std::size_t from) ASYNCERT_INLINE_LAMBDA {
    auto* result = reinterpret_cast<V*>(sum + from);
    V total[lanes];
    for (std::size_t l = 0; l < lanes; ++l) total[l] = result[l];
    for (std::size_t k = 0; k < count; ++k) {
      const auto* row = reinterpret_cast<const V*>(rows + index[k] * stride + from);
      for (std::size_t l = 0; l < lanes; ++l) total[l] += x[k] * row[l];
    }
    for (std::size_t l = 0; l < lanes; ++l) result[l] = total[l];
  });
}

template <class Real>
ASYNCERT_INLINE void change_and_gather(Real* rows, std::size_t stride, const RowUse<Real>* uses, std::size_t count,
                                       const Real* directions, Real* sum) {
  using V = typename Lane<Real>::Type;
  in_parts<Real>(stride, [=]<std::size_t lanes>(std::size_t from) ASYNCERT_INLINE_LAMBDA {
    auto* result = reinterpret_cast<V*>(sum + from);
    V total[lanes];
    for (std::size_t l = 0; l < lanes; ++l) total[l] = result[l];
    for (std::size_t k = 0; k < count; ++k) {
      const RowUse<Real> use = uses[k];  // a copy: the compiler cannot know that rows and uses are apart
      auto* row = reinterpret_cast<V*>(rows + use.row * stride + from);
      const auto* direction = reinterpret_cast<const V*>(directions + use.direction * stride + from);
      for (std::size_t l = 0; l < lanes; ++l) {
        const V now = use.keep * row[l] + use.change * direction[l];
        row[l] = now;
        total[l] += use.x * now;
      }
    }
    for (std::size_t l = 0; l < lanes; ++l) result[l] = total[l];
  });
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
ASYNCERT_CLONES void change_and_gather_rows(float* rows, std::size_t stride, const RowUse<float>* uses,
                                            std::size_t count, const float* directions, float* sum) {
  change_and_gather(rows, stride, uses, count, directions, sum);
}
ASYNCERT_CLONES void change_and_gather_rows(double* rows, std::size_t stride, const RowUse<double>* uses,
                                            std::size_t count, const double* directions, double* sum) {
  change_and_gather(rows, stride, uses, count, directions, sum);
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
