// What the readers of data files share: bytes and lines of plain and gzip files, words, numbers.
#pragma once

#include <zlib.h>

#include <cstddef>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "solvers/data/readers.hpp"

namespace asyncert::data::detail {

/// A gzip or plain file read once from front to back. A compressed file is checked to its end: its checksums, a member
/// that is cut off, and bytes after the last member, which gzip itself passes over.
class Stream {
 public:
  explicit Stream(const std::string& file);
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  const std::string& name() const { return name_; }
  /// Up to `count` bytes; fewer only at the end of the file.
  std::size_t read(void* target, std::size_t count);
  /// The next line without its newline; false at the end of the file. `number()` is then the line's number.
  bool next_line(std::string& line);
  std::size_t number() const { return number_; }
  /// Throws `DataError` with the line that was read last.
  [[noreturn]] void refuse(const std::string& reason) const { throw DataError(name_, number_, reason); }

 private:
  struct Close {
    void operator()(std::FILE* f) const { std::fclose(f); }
  };
  /// Fills the empty raw buffer; false at the end of the file.
  bool refill();
  std::size_t read_plain(char* target, std::size_t count);
  std::size_t read_compressed(char* target, std::size_t count);

  std::string name_;
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<char> raw_, buffer_;
  z_stream inflater_{};  ///< its input is the rest of `raw_`, also where the file is plain
  bool compressed_ = false, between_members_ = false;
  std::size_t position_ = 0, filled_ = 0, number_ = 0;
};

/// The next word between blanks, cut off from `rest`; empty at the end.
std::string_view next_word(std::string_view& rest);
/// The text in quotes for an error, cut where it is long.
std::string quoted(std::string_view text);
/// `what` names the number in the error.
double finite_number(std::string_view text, const Stream& stream, const char* what);
/// A whole number from `least` to `most`.
std::size_t whole_number(std::string_view text, std::size_t least, std::size_t most, const Stream& stream,
                         const char* what);

}  // namespace asyncert::data::detail
