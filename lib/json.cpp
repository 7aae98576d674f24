#include "lib/json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "lib/errors.hpp"
#include "lib/files.hpp"

namespace asyncert {

namespace {

constexpr std::size_t max_depth = 200;

// A SAX consumer, because a DOM would round the numbers to double.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  bool null() override { return put({}); }
  bool boolean(bool x) override { return put(x); }
  bool number_integer(number_integer_t x) override { return put(Rational(x)); }
  bool number_unsigned(number_unsigned_t x) override { return put(Rational::parse(std::to_string(x))); }
  bool number_float(number_float_t, const string_t& text) override { return put(Rational::parse(text)); }
  bool string(string_t& x) override { return put(std::move(x)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(Object{}); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(List{}); }
  bool end_array() override { return close(); }
  bool key(string_t& x) override {
    if (!open_.back().keys.insert(x).second) throw ParseError("the key \"" + x + "\" occurs twice in one object");
    open_.back().key = std::move(x);
    return true;
  }
  bool parse_error(std::size_t position, const std::string& token, const nlohmann::json::exception& e) override {
    const std::string where = " at byte " + std::to_string(position);
    if (dynamic_cast<const nlohmann::json::out_of_range*>(&e))
      throw ParseError("the number " + token + where + " lies beyond double's range; written as a string it is exact");
    throw ParseError("malformed JSON" + where);
  }

  Value take() { return std::move(root_); }

 private:
  struct Open {
    std::variant<List, Object> container;
    std::string key;
    std::set<std::string> keys;
  };
  bool put(Value v) {
    if (open_.empty()) {
      root_ = std::move(v);
    } else if (auto* list = std::get_if<List>(&open_.back().container)) {
      list->push_back(std::move(v));
    } else {
      std::get<Object>(open_.back().container).add(open_.back().key, std::move(v));
    }
    return true;
  }
  template <class C>
  bool open(C container) {
    if (open_.size() >= max_depth) throw ParseError("JSON nested deeper than " + std::to_string(max_depth));
    open_.push_back({std::move(container), {}, {}});
    return true;
  }
  bool close() {
    auto container = std::move(open_.back().container);
    open_.pop_back();
    return std::visit([&](auto&& c) { return put(Value(std::move(c))); }, std::move(container));
  }

  std::vector<Open> open_;
  Value root_;
};

nlohmann::ordered_json to_tree(const Value& value) {
  if (std::holds_alternative<std::monostate>(value.data())) return nullptr;
  if (const auto* list = value.get<List>()) {
    auto r = nlohmann::ordered_json::array();
    for (const auto& v : *list) r.push_back(to_tree(v));
    return r;
  }
  if (const auto* object = value.get<Object>()) {
    auto r = nlohmann::ordered_json::object();
    for (const auto& [name, v] : object->members()) r[name] = to_tree(v);
    return r;
  }
  if (const auto* flag = value.get<bool>()) return *flag;
  if (const auto* x = value.get<double>(); x && std::isfinite(*x)) return *x;
  if (const auto* x = value.get<Rational>(); x && x->is_integer() && abs(*x) < Rational(1L << 53)) return x->to_long();
  return to_text(value, 17);
}

}  // namespace

Value read_json(const std::string& path) {
  const std::string text = read_file(path);
  try {
    return parse_json(text);
  } catch (const ParseError& error) {
    throw ParseError(path + ": " + error.what());
  }
}

Value parse_json(std::string_view text) {
  TreeBuilder builder;
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return builder.take();
}

std::string to_json(const Value& value, int indent) {
  return to_tree(value).dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace asyncert
