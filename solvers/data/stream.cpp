#include "solvers/data/stream.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>

namespace asyncert::data::detail {

namespace {

constexpr std::size_t buffer_size = std::size_t{1} << 18;
constexpr std::size_t longest_line = std::size_t{1} << 26;

}  // namespace

Stream::Stream(const std::string& file)
    : name_(file), file_(std::fopen(file.c_str(), "rb")), raw_(buffer_size), buffer_(buffer_size) {
  if (!file_) throw DataError(file, 0, std::string("cannot be opened: ") + std::strerror(errno));
  if (!refill()) return;
  compressed_ = inflater_.avail_in >= 2 && raw_[0] == '\x1f' && raw_[1] == '\x8b';
  // 15 bits of window, and 16 for the gzip header.
  if (compressed_ && inflateInit2(&inflater_, 15 + 16) != Z_OK) throw DataError(file, 0, "cannot be decompressed");
}

Stream::~Stream() {
  if (compressed_) inflateEnd(&inflater_);
}

bool Stream::refill() {
  const std::size_t got = std::fread(raw_.data(), 1, raw_.size(), file_.get());
  if (std::ferror(file_.get())) throw DataError(name_, 0, std::string("cannot be read: ") + std::strerror(errno));
  inflater_.next_in = reinterpret_cast<Bytef*>(raw_.data());
  inflater_.avail_in = static_cast<uInt>(got);
  return got > 0;
}

std::size_t Stream::read_plain(char* target, std::size_t count) {
  if (inflater_.avail_in == 0 && !refill()) return 0;
  const std::size_t got = std::min<std::size_t>(count, inflater_.avail_in);
  std::memcpy(target, inflater_.next_in, got);
  inflater_.next_in += got;
  inflater_.avail_in -= static_cast<uInt>(got);
  return got;
}

std::size_t Stream::read_compressed(char* target, std::size_t count) {
  const auto wanted = static_cast<uInt>(std::min(count, std::size_t{1} << 30));
  inflater_.next_out = reinterpret_cast<Bytef*>(target);
  inflater_.avail_out = wanted;
  while (inflater_.avail_out == wanted) {
    if (inflater_.avail_in == 0 && !refill()) {
      if (between_members_) return 0;
      throw DataError(name_, 0, "the compressed file is truncated");
    }
    if (between_members_) {
      if (*inflater_.next_in != 0x1f) throw DataError(name_, 0, "has other bytes after its compressed data");
      inflateReset(&inflater_);
      between_members_ = false;
    }
    const int status = inflate(&inflater_, Z_NO_FLUSH);
    between_members_ = status == Z_STREAM_END;
    if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
      throw DataError(name_, 0,
                      std::string("cannot be decompressed: ") + (inflater_.msg ? inflater_.msg : "it is damaged"));
  }
  return wanted - inflater_.avail_out;
}

std::size_t Stream::read(void* target, std::size_t count) {
  std::size_t done = 0;
  while (done < count) {
    char* at = static_cast<char*>(target) + done;
    const std::size_t got = compressed_ ? read_compressed(at, count - done) : read_plain(at, count - done);
    if (got == 0) break;
    done += got;
  }
  return done;
}

bool Stream::next_line(std::string& line) {
  line.clear();
  for (;;) {
    if (position_ == filled_) {
      filled_ = read(buffer_.data(), buffer_.size());
      position_ = 0;
      if (filled_ == 0) {
        if (line.empty()) return false;
        throw DataError(name_, number_ + 1, "the last line has no newline: the file is truncated");
      }
    }
    const char* begin = buffer_.data() + position_;
    const auto* end = static_cast<const char*>(std::memchr(begin, '\n', filled_ - position_));
    const std::size_t length = end == nullptr ? filled_ - position_ : static_cast<std::size_t>(end - begin);
    line.append(begin, length);
    position_ += length;
    if (line.size() > longest_line) throw DataError(name_, number_ + 1, "the line is longer than 64 MiB");
    if (end != nullptr) {
      ++position_;
      ++number_;
      if (!line.empty() && line.back() == '\r') line.pop_back();
      return true;
    }
  }
}

std::string_view next_word(std::string_view& rest) {
  const std::size_t begin = std::min(rest.find_first_not_of(" \t"), rest.size());
  const std::size_t end = std::min(rest.find_first_of(" \t", begin), rest.size());
  const std::string_view word = rest.substr(begin, end - begin);
  rest.remove_prefix(end);
  return word;
}

std::string quoted(std::string_view text) {
  std::string shown = "'";
  for (const char c : text.substr(0, 40)) shown += c >= ' ' && c <= '~' ? c : '?';
  return shown + (text.size() > 40 ? "...'" : "'");
}

double finite_number(std::string_view text, const Stream& stream, const char* what) {
  std::string_view digits = text;
  if (!digits.empty() && digits.front() == '+') digits.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool second_sign = text.size() != digits.size() && !digits.empty() && digits.front() == '-';
  if (digits.empty() || second_sign || error != std::errc() || end != digits.data() + digits.size() ||
      !std::isfinite(value))
    stream.refuse(std::string(what) + " " + quoted(text) + " is not a finite number");
  return value;
}

std::size_t whole_number(std::string_view text, std::size_t least, std::size_t most, const Stream& stream,
                         const char* what) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || end != text.data() + text.size() || error == std::errc::invalid_argument)
    stream.refuse(std::string(what) + " " + quoted(text) + " is not a whole number");
  if (error != std::errc() || value < least || value > most)
    stream.refuse(std::string(what) + " " + std::string(text.substr(0, 40)) + " is outside " + std::to_string(least) +
                  " to " + std::to_string(most));
  return value;
}

}  // namespace asyncert::data::detail
