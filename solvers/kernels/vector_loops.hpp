// Loops over rows of weights that decide the speed of the network's step, compiled for several instruction sets.
#pragma once

#include <cstddef>
#include <cstdint>

// The loader picks the version for the machine. Sanitizers cannot run that early, and get the plain one; so does Clang
// 14, which forgets the versions of a function that was declared before.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__SANITIZE_ADDRESS__)
#define ASYNCERT_CLONES [[gnu::target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")]]
#else
#define ASYNCERT_CLONES
#endif

namespace asyncert::solvers {

/// sum[h] += sum over k of x[k] rows[index[k] * stride + h], h < stride. `stride` is a multiple of 8, all arrays of
/// full length.
void gather_rows(const float* rows, std::size_t stride, const std::uint32_t* index, const float* x, std::size_t count,
                 float* sum);
void gather_rows(const double* rows, std::size_t stride, const std::uint32_t* index, const double* x, std::size_t count,
                 double* sum);

/// A row of weights that is used now: what it still owes to an earlier step, and its factor.
template <class Real>
struct RowUse {
  std::uint32_t row, direction;
  Real keep, change, x;
};

/// For every k < count: row = keep row + change direction for the row and the direction of uses[k], and then
/// sum += x row. One pass over the rows where a scatter and a gather take two. No row may occur twice.
void change_and_gather_rows(float* rows, std::size_t stride, const RowUse<float>* uses, std::size_t count,
                            const float* directions, float* sum);
void change_and_gather_rows(double* rows, std::size_t stride, const RowUse<double>* uses, std::size_t count,
                            const double* directions, double* sum);

/// rows[index[k] * stride + h] = keep[k] rows[index[k] * stride + h] + x[k] direction[h] for every k < count, h <
/// stride.
void scatter_rows(float* rows, std::size_t stride, const std::uint32_t* index, const float* x, const float* keep,
                  std::size_t count, const float* direction);
void scatter_rows(double* rows, std::size_t stride, const std::uint32_t* index, const double* x, const double* keep,
                  std::size_t count, const double* direction);

/// out[c] += <rows + c stride, v> for c < count.
void multiply_rows(const float* rows, std::size_t stride, std::size_t count, const float* v, float* out);
void multiply_rows(const double* rows, std::size_t stride, std::size_t count, const double* v, double* out);

}  // namespace asyncert::solvers
