package explr.engine;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Which kernels OpenBLAS, with which MXNet multiplies matrices of doubles, should take on a
 * processor.
 *
 * <p>DJL's MXNet brings OpenBLAS 0.3.7, which knows processors by their family. To those that came
 * after it, such as AMD's from Zen 3 on, it gives kernels of 2008 with two doubles in a vector;
 * training in double precision then takes twice as long. So the kernels are named here, by the
 * instructions that a processor has; one that OpenBLAS knows gets those it would get anyway.
 */
final class BlasKernels {

  private static final Set<String> HASWELL = Set.of("avx2", "fma");

  private BlasKernels() {}

  /**
   * The name by which OpenBLAS knows them.
   *
   * @param instructionSet of a processor, as {@link explr.machine.Machine#instructionSet} tells
   * @return nothing where OpenBLAS' own choice is right or unknown
   */
  static Optional<String> of(String instructionSet) {
    Set<String> has = Set.copyOf(Arrays.asList(instructionSet.split(" ")));
    if (!has.containsAll(HASWELL)) {
      return Optional.empty();
    }
    if (!has.contains("GenuineIntel")) {
      return Optional.of("Zen");
    }
    // DJL's build has no kernels for AVX-512: SkylakeX would name Haswell's.
    return Optional.of("Haswell");
  }
}
