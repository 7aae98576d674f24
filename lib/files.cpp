#include "lib/files.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "lib/errors.hpp"

namespace asyncert {

namespace {

struct Close {
  void operator()(std::FILE* f) const { std::fclose(f); }
};
using File = std::unique_ptr<std::FILE, Close>;

[[noreturn]] void fail(const std::string& path) {
  throw std::runtime_error("cannot write " + path + ": " + std::strerror(errno));
}

std::string beside(const std::string& path) { return path + ".part" + std::to_string(getpid()); }

void write_all(std::FILE* f, const std::string& text, const std::string& path) {
  if (std::fwrite(text.data(), 1, text.size(), f) != text.size() || std::fflush(f) != 0) fail(path);
}

}  // namespace

std::string read_file(const std::string& path) {
  const auto refuse = [&] { throw ParseError("cannot read " + path + ": " + std::strerror(errno)); };
  std::error_code ignored;
  if (path != "-" && std::filesystem::is_character_file(path, ignored))
    throw ParseError("cannot read " + path + ": it is a device, which may never end");
  File owned(path == "-" ? nullptr : std::fopen(path.c_str(), "rb"));
  std::FILE* f = path == "-" ? stdin : owned.get();
  if (!f) refuse();
  std::string text;
  char buffer[1 << 16];
  for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, f)) > 0;) text.append(buffer, n);
  if (std::ferror(f)) refuse();
  return text;
}

bool can_be_replaced(const std::string& path) {
  if (path.empty() || path == "-") return false;
  std::error_code ignored;
  const auto status = std::filesystem::status(path, ignored);
  return !std::filesystem::exists(status) || std::filesystem::is_regular_file(status);
}

void write_file(const std::string& path, const std::string& text) {
  if (path == "-") return write_all(stdout, text, "standard output");
  if (!can_be_replaced(path)) {
    const File f(std::fopen(path.c_str(), "wb"));
    if (!f) fail(path);
    return write_all(f.get(), text, path);
  }
  const std::string temporary = beside(path);
  try {
    File f(std::fopen(temporary.c_str(), "wb"));
    if (!f) fail(path);
    write_all(f.get(), text, path);
    if (fsync(fileno(f.get())) != 0 && errno != EINVAL) fail(path);
    f.reset();
    if (std::rename(temporary.c_str(), path.c_str()) != 0) fail(path);
  } catch (...) {
    std::remove(temporary.c_str());
    throw;
  }
}

void require_writable(const std::string& path) {
  std::error_code ignored;
  if (path == "-" || std::filesystem::is_other(path, ignored) || std::filesystem::is_character_file(path, ignored))
    return;
  if (std::filesystem::is_directory(path, ignored))
    throw std::runtime_error("cannot write " + path + ": it is a folder");
  const std::string temporary = beside(path);
  if (!File(std::fopen(temporary.c_str(), "wb"))) fail(path);
  std::remove(temporary.c_str());
}

}  // namespace asyncert
