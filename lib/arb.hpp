// Arb's headers, wherever the distribution keeps them: inside FLINT 3, or beside FLINT 2 as a library of its own.
#pragma once

#if __has_include(<flint/arb.h>)
#include <flint/acb_calc.h>
#include <flint/acb_dirichlet.h>
#include <flint/arb.h>
#include <flint/arb_fmpz_poly.h>
#include <flint/arb_hypgeom.h>
#include <flint/arb_mat.h>
#include <flint/arb_poly.h>
#include <flint/bernoulli.h>
#else
#include <acb_calc.h>
#include <acb_dirichlet.h>
#include <arb.h>
#include <arb_fmpz_poly.h>
#include <arb_hypgeom.h>
#include <arb_mat.h>
#include <arb_poly.h>
#include <bernoulli.h>
#endif
