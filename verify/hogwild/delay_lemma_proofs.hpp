// Lemmas 2 and 3 for every delay: the steps of their proofs as identities with terms of one sign.
#pragma once

#include "bounds/hogwild/region.hpp"
#include "lib/certificate.hpp"

namespace asyncert::hogwild {

/// E q(w_hat_t) <= rho E q(w_hat_{t+1}) under the condition, by induction over t.
Evidence lemma2_proof(Condition condition);

/// E|w_t - w_hat_t|^2 <= coefficient E q(w_hat_t), from Lemma 2's conclusion.
Evidence lemma3_proof(Condition condition);

}  // namespace asyncert::hogwild
