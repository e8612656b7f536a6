/**
 * SDE Matching: latent stochastic differential equations trained without simulation.
 *
 * <p>Source: Bartosh, Vetrov and Naesseth, "SDE Matching: Scalable and simulation-free training of
 * latent stochastic differential equations" (2025), arXiv 2502.02472. Equation numbers in this
 * package are that paper's.
 *
 * <p>Axes: batch (sequences), draws (Monte-Carlo samples for one sequence), time (observations of
 * one sequence), latent (coordinates of z), dim (coordinates of an observation).
 */
@NullMarked
package girsanov.models.sdematching;

import org.jspecify.annotations.NullMarked;
