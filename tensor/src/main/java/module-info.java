/** Numbers: storage, SIMD kernels, random numbers and threads. */
module girsanov.tensor {
  requires static org.jspecify;
  requires jdk.incubator.vector;

  exports girsanov.tensor;
  exports girsanov.tensor.kernel;
  exports girsanov.tensor.plain;
}
