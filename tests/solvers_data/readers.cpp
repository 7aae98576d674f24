#include "solvers/data/readers.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>

using namespace asyncert::data;

namespace {

/// A file with the given bytes, removed at the end of the scope.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& name, const std::string& bytes)
      : path_((std::filesystem::temp_directory_path() / ("asyncert-readers-" + std::to_string(getpid()) + "-" + name))
                  .string()) {
    std::ofstream(path_, std::ios::binary) << bytes;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

template <class Function>
void check_refused(Function function, std::size_t line, const std::string& reason) {
  CAPTURE(reason);
  try {
    function();
    FAIL("the file was accepted");
  } catch (const DataError& error) {
    CHECK(error.line() == line);
    CHECK_MESSAGE(std::string(error.what()).find(reason) != std::string::npos, error.what());
    CHECK(std::string(error.what()).find(error.file()) == 0);
  }
}

void check_libsvm_refused(const std::string& text, std::size_t line, const std::string& reason,
                          std::size_t columns = 0) {
  CAPTURE(text);
  const TemporaryFile file("bad.svm", text);
  check_refused([&] { read_libsvm(file.path(), columns); }, line, reason);
}

std::string connect4_file() { return std::string(ASYNCERT_SOURCE_DIR) + "/data/connect-4/connect-4.data.gz"; }

std::string idx_images() {
  return std::string("\0\0\10\3\0\0\0\2\0\0\0\1\0\0\0\3", 16) + std::string("\0\377\0\1\2\3", 6);
}
std::string idx_labels() { return std::string("\0\0\10\1\0\0\0\2\7\11", 10); }

}  // namespace

TEST_SUITE("solver") {
  TEST_CASE("LIBSVM rows") {
    const TemporaryFile file("good.svm", "+1 1:0.5 3:-2e-3\r\n-1\n2.5 2:+4\n");
    const SparseDataset data = read_libsvm(file.path());
    CHECK(data.rows() == 3);
    CHECK(data.columns == 3);
    CHECK(data.label == std::vector<double>{1, -1, 2.5});
    CHECK(data.row_start == std::vector<std::size_t>{0, 2, 2, 3});
    CHECK(data.column == std::vector<std::uint32_t>{0, 2, 1});
    CHECK(data.value == std::vector<double>{0.5, -2e-3, 4});
    CHECK(read_libsvm(file.path(), 9).columns == 9);
  }

  TEST_CASE("planted errors in LIBSVM files are refused with their line") {
    check_libsvm_refused("1 1:1\n1 2:x\n", 2, "'x' is not a finite number");
    check_libsvm_refused("1 1:1\n1 2:nan\n", 2, "not a finite number");
    check_libsvm_refused("1 1:1\n1 2:1e999\n", 2, "not a finite number");
    check_libsvm_refused("1 1:+-2\n", 1, "not a finite number");
    check_libsvm_refused("1 1:\n", 1, "not a finite number");
    check_libsvm_refused("yes 1:1\n", 1, "the label 'yes'");
    check_libsvm_refused("1 0:1\n", 1, "outside 1 to");
    check_libsvm_refused("1 -1:1\n", 1, "not a whole number");
    check_libsvm_refused("1 99999999999:1\n", 1, "outside 1 to");
    check_libsvm_refused("1 99999999999999999999999:1\n", 1, "not a whole number");
    check_libsvm_refused("1 4:1\n1 5:1\n", 2, "outside 1 to 4", 4);
    check_libsvm_refused("1 2:1 2:1\n", 1, "does not exceed");
    check_libsvm_refused("1 3:1 2:1\n", 1, "does not exceed");
    check_libsvm_refused("1 3\n", 1, "not index:value");
    check_libsvm_refused("1 1:1\n\n1 1:1\n", 2, "blank");
    check_libsvm_refused("1 1:1\n1 1:", 2, "truncated");
    check_libsvm_refused("", 0, "no rows");
    check_refused([] { read_libsvm("/no/such/file"); }, 0, "cannot be opened");
  }

  TEST_CASE("IDX files") {
    const TemporaryFile images("images", idx_images());
    const TemporaryFile labels("labels", idx_labels());
    const ByteDataset data = read_idx(images.path(), labels.path());
    CHECK(data.rows() == 2);
    CHECK(data.columns == 3);
    CHECK(data.label == std::vector<std::uint8_t>{7, 9});
    CHECK(data.row(0)[1] == 255);
    const SparseDataset sparse = to_sparse(data);
    CHECK(sparse.row_start == std::vector<std::size_t>{0, 1, 4});
    CHECK(sparse.row_values(0)[0] == 1.0);
    check_refused([&] { read_idx(images.path(), labels.path(), 9); }, 0, "label 1 is 9, but there are 9 classes");
    check_refused([&] { read_idx(labels.path(), labels.path()); }, 0, "rank one");
    check_refused([&] { read_idx(images.path(), images.path()); }, 0, "has rank 3");
  }

  TEST_CASE("planted errors in IDX files are refused") {
    const TemporaryFile labels("labels", idx_labels());
    const auto refused = [&](const std::string& bytes, const std::string& reason) {
      const TemporaryFile images("bad-images", bytes);
      check_refused([&] { read_idx(images.path(), labels.path()); }, 0, reason);
    };
    refused("", "shorter than an IDX header");
    refused(idx_images().substr(0, 9), "shorter than its IDX header");
    refused(idx_images().substr(0, 21), "truncated: 5 of 6 bytes");
    refused(idx_images() + "x", "longer than");
    refused(std::string("\1") + idx_images().substr(1), "does not begin as an IDX file");
    std::string more = idx_images();
    more[7] = 3;
    refused(more + "abc", "labels for the 3 rows");
    std::string huge = idx_images();
    huge[4] = '\177';
    refused(huge, "is truncated: 6 of");
    huge[8] = '\177';
    refused(huge, "a row size of zero or above 2^32");
    std::string empty_rows = idx_images();
    empty_rows[11] = 0;
    refused(empty_rows, "a row size of zero");
  }

  TEST_CASE("CIFAR-10 records") {
    const std::string record =
        "\3" + std::string(1024, '\1') + std::string(1024, '\2') + std::string(1023, '\0') + "\377";
    const TemporaryFile one("cifar-1", record), two("cifar-2", record + record);
    const ByteDataset data = read_cifar10({one.path(), two.path()});
    CHECK(data.rows() == 3);
    CHECK(data.columns == 3072);
    CHECK(data.label == std::vector<std::uint8_t>{3, 3, 3});
    CHECK(data.row(2)[1024] == 2);
    CHECK(data.row(2)[3071] == 255);
    const TemporaryFile cut("cifar-cut", record + record.substr(0, 3072)),
        label("cifar-label", std::string("\12") + record.substr(1)), none("cifar-none", "");
    check_refused([&] { read_cifar10({one.path(), cut.path()}); }, 0, "truncated: record 1 has 3072 of 3073 bytes");
    check_refused([&] { read_cifar10({label.path()}); }, 0, "record 0 has the label 10");
    check_refused([&] { read_cifar10({none.path()}); }, 0, "holds no records");
  }

  TEST_CASE("connect-4 has the counts that its authors give") {
    const SparseDataset data = read_connect4(connect4_file());
    CHECK(data.rows() == 67557);
    CHECK(data.columns == 126);
    CHECK(data.entries() == 67557 * 42);
    CHECK(std::count(data.label.begin(), data.label.end(), 1.0) == 44473);
    CHECK(std::count(data.label.begin(), data.label.end(), -1.0) == 16635);
    CHECK(std::count(data.label.begin(), data.label.end(), 0.0) == 6449);
  }

  TEST_CASE("a damaged connect-4 file is refused") {
    std::string row;
    for (int k = 0; k < 42; ++k) row += "b,";
    const auto refused = [](const std::string& text, std::size_t line, const std::string& reason) {
      const TemporaryFile file("bad.data", text);
      check_refused([&] { read_connect4(file.path()); }, line, reason);
    };
    refused(row + "win\n" + row + "lose\n", 2, "'lose' is not win, loss or draw");
    refused(std::string("z") + row.substr(1) + "win\n", 1, "field 1 is not b, x or o");
    refused(row.substr(2) + "win\n", 1, "field 42");
    refused("b,b\n", 1, "no 42 fields");
    refused(row + "win\n" + row + "wi", 2, "truncated");
    std::ifstream stream(connect4_file(), std::ios::binary);
    std::string bytes((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    refused(bytes.substr(0, bytes.size() / 2), 0, "the compressed file is truncated");
  }
}
