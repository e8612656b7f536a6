package girsanov.readers;

/** What the recordings of a folder are. */
public enum Kind {
  /** Standard MIDI Files, as piano rolls: segments of one minute, frames of 128 pitches. */
  MUSIC("MIDI"),
  /** WAV or NIST SPHERE files: segments of one second, 160 frames of 100 samples. */
  SPEECH("sound");

  private final String title;

  Kind(String title) {
    this.title = title;
  }

  /** As in "12 MIDI files". */
  public String title() {
    return title;
  }
}
