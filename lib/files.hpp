// Whole-file input and output that never leaves a half-written file behind.
#pragma once

#include <string>

namespace asyncert {

/// The file's bytes; "-" reads standard input. Throws `ParseError` naming the file and the reason, also for a character
/// device, which may never end.
std::string read_file(const std::string& path);

/// Writes to a temporary file beside `path` and renames it, so that readers see the old or the new text and a full disk
/// loses nothing. "-" and device files are written directly. Throws `std::runtime_error` with the reason.
void write_file(const std::string& path, const std::string& text);

/// Whether `write_file` replaces what is there, so that it can be called again with more: a file, or none yet, and not
/// "-" or a device.
bool can_be_replaced(const std::string& path);

/// Throws as `write_file` would where nothing can be written, before long work has been done for it.
void require_writable(const std::string& path);

}  // namespace asyncert
