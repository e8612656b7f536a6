package girsanov.tensor;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A fixed team of threads that runs numbered tasks. The caller is one of the team: {@code new
 * Workers(1)} starts no thread.
 *
 * <p>Between jobs a worker spins for some microseconds, then parks, so that a training step of many
 * short jobs finds the team awake. A call allocates nothing. Which thread runs which task, and in
 * which order, is left open: a result that must not depend on the number of threads is written by
 * task, not by thread. A call from inside a task, or while another thread has a job running, is run
 * by its caller alone.
 */
public final class Workers implements AutoCloseable {
  private static final int SPINS = 20_000;

  /**
   * The tasks not yet handed out: the first of them in the high half, the one after the last in the
   * low half.
   */
  private final AtomicLong ticket = new AtomicLong();

  private final AtomicInteger unfinished = new AtomicInteger();
  private final AtomicBoolean busy = new AtomicBoolean();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicIntegerArray parked;
  private final Thread[] threads;
  private final int spins;

  /** Published by the ticket, and constant until every task of the job has finished. */
  private @Nullable IntConsumer body;

  private volatile @Nullable Thread waiting;
  private volatile boolean closed;

  /** A team of that many threads, the caller included. */
  public Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("Expected at least 1 thread, got " + threads + ".");
    }
    // More threads than cores: a spinning one would keep a working one from its core.
    spins = threads > Runtime.getRuntime().availableProcessors() ? 0 : SPINS;
    parked = new AtomicIntegerArray(threads - 1);
    this.threads = new Thread[threads - 1];
    for (int i = 0; i < threads - 1; i++) {
      int self = i;
      this.threads[i] =
          Thread.ofPlatform().daemon().name("girsanov-worker-" + (i + 1)).start(() -> work(self));
    }
  }

  /** The size of the team, the caller included. */
  public int threads() {
    return threads.length + 1;
  }

  /**
   * Whether a job started now would be shared: there are several threads, and none has a job
   * running. Cutting work into pieces only pays then.
   */
  public boolean isFree() {
    return threads.length > 0 && !busy.get();
  }

  /** Whether a job started now would have to wake none of the threads. */
  boolean isAwake() {
    for (int i = 0; i < threads.length; i++) {
      if (parked.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Runs {@code body} for 0 to tasks - 1 and returns when all have finished. The first exception a
   * task throws is thrown here; tasks not yet started are then skipped.
   */
  public void parallel(int tasks, IntConsumer body) {
    if (closed) {
      throw new IllegalStateException("Expected an open team of workers, got a closed one.");
    }
    if (tasks <= 1 || threads.length == 0 || !busy.compareAndSet(false, true)) {
      for (int i = 0; i < tasks; i++) {
        body.accept(i);
      }
      return;
    }
    try {
      this.body = body;
      unfinished.set(tasks);
      ticket.set(tasks);
      for (int i = 0; i < threads.length; i++) {
        if (parked.get(i) != 0) {
          LockSupport.unpark(threads[i]);
        }
      }
      while (runOne(true)) {}
      awaitOthers();
    } finally {
      this.body = null;
      busy.set(false);
    }
    Throwable thrown = failure.getAndSet(null);
    if (thrown instanceof RuntimeException exception) {
      throw exception;
    }
    if (thrown instanceof Error error) {
      throw error;
    }
  }

  /** Ends the threads; tasks already running finish. */
  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
    }
  }

  /**
   * Takes one task of the current job and runs it; false if none is left. The caller of {@link
   * #parallel} takes the first, the others the last: what a thread had in its cache in the job
   * before is likely to be its own again.
   */
  private boolean runOne(boolean first) {
    long current = ticket.get();
    while (isLeft(current)) {
      // While this task is not handed out its job cannot end, so a successful exchange also says
      // that body is that of the job in hand, even if the ticket looked the same in an earlier one.
      if (ticket.compareAndSet(current, first ? current + (1L << 32) : current - 1)) {
        run(first ? (int) (current >>> 32) : (int) current - 1);
        return true;
      }
      current = ticket.get();
    }
    return false;
  }

  private static boolean isLeft(long tasks) {
    return (int) (tasks >>> 32) < (int) tasks;
  }

  private void run(int task) {
    try {
      IntConsumer current = body;
      if (current != null && failure.get() == null) {
        current.accept(task);
      }
    } catch (RuntimeException | Error thrown) {
      failure.compareAndSet(null, thrown);
    } finally {
      if (unfinished.decrementAndGet() == 0) {
        LockSupport.unpark(waiting);
      }
    }
  }

  private void awaitOthers() {
    for (int i = 0; i < spins; i++) {
      if (unfinished.get() == 0) {
        return;
      }
      Thread.onSpinWait();
    }
    waiting = Thread.currentThread();
    while (unfinished.get() != 0) {
      LockSupport.park(this);
    }
    waiting = null;
  }

  private void work(int self) {
    int idle = 0;
    while (!closed) {
      if (runOne(false)) {
        idle = 0;
      } else if (idle < spins) {
        idle++;
        Thread.onSpinWait();
      } else {
        parked.set(self, 1);
        if (!isLeft(ticket.get()) && !closed) {
          LockSupport.park(this);
        }
        parked.set(self, 0);
        // An interrupt has no meaning here, and left pending it would turn every park into a spin.
        boolean unused = Thread.interrupted();
        idle = 0;
      }
    }
  }
}
