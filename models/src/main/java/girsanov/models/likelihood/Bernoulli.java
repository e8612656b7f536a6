package girsanov.models.likelihood;

import girsanov.autodiff.Expr;
import java.util.List;

/** Independent bits with log-odds θ: −log p(y | θ) = Σ_d log(1 + exp θ_d) − y_d θ_d. */
public record Bernoulli(int dim) implements Likelihood {

  @Override
  public int width() {
    return dim;
  }

  @Override
  public Expr nll(Expr theta, Expr y) {
    return theta.softplus().minus(y.times(theta)).sum(-1);
  }

  /** The probability of 1. */
  @Override
  public Expr mean(Expr theta) {
    return theta.sigmoid();
  }

  @Override
  public Expr sample(Expr theta, Expr uniform, Expr normal) {
    return uniform.lessThan(mean(theta));
  }

  @Override
  public List<Expr> features(Expr theta, Expr y) {
    return List.of(y, theta);
  }

  @Override
  public int featureCount() {
    return 2;
  }

  @Override
  public Expr surprise(Expr theta, Expr y) {
    return nll(theta, y);
  }
}
