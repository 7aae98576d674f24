// Traces as documents, and back.
#pragma once

#include "solvers/run.hpp"

namespace asyncert::solvers {

/// Messages as rows with named columns, labels of blocks, and, where stores are known one by one, the stamps that each
/// message read and replaced (numbers with blanks, `-` where it touched nothing), the final stamps and the stores.
Object to_document(const Trace& trace);
/// The trace of a run's document. Throws `ParseError` saying what is missing or malformed.
Trace trace_from(const Value& document);

}  // namespace asyncert::solvers
