// schema_test SCHEMA RESULTS: the results document is valid, and spoilt ones are not.
#include <cstdio>

#include "lib/files.hpp"
#include "tests/json_schema.hpp"

using namespace asyncert;

namespace {

/// The document with one piece of its text replaced; stops the test where the piece is not there.
std::string spoilt(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  if (at == text.npos) throw std::logic_error("the results have no " + from);
  return text.replace(at, from.size(), to);
}

}  // namespace

int main(int, char** argv) {
  const test::Schema schema(parse_json(read_file(argv[1])));
  const std::string results = read_file(argv[2]);
  const auto errors = schema.errors(parse_json(results));
  for (std::size_t i = 0; i < errors.size() && i < 20; ++i) std::printf("%s\n", errors[i].c_str());
  int wrong = errors.empty() ? 0 : 1;
  const std::pair<const char*, const char*> faults[] = {
      {"\"schema\": 1", "\"schema\": 2"},           {"\"canary\": false", "\"canary\": 0"},
      {"\"verdict\": \"", "\"verdict\": \"un"},     {"\"relation\": \"", "\"relation\": \"about"},
      {"\"left\": {", "\"left\": {\"x\": 1,"},      {"\"statement\": ", "\"statment\": "},
      {"\"mark\": \"line\"", "\"mark\": \"wave\""}, {"\"marked\": false", "\"marked\": 1"}};
  for (const auto& [from, to] : faults) {
    if (!schema.errors(parse_json(spoilt(results, from, to))).empty()) continue;
    std::printf("a fault was not seen: %s\n", to);
    wrong = 1;
  }
  return wrong;
}
