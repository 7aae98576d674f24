// Data files that are cut off, or wrong in one byte: each is read or refused in a sentence, and nothing else happens.
#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <string>

#include "solvers/data/readers.hpp"
#include "temporary_file.hpp"

using namespace asyncert;
using namespace asyncert::data;

namespace {

using Read = std::function<void(const std::string& path)>;

/// How many are read; each other is refused with the file's name.
std::size_t count_read(const std::vector<std::string>& files, const Read& read) {
  std::size_t done = 0;
  for (const std::string& bytes : files) {
    const TemporaryFile file("spoilt", bytes);
    try {
      read(file.path());
      ++done;
    } catch (const DataError& error) {
      if (std::string(error.what()).rfind(file.path(), 0) != 0) FAIL_CHECK(error.what());
    }
  }
  return done;
}

std::vector<std::string> cut(const std::string& bytes) {
  std::vector<std::string> files;
  const std::size_t step = std::max<std::size_t>(1, bytes.size() / 400);
  for (std::size_t size = 0; size < bytes.size(); size += step) files.push_back(bytes.substr(0, size));
  return files;
}

/// One byte changed, lost or doubled; huge numbers and words in place of every number.
std::vector<std::string> changed(const std::string& bytes, bool text) {
  std::vector<std::string> files;
  const std::size_t step = std::max<std::size_t>(1, bytes.size() / 100);
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    for (const int mask : {1, 4, 0x80, 0xff}) {
      files.push_back(bytes);
      files.back()[at] = static_cast<char>(files.back()[at] ^ mask);
    }
    files.push_back(std::string(bytes).erase(at, 1));
    files.push_back(std::string(bytes).insert(at, 1, bytes[at]));
    if (!text) continue;
    for (const char* word : {"0", "-1", "4294967295", "4294967296", "99999999999999999999", "1e400", "nan", "inf", " ",
                             "\n", "\0", ":", "%"}) {
      files.push_back(std::string(bytes).replace(at, 1, word));
      files.push_back(std::string(bytes).insert(at, word));
    }
  }
  return files;
}

void check(const char* name, const std::string& good, bool text, const Read& read) {
  CAPTURE(std::string(name));
  CHECK(count_read({good}, read) == 1);
  const auto shorter = cut(good), other = changed(good, text);
  // A text may be cut at the end of a line, and a number may become another.
  CHECK(count_read(shorter, read) <= (text ? 6 : 0));
  CHECK(count_read(other, read) * 2 < other.size());
}

}  // namespace

TEST_SUITE("solver") {
  TEST_CASE("data files that are spoilt in one place are refused, or read") {
    check("LIBSVM", "+1 1:0.5 3:-2e-3\n-1\n1 2:+4 3:1\n-1 1:1\n", true,
          [](const std::string& path) { read_libsvm(path); });
    check("LIBSVM of 3 columns", "+1 1:0.5 3:-2e-3\n-1\n1 2:+4 3:1\n-1 1:1\n", true,
          [](const std::string& path) { read_libsvm(path, 3); });
    check("Matrix Market", "%%MatrixMarket matrix coordinate real general\n2 3 3\n1 1 2.5\n2 3 -1e2\n1 2 0.5\n", true,
          [](const std::string& path) { read_matrix_market(path); });
    check("Matrix Market, symmetric", "%%MatrixMarket matrix coordinate integer symmetric\n2 2 2\n1 1 2\n2 1 -1\n",
          true, [](const std::string& path) { read_matrix_market(path); });
    check("Matrix Market, dense", "%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n4\n", true,
          [](const std::string& path) { read_matrix_market(path); });
    std::string board;
    for (int k = 0; k < 42; ++k) board += k % 3 == 0 ? "b," : k % 3 == 1 ? "x," : "o,";
    check("connect-4", board + "win\n" + board + "draw\n", true, [](const std::string& path) { read_connect4(path); });
    const std::string images = std::string("\0\0\10\3\0\0\0\2\0\0\0\1\0\0\0\3", 16) + std::string("\0\377\0\1\2\3", 6),
                      labels = std::string("\0\0\10\1\0\0\0\2\7\11", 10);
    const TemporaryFile image_file("images", images), label_file("labels", labels);
    check("IDX labels", labels, false, [&](const std::string& path) { read_idx(image_file.path(), path); });
    const std::size_t pixels = 6;  // may have any value
    const auto idx = [&](const std::string& path) { read_idx(path, label_file.path()); };
    CHECK(count_read(cut(images), idx) == 0);
    CHECK(count_read(changed(images, false), idx) <= 4 * pixels);
  }

  TEST_CASE("a compressed file that is spoilt in one place is refused") {
    std::ifstream stream(std::string(ASYNCERT_SOURCE_DIR) + "/data/connect-4/connect-4.data.gz", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    const auto read = [](const std::string& path) { read_connect4(path); };
    std::vector<std::string> files;
    for (std::size_t part = 0; part < 8; ++part) {
      const std::size_t at = 20 + part * (bytes.size() - 40) / 7;
      files.push_back(bytes.substr(0, at));
      files.push_back(bytes);
      files.back()[at] = static_cast<char>(files.back()[at] ^ 16);
      files.push_back(std::string(bytes).erase(at, 1));
    }
    CHECK(count_read(files, read) == 0);
  }
}
