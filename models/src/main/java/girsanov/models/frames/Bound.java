package girsanov.models.frames;

import girsanov.autodiff.Expr;

/**
 * An upper bound on −log p of the observed frames of each row, in parts; each is {@code [row]}, in
 * nats.
 *
 * @param reconstruction E_q[−log p(y | x)]; −log p(y) itself where nothing is latent
 * @param divergence KL(q ‖ p), 0 where nothing is latent
 * @param penalty what is minimised beside the bound and is no part of it; 0 for most models
 * @param importance −log of the mean over the draws of p(y, x)/q(x): tighter than the sum of the
 *     first two, and their equal where nothing is latent (Burda et al. 2016)
 */
public record Bound(Expr reconstruction, Expr divergence, Expr penalty, Expr importance) {}
