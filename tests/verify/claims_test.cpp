// Rules that the registered claims satisfy before any of them runs; tests/ledger_rules.cc has those of the results.
#include <doctest/doctest.h>

#include <sstream>

#include "lib/json.hpp"
#include "verify/commands.hpp"
#include "verify/examination.hpp"
#include "verify/registry.hpp"

using namespace asyncert;

TEST_SUITE("cli") {
  TEST_CASE("a refuted form names the claim that holds instead, or says in a sentence why there is none") {
    const ClaimRegistry registry = all_claims();
    long refuted = 0;
    for (const auto& [id, claim] : registry.all()) {
      CAPTURE(id);
      if (claim.expected != Verdict::refuted || claim.canary) {
        CHECK(claim.instead.empty());
        CHECK(claim.no_correction.empty());
        continue;
      }
      ++refuted;
      CHECK(claim.instead.empty() != claim.no_correction.empty());
      if (claim.instead.empty()) {
        CHECK(claim.no_correction.ends_with("."));
        continue;
      }
      const Claim* instead = registry.find(claim.instead);
      REQUIRE(instead);
      CHECK(instead->expected != Verdict::refuted);
      CHECK_FALSE(instead->canary);
      CHECK(instead->paper() == claim.paper());
    }
    CHECK(refuted > 0);
  }

  TEST_CASE("all claims together raise a false alarm with probability below 1e-6") {
    const ClaimRegistry registry = all_claims();
    std::vector<const Claim*> claims;
    for (const auto& [id, claim] : registry.all()) claims.push_back(&claim);
    CHECK(false_alarm_of_all(claims, Context()) < 1e-6);
    CHECK_FALSE(depends_on_chance(*registry.find("hogwild.lemma1")));
    CHECK(depends_on_chance(*registry.find("hogwild.lemma2.measured")));
    CHECK(depends_on_chance(*registry.find("hogwild.canary.theorem1_fiftieth")));
  }

  TEST_CASE("a measured claim run alone has the evidence that it has in a run of several") {
    const auto run = [](const std::vector<std::string>& patterns) {
      std::ostringstream out, err;
      VerifyOptions options;
      options.patterns = patterns;
      options.json = true;
      verify_command(options, out, err);
      const Value document = parse_json(out.str());
      for (const Value& v : *document.get<Object>()->find("entries")->get<List>()) {
        const Object& entry = *v.get<Object>();
        if (to_text(*entry.find("id"), 17) != "apsgd.measured.lemma6.outer") continue;
        Object kept;
        for (const auto& [name, value] : entry.members())
          if (name != "seconds") kept.add(name, value);
        return to_json(kept);
      }
      return std::string();
    };
    const std::string alone = run({"apsgd.measured.lemma6.outer"});
    CHECK_FALSE(alone.empty());
    CHECK(alone == run({"apsgd.measured.lemma6*", "apsgd.theorem3"}));
  }

  TEST_CASE("a bound is a claim that holds") {
    const ClaimRegistry registry = all_claims();
    for (const auto& [id, claim] : registry.all()) {
      CAPTURE(id);
      if (claim.bound) CHECK((claim.expected == Verdict::proved || claim.expected == Verdict::supported));
      if (claim.bound) CHECK_FALSE(claim.canary);
    }
  }
}
