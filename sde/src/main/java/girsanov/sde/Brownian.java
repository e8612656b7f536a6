package girsanov.sde;

import girsanov.tensor.DoubleTensor;
import girsanov.tensor.Noise;
import girsanov.tensor.Shape;
import girsanov.tensor.Tensor;

/**
 * Brownian paths on a fixed grid: the increment of path p over interval k,
 *
 * <pre>
 *   w(t_{k+1}) − w(t_k) = √(t_{k+1} − t_k) · n_k,   n_k ~ N(0, I)
 * </pre>
 *
 * <p>where n_k is element {@code k · dim} and on of the random stream {@code stream + p}. A path is
 * a pure function of (seed, stream + p, grid): it does not depend on which other paths are asked
 * for, or in which order. Increments over a coarser grid are sums of these, so that schemes
 * compared at several step sizes see the same path.
 *
 * @param seed the seed of all streams
 * @param stream the stream of path 0; the caller keeps {@code stream, stream + 1, …} free
 * @param grid the finest grid
 * @param dim coordinates of a path
 */
public record Brownian(long seed, long stream, Grid grid, int dim) {

  /** Increments of paths {@code firstPath} and on, over every grid interval. */
  public DoubleTensor increments(int firstPath, int paths) {
    return increments(1, firstPath, paths);
  }

  /**
   * Increments over the intervals of {@code grid.coarsen(every)}.
   *
   * @return {@code [grid.steps() / every, paths, dim]}
   */
  public DoubleTensor increments(int every, int firstPath, int paths) {
    grid.checkDivides(every);
    DoubleTensor out = DoubleTensor.zeros(Shape.of(grid.steps() / every, paths, dim));
    increments(every, firstPath, out);
    return out;
  }

  /** The same, written into {@code out [grid.steps() / every, paths, dim]}. */
  public void increments(int every, int firstPath, Tensor out) {
    grid.checkDivides(every);
    Shape shape = out.shape();
    if (shape.rank() != 3 || shape.dim(0) != grid.steps() / every || shape.dim(2) != dim) {
      throw new IllegalArgumentException(
          "Expected increments of shape ["
              + grid.steps() / every
              + ", paths, "
              + dim
              + "], got "
              + shape
              + ".");
    }
    int paths = shape.dim(1);
    DoubleTensor normals = DoubleTensor.zeros(Shape.of(grid.steps() * dim));
    for (int path = 0; path < paths; path++) {
      Noise.normal(seed, stream + firstPath + path, 0, normals);
      for (int k = 0; k < shape.dim(0); k++) {
        for (int d = 0; d < dim; d++) {
          double sum = 0;
          for (int fine = k * every; fine < (k + 1) * every; fine++) {
            sum += Math.sqrt(grid.length(fine)) * normals.at(fine * dim + d);
          }
          out.put((k * paths + path) * dim + d, sum);
        }
      }
    }
  }
}
