/** Readers and writers of music and speech: MIDI, WAV, NIST SPHERE, and folders of them. */
module girsanov.readers {
  requires transitive girsanov.models;
  requires de.siegmar.fastcsv;
  requires java.desktop;
  requires static transitive org.jspecify;

  exports girsanov.readers;
  exports girsanov.readers.music;
  exports girsanov.readers.speech;
}
