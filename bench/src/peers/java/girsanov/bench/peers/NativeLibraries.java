package girsanov.bench.peers;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Shared libraries that lie in jars: copied beside each other into a folder, and opened from there.
 */
@SuppressWarnings("restricted")
final class NativeLibraries {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final int RTLD_NOW = 2;

  private final Path folder;

  /**
   * Copies libraries out of their jar.
   *
   * @param resources the folder in the jar
   */
  NativeLibraries(String resources, List<String> names) {
    String library = resources.replaceAll(".*bytedeco/([^/]*)/.*", "$1");
    folder = Path.of(System.getProperty("girsanov.bench", "."), "target", "native", library);
    try {
      Files.createDirectories(folder);
      for (String name : names) {
        copy(resources + name, folder.resolve(name));
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot unpack " + resources + ": " + e.getMessage(), e);
    }
  }

  private static void copy(String resource, Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    try (InputStream in = NativeLibraries.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException("no " + resource + " on the class path");
      }
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.deleteIfExists(part);
      long unused = Files.copy(in, part);
      Path moved = Files.move(part, file);
      assert moved.equals(file);
    }
  }

  /** Opens a library; those after it find what is open under its name. */
  MemorySegment open(String name) {
    MethodHandle dlopen =
        handle(
            LINKER.defaultLookup().find("dlopen").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(folder.resolve(name).toAbsolutePath().toString());
      var library = (MemorySegment) dlopen.invokeExact(path, RTLD_NOW);
      if (library.equals(MemorySegment.NULL)) {
        throw new IllegalStateException("cannot open " + name);
      }
      return library;
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** A function of an open library. */
  static MethodHandle function(MemorySegment library, String name, FunctionDescriptor type) {
    MethodHandle dlsym =
        handle(
            LINKER.defaultLookup().find("dlsym").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      var symbol = (MemorySegment) dlsym.invokeExact(library, arena.allocateFrom(name));
      if (symbol.equals(MemorySegment.NULL)) {
        throw new IllegalStateException("no function " + name);
      }
      return handle(symbol, type);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  private static MethodHandle handle(MemorySegment symbol, FunctionDescriptor type) {
    return LINKER.downcallHandle(symbol, type);
  }

  /** A method handle may throw anything; native functions throw nothing. */
  static RuntimeException rethrown(Throwable thrown) {
    return thrown instanceof RuntimeException e ? e : new IllegalStateException(thrown);
  }
}
