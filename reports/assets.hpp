// The files that the HTML report carries, embedded at build time: reports/page and reports/assets/vendor.
#pragma once

#include <string_view>

namespace asyncert::reports {

/// The bytes of a file by its name ("page.html", "plots.js"); empty where there is none.
std::string_view asset(std::string_view name);

}  // namespace asyncert::reports
