// (10), (11), Lemmas 6 and 8, (27) and (28) for every smooth objective: the steps of their proofs as identities.
#pragma once

#include "lib/certificate.hpp"

namespace asyncert::pasgd {

/// (10) from Assumption 1.
Evidence equation10_proof();

/// (13) with the sign of (32), from (10).
Evidence lemma6_proof();

/// What Lemma 6 summed over steps needs: each step lies in at most T of the windows k-T..k-1, and the coefficient of
/// |G_j|^2 that this gives is at most 0 by (a).
void lemma6_summed(Certificate& e);

/// (11) with C = 1/2 and its variance terms, from Lemma 6.
Evidence equation11_proof();

/// (15) with 3 eta^2 and T^2(T+1).
Evidence lemma8_proof();

/// (27) with eta^2 T before both terms.
Evidence equation27_proof();

/// (28) for T >= 1.
Evidence equation28_proof();

}  // namespace asyncert::pasgd
