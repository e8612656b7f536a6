package girsanov.readers.music;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.Sequence;
import javax.sound.midi.Track;

/**
 * Tells the time of a tick of a Standard MIDI File.
 *
 * <p>A division in ticks per quarter note takes its tempi from all tracks: a player merges them,
 * while {@link Sequence#getMicrosecondLength} reads those of the first track alone, and so times
 * many files at the 120 beats a minute that hold where no tempo is given. Of two tempi at one tick
 * the one of the later track, or later in its track, holds. A division in SMPTE frames has no
 * tempi.
 */
final class Clock {
  private static final int SET_TEMPO = 0x51;
  private static final int DEFAULT_MICROSECONDS_PER_QUARTER = 500_000;
  private static final double MICROSECONDS = 1e6;

  /** A stretch of constant tempo. */
  private record Stretch(double start, double secondsPerTick) {}

  private final NavigableMap<Long, Stretch> stretches = new TreeMap<>();
  private final int distinctTempos;

  private Clock(NavigableMap<Long, Double> secondsPerTick, int distinctTempos) {
    this.distinctTempos = distinctTempos;
    double time = 0;
    long tick = 0;
    double rate = 0;
    for (Map.Entry<Long, Double> change : secondsPerTick.entrySet()) {
      time += (change.getKey() - tick) * rate;
      tick = change.getKey();
      rate = change.getValue();
      stretches.put(tick, new Stretch(time, rate));
    }
  }

  static Clock of(Sequence sequence) {
    NavigableMap<Long, Double> secondsPerTick = new TreeMap<>();
    if (sequence.getDivisionType() != Sequence.PPQ) {
      double ticks = (double) sequence.getDivisionType() * sequence.getResolution();
      secondsPerTick.put(0L, 1 / ticks);
      return new Clock(secondsPerTick, 0);
    }
    double quarter = sequence.getResolution() * MICROSECONDS;
    secondsPerTick.put(0L, DEFAULT_MICROSECONDS_PER_QUARTER / quarter);
    Set<Integer> tempos = new TreeSet<>();
    for (Track track : sequence.getTracks()) {
      for (int i = 0; i < track.size(); i++) {
        MidiEvent event = track.get(i);
        if (event.getMessage() instanceof MetaMessage meta
            && meta.getType() == SET_TEMPO
            && meta.getData().length == 3) {
          int tempo = microsecondsPerQuarter(meta.getData());
          tempos.add(tempo);
          secondsPerTick.put(event.getTick(), tempo / quarter);
        }
      }
    }
    return new Clock(secondsPerTick, tempos.size());
  }

  private static int microsecondsPerQuarter(byte[] data) {
    return (data[0] & 0xFF) << 16 | (data[1] & 0xFF) << 8 | (data[2] & 0xFF);
  }

  /** Seconds from the beginning. */
  double seconds(long tick) {
    Map.Entry<Long, Stretch> last = stretches.floorEntry(tick);
    Stretch stretch = last.getValue();
    return stretch.start + (tick - last.getKey()) * stretch.secondsPerTick;
  }

  int distinctTempos() {
    return distinctTempos;
  }
}
