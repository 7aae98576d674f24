#include <algorithm>
#include <array>
#include <cmath>

#include "lib/errors.hpp"
#include "lib/random.hpp"
#include "lib/suggestion.hpp"
#include "solvers/catalog/catalog.hpp"
#include "solvers/catalog/parsing.hpp"
#include "solvers/data/readers.hpp"
#include "solvers/instances/constrained.hpp"
#include "solvers/instances/data_problems.hpp"
#include "solvers/instances/nonsmooth.hpp"
#include "solvers/instances/ridge.hpp"

namespace asyncert::solvers::catalog {

using namespace instances;

namespace {

struct Entry {
  std::string name, summary;
  std::function<Instance()> make;
};

Instance of(ProblemPtr problem) {
  Instance instance;
  instance.problem = std::move(problem);
  instance.evaluate = [p = instance.problem](std::span<const double> x) {
    Vector g(p->dimension());
    p->gradient(x, g);
    return Evaluation{p->value(x), std::sqrt(squared_norm(g))};
  };
  return instance;
}

Instance of(LinearSystem system) {
  Instance instance;
  instance.system = std::make_shared<LinearSystem>(std::move(system));
  instance.evaluate = [s = instance.system](std::span<const double> x) {
    return Evaluation{s->squared_error(x), std::sqrt(s->squared_residual(x))};
  };
  return instance;
}

Instance of(Constrained constrained) {
  Instance instance = of(constrained.problem);
  instance.set = constrained.set;
  return instance;
}

/// Forty unit rows in eight dimensions with a common minimiser.
ProblemPtr small_ridge(Loss loss) {
  RandomStream stream(1, stream_key("small ridge"));
  constexpr std::size_t rows = 40, columns = 8;
  Vector entries(rows * columns), solution(columns);
  for (std::size_t i = 0; i < rows; ++i) {
    const auto row = std::span(entries).subspan(i * columns, columns);
    for (double& v : row) v = stream.normal();
    const double norm = std::sqrt(squared_norm(row));
    for (double& v : row) v /= norm;
  }
  for (double& v : solution) v = 0.5 * stream.normal();
  return std::make_shared<Ridge>(Ridge::interpolating(loss, RowMatrix::dense(rows, columns, entries), solution));
}

/// A data file, and what may follow its name: the number of columns, the loss, the penalty.
struct DataFile {
  std::string path;
  std::size_t columns = 0;
  LinearProblem::Loss loss = LinearProblem::Loss::logistic;
  double l2 = 0;
};

/// FILE[:COLUMNS][:svm][:l2=PENALTY], the last three in any order. A file whose own name ends so is given as FILE:.
DataFile parse_data_file(const std::string& text, bool takes_columns) {
  DataFile result;
  std::size_t end = text.size();
  while (true) {
    const std::size_t colon = end == 0 ? std::string::npos : text.rfind(':', end - 1);
    if (colon == std::string::npos) break;
    const std::string word = text.substr(colon + 1, end - colon - 1);
    if (word == "svm") {
      result.loss = LinearProblem::Loss::hinge;
    } else if (word.rfind("l2=", 0) == 0) {
      result.l2 = parse_double("l2", word.substr(3));
      if (result.l2 < 0) throw DomainError("l2", word.substr(3), "[0, inf)");
    } else if (takes_columns && !word.empty() && word.find_first_not_of("0123456789") == std::string::npos) {
      result.columns = parse_whole("columns of the LIBSVM file", word, 1, std::size_t{1} << 30);
    } else {
      if (word.empty()) end = colon;
      break;
    }
    end = colon;
  }
  result.path = text.substr(0, end);
  return result;
}

/// Labels above `threshold` are +1, the others -1.
ProblemPtr linear_problem(const std::string& name, data::SparseDataset set, double threshold, const DataFile& file) {
  for (double& label : set.label) label = label > threshold ? 1 : -1;
  return std::make_shared<LinearProblem>(name, std::move(set), file.loss, file.l2);
}

constexpr std::array nonsmooth_formulas{
    "|x|",
    "max(x, -2x)",
    "||x| - 1|",
    "|x - y| + (x^2 + y^2)/4",
    "max(min(x, -y), y - x)",
    "x - 2 clip(x, -|y|, |y|)",
    "|x - 1|/4 + |y - 2|x| + 1|",
    "(|x^2 - 1| + |y^2 - 4| + |(x + y)^2 - 9|)/3, three terms",
    "(v relu(w) - 1)^2/2 in (w, v)",
    "(x^2 - 1)^2/4 + |x|/10",
    "max(|x|, |y|) - (x^2 + y^2)/2",
    "relu(x) - relu(-x): automatic differentiation gives 0 at 0, which is no subgradient",
    "|relu(w + b) - 1|/2 + relu(b - w)/2 in (w, b), two terms",
    "max(D, -2D) + ((x - 1)^2 + (y + 1)^2)/4, D = x - y"};

constexpr std::array<std::pair<const char*, const char*>, 8> coherent_formulas{
    {{"log", "log(1 + |x - c|^2), c = (1.5, 0.5), on [-1, 1]^2"},
     {"bell", "1 - exp(-|x - c|^2/2), c = (1.5, 0.5), on [-1, 1]^2"},
     {"ratio", "|x - c|^2/(1 + |x - c|^2), c = (1.5, 0.5), on [-1, 1]^2"},
     {"linear-simplex", "x_1 + 2 x_2 on the simplex"},
     {"polar", "(3 + sin 5t + cos 3t) r^2 (5/3 - r) in polar coordinates, on the unit disc"},
     {"stress", "-x_1 - x_2^2/4 on the unit disc"},
     {"flat", "x_1^2/2 on [-1, 1]^2: the minimiser is not unique"},
     {"rosenbrock-near", "Rosenbrock on [4/5, 6/5]^2"}}};

std::vector<Entry> entries() {
  std::vector<Entry> list{
      {"cosine", "1 - cos(<x_i, w> - y_i), 40 unit rows, d = 8, interpolating",
       [] { return of(small_ridge(Loss::cosine)); }},
      {"welsch", "1 - exp(-r^2/2), the same rows", [] { return of(small_ridge(Loss::welsch)); }},
      {"geman-mcclure", "r^2/(1 + r^2), the same rows", [] { return of(small_ridge(Loss::geman_mcclure)); }},
      {"square", "r^2/2, the same rows", [] { return of(small_ridge(Loss::square)); }},
      {"logistic", "log(1 + exp(r)), the same rows", [] { return of(small_ridge(Loss::logistic)); }},
      {"quadratic", "|w|^2/2 +- w_1, d = 8: L = 1, noise 1", [] { return of(quadratic(1, 1, 8)); }},
      {"linear", "w_1 + ... + w_32: the oracle for lost updates", [] { return of(linear(Vector(32, 1.0))); }},
      {"quartic-saddle", "x'Ax/2 + |x|^4/4, A = diag(1, -2)",
       [] {
         return of(quartic_saddle({1, -2}, 2));
       }},
      {"quadratic-saddle", "x'Ax/2, A = diag(-1, 1)",
       [] {
         return of(quadratic_saddle({-1, 1}));
       }},
      {"rosenbrock", "chained Rosenbrock on [0, 2]^101",
       [] {
         Instance instance = of(rosenbrock(101, 0, 2));
         instance.set = box(0, 2);
         return instance;
       }},
      {"spectrum", "a system whose W has the spectrum 0.1, 0.2, ..., 0.9",
       [] {
         return of(system_with_spectrum({0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}, 1));
       }},
      {"kaczmarz", "randomized Kaczmarz, 20 rows, spectrum 0.1, 0.2, 0.3, 0.4",
       [] {
         return of(kaczmarz_with_spectrum({0.1, 0.2, 0.3, 0.4}, 20, 1));
       }},
  };
  int number = 0;
  for (const char* formula : nonsmooth_formulas) {
    const int p = ++number;
    const std::string name = std::string(p < 10 ? "P0" : "P") + std::to_string(p);
    list.push_back({name, std::string("nonsmooth: ") + formula, [p] { return of(nonsmooth(p)); }});
    list.push_back({name + "+noise", "the same with noise of modulus 0.5 in the subgradients",
                    [p] { return of(with_noise(nonsmooth(p), 0.5)); }});
  }
  for (const auto& [name, formula] : coherent_formulas)
    list.push_back({name, std::string("coherent: ") + formula, [name = name] { return of(coherent(name)); }});
  return list;
}

}  // namespace

const std::vector<Constant>& constant_list() {
  static const std::vector<Constant> list{
      {"L", "smoothness", "the gradient of every term is L-Lipschitz"},
      {"V", "gradient_bound", "the gradient of no term is longer"},
      {"sigma", "sigma", "(1/n) sum |grad f_i(x) - grad f(x)|^2 <= sigma^2"},
      {"f*", "minimum", "the infimum of f"},
      {"rho", "hessian_lipschitz", "the Hessian of every term is rho-Lipschitz"},
      {"|x*|", "solution_norm", "norm of the solution of a linear system from which its error is measured"}};
  return list;
}

Facts facts_of(const Instance& instance) {
  Facts facts;
  const auto put = [&](std::size_t which, std::optional<double> value) {
    if (!value) return;
    facts.constants.push_back(constant_list()[which]);
    facts.constants.back().value = *value;
  };
  if (instance.set) facts.set = instance.set->name();
  if (instance.system) {
    facts.dimension = instance.system->dimension();
    facts.terms = instance.system->matrix().rows;
    facts.domain = "R^d";
    put(5, std::sqrt(squared_norm(instance.system->solution())));
    return facts;
  }
  const Problem& problem = *instance.problem;
  const Constants c = problem.constants();
  facts.dimension = problem.dimension();
  facts.terms = problem.terms();
  facts.domain = c.domain;
  facts.stationary_points_known = problem.stationary_distance(problem.start()).has_value();
  put(0, c.smoothness);
  put(1, c.gradient_bound);
  put(2, c.sigma);
  put(3, c.minimum);
  put(4, c.hessian_lipschitz);
  return facts;
}

std::vector<Description> instance_list() {
  std::vector<Description> list;
  for (const Entry& e : entries()) list.push_back({e.name, e.summary});
  for (const std::string& name : data_problem_names()) {
    const std::string kind = name.substr(name.rfind('-') + 1);
    list.push_back({name,
                    (kind == "network" ? "a sigmoid network with softmax"
                     : kind == "svm"   ? "a linear support vector machine"
                                       : "logistic regression") +
                        std::string(" on ") + name.substr(0, name.rfind('-')) +
                        "; `asyncert list datasets` says whether the data are here",
                    true});
  }
  const std::string more = "FILE:svm takes the hinge loss, FILE:l2=0.001 adds the penalty 0.001 |w|^2 / 2";
  list.push_back({"libsvm:FILE",
                  "logistic regression on a LIBSVM file, labels above 0 against the others; FILE:COLUMNS states the "
                  "number of columns, " +
                      more,
                  true});
  list.push_back(
      {"connect4:FILE", "logistic regression on the UCI connect-4 file, win against the others; " + more, true});
  list.push_back({"matrix-market:FILE", "the system A x = A (1, ..., 1) with the row sketch", true});
  return list;
}

Instance make_instance(const std::string& name) {
  const auto file = [&](const std::string& kind) {
    return name.rfind(kind + ":", 0) == 0 ? std::optional(name.substr(kind.size() + 1)) : std::nullopt;
  };
  Instance instance;
  if (const auto libsvm = file("libsvm")) {
    const DataFile given = parse_data_file(*libsvm, true);
    instance = of(linear_problem(name, data::read_libsvm(given.path, given.columns), 0, given));
  } else if (const auto connect4 = file("connect4")) {
    const DataFile given = parse_data_file(*connect4, false);
    instance = of(linear_problem(name, data::read_connect4(given.path), 0.5, given));
  } else if (const auto matrix = file("matrix-market")) {
    RowMatrix a = data::read_matrix_market(*matrix);
    Vector solution(a.columns, 1.0), b(a.rows);
    for (std::size_t i = 0; i < a.rows; ++i) b[i] = a.row_times(i, solution);
    instance = of(LinearSystem(std::move(a), std::move(b), std::move(solution)));
  } else {
    for (const Entry& e : entries())
      if (e.name == name) instance = e.make();
    const std::vector<std::string> on_data = data_problem_names();
    if (std::find(on_data.begin(), on_data.end(), name) != on_data.end()) instance = of(data_problem(name));
    if (!instance.problem && !instance.system) {
      std::vector<std::string> names;
      for (const Description& d : instance_list()) names.push_back(d.name);
      throw DomainError("instance", "'" + name + "'",
                        "a name from `asyncert list instances`" + suggestion(name, names));
    }
  }
  instance.name = name;
  return instance;
}

}  // namespace asyncert::solvers::catalog
