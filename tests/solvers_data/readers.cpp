#include "solvers/data/readers.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "temporary_file.hpp"

using namespace asyncert::data;
using asyncert::TemporaryFile;

namespace {

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
    check_libsvm_refused("1 0:1\n", 1, "the index 0 is outside 1 to 16777216");
    check_libsvm_refused("1 -1:1\n", 1, "not a whole number");
    check_libsvm_refused("1 99999999999:1\n", 1, "outside 1 to");
    // 2^32 - 1 columns would be vectors of 32 GiB.
    check_libsvm_refused("1 4294967295:1\n", 1,
                         "outside 1 to 16777216, the most that is taken where the number of columns is not");
    check_libsvm_refused("1 99999999999999999999999:1\n", 1, "the index 99999999999999999999999 is outside 1 to");
    check_libsvm_refused("1 4:1\n1 5:1\n", 2, "outside 1 to 4", 4);
    check_libsvm_refused("1 2:1 2:1\n", 1, "does not exceed");
    check_libsvm_refused("1 3:1 2:1\n", 1, "does not exceed");
    check_libsvm_refused("1 3\n", 1, "not index:value");
    check_libsvm_refused("1 1:1\n\n1 1:1\n", 2, "blank");
    check_libsvm_refused("1 1:1\n1 1:", 2, "truncated");
    check_libsvm_refused("", 0, "no rows");
    check_libsvm_refused("1\n-1\n", 0, "names no feature");
    const TemporaryFile bare("none.svm", "1\n");
    CHECK(read_libsvm(bare.path(), 3).columns == 3);
    check_refused([] { read_libsvm("/"); }, 0, "Is a directory");
    check_refused([] { read_libsvm("/no/such/file"); }, 0, "cannot be opened: No such file");
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
    // gzip itself passes over what follows its data.
    refused(bytes + "x", 0, "has other bytes after its compressed data");
    refused(bytes + std::string(8, '\0'), 0, "has other bytes after its compressed data");
    refused(bytes + bytes.substr(0, 40), 0, "the compressed file is truncated");
    std::string changed = bytes;
    changed[changed.size() - 5] = static_cast<char>(changed[changed.size() - 5] ^ 1);  // its checksum
    refused(changed, 0, "cannot be decompressed: incorrect data check");
    const TemporaryFile twice("twice.data", bytes + bytes);
    CHECK(read_connect4(twice.path()).rows() == 2 * 67557);
  }

  TEST_CASE("Matrix Market files are read strictly") {
    const auto read = [](const std::string& text) {
      const TemporaryFile file("matrix.mtx", text);
      return read_matrix_market(file.path());
    };
    const auto times = [](const asyncert::solvers::RowMatrix& m, std::size_t i, std::vector<double> x) {
      return m.row_times(i, x);
    };
    const auto m =
        read("%%MatrixMarket matrix coordinate real general\n% comment\n2 3 3\n1 1 2.5\n2 3 -1e2\n1 2 0.5\n");
    CHECK(m.rows == 2);
    CHECK(m.columns == 3);
    CHECK(times(m, 0, {1, 2, 3}) == 3.5);
    CHECK(times(m, 1, {1, 2, 3}) == -300);
    CHECK(times(read("%%MatrixMarket Matrix COORDINATE Real Symmetric\r\n2 2 2\n\n1 1 1\n2 1 3\n"), 0, {0, 1}) == 3);
    CHECK(times(read("%%MatrixMarket matrix array real general\n2 2\n1\n2\n3\n4\n"), 0, {0, 1}) == 3);
    CHECK(times(read("%%MatrixMarket matrix array integer symmetric\n2 2\n1\n2\n3\n"), 0, {0, 1}) == 2);
    const auto refused = [](const std::string& header, const std::string& text, std::size_t line, const char* reason) {
      const TemporaryFile file("bad.mtx", (header.empty() ? "" : "%%MatrixMarket matrix " + header + "\n") + text);
      CAPTURE(text);
      check_refused([&] { read_matrix_market(file.path()); }, line, reason);
    };
    const std::string sparse = "coordinate real general";
    refused("", "", 0, "no '%%MatrixMarket");
    refused("", "2 2 1\n1 1 1\n", 1, "no '%%MatrixMarket");
    refused("coordinate complex general", "1 1 1\n1 1 1\n", 1, "field 'complex' is neither integer nor real");
    refused("coordinate pattern general", "1 1 1\n1 1\n", 1, "field 'pattern'");
    refused("table real general", "1 1 1\n1 1 1\n", 1, "format 'table' is neither coordinate nor array");
    refused("coordinate real hermitian", "1 1 1\n1 1 1\n", 1, "symmetry 'hermitian'");
    refused(sparse, "", 1, "the file ends where the size line");
    refused(sparse, "2 2\n", 2, "the size line has 3 numbers, not 2");
    refused(sparse, "0 2 1\n", 2, "the number of rows 0 is outside 1 to 16777216");
    refused(sparse, "2 4294967295 0\n", 2, "the number of columns 4294967295 is outside 1 to 16777216");
    refused(sparse, "2 2 -1\n", 2, "the number of entries '-1' is not a whole number");
    refused(sparse, "2 2 2\n1 1 1\n", 3, "the file ends where an entry");
    refused(sparse, "2 2 1\n3 1 1\n", 3, "the row 3 is outside 1 to 2");
    refused(sparse, "2 2 1\n0 1 1\n", 3, "the row 0");
    refused(sparse, "2 2 1\n1 3 1\n", 3, "the column 3");
    refused(sparse, "2 2 1\n1 1 nan\n", 3, "the entry 'nan' is not a finite number");
    refused(sparse, "2 2 1\n1 1 1 1\n", 3, "an entry has 3 numbers, not 4");
    refused(sparse, "2 2 1\n1 1 1\n2 2 1\n", 4, "there are more lines");
    refused(sparse, "2 2 2\n1 1 1\n1 1 2\n", 4, "entry (1, 1) is given twice");
    refused(sparse, "2 2 1\n1 1 1", 3, "no newline");
    refused("coordinate integer general", "2 2 1\n1 1 0.5\n", 3, "the entry '0.5' is not an integer");
    refused("coordinate real symmetric", "2 2 1\n1 2 1\n", 3, "the lower triangle");
    refused("coordinate real symmetric", "2 3 1\n1 1 1\n", 2, "must be square");
    refused("array real general", "2 2\n1\n2\n3\n", 5, "the file ends");
    refused("array real general", "2 2\n1\n2 3\n", 4, "an entry has 1 numbers, not 2");
    check_refused([] { read_matrix_market("/no/such/file"); }, 0, "cannot be opened: No such file");
  }
}
