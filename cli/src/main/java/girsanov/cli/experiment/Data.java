package girsanov.cli.experiment;

import girsanov.models.data.DataSet;
import girsanov.models.data.Lorenz;
import girsanov.models.data.Mocap;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be learned from. */
public enum Data {
  /** CMU motion capture, subject 35 walking. */
  MOCAP(null),
  /** The stochastic Lorenz attractor of the SDE Matching notebook. */
  LORENZ_BARTOSH(Lorenz.BARTOSH),
  /** That of Li et al. 2020. */
  LORENZ_LI_PAPER(Lorenz.LI_PAPER),
  /** That of the torchsde example. */
  LORENZ_TORCHSDE_EXAMPLE(Lorenz.TORCHSDE_EXAMPLE);

  private final @Nullable Lorenz lorenz;

  Data(@Nullable Lorenz lorenz) {
    this.lorenz = lorenz;
  }

  /** The names of the dims. */
  public List<String> names() {
    return lorenz == null ? Mocap.load().train().names() : List.of("x", "y", "z");
  }

  public int dim() {
    return names().size();
  }

  public boolean recorded() {
    return lorenz == null;
  }

  /**
   * The sequences.
   *
   * @param folder where recorded data are read from instead of the copy that comes with the library
   */
  DataSet load(SdeMatchingExperiment experiment, Optional<Path> folder) {
    if (lorenz == null) {
      return folder.map(Mocap::read).orElseGet(Mocap::load);
    }
    return lorenz
        .simulate(experiment.dataSeed(), experiment.sequences(), experiment.heldOut())
        .data();
  }
}
